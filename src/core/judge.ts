import type { Place } from './diagnostic.ts';
import { isExpiredException } from './exception-expiry.ts';
import type { Fact, KindId } from './fact.ts';
import type { AppliedException, Finding, Side } from './finding.ts';
import { type Fix, fixOf } from './fix.ts';
import type { PolicyException } from './policy.ts';
import type { Hash } from './ports.ts';
import type { Verdict } from './report.ts';
import type { ResolvedPolicy } from './resolved-policy.ts';
import type { Complaint, Rule, RuleSettings } from './rule.ts';
import { sameText } from './same-text.ts';
import { sharesSubject } from './shares-subject.ts';
import type { Gap } from './snapshot.ts';
import { tellThrough } from './tell-through.ts';

/** The facts of one policy's identities in each world. `tenant` is `null` where no tenant was read. */
export interface Worlds {
  readonly policy: ResolvedPolicy;
  readonly tenant: readonly Fact[] | null;
  /** What stands after the merge: the tenant's facts with the plan's changes made. */
  readonly after: readonly Fact[];
  /** Keys of the facts that any policy asks for; absent: of those that this one does. */
  readonly asked?: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
  /** Optional kinds that were left out for this policy; absent: none. */
  readonly unread?: ReadonlySet<KindId>;
}

export interface JudgeInput {
  readonly rules: readonly Rule[];
  readonly worlds: readonly Worlds[];
  readonly now: Date;
  readonly settings: RuleSettings;
  readonly hash: Hash;
  /** Complaints about exceptions that accepted nothing. */
  readonly unused: (policy: ResolvedPolicy, used: ReadonlySet<PolicyException>, now: Date) => readonly Complaint[];
  readonly unusedRule: Rule;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly verdicts: readonly Verdict[];
  /** Rules that threw: a bug of ours, which leaves their verdict open. */
  readonly broken: readonly { readonly rule: string; readonly policy: string; readonly detail: string }[];
}

/** One sentence of a rule, and in which worlds it holds. */
interface Heard {
  readonly rule: Rule;
  /** As the tenant's facts make it, where they do: they say more than a policy's. */
  complaint: Complaint;
  asked: boolean;
  held: boolean;
  stands: boolean;
}

/** Hears every rule on every policy in each world; every rule ends with exactly one verdict per policy. */
export const judge = (input: JudgeInput): Judgement => {
  const findings = new Map<string, Finding>();
  const heardOf: Hearing[] = [];
  const broken: { rule: string; policy: string; detail: string }[] = [];
  for (const world of input.worlds) {
    const { policy } = world.policy;
    const used = new Set<PolicyException>();
    const unread = unreadIn(world);
    const add = (heard: Heard) => {
      const finding = toFinding(heard, world, input, used);
      const other = findings.get(finding.fingerprint);
      // Of two policies on one identity, the one that asks for the thing speaks of it: it has the line.
      if (other === undefined || (other.side === 'tenant' && finding.side !== 'tenant'))
        findings.set(finding.fingerprint, finding);
      return finding.fingerprint;
    };
    for (const rule of input.rules) {
      if (rule === input.unusedRule) continue;
      try {
        const found = hear(rule, world, input).map(add);
        const isOpen = rule.kinds.some((kind) => unread.has(kind));
        heardOf.push({ policy: policy.name, rule: rule.id, found, otherwise: isOpen ? 'unknown' : 'pass' });
      } catch (error) {
        broken.push({
          rule: rule.id,
          policy: policy.name,
          detail: error instanceof Error ? error.message : String(error),
        });
        heardOf.push({ policy: policy.name, rule: rule.id, found: [], otherwise: 'error' });
      }
    }
    const wholly = world.tenant !== null && world.gaps.length === 0;
    const restsOnUnread = (id: string) =>
      input.rules.some((rule) => rule.id === id && rule.kinds.some((kind) => unread.has(kind)));
    const complaints = wholly
      ? [...input.unused(world.policy, used, input.now)].filter(({ about }) => !restsOnUnread(about?.subject ?? ''))
      : [];
    const found = complaints.map((complaint) =>
      add({ rule: input.unusedRule, complaint, asked: true, held: true, stands: true }),
    );
    heardOf.push({ policy: policy.name, rule: input.unusedRule.id, found, otherwise: wholly ? 'pass' : 'unknown' });
  }
  return { findings: [...findings.values()], verdicts: heardOf.map((heard) => verdictOf(heard, findings)), broken };
};

/** Kinds of which something is not known; where no tenant is seen, of none is anything asked. */
const unreadIn = ({ gaps, tenant, unread }: Worlds): ReadonlySet<KindId> =>
  new Set([...gaps.map(({ kind }) => kind), ...(tenant === null ? [] : (unread ?? []))]);

/** What a rule said of a policy, by fingerprint, and the verdict where that decides nothing. */
interface Hearing {
  readonly policy: string;
  readonly rule: string;
  readonly found: readonly string[];
  readonly otherwise: 'pass' | 'unknown' | 'error';
}

const verdictOf = ({ policy, rule, found, otherwise }: Hearing, findings: ReadonlyMap<string, Finding>): Verdict => {
  const own = found.flatMap((fingerprint) => findings.get(fingerprint) ?? []);
  if (own.some((finding) => finding.exception === null && !finding.curedByPlan))
    return { policy, rule, verdict: 'fail' };
  const isAccepted = otherwise === 'pass' && own.some((finding) => finding.exception !== null);
  return { policy, rule, verdict: isAccepted ? 'excepted' : otherwise };
};

const withRemedyOf = ({ asked, complaint: { remedy } }: Heard, complaint: Complaint): Complaint => {
  if (!asked) return complaint;
  const { remedy: _, ...rest } = complaint;
  return remedy === undefined ? rest : { ...rest, remedy };
};

const hear = (rule: Rule, world: Worlds, { now, settings }: JudgeInput): Heard[] => {
  const { policy, tenant, after } = world;
  const desired = world.asked ?? new Set(policy.desired.map(({ fact }) => fact.key));
  const unread: ReadonlySet<string> = unreadIn(world);
  const heard = new Map<string, Heard>();
  const listen = (facts: readonly Fact[], mark: 'asked' | 'held' | 'stands') => {
    const governs = (fact: Fact) => policy.governs.has(fact.kind);
    // Where no tenant is seen, what will stand is what is asked.
    const seen =
      mark === 'asked' || tenant === null ? ({ world: 'asked' } as const) : ({ world: 'held', unread } as const);
    for (const said of rule.check({ policy, facts, all: facts, desired, governs, now, settings, ...seen })) {
      const complaint = tellThrough(said, facts);
      const key = subjectKey(rule, complaint);
      const entry = heard.get(key) ?? { rule, complaint, asked: false, held: false, stands: false };
      entry[mark] = true;
      // A remedy mends the policy, so it goes by what the policy asks for.
      if (mark === 'held') entry.complaint = withRemedyOf(entry, complaint);
      heard.set(key, entry);
    }
  };
  listen(
    policy.desired.map(({ fact }) => fact),
    'asked',
  );
  if (tenant !== null) listen(tenant, 'held');
  listen(after, 'stands');
  return [...heard.values()];
};

const apiOf = ({ at, about }: Complaint): string | null =>
  at === null ? (about?.api ?? null) : 'api' in at ? at.api : null;
const scopeOf = ({ at, about }: Complaint): string | null => {
  if (at === null) return about?.scope ?? null;
  if (at.kind === 'site-grant') return at.site;
  return 'scope' in at ? at.scope : null;
};

const subjectKey = (rule: Rule, complaint: Complaint): string => {
  const { at, about } = complaint;
  return JSON.stringify([
    rule.id,
    // A policy and Azure may spell one resource id differently.
    (at?.identity ?? about?.identity)?.toLowerCase(),
    at?.subject ?? about?.subject,
    apiOf(complaint),
    scopeOf(complaint)?.toLowerCase() ?? null,
    at !== null && sharesSubject(at) ? at.key : (about?.key ?? null),
  ]);
};

const toFinding = (heard: Heard, world: Worlds, input: JudgeInput, used: Set<PolicyException>): Finding => {
  const { rule, complaint, asked, held, stands } = heard;
  const { at, about } = complaint;
  const identity = at?.identity ?? about?.identity ?? '';
  const subject = at?.subject ?? about?.subject ?? '';
  const exception = acceptedBy(world.policy.policy.exceptions, rule.id, subject, identity, input.now);
  if (exception !== null) used.add(exception);
  return {
    fingerprint: input.hash(subjectKey(rule, complaint)).slice(0, 16),
    rule: rule.id,
    severity: complaint.severity ?? rule.severity,
    confidence: complaint.confidence ?? rule.confidence,
    identity,
    subject,
    api: apiOf(complaint),
    scope: scopeOf(complaint),
    policy: world.policy.policy.name,
    place: placeOf(complaint, world.policy),
    message: complaint.message,
    help: complaint.help,
    evidence: complaint.evidence ?? {},
    side: sideOf(asked, held),
    curedByPlan: held && !stands,
    stands,
    fix: mend(complaint, world.policy),
    exception: exception === null ? null : applied(exception),
  };
};

/** A remedy mends what the policy writes: a fact that nobody asked for has no line. */
const mend = (complaint: Complaint, { policy, desired }: ResolvedPolicy): Fix | null => {
  const { remedy, at, about } = complaint;
  const place = at === null ? about?.place : desired.find(({ fact }) => fact.key === at.key)?.place;
  if (remedy === undefined || place === undefined) return null;
  return fixOf(remedy, at?.subject ?? about?.subject ?? '', place, policy.lines);
};

const sideOf = (asked: boolean, held: boolean): Side => {
  if (asked && held) return 'both';
  return held ? 'tenant' : 'policy';
};

/** The line that asks for the fact, else the line of the identity that holds it. */
const placeOf = ({ at, about }: Complaint, { policy, desired }: ResolvedPolicy): Place => {
  if (about !== undefined) return about.place;
  const asks = desired.find(({ fact }) => fact.key === at?.key)?.place;
  return asks ?? policy.identities.find(({ id }) => sameText(id, at?.identity ?? ''))?.place ?? policy.place;
};

const acceptedBy = (
  exceptions: readonly PolicyException[],
  rule: string,
  subject: string,
  identity: string,
  now: Date,
): PolicyException | null =>
  exceptions.find(
    (exception) =>
      exception.rule === rule &&
      sameText(exception.subject, subject) &&
      (exception.identity === null || sameText(exception.identity, identity)) &&
      !isExpiredException(exception, now),
  ) ?? null;

const applied = ({ reason, approvedBy, expires, place }: PolicyException): AppliedException => ({
  reason,
  approvedBy,
  expires,
  place,
});

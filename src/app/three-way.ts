import { changedFact, type Drift } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isExpiredException } from '../core/exception-expiry.ts';
import type { Finding } from '../core/finding.ts';
import type { Judgement } from '../core/judge.ts';
import { rulesOfTime, wasAccepted } from '../core/passing-time.ts';
import type { Policy } from '../core/policy.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { RuleSettings } from '../core/rule.ts';
import { sameText } from '../core/same-text.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { type AskedChange, driftKey, type ThreeWay } from '../core/three-way.ts';
import { askedChanges, names } from './asked-changes.ts';
import { type Compared, type CompareInput, comparePolicies } from './compare-policies.ts';
import { type JudgedBy, judgePolicies } from './judge-policies.ts';
import { kindsReadFor } from './kinds-read-for.ts';
import { leftAloneIn } from './left-alone.ts';
import { tellAccess } from './tell-access.ts';

/** Policies of the base, and what was seen of the tenant for them. */
export interface BasePolicies extends Pick<ThreeWay, 'base' | 'head' | 'files'> {
  readonly policies: readonly Policy[];
  readonly settings: RuleSettings;
  readonly snapshot: Snapshot | null;
}

/** The head, compared with the tenant and judged. */
export interface JudgedHead {
  readonly compared: Compared;
  readonly judgement: Pick<Judgement, 'findings' | 'verdicts'>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Does it count against somebody? */
const isOpen = ({ stands, exception }: Finding): boolean => stands && exception === null;

/** What was found fault with, and is not any more: neither since its identity was dropped, nor since nobody looked. */
const curedIn = (
  before: readonly Finding[],
  { compared, judgement }: JudgedHead,
  broken: ReadonlySet<string>,
): readonly Finding[] => {
  const now = new Map(judgement.findings.map((finding) => [finding.fingerprint, finding]));
  return before.filter((finding) => {
    if (broken.has(finding.place.file)) return false;
    const found = now.get(finding.fingerprint);
    if (found !== undefined) return !found.stands;
    const heirs = compared.sides.filter((side) => names(side, finding.identity));
    const isJudged = ({ policy: { name } }: (typeof heirs)[number]['resolved']) =>
      judgement.verdicts.some(
        ({ policy, rule, verdict }) =>
          policy === name && rule === finding.rule && verdict !== 'unknown' && verdict !== 'error',
      );
    return heirs.length > 0 && heirs.every(({ resolved }) => isJudged(resolved));
  });
};

const isTouched = (finding: Finding, asked: readonly AskedChange[]): boolean =>
  asked.some(({ before, after }) =>
    [before, after].some(
      (fact) => fact !== null && sameText(fact.identity, finding.identity) && sameText(fact.subject, finding.subject),
    ),
  );

/** Did time alone bring it: by its rule, or by ending the exception that had accepted it? */
const isOfTime = (finding: Finding, { policies }: BasePolicies, now: Date): boolean =>
  rulesOfTime.has(finding.rule) ||
  policies
    .filter(({ name }) => name === finding.policy)
    .some(({ exceptions }) =>
      exceptions.some((exception) => wasAccepted(finding, exception) && isExpiredException(exception, now)),
    );

const driftId = ({ change }: Drift): string => `${change.action} ${changedFact(change).key}`;

/** Base, head and tenant compared. The error says, as a sentence, why the base could not be judged. */
export const tellThreeWay = (
  base: BasePolicies,
  head: JudgedHead,
  input: CompareInput & JudgedBy,
): Result<ThreeWay, string> => {
  const { kinds, snapshot, hash, guards, now } = input;
  const before = comparePolicies({ policies: base.policies, snapshot: base.snapshot, kinds, hash, guards, now });
  let found: readonly Finding[];
  try {
    found = judgePolicies(before, { ...input, settings: base.settings }).findings.filter(isOpen);
  } catch (error) {
    return err(`the base could not be judged: ${error instanceof Error ? error.message : String(error)}`);
  }
  const after = head.compared;
  const broken = new Set(head.diagnostics.map(({ place }) => place.file));
  const asked = askedChanges({ before, after, kinds, seen: snapshot !== null, broken });
  const earlier = new Map(found.map((finding) => [finding.fingerprint, finding]));
  const stood = head.judgement.findings.filter(({ fingerprint, stands }) => stands && earlier.has(fingerprint));
  const spared = stood.filter((finding) => {
    const was = earlier.get(finding.fingerprint);
    return isOpen(finding) && was !== undefined && isOfTime(was, base, now) && !isTouched(finding, asked);
  });
  const drifted = new Set(before.drift.map(driftId));
  const stepped = new Set(before.steps.map(({ id }) => id));
  const told = after.worlds.map(({ policy: { policy }, gaps, after: facts }) => ({
    policy,
    gaps,
    facts,
    read: snapshot === null ? null : new Set(kindsReadFor(policy, snapshot, kinds).map(({ id }) => id)),
  }));
  return ok({
    base: base.base,
    head: base.head,
    files: base.files,
    asked,
    stepsBefore: [...new Set(after.steps.map(({ id }) => id))].filter((id) => stepped.has(id)),
    driftBefore: after.drift
      .filter((one) => drifted.has(driftId(one)))
      .map(({ change, policy }) => driftKey(policy, change.action, changedFact(change).key)),
    findingsBefore: stood.map(({ fingerprint }) => fingerprint),
    spared: spared.map(({ fingerprint }) => fingerprint),
    cured: curedIn(found, head, broken),
    leftAlone: leftAloneIn(after),
    accessAfter: snapshot === null ? [] : tellAccess(told, { snapshot, kinds, now }),
  });
};

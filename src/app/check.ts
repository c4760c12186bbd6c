import canonicalize from 'canonicalize';
import { changeKind, type Drift } from '../core/change.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { diff } from '../core/diff.ts';
import { exitCodes, type FailOn, fails } from '../core/exit-code.ts';
import { type Fact, isOnlyThroughGroups, type KindId, leftToGroups } from '../core/fact.ts';
import type { Finding } from '../core/finding.ts';
import { judge, type Worlds } from '../core/judge.ts';
import type { Kind } from '../core/kind.ts';
import { allows, planContent, planSteps } from '../core/plan.ts';
import type { Policy } from '../core/policy.ts';
import { policyProblem } from '../core/policy-problem.ts';
import type { Hash, RequestCounts } from '../core/ports.ts';
import type { Conclusion, Coverage, Report } from '../core/report.ts';
import type { ResolvedPolicy } from '../core/resolved-policy.ts';
import { type Rule, type RuleSettings, severities } from '../core/rule.ts';
import { sameArmId } from '../core/scope.ts';
import type { Gap, Snapshot } from '../core/snapshot.ts';
import { knowledgeVersion } from '../knowledge/knowledge-version.ts';
import { unusedException, unusedExceptions } from '../rules/unused-exception.ts';
import { coverageOf } from './coverage.ts';
import { createNames } from './create-names.ts';
import { gapsOf } from './gaps-of.ts';
import { kindsReadFor } from './kinds-read-for.ts';
import { preflight } from './preflight.ts';
import { resolvePolicy } from './resolve-policy.ts';
import { tellAccess } from './tell-access.ts';

export interface CheckInput {
  readonly policies: readonly Policy[];
  /** What is wrong with files, found before. */
  readonly diagnostics: readonly Diagnostic[];
  /** `null`: no tenant is seen, the policies alone are judged. */
  readonly snapshot: Snapshot | null;
  readonly source: Report['source'];
  readonly kinds: readonly Kind[];
  readonly rules: readonly Rule[];
  readonly now: Date;
  readonly settings: RuleSettings;
  readonly failOn: FailOn;
  readonly failOnDrift: boolean;
  readonly requests: RequestCounts;
  readonly tenantName: string | null;
  readonly version: string;
  readonly hash: Hash;
  /** What a scan saw of identities that no policy names; absent: this is no scan. */
  readonly beside?: { readonly findings: readonly Finding[]; readonly coverage: readonly Coverage[] };
}

/** One policy with its two sides. */
interface Side {
  readonly resolved: ResolvedPolicy;
  readonly actual: readonly Fact[];
  readonly gaps: readonly Gap[];
  /** Optional kinds that were left out for this policy. */
  readonly unread: ReadonlySet<KindId>;
  readonly drift: readonly Drift[];
}

/** The whole check, from parsed policies and a snapshot to a report. Pure: the same input gives the same report. */
export const check = (input: CheckInput): Report => {
  const { policies, snapshot, kinds } = input;
  const names = createNames(snapshot?.names ?? null, saysWhichRoles(snapshot));
  const resolved = policies.map((policy) => resolvePolicy(policy, kinds, names));
  const problems = resolved.flatMap(({ problems }) => problems);
  const lost = snapshot === null ? [] : policies.flatMap((policy) => lostIdentities(policy, snapshot));
  const diagnostics = sortDiagnostics([...input.diagnostics, ...problems, ...lost]);
  const stopped = new Set([...problems, ...lost].flatMap(({ policy }) => policy ?? []));
  // What one policy asks for is not undeclared because another, of the same identity, doesn't.
  const asked = new Set(resolved.flatMap(({ policy }) => policy.desired.map(({ fact }) => fact.key)));
  const sides = resolved.map(({ policy }) => compare(policy, input, asked, stopped.has(policy.policy.name)));
  const drift = sides.flatMap((side) => side.drift);
  const planned = drift.filter((found) => isPlanned(found, input));
  const steps = planSteps(planned);
  const judgement = judge({
    rules: input.rules,
    worlds: sides.map((side) => ({ ...worldsOf(side, snapshot !== null, planned), asked })),
    now: input.now,
    settings: input.settings,
    hash: input.hash,
    unused: unusedExceptions,
    unusedRule: unusedException,
  });
  if (judgement.broken.length > 0) {
    const [first] = judgement.broken;
    throw new Error(`rule ${first?.rule} failed on policy ${first?.policy}: ${first?.detail}`);
  }
  const findings = sortFindings([...judgement.findings, ...(input.beside?.findings ?? [])]);
  const read =
    snapshot === null
      ? []
      : sides.flatMap(({ resolved: { policy }, gaps }) =>
          coverageOf(policy, gaps, kindsReadFor(policy, snapshot, kinds)),
        );
  const coverage = [...read, ...(input.beside?.coverage ?? [])];
  const outcome = conclude({ diagnostics, coverage, findings, steps: steps.length, drift: drift.length }, input);
  const tenant = snapshot === null ? null : { ...snapshot.tenant, name: input.tenantName };
  return {
    mode: input.beside === undefined ? 'check' : 'scan',
    version: input.version,
    tenant,
    asOf: input.now.toISOString(),
    ...outcome,
    source: input.source,
    failOn: input.failOn,
    policies: policies.map((policy) => summarise(policy, snapshot)),
    coverage,
    diagnostics,
    findings,
    drift,
    plan: {
      digest: `sha256:${input.hash(canonicalize(planContent(tenant?.id ?? '', knowledgeVersion, steps)) ?? '')}`,
      steps,
    },
    verdicts: judgement.verdicts,
    effectiveAccess: tellAccess(
      sides.map(({ resolved: { policy, desired }, actual, gaps }) => ({
        policy,
        gaps,
        facts: snapshot === null ? desired.map(({ fact }) => fact) : actual,
        read: snapshot === null ? null : new Set(kindsReadFor(policy, snapshot, kinds).map(({ id }) => id)),
      })),
      { snapshot, kinds, now: input.now },
    ),
    reader: snapshot === null ? null : preflight(policies, kinds, snapshot),
    requests: input.requests,
  };
};

/** An identity that the tenant doesn't have, or that the policy names wrongly: nothing can be said of its access. */
const lostIdentities = (policy: Policy, { identities }: Snapshot): Diagnostic[] =>
  policy.identities.flatMap((identity) => {
    const known = identities.find(({ id }) => sameText(id, identity.id));
    // A retired policy stays until its file is deleted, and its app may be gone by then.
    const isMissed = identity.type === 'app' && known?.state === 'absent' && policy.state !== 'retired';
    const absent = isMissed ? `the tenant has no service principal with the app id \`${identity.id}\`` : null;
    const mistake = known?.mistake ?? absent;
    if (mistake === null) return [];
    const help = 'check the app id and the object id in the Entra admin centre under Enterprise applications';
    return [
      policyProblem(policy, identity.place, { code: 'unknown-identity', subject: identity.id, message: mistake, help }),
    ];
  });

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Did the tenant say which Azure roles there are? Where nobody could be asked about, no role was named to it either. */
const saysWhichRoles = (snapshot: Snapshot | null): boolean =>
  snapshot !== null &&
  snapshot.names.azureRoles.length > 0 &&
  !snapshot.gaps.some(({ kind }) => kind === 'azure-role-assignment');

/** Will the merge make this change? Some kinds are only ever judged. */
const isPlanned = ({ change, policy: name }: Drift, { policies, kinds }: CheckInput): boolean => {
  const enforcement = policies.find((policy) => policy.name === name)?.enforcement ?? 'report';
  if (change.before !== null && isOnlyThroughGroups(change.before)) return false;
  return allows(change, enforcement) && kinds.some(({ id, planned }) => planned && id === changeKind(change));
};

/** Some facts only explain others: that one lies in the deleted items. */
const canDrift = (fact: Fact, policy: Policy, kinds: readonly Kind[]): boolean =>
  kinds.find(({ id }) => id === fact.kind)?.drifts?.(fact, policy) ?? true;

const compare = (
  resolved: ResolvedPolicy,
  { snapshot, kinds }: CheckInput,
  asked: ReadonlySet<string>,
  stopped: boolean,
): Side => {
  const { policy, desired, governs } = resolved;
  const mine = (id: string) => policy.identities.some((identity) => sameText(identity.id, id));
  const actual = (snapshot?.facts ?? []).filter((fact) => mine(fact.identity) || isOnOwnVault(fact, policy));
  const gaps = snapshot === null ? [] : gapsOf(policy, snapshot, kinds);
  const wasRead = (fact: Fact) => !gaps.some((gap) => gap.kind === fact.kind && sameText(gap.identity, fact.identity));
  const changes =
    snapshot === null || stopped
      ? []
      : diff({
          kinds,
          desired: desired.map(({ fact }) => fact),
          actual,
          governs: (fact) => governs.has(fact.kind) && !asked.has(fact.key) && canDrift(fact, policy, kinds),
          wasRead,
        });
  const read = snapshot === null ? [] : kindsReadFor(policy, snapshot, kinds);
  // Of a kind that isn't optional, a policy that asks for nothing of it gives nothing to look at.
  const leftOut = kinds.filter(({ id, optional }) => optional !== undefined && !read.some((kind) => kind.id === id));
  const unread = new Set(leftOut.map(({ id }) => id));
  return { resolved, actual, gaps, unread, drift: changes.map((change) => ({ change, policy: policy.name })) };
};

/** After the merge: the tenant with the changes of all plans made; where no tenant is seen, what the policy asks. */
const worldsOf = (
  { resolved, actual, gaps, unread }: Side,
  seen: boolean,
  planned: readonly Drift[],
): Omit<Worlds, 'asked'> => {
  const own = resolved.desired.map(({ fact }) => fact);
  if (!seen) return { policy: resolved, tenant: null, after: own, gaps, unread };
  // Another policy of the same identity may be the one whose plan grants or removes.
  const mine = (fact: Fact) => resolved.policy.identities.some(({ id }) => sameText(id, fact.identity));
  const gone = new Set(planned.flatMap(({ change }) => change.before?.key ?? []));
  const made = planned.flatMap(({ change }) => change.after ?? []).filter(mine);
  const kept = actual.flatMap((fact) => (gone.has(fact.key) ? (leftToGroups(fact) ?? []) : fact));
  const after = new Map([...kept, ...made].map((fact) => [fact.key, fact]));
  return { policy: resolved, tenant: actual, after: [...after.values()], gaps, unread };
};

/** A further identity of a vault that the policy speaks of belongs to what it has to answer for. */
const isOnOwnVault = (fact: Fact, { identities }: Policy): boolean =>
  fact.kind === 'vault-identity' &&
  identities.some(
    (identity) =>
      (identity.type === 'vault-system' || identity.type === 'vault-user') && sameArmId(identity.vault, fact.vault),
  );

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: readonly Coverage[];
  readonly findings: readonly Finding[];
  readonly steps: number;
  readonly drift: number;
}

const conclude = (
  outcome: Outcome,
  { failOn, failOnDrift }: CheckInput,
): { exitCode: number; conclusion: Conclusion } => {
  if (outcome.diagnostics.length > 0) return { exitCode: exitCodes.invalid, conclusion: 'invalid' };
  if (outcome.coverage.some(({ state }) => state === 'gap'))
    return { exitCode: exitCodes.incomplete, conclusion: 'incomplete' };
  if (outcome.findings.some((finding) => fails(finding, failOn)))
    return { exitCode: exitCodes.findings, conclusion: 'violations' };
  if (failOnDrift && outcome.drift > 0) return { exitCode: exitCodes.findings, conclusion: 'drift' };
  return { exitCode: exitCodes.clean, conclusion: outcome.steps > 0 ? 'changes' : 'clean' };
};

const summarise = (policy: Policy, snapshot: Snapshot | null): Report['policies'][number] => ({
  name: policy.name,
  file: policy.file,
  product: policy.product?.value ?? null,
  enforcement: policy.enforcement,
  identities: policy.identities.map(({ id }) => ({
    id,
    displayName: snapshot?.identities.find((known) => sameText(known.id, id))?.displayName ?? null,
  })),
});

const sortDiagnostics = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort(
    (a, b) => compareText(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column,
  );

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Worst first, then by where it is, then by what it says. */
const sortFindings = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compareText(a.policy, b.policy) ||
      a.place.line - b.place.line ||
      compareText(`${a.rule}/${a.subject}/${a.scope}`, `${b.rule}/${b.subject}/${b.scope}`),
  );

import type { Diagnostic } from '../core/diagnostic.ts';
import { exitCodes, type FailOn, fails } from '../core/exit-code.ts';
import type { Finding } from '../core/finding.ts';
import type { Policy } from '../core/policy.ts';
import type { RequestCounts } from '../core/ports.ts';
import type { Conclusion, Coverage, Report } from '../core/report.ts';
import { type Rule, type RuleSettings, severities } from '../core/rule.ts';
import { sameText } from '../core/same-text.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { ThreeWay } from '../core/three-way.ts';
import { type CompareInput, comparePolicies } from './compare-policies.ts';
import { coverageOf } from './coverage.ts';
import { judgePolicies } from './judge-policies.ts';
import { kindsReadFor } from './kinds-read-for.ts';
import { digestOf } from './plan-digest.ts';
import { preflight } from './preflight.ts';
import { tellAccess } from './tell-access.ts';
import { type BasePolicies, tellThreeWay } from './three-way.ts';

export interface CheckInput extends CompareInput {
  /** What is wrong with files, found before. */
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Report['source'];
  readonly rules: readonly Rule[];
  readonly settings: RuleSettings;
  readonly failOn: FailOn;
  readonly failOnDrift: boolean;
  readonly requests: RequestCounts;
  readonly tenantName: string | null;
  readonly version: string;
  /** What a scan saw of identities that no policy names; absent: this is no scan. */
  readonly beside?: { readonly findings: readonly Finding[]; readonly coverage: readonly Coverage[] };
  /** What a pull request is compared with; absent: nothing. A text says why it is not. */
  readonly base?: BasePolicies | string;
}

/** The whole check, from parsed policies and a snapshot to a report. Pure: the same input gives the same report. */
export const check = (input: CheckInput): Report => {
  const { policies, snapshot, kinds } = input;
  const compared = comparePolicies(input);
  const { sides, drift, steps } = compared;
  const diagnostics = sortDiagnostics([...input.diagnostics, ...compared.problems]);
  const judgement = judgePolicies(compared, input);
  const findings = sortFindings([...judgement.findings, ...(input.beside?.findings ?? [])]);
  const read =
    snapshot === null
      ? []
      : sides.flatMap(({ resolved: { policy }, gaps }) =>
          coverageOf(policy, gaps, kindsReadFor(policy, snapshot, kinds)),
        );
  const coverage = [...read, ...(input.beside?.coverage ?? [])];
  const three = compareBase(input, { compared, judgement, diagnostics });
  const spared = new Set(three.threeWay?.spared ?? []);
  const counted = findings.filter(({ fingerprint }) => !spared.has(fingerprint));
  const outcome = conclude(
    { diagnostics, coverage, findings: counted, steps: steps.length, drift: drift.length },
    input,
  );
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
      digest: digestOf({ tenant: tenant?.id ?? '', policies: compared.contents, steps }, input.hash),
      steps,
      withheld: compared.withheld,
      policies: compared.contents,
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
    ...three,
    reader: snapshot === null ? null : preflight(policies, kinds, snapshot),
    requests: input.requests,
  };
};

/** Whatever is wrong with the base never fails the head: it is only not compared then. */
const compareBase = (
  input: CheckInput,
  head: Parameters<typeof tellThreeWay>[1],
): { readonly threeWay?: ThreeWay; readonly notCompared?: string } => {
  const { base } = input;
  if (base === undefined) return {};
  if (typeof base === 'string') return { notCompared: base };
  const threeWay = tellThreeWay(base, head, input);
  return threeWay.ok ? { threeWay: threeWay.value } : { notCompared: threeWay.error };
};

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
  protects: policy.protects.map(({ workload, operations }) => ({ workload, operations })),
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

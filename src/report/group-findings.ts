import type { Finding } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import type { Severity } from '../core/rule.ts';
import { severityRank } from './words.ts';

/** Order of texts by UTF-16 units, the same in every locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sortKey = ({ policy, place, rule, identity, subject, api, scope, fingerprint }: Finding): string =>
  [policy, place.file, String(place.line).padStart(8, '0'), String(place.column).padStart(8, '0')]
    .concat([rule, identity, subject, api ?? '', scope ?? '', fingerprint])
    .join('\u0000');

/** Worst first, certain before likely, then by policy and line: the order of every output. */
export const sortFindings = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .map((finding) => ({ finding, key: sortKey(finding) }))
    .sort(
      (a, b) =>
        severityRank[a.finding.severity] - severityRank[b.finding.severity] ||
        compareText(a.finding.confidence, b.finding.confidence) ||
        compareText(a.key, b.key),
    )
    .map(({ finding }) => finding);

/** Every finding of a report in exactly one group, worst first. */
export interface FindingGroups {
  /** Stands after the merge and nobody accepted it: to fix or to decide. */
  readonly toFix: readonly Finding[];
  /** The plan removes it. */
  readonly cured: readonly Finding[];
  /** Accepted by an exception that holds. */
  readonly excepted: readonly Finding[];
  /** Asked for by a policy, but this plan doesn't grant it. */
  readonly notGranted: readonly Finding[];
}

export const groupFindings = (findings: readonly Finding[]): FindingGroups => {
  const groups = { toFix: [], cured: [], excepted: [], notGranted: [] } as Record<keyof FindingGroups, Finding[]>;
  for (const finding of sortFindings(findings)) groups[groupOf(finding)].push(finding);
  return groups;
};

const groupOf = (finding: Finding): keyof FindingGroups => {
  if (finding.exception !== null) return 'excepted';
  if (finding.curedByPlan) return 'cured';
  return finding.stands ? 'toFix' : 'notGranted';
};

/** Most findings that one entry of a report speaks of. */
const foldLimit = 12;

/** Findings of one identity that differ only in what or where, together: one explanation serves them all. */
export const foldFindings = (findings: readonly Finding[]): readonly (readonly Finding[])[] => {
  const alike = Map.groupBy(findings, ({ policy, identity, rule, severity, confidence, help, subject, scope }) =>
    // A role does on every scope what it does on one; permissions are told apart by their help alone.
    JSON.stringify([policy, identity, rule, severity, confidence, help, scope === null ? null : subject]),
  );
  return [...alike.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / foldLimit) }, (_, at) =>
      group.slice(at * foldLimit, (at + 1) * foldLimit),
    ),
  );
};

/** Does a finding of this severity make the run fail? */
export const failsAt = (failOn: Report['failOn'], severity: Severity): boolean => {
  const limit = Object.entries(severityRank).find(([name]) => name === failOn)?.[1];
  return limit !== undefined && severityRank[severity] <= limit;
};

/** `2 critical, 1 low`, worst first. */
export const countSeverities = (findings: readonly Finding[]): string =>
  Object.keys(severityRank)
    .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`)
    .join(', ');

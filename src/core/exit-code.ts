import type { Finding } from './finding.ts';
import { type Severity, severities } from './rule.ts';

/** A wrong file outranks an incomplete read, which outranks findings. */
export const exitCodes = { clean: 0, findings: 1, invalid: 2, incomplete: 3, partial: 4, refused: 5, bug: 70 } as const;

export type FailOn = Severity | 'never';

/** Does a finding make a check fail? Only what stands after the merge and nobody accepted. */
export const fails = (finding: Finding, failOn: FailOn): boolean =>
  failOn !== 'never' &&
  finding.stands &&
  finding.exception === null &&
  severities.indexOf(finding.severity) <= severities.indexOf(failOn);

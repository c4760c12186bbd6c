import type { Place } from '../core/diagnostic.ts';
import type { Finding } from '../core/finding.ts';
import { isNowhere } from '../core/nowhere.ts';
import { compareText } from './group-findings.ts';

/** A place, for machines. */
export const placeFields = ({ file, line, column, endLine, endColumn }: Place) => ({
  file,
  line,
  column,
  endLine,
  endColumn,
});

const noPlace = { file: null, line: null, column: null, endLine: null, endColumn: null };

/** A finding, for machines: every key in its place. */
export const findingFields = (finding: Finding) => ({
  fingerprint: finding.fingerprint,
  rule: finding.rule,
  severity: finding.severity,
  confidence: finding.confidence,
  identity: finding.identity,
  subject: finding.subject,
  api: finding.api,
  scope: finding.scope,
  policy: finding.policy === '' ? null : finding.policy,
  ...(isNowhere(finding.place) ? noPlace : placeFields(finding.place)),
  message: finding.message,
  help: finding.help,
  evidence: Object.fromEntries(Object.entries(finding.evidence).sort(([a], [b]) => compareText(a, b))),
  side: finding.side,
  curedByPlan: finding.curedByPlan,
  stands: finding.stands,
  fix: finding.fix,
  exception:
    finding.exception === null
      ? null
      : {
          reason: finding.exception.reason,
          approvedBy: finding.exception.approvedBy,
          expires: finding.exception.expires,
          ...placeFields(finding.exception.place),
        },
});

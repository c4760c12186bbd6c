import type { Report } from '../core/report.ts';
import { groupFindings, sortFindings } from './group-findings.ts';
import { inertJson, inertLines } from './inert.ts';
import { sarifNotifications } from './sarif-notifications.ts';
import { sarifResult } from './sarif-result.ts';
import { type RuleDoc, sarifRules } from './sarif-rules.ts';
import { isComplete, tellExit } from './tell-outcome.ts';
import { count } from './words.ts';

interface SarifOptions {
  readonly ruleDocs: readonly RuleDoc[];
  /** Home page of the program. */
  readonly informationUri?: string;
}

/** GitHub shows that many results of one run; the mildest are left out. */
const shown = 5000;

/** SARIF 2.1.0 for code scanning: findings on the policies' lines, exceptions as suppressions, gaps as notifications. */
export const renderSarif = (hostile: Report, options: SarifOptions): string => {
  const report = inertLines(hostile);
  const groups = groupFindings(report.findings);
  const findings = sortFindings([...groups.toFix, ...groups.excepted, ...groups.notGranted]);
  const rules = sarifRules(options.ruleDocs, findings, report.version);
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const left = findings.length - shown;
  const dropped =
    left > 0
      ? [`${count(left, 'result')} left out, the mildest, of ${findings.length}: all are in the JSON report`]
      : [];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Backup Access Guard',
            version: report.version,
            semanticVersion: report.version,
            ...(options.informationUri === undefined ? {} : { informationUri: options.informationUri }),
            rules,
          },
        },
        automationDetails: { id: `backup-access-guard/${report.mode}/${report.tenant?.id ?? 'no-tenant'}/` },
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'Root of the repository that holds the policies.' } },
        },
        invocations: [
          {
            executionSuccessful: isComplete(report) && report.diagnostics.length === 0,
            exitCode: report.exitCode,
            exitCodeDescription: tellExit(report, groups),
            toolExecutionNotifications: sarifNotifications(report, dropped),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.slice(0, shown).map((finding) => sarifResult(finding, index.get(finding.rule) ?? -1)),
      },
    ],
  };
  return `${inertJson(JSON.stringify(log, null, 2))}\n`;
};

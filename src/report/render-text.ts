import type { Report } from '../core/report.ts';
import type { ThreeWay } from '../core/three-way.ts';
import { groupFindings } from './group-findings.ts';
import { inertLines } from './inert.ts';
import { identityNames } from './name-things.ts';
import { paintWith } from './paint.ts';
import type { TextOptions } from './render-diagnostics.ts';
import { renderDiagnostics } from './render-diagnostics.ts';
import { isComplete, tellCompleteness, tellExit, tellHeadline, touchesNothing } from './tell-outcome.ts';
import { accessLines } from './text-access.ts';
import { applyHeadLines, applyLines, tellsSteps } from './text-apply.ts';
import { changeLines } from './text-changes.ts';
import { coverageLines, gapLines } from './text-coverage.ts';
import { findingLines, foldedLines } from './text-findings.ts';
import type { Page } from './text-page.ts';
import { beforeLines, planSumLines, pullRequestLines } from './text-pull-request.ts';
import { withheldLines } from './text-withheld.ts';
import { count } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** A report for a terminal: what matters first, readable without colour, every line within the width. */
export const renderText = (hostile: Report, options: TextOptions): string => {
  const report = inertLines(hostile);
  const width = Math.max(40, options.width);
  const paint = paintWith(options.color);
  const groups = groupFindings(report.findings);
  const page = { report, groups, width, paint, who: identityNames(report.policies) };
  const good = report.exitCode === 0 && groups.toFix.length === 0;
  const head = [
    ...wrapText(tellHeadline(report, groups), width).map((line) => paint(good ? 'green' : 'alarm', line)),
    ...applyHeadLines({ report, width, paint }),
    ...wrapText(tellCompleteness(report), width).map((line) => paint(isComplete(report) ? 'bold' : 'alarm', line)),
    ...gapLines(page),
    ...wrapText(tellWhat(report), width).map((line) => paint('faint', line)),
    ...(report.notCompared === undefined ? [] : wrapText(`not compared with its base: ${report.notCompared}`, width)),
    '',
  ];
  const { threeWay } = report;
  const body = [
    ...applyLines(page),
    ...(threeWay === undefined ? findingLines(page) : pullRequestParts(page, threeWay)),
    ...foldedLines(page),
    ...accessLines(page),
    ...(threeWay === undefined ? changeLines(page, tellsSteps(page)) : planSumLines(page)),
    ...withheldLines(page),
    ...coverageLines(page),
    ...wrapText(tellExit(report, groups), width).map((line) => paint('bold', line)),
  ];
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
  return text(head) + renderDiagnostics(hostile.diagnostics, options) + text(body);
};

/** What it does, what was so before, and what is to be decided. */
const pullRequestParts = (page: Page, threeWay: ThreeWay): readonly string[] =>
  touchesNothing(page.report)
    ? []
    : [...pullRequestLines(page, threeWay), ...findingLines(page, 'Needs a decision'), ...beforeLines(page, threeWay)];

/** What was checked, when, against what. */
const tellWhat = ({ mode, tenant, asOf, policies, source }: Report): string => {
  const where =
    tenant === null
      ? 'no tenant'
      : `tenant ${tenant.name === null ? tenant.id : `${tenant.name} (${tenant.id})`}, ${tenant.cloud} cloud`;
  const seen = source === 'snapshot' ? ', as a snapshot has it' : '';
  return `${{ check: 'check', scan: 'scan', validate: 'validation', apply: 'application', remediate: 'remediation' }[mode]} of ${count(policies.length, 'policy', 'policies')}, ${where}${seen}, as of ${asOf.slice(0, 16).replace('T', ' ')} UTC`;
};

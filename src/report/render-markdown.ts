import type { Report } from '../core/report.ts';
import { type ApplyOutcome, applyOutcome, withheldNow } from './apply-outcome.ts';
import { groupFindings } from './group-findings.ts';
import { clip, inertLines } from './inert.ts';
import { accessSection } from './markdown-access.ts';
import { applyLead, leftOutSection, refusalSection, requestSection, stepSection } from './markdown-apply.ts';
import { renderSection } from './markdown-section.ts';
import {
  changeSection,
  coverageSection,
  decideSection,
  driftSection,
  foldedSection,
  gapSection,
  identitySection,
  mistakeSection,
} from './markdown-sections.ts';
import type { Markdown } from './markdown-text.ts';
import { code, join, md, prose } from './markdown-text.ts';
import { identityNames, shortId } from './name-things.ts';
import { sentence } from './sentence.ts';
import { tellStates } from './tell-apply.ts';
import { isComplete, tellCompleteness, tellExit, tellHeadline } from './tell-outcome.ts';
import { count } from './words.ts';

/** Below GitHub's 65,536 characters of a comment, and far below its 1 MiB of a job summary. */
const pageLimit = 60_000;

/** A report as GitHub-flavoured Markdown of at most `limit` UTF-16 units, for the job summary and for check runs. */
export const renderMarkdown = (hostile: Report, limit: number = pageLimit): string => {
  const report = inertLines(hostile);
  const groups = groupFindings(report.findings);
  const applied = applyOutcome(report);
  const head =
    md`### Backup access · ${prose(tellHeadline(report, groups))}\n\n${counts(report, groups.toFix.length)}\n\n${applied === null ? '' : applyLead(report, applied)}`
      .markdown;
  const foot = footOf(report, tellExit(report, groups), applied).markdown;
  const who = identityNames(report.policies, shortId);
  const isTold = applied !== null && applied.rows.length > 0;
  const sections = [
    ...(applied === null ? [] : [refusalSection(applied), stepSection(applied, who)]),
    gapSection(report),
    mistakeSection(report),
    decideSection(report, groups),
    ...(isTold ? [] : [changeSection(report)]),
    leftOutSection(withheldNow(report), who),
    ...(applied === null ? [] : [requestSection(applied)]),
    accessSection(report),
    driftSection(report),
    foldedSection('Cured by the plan', groups.cured),
    foldedSection('Accepted by exception', groups.excepted),
    foldedSection('Asked for, but not granted by this plan', groups.notGranted),
    coverageSection(report),
    identitySection(report),
  ];
  let room = limit - head.length - foot.length;
  let body = '';
  for (const section of sections) {
    const text = renderSection(section, room);
    room -= text.length;
    body += text;
  }
  return head + body + foot;
};

/** The second line: how much there is to do, and whether all of it could be seen. */
const counts = (report: Report, toFix: number): Markdown => {
  const { diagnostics, plan } = report;
  const { steps, digest } = plan;
  const whole = isComplete(report) && diagnostics.length === 0;
  const applied = applyOutcome(report);
  const changes = applied === null || applied.rows.length === 0 ? count(steps.length, 'change') : tellStates(applied);
  const read = isComplete(report) ? md`${tellCompleteness(report)}` : md`**${tellCompleteness(report)}**`;
  return join(
    [
      ...(diagnostics.length === 0 ? [] : [md`**${count(diagnostics.length, 'mistake')} to mend**`]),
      md`**${changes}**`,
      md`**${toFix === 0 && whole ? 'nothing to decide' : `${count(toFix, 'finding')} to decide${whole ? '' : ' so far'}`}**`,
      read,
      ...(steps.length === 0 ? [] : [md`plan ${code(digest.replace(/^sha256:/, '').slice(0, 8))}`]),
    ],
    ' · ',
  );
};

const footOf = (report: Report, exit: string, applied: ApplyOutcome | null): Markdown => {
  const { steps, digest } = report.plan;
  const became = applied === null || applied.rows.length === 0 ? ', shown and not applied' : '';
  const plan = steps.length === 0 ? '' : md`Plan ${code(digest)}${became}.\n\n`;
  const journal = applied?.part.journal ?? null;
  const kept = journal === null ? '' : md`The journal ends with ${code(clip(journal, 100))}.\n\n`;
  return md`${plan}${kept}${sentence(exit)} Judged as of ${report.asOf.slice(0, 16).replace('T', ' ')} UTC.\n`;
};

import type { Report } from '../core/report.ts';
import { type ApplyEnd, type ApplyOutcome, applyOutcome, leadsReport } from './apply-outcome.ts';
import { footLinks } from './comment-foot.ts';
import { applyMarker } from './comment-marker.ts';
import { type CommentAbout, type CommentPage, commentPage } from './comment-page.ts';
import { clip } from './inert.ts';
import { applyLead, leftOutSection, refusalSection, requestSection, stepSection } from './markdown-apply.ts';
import { renderSection, type Section } from './markdown-section.ts';
import { decideSection, gapSection, mistakeSection } from './markdown-sections.ts';
import { code, join, type Markdown, md, prose } from './markdown-text.ts';
import { sentence } from './sentence.ts';
import { tellStates } from './tell-apply.ts';
import { isComplete, tellCompleteness, tellExit, tellHeadline } from './tell-outcome.ts';

/** As of every comment: see `render-comment.ts`. */
const commentLimit = 65_000;
/** Kept free for titles of sections of which no entry fits. */
const reserve = 4000;

const status: Readonly<Record<ApplyEnd, string>> = {
  refused: '⛔ **refused**',
  'dry-run': '⚪ **dry run**',
  nothing: '✅ **nothing to write**',
  partial: '⚠️ **not applied in full**',
  applied: '✅ **applied**',
};

/**
 * What became of a merge, for the pull request that was merged: a comment of its own, so that the one that was approved
 * stays as it was. Throws where the report tells of no writing.
 */
export const renderApplyComment = (unbounded: Report, about: CommentAbout): string => {
  const page = commentPage(unbounded, about);
  const { report } = page;
  const outcome = applyOutcome(report);
  if (outcome === null) throw new Error('a report of no writing was to be told as one');
  const complete = isComplete(report);
  const marker = `${applyMarker(about.tag)}\n`;
  const told = outcome.rows.length === 0 ? [] : [md`**${tellStates(outcome)}**`];
  const counts = join([statusOf(page, outcome, complete), ...told, md`${tellCompleteness(report)}`], ' · ');
  const head =
    md`### Backup access · ${prose(tellHeadline(report, page.groups))}\n${counts}\n\n${applyLead(report, outcome)}`
      .markdown;
  const foot = footOf(page).markdown;
  const sections: readonly Section[] = [
    mistakeSection(report),
    refusalSection(outcome),
    stepSection(outcome, page.who),
    gapSection(report),
    leftOutSection(outcome.part.withheld, page.who),
    decideSection(report, page.groups),
    requestSection(outcome),
  ];
  let room = commentLimit - reserve - marker.length - head.length - foot.length;
  let body = '';
  for (const section of sections) {
    const text = renderSection(section, room, page.whole);
    room -= text.length;
    body += text;
  }
  return marker + head + body + foot;
};

const statusOf = ({ report }: CommentPage, outcome: ApplyOutcome, complete: boolean): Markdown => {
  const { end } = outcome;
  if (!leadsReport(report, outcome)) return md`❌ **fails**`;
  if (end === 'nothing' && complete && outcome.part.withheld.length > 0) return md`⚪ **nothing was written**`;
  if (end === 'nothing' && !complete) return md`⚠️ **incomplete**`;
  return { markdown: status[end] };
};

/** Which plan it was, how the journal ends that can be verified, how the run ended, and where the rest is. */
const footOf = (page: CommentPage): Markdown => {
  const { report } = page;
  const { digest, steps } = report.plan;
  const journal = report.apply?.journal ?? null;
  const links = footLinks(page);
  const asOf = report.asOf.slice(0, 16).replace('T', ' ');
  const plan = steps.length === 0 ? md`` : md`Plan ${code(clip(digest, 100))}. `;
  const kept = journal === null ? md`` : md`The journal ends with ${code(clip(journal, 100))}. `;
  return md`<sub>${plan}${kept}${sentence(tellExit(report, page.groups))} As of ${asOf} UTC.${links.length === 0 ? '' : md` ${join(links, ' · ')}`}</sub>\n`;
};

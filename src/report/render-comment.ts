import type { Report } from '../core/report.ts';
import { accessPart } from './comment-access.ts';
import { backupsPart } from './comment-backups.ts';
import { changesPart } from './comment-changes.ts';
import { decideSections } from './comment-decide.ts';
import { detailSections, gapEntries } from './comment-details.ts';
import { commentFoot } from './comment-foot.ts';
import { commentCounts, commentHeadline } from './comment-headline.ts';
import { commentMarker } from './comment-marker.ts';
import { type CommentAbout, type CommentPage, commentPage } from './comment-page.ts';
import { accessPicture } from './comment-picture.ts';
import { type ChangeRow, changeRows } from './comment-rows.ts';
import { leftOutSection } from './markdown-apply.ts';
import { keepEntries, renderSection, type Section } from './markdown-section.ts';
import { mistakeSection } from './markdown-sections.ts';
import { join, md } from './markdown-text.ts';

/**
 * GitHub takes 65,536 code points and 262,144 bytes of UTF-8. A code point is one UTF-16 unit or two, and a unit at most
 * three bytes, so that this many units are below both.
 */
const commentLimit = 65_000;

/** Kept free for titles of sections of which no entry fits. */
const reserve = 4000;

/** More rows than this stand below what is to decide. */
const firstScreen = 20;

/** The one comment of a pull request, as GitHub-flavoured Markdown below GitHub's limits; its first line is the marker. */
export const renderComment = (report: Report, about: CommentAbout): string => {
  const marker = `${commentMarker(about.tag)}\n`;
  if (touchesNothing(report))
    return `${marker}No backup access policy is touched by this pull request, so the tenant was not asked.\n`;
  const page = commentPage(report, about);
  const rows = changeRows(page);
  const head =
    md`### Backup access · ${commentHeadline(page, rows)}\n${commentCounts(page, rows)}\n\n${offlineNote(page)}`
      .markdown;
  const foot = commentFoot(page).markdown;
  return marker + head + body(page, rows, commentLimit - reserve - marker.length - head.length - foot.length) + foot;
};

/** Does a pull request leave every policy as it was? */
export const touchesNothing = ({ threeWay, diagnostics }: Report): boolean =>
  threeWay !== undefined && threeWay.files.length === 0 && diagnostics.length === 0;

/** All between head and foot: what must be read first takes its room first. */
const body = (page: CommentPage, rows: readonly ChangeRow[], space: number): string => {
  let room = space;
  const take = (text: string): string => {
    room -= text.length;
    return text;
  };
  const show = (section: Section): string => take(renderSection(section, room, page.whole));
  const gaps = take(gapNote(page, room * 0.2));
  const mistakes = show(mistakeSection(page.report));
  const backups = take(backupsPart(page).markdown);
  const picture = take(accessPicture(page));
  const changes = take(changesPart(page, rows, room * 0.45));
  const access = take(accessPart(page, room * 0.25));
  const decide = decideSections(page).map(show).join('');
  const kept = show(leftOutSection(page.report.plan.withheld, page.who));
  const details = detailSections(page).map(show).join('');
  const isBroken = backups.startsWith('>');
  const drawn =
    picture === '' ? '' : `<details><summary>Picture: identity → grant → reach</summary>\n\n${picture}</details>\n\n`;
  const what = changes + kept + access + (isBroken ? '' : backups);
  const order = rows.length > firstScreen ? [decide, what] : [what, decide];
  return [gaps, mistakes, isBroken ? backups : '', ...order, drawn, details].join('');
};

/** Gaps stand in a box of their own, right below the headline. */
const gapNote = (page: CommentPage, room: number): string => {
  const entries = gapEntries(page);
  if (entries.length === 0) return '';
  const { kept, left } = keepEntries(
    entries.map((entry) => md`> - ${entry}`),
    [],
    (at) => at,
    room,
  );
  const more = left === 0 ? '' : md`\n> - _… and ${left} more: all are in ${page.whole}_`;
  return md`> [!WARNING]\n> **Not read: what may hide there is unknown, and counts as not good.**\n${join(kept, '\n')}${more}\n\n`
    .markdown;
};

const offlineNote = ({ report }: CommentPage) =>
  report.source === 'offline' && report.mode === 'check' && report.verdicts.length > 0
    ? md`> [!NOTE]\n> **The tenant was not read**, as for every pull request from a fork, or where no sign-in is set up: only what the policies ask for was judged. What is held, what a merge would revoke and what had drifted is not known.\n\n`
    : md``;

import type { Report } from '../core/report.ts';
import { changesAccess } from './access-difference.ts';
import { mergeDifferences, tellParts } from './comment-access.ts';
import { backupsPart } from './comment-backups.ts';
import { decideEntry } from './comment-decide.ts';
import { gapEntries } from './comment-details.ts';
import { commentHeadline } from './comment-headline.ts';
import { type CommentPage, commentPage } from './comment-page.ts';
import { type ChangeRow, changeRows, subjectOf } from './comment-rows.ts';
import { foldFindings } from './group-findings.ts';
import { clip } from './inert.ts';
import { mistakeSection } from './markdown-sections.ts';
import { code, join, type Markdown, md } from './markdown-text.ts';
import { nameDifferences, placeOf } from './name-things.ts';
import { rollbackSteps } from './request-rollback.ts';
import { sentence } from './sentence.ts';
import { isComplete, tellCompleteness, tellExit, tellVerdicts } from './tell-outcome.ts';
import { count, kindWords, verdictWords } from './words.ts';

/** A change request to file, as Markdown: what is to change, why, what it risks, how it is undone, who approves; all of it. */
export const renderChangeRequest = (report: Report): string => {
  const page = commentPage(report, { tag: 'change-request', runUrl: null, reportName: null, repositoryUrl: null });
  const rows = changeRows(page);
  const parts = [
    md`# Change request: ${commentHeadline(page, rows)}\n\n${head(page)}`,
    chapter('Purpose', [purpose(page, rows)]),
    chapter('What changes', changes(page, rows)),
    chapter('Effect', effect(page)),
    chapter('Risk', risk(page)),
    chapter('What was checked', checked(page)),
    chapter('Rollback', rollback(page)),
    chapter('Approvals', [
      md`| role | name | decision | date | signature |\n|---|---|---|---|---|\n| Requester | | | | |\n| Owner of the backup service | | | | |\n| Security | | | | |\n| Change manager | | | | |`,
    ]),
    chapter('Evidence', [evidence(page)]),
  ];
  return `${join(parts, '\n\n').markdown}\n`;
};

const chapter = (title: string, paragraphs: readonly Markdown[]): Markdown =>
  md`## ${title}\n\n${join(paragraphs, '\n\n')}`;
const list = (entries: readonly Markdown[], start: (at: number) => string): Markdown =>
  join(
    entries.map((entry, at) => md`${{ markdown: start(at) }} ${entry}`),
    '\n',
  );
const bullets = (entries: readonly Markdown[]): Markdown => list(entries, () => '-');
const numbered = (entries: readonly Markdown[]): Markdown => list(entries, (at) => `${at + 1}.`);

const head = ({ report, way }: CommentPage): Markdown => {
  const { tenant, plan, asOf, version, policies } = report;
  const named = policies.slice(0, 10).map(({ name }) => code(clip(name, 80)));
  const more = policies.length > 10 ? md` and ${policies.length - 10} more` : '';
  const where =
    tenant === null
      ? md`not read`
      : md`${tenant.name === null ? '' : `${clip(tenant.name, 80)} `}${code(clip(tenant.id, 80))} (${tenant.cloud})`;
  const rows = [
    md`| Tenant | ${where} |`,
    md`| Policies | ${join(named, ', ')}${more} |`,
    md`| Plan | ${plan.steps.length === 0 ? 'no step' : md`${count(plan.steps.length, 'step')}, ${code(clip(plan.digest, 100))}`} |`,
    ...(way === null ? [] : [md`| Commits | from ${code(way.base ?? 'files')} to ${code(way.head ?? 'files')} |`]),
    md`| Judged as of | ${asOf.slice(0, 16).replace('T', ' ')} UTC, by version ${code(clip(version, 40))} |`,
  ];
  return md`| | |\n|---|---|\n${join(rows, '\n')}`;
};

const purpose = (page: CommentPage, rows: readonly ChangeRow[]): Markdown => {
  const { report } = page;
  if (report.diagnostics.length > 0)
    return md`Nothing can be requested yet: the files have ${count(report.diagnostics.length, 'mistake')}.\n\n${join(mistakeSection(report).entries, '\n')}`;
  const cured = rows.filter(({ wasBefore }) => wasBefore).length;
  const drift =
    cured === 0 ? '' : ` ${count(cured, 'of the changes cures', 'of the changes cure')} drift that was there before.`;
  return md`Backup software is to hold what its policies ask for, and nothing beyond.${drift}`;
};

const changes = (page: CommentPage, rows: readonly ChangeRow[]): readonly Markdown[] => {
  if (rows.length === 0) return [md`Nothing.`];
  const entries = rows.map((row, at) => {
    const { fact, effect: how, because } = row;
    const [before, after] = sides(row);
    const by = how === 'by-hand' ? ' (by hand)' : how === 'unknown' ? ' (what is held was not read)' : '';
    return md`| ${at + 1} | ${kindWords[fact.kind].one} ${code(subjectOf(fact))} | ${clip(page.who(fact.identity), 120)} | ${placeOf(fact) || 'tenant'} | ${before} | ${after}${by} | ${because} |`;
  });
  return [
    md`| | access | whose | where | before | after | because |\n|---|---|---|---|---|---|---|\n${join(entries, '\n')}`,
  ];
};

const sides = ({ change, effect: how }: ChangeRow): readonly [string, string] => {
  const isSeen = how !== 'unknown';
  if (change.action === 'create') return [isSeen ? 'not held' : 'not asked for', isSeen ? 'held' : 'asked for'];
  if (change.action === 'delete') return [isSeen ? 'held' : 'asked for', isSeen ? 'not held' : 'not asked for'];
  const sayBefore = nameDifferences({ ...change, before: change.after, after: change.before }).map(newSide);
  return [clip(sayBefore.join(', ') || 'otherwise', 200), clip(nameDifferences(change).map(newSide).join(', '), 200)];
};

/** `condition: none → x` is `condition: x` afterwards. */
const newSide = (difference: string): string => difference.replace(/^([^:]*): .*? → /s, '$1: ');

const effect = (page: CommentPage): readonly Markdown[] => {
  const changed = mergeDifferences(page).filter(changesAccess);
  const told = changed.map(
    (one) => md`**${page.named(one.identity)}** after the change:\n\n${bullets(tellParts(one))}`,
  );
  const backups = { markdown: backupsPart(page).markdown.trim() };
  return [...(told.length === 0 ? [unchanged(page)] : told), ...(backups.markdown === '' ? [] : [backups])];
};

const unchanged = ({ way, report }: CommentPage): Markdown =>
  way === null || way.accessAfter.length === 0
    ? md`Who reaches what before and after is told where a base branch was compared and the tenant was read.`
    : md`${report.plan.steps.length === 0 ? 'Nothing is written to the tenant' : 'Nobody reaches more or less than before'}.`;

const risk = (page: CommentPage): readonly Markdown[] => {
  const gaps = gapEntries(page);
  const standing = foldFindings(page.groups.toFix);
  const accepted = page.groups.excepted;
  return [
    ...(gaps.length === 0 ? [] : [md`Not read, so that what may hide there is unknown:\n\n${bullets(gaps)}`]),
    standing.length === 0
      ? md`${isComplete(page.report) ? 'No rule complains of what stands after the change.' : 'No rule complains of what was read.'}`
      : md`What stands after the change and rules complain of, worst first:\n\n${bullets(standing.map((group) => decideEntry(page, group)))}`,
    ...(accepted.length === 0
      ? []
      : [
          md`Accepted by exception:\n\n${bullets(
            accepted.map(
              ({ rule, subject, exception }) =>
                md`${code(clip(rule, 80))} · ${code(clip(subject, 120))}: ${clip(exception?.reason ?? '', 300)} (approved by ${clip(exception?.approvedBy ?? '', 100)}, until ${exception?.expires ?? ''})`,
            ),
          )}`,
        ]),
  ];
};

const checked = ({ report, groups }: CommentPage): readonly Markdown[] => [
  bullets([
    md`${sentence(tellCompleteness(report))}`,
    ...(report.verdicts.length === 0 ? [] : [md`${tellVerdicts(report, verdictWords)}.`]),
    md`${sentence(tellExit(report, groups))}`,
  ]),
];

const rollback = (page: CommentPage): readonly Markdown[] => {
  const steps = rollbackSteps(page);
  if (steps.length === 0) return [md`Nothing is written, so there is nothing to undo.`];
  return [
    md`Revert the merge and review the plan of the revert. What of the following it lacks, such as drift that was cured, is done by hand, in this order:`,
    numbered(steps),
  ];
};

const evidence = ({ report, way }: CommentPage): Markdown =>
  bullets([
    md`Digest of the plan: ${code(clip(report.plan.digest, 100))}`,
    ...(way === null
      ? []
      : [
          md`Files: ${
            way.files.length === 0
              ? 'none'
              : join(
                  way.files.slice(0, 20).map((file) => code(clip(file, 200))),
                  ', ',
                )
          }${way.files.length > 20 ? ` and ${way.files.length - 20} more` : ''}`,
        ]),
    md`The report as JSON, with every finding, difference and step, is to be kept with this request.`,
  ]);

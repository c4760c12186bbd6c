import { newlyBroken } from './broken-backups.ts';
import type { CommentPage } from './comment-page.ts';
import type { RowEffect } from './comment-rows.ts';
import { type ChangeRow, subjectOf } from './comment-rows.ts';
import { clip } from './inert.ts';
import { join, type Markdown, md, prose } from './markdown-text.ts';
import { placeOf, tellMessage } from './name-things.ts';
import { plainIds } from './plain-ids.ts';
import { isComplete, tellCompleteness, tellHeadline } from './tell-outcome.ts';
import { count, kindWords } from './words.ts';

/** The one sentence to read: whose access changes, and how; a backup that would break comes first. */
export const commentHeadline = (page: CommentPage, rows: readonly ChangeRow[]): Markdown => {
  const { report, groups } = page;
  if (report.diagnostics.length > 0 || report.conclusion === 'refused') return prose(tellHeadline(report, groups));
  const broken = newlyBroken(page);
  if (broken !== undefined)
    return md`${prose(clip(plainIds(tellMessage(broken)), 200))} (${page.named(broken.identity)})`;
  const change = tellChange(page, rows);
  if (page.way === null && change === null) return prose(tellHeadline(report, groups));
  const unseen = isComplete(report) || report.source === 'offline' ? '' : '; not everything could be read';
  return md`${change === null ? 'no access changes' : prose(change)}${unseen}`;
};

const verbs = {
  live: { grants: 'gains', changes: 'holds otherwise', revokes: 'loses' },
  asked: { grants: 'to gain', changes: 'to hold otherwise', revokes: 'to lose' },
} as const;
const asGroup: Readonly<Record<ChangeRow['action'], 'grants' | 'changes' | 'revokes'>> = {
  create: 'grants',
  update: 'changes',
  delete: 'revokes',
};
const real: readonly RowEffect[] = ['grants', 'changes', 'revokes'];

/** `HubStor Backup App loses \`Contributor\` on resource group rg-app, gains 2 Azure roles; 2 other identities change`. */
const tellChange = (page: CommentPage, rows: readonly ChangeRow[]): string | null => {
  const made = rows.filter(({ effect }) => real.includes(effect));
  const told = made.length > 0 ? made : rows;
  const own = [...Map.groupBy(told, ({ fact }) => fact.identity.toLowerCase()).values()];
  const first = own.toSorted((a, b) => losses(b) - losses(a) || b.length - a.length)[0];
  if (first?.[0] === undefined) return null;
  const words = made.length > 0 ? verbs.live : verbs.asked;
  const parts = (['revokes', 'grants', 'changes'] as const).flatMap((group) => {
    const some = first.filter(({ action }) => asGroup[action] === group);
    return some.length === 0 ? [] : [`${words[group]} ${nameAll(some)}`];
  });
  const others = own.length - 1;
  const more = others === 0 ? '' : `; ${count(others, 'other identity changes', 'other identities change')} too`;
  const is = made.length > 0 ? '' : 'is ';
  return `${page.named(first[0].fact.identity)} ${is}${parts.join(', ')}${more}`;
};

const losses = (rows: readonly ChangeRow[]): number => rows.filter(({ action }) => action === 'delete').length;

/** One by name and place, two by name, more by number. */
const nameAll = (rows: readonly ChangeRow[]): string => {
  const [first, second, third] = rows;
  if (first === undefined) return '';
  if (second === undefined) {
    const at = placeOf(first.fact);
    return `\`${clip(subjectOf(first.fact), 60)}\`${at === '' ? '' : ` on ${clip(at, 60)}`}`;
  }
  if (third === undefined) return `\`${clip(subjectOf(first.fact), 60)}\` and \`${clip(subjectOf(second.fact), 60)}\``;
  const kinds = new Set(rows.map(({ fact }) => kindWords[fact.kind].many));
  return `${rows.length} ${kinds.size === 1 ? [...kinds].join('') : 'grants'}`;
};

/** The second line: how much changes, how much is to decide, and whether all of it could be seen. */
export const commentCounts = (page: CommentPage, rows: readonly ChangeRow[]): Markdown => {
  const { report, groups, way } = page;
  const { steps, digest } = report.plan;
  const whole = isComplete(report) && report.diagnostics.length === 0;
  const fresh = groups.toFix.filter((finding) => !page.stoodBefore(finding)).length;
  const isAllNew = way === null || fresh === groups.toFix.length;
  const none = groups.toFix.length === 1 ? 'not new' : 'none of them new';
  const news = isAllNew ? '' : md`, ${fresh === 0 ? none : md`**${fresh} of them new**`}`;
  const read = tellCompleteness(report);
  const unplanned = rows.length - steps.length;
  return join(
    [
      statusOf(report),
      ...(report.diagnostics.length === 0 ? [] : [md`**${count(report.diagnostics.length, 'mistake')} to mend**`]),
      report.source === 'offline'
        ? md`**${count(unplanned, 'change')} asked for**`
        : md`**${count(steps.length, 'change')}**${unplanned === 0 ? '' : `, ${unplanned} more asked for and not planned`}`,
      md`**${groups.toFix.length === 0 && whole ? 'nothing to decide' : `${count(groups.toFix.length, 'finding')} to decide${whole ? '' : ' so far'}`}**${news}`,
      isComplete(report) ? md`${read}` : md`**${read}**`,
      ...(steps.length === 0 ? [] : [md`plan \`${shortDigest(digest)}\``]),
    ],
    ' · ',
  );
};

/** How the run ends, to be seen at a glance; where the tenant was not read, neither well nor badly. */
const statusOf = ({ exitCode, source, mode, diagnostics }: CommentPage['report']): Markdown => {
  if (diagnostics.length > 0) return md`❌ **fails**`;
  if (source === 'offline' && mode === 'check') return md`⚪ **neutral**`;
  if (exitCode === 0) return md`✅ **passes**`;
  return exitCode === 3 ? md`⚠️ **incomplete**` : md`❌ **fails**`;
};

/** The first eight signs of a digest. */
const shortDigest = (digest: string): string =>
  digest
    .replace(/^sha256:/, '')
    .slice(0, 8)
    .replace(/[^0-9a-z]/gi, '-')
    .padEnd(1, '-');

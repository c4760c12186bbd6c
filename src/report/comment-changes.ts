import type { CommentPage } from './comment-page.ts';
import { type ChangeRow, type RowEffect, subjectOf } from './comment-rows.ts';
import { clip } from './inert.ts';
import { code, join, type Markdown, md } from './markdown-text.ts';
import { placeOf } from './name-things.ts';
import { count, kindWords } from './words.ts';

const signs: Readonly<Record<RowEffect, string>> = {
  grants: '➕',
  changes: '✏️',
  revokes: '➖',
  'by-hand': '✋',
  unknown: '❔',
};
const does: Readonly<Record<ChangeRow['action'], string>> = { create: 'gains', update: 'changes', delete: 'loses' };
const wouldDo: Readonly<Record<ChangeRow['action'], string>> = {
  create: 'to gain',
  update: 'to change',
  delete: 'to lose',
};

/** What is kept first where not all fits: what is taken away, so that no loss hides behind a gain. */
const keptFirst: Readonly<Record<RowEffect, number>> = { revokes: 0, changes: 1, grants: 2, 'by-hand': 3, unknown: 4 };
const printedFirst: Readonly<Record<RowEffect, number>> = {
  grants: 0,
  changes: 1,
  revokes: 2,
  'by-hand': 3,
  unknown: 4,
};
const byAction = { create: 0, update: 1, delete: 2 } as const;
const askedSigns = { create: '➕', update: '✏️', delete: '➖' } as const;

/** More rows than this are folded: the headline says how many there are. */
const inSight = 60;

/** Longest name in a table's head, and room for a head. */
const whoLimit = 120;
const tableHead = 900;

interface Entry {
  readonly row: ChangeRow;
  readonly text: Markdown;
}

const rank = ({ effect, action, wasBefore }: ChangeRow): number =>
  keptFirst[effect] * 10 - byAction[action] * 2 + Number(wasBefore);

/** Takes rows by rank while they fit, each identity's first with its table's head. */
const keepRows = (
  entries: readonly Entry[],
  room: number,
): { readonly kept: readonly Entry[]; readonly left: number } => {
  const kept = new Set<Entry>();
  const named = new Set<string>();
  let used = 0;
  for (const entry of entries.toSorted((a, b) => rank(a.row) - rank(b.row))) {
    const identity = entry.row.fact.identity.toLowerCase();
    used += entry.text.markdown.length + 1 + (named.has(identity) ? 0 : tableHead);
    if (used > room) break;
    kept.add(entry);
    named.add(identity);
  }
  return { kept: entries.filter((entry) => kept.has(entry)), left: entries.length - kept.size };
};

/** What a merge changes, a table for each identity; whole rows are left out where the room is short, grants first. */
export const changesPart = (page: CommentPage, rows: readonly ChangeRow[], room: number): string => {
  if (rows.length === 0) return '';
  const offline = page.report.source === 'offline';
  const sorted = [...Map.groupBy(rows, ({ fact }) => fact.identity.toLowerCase()).values()].flatMap((own) =>
    own.toSorted(
      (a, b) =>
        Number(a.wasBefore) - Number(b.wasBefore) ||
        printedFirst[a.effect] - printedFirst[b.effect] ||
        byAction[a.action] - byAction[b.action],
    ),
  );
  const entries = sorted.map((row) => ({ row, text: rowText(row, offline) }));
  const { kept, left } = keepRows(entries, room);
  const shown = Map.groupBy(kept, ({ row }) => row.fact.identity.toLowerCase());
  const tables = [...shown.values()].map((own) => {
    const whose = own[0] === undefined ? '' : clip(page.who(own[0].row.fact.identity), whoLimit);
    const head = md`| | access of ${whose} | where | because |\n|---|---|---|---|\n`;
    return md`${head}${join(
      own.map(({ text }) => text),
      '\n',
    )}\n\n`;
  });
  const more =
    left === 0
      ? ''
      : md`_… and ${left} more changes, grants left out before anything that is taken away: all are in ${page.whole}_\n\n`;
  const all = md`${join(tables, '')}${more}`.markdown;
  return rows.length > inSight
    ? `<details><summary>All that the merge changes (${count(rows.length, 'row')})</summary>\n\n${all}</details>\n\n`
    : all;
};

const rowText = ({ effect, action, fact, because }: ChangeRow, offline: boolean): Markdown => {
  const isDone = effect !== 'by-hand' && effect !== 'unknown';
  const sign = offline ? askedSigns[action] : signs[effect];
  const verb = isDone ? does[action] : wouldDo[action];
  // A space that doesn't break keeps sign and word on one line.
  return md`| ${sign}\u00a0${verb.replace(' ', '\u00a0')} | ${kindWords[fact.kind].one} ${code(subjectOf(fact))} | ${placeOf(fact) || 'tenant'} | ${because} |`;
};

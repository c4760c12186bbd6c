import type { Markdown } from './markdown-text.ts';
import { join, md } from './markdown-text.ts';

/** A part of the page made of whole entries, which is cut by whole entries only. */
export interface Section {
  readonly title: Markdown;
  /** Folded away, or under a heading. */
  readonly folded: boolean;
  /** Head of a table whose rows the entries are; `null`: the entries are a list. */
  readonly table: Markdown | null;
  /** Most important first where `rank` isn't given; printed in this order. */
  readonly entries: readonly Markdown[];
  /** Of how many things each entry speaks; of one, where it isn't given. */
  readonly sizes?: readonly number[];
  /** Which entry to keep first where not all fit: the lowest. */
  readonly rank?: (at: number) => number;
  /** Part of the room left that it may take, from 0 to 1. */
  readonly share: number;
}

/** Room that the words around the entries take. */
const frame = 400;

/** A section within `room` UTF-16 units, saying how much was left out; nothing where there is nothing to say. */
export const renderSection = (section: Section, room: number, whole: Markdown = md`the JSON report`): string => {
  const { title, folded, table, entries, rank, sizes } = section;
  if (entries.length === 0) return '';
  const { kept, left } = keepEntries(
    entries,
    sizes ?? [],
    rank ?? ((at) => at),
    Math.floor(room * section.share) - frame - title.markdown.length,
  );
  const lines = [...(table === null || kept.length === 0 ? [] : [table]), ...kept];
  const more = left === 0 ? [] : [md`_… and ${left} more: all are in ${whole}_`];
  const body = [join(lines, '\n'), ...more]
    .map(({ markdown }) => markdown)
    .filter((text) => text !== '')
    .join('\n\n');
  return folded
    ? `<details><summary>${title.markdown}</summary>\n\n${body}\n\n</details>\n\n`
    : `#### ${title.markdown}\n\n${body}\n\n`;
};

/** The entries that fit into `room`, chosen by rank and in their own order, and of how many things the others speak. */
export const keepEntries = (
  entries: readonly Markdown[],
  sizes: readonly number[],
  rank: (at: number) => number,
  room: number,
): { readonly kept: readonly Markdown[]; readonly left: number } => {
  const order = entries.map((_, at) => at).sort((a, b) => rank(a) - rank(b) || a - b);
  const kept = new Set<number>();
  let used = 0;
  for (const at of order) {
    used += (entries[at]?.markdown.length ?? 0) + 1;
    if (used > room) break;
    kept.add(at);
  }
  const left = order.filter((at) => !kept.has(at)).reduce((sum, at) => sum + (sizes[at] ?? 1), 0);
  return { kept: entries.filter((_, at) => kept.has(at)), left };
};

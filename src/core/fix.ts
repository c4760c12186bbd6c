import type { Place } from './diagnostic.ts';
import { removeEntry, replaceEntry } from './edit-list.ts';
import type { TextEdit } from './text-edit.ts';

/** How a rule would mend the policy: take the entry out, or write others in its place (as YAML, one text an entry). */
export type Remedy = { readonly type: 'remove' } | { readonly type: 'replace'; readonly entries: readonly string[] };

/** A remedy worked out on a file: what to do in words, and the edits that do it. A person reviews it. */
export interface Fix {
  readonly title: string;
  readonly safety: 'review';
  readonly edits: readonly TextEdit[];
}

/** The remedy as edits of a file; `null` where nothing is written that could be mended. */
export const fixOf = (remedy: Remedy, subject: string, place: Place, lines: readonly string[]): Fix | null => {
  const text = lines.join('\n');
  const edit =
    remedy.type === 'remove'
      ? removeEntry(place.file, text, place)
      : replaceEntry(place.file, text, place, remedy.entries);
  if (edit === null) return null;
  const title =
    remedy.type === 'remove' ? `remove \`${subject}\`` : `replace \`${subject}\` by \`${remedy.entries.join('`, `')}\``;
  return { title, safety: 'review', edits: [edit] };
};

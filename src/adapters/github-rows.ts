import type { ChangedFile, PostedComment, PostedSuggestion } from '../core/github.ts';
import { MalformedAnswer, objectOf, optionalStringOf, stringOf, type WireObject } from '../core/wire.ts';

/** A whole number under a field, or `MalformedAnswer`. */
export const numberOf = (object: WireObject, field: string): number => {
  const value = object[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new MalformedAnswer(`\`${field}\` is no whole number`);
};

/** Who wrote a comment. Whoever's account is gone is shown as `ghost`, as GitHub does. */
const writerOf = (row: WireObject): { readonly author: string; readonly isBot: boolean } => {
  const { user } = row;
  if (user === null || user === undefined) return { author: 'ghost', isBot: false };
  const known = objectOf(user, '`user`');
  return { author: stringOf(known, 'login'), isBot: known['type'] === 'Bot' };
};

/** A comment of a pull request's conversation. */
export const commentOf = (value: unknown): PostedComment => {
  const row = objectOf(value, 'a comment');
  return { id: numberOf(row, 'id'), body: optionalStringOf(row, 'body') ?? '', ...writerOf(row) };
};

/** A comment on lines of the diff; `null` for one on a whole file, or on a line that is gone. */
export const suggestionOf = (value: unknown): PostedSuggestion | null => {
  const row = objectOf(value, 'a review comment');
  const id = numberOf(row, 'id');
  const at = typeof row['line'] === 'number' ? 'line' : 'original_line';
  if (typeof row[at] !== 'number') return null;
  const line = numberOf(row, at);
  const first = at === 'line' ? 'start_line' : 'original_start_line';
  const startLine = typeof row[first] === 'number' ? numberOf(row, first) : line;
  const body = optionalStringOf(row, 'body') ?? '';
  return { id, path: stringOf(row, 'path'), startLine, line, body, ...writerOf(row) };
};

/** A file that a pull request changes. */
export const changedFileOf = (value: unknown): ChangedFile => {
  const row = objectOf(value, 'a changed file');
  return { path: stringOf(row, 'filename'), patch: optionalStringOf(row, 'patch') };
};

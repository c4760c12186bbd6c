import {
  type Document,
  isCollection,
  isPair,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLSeq,
} from 'yaml';
import type { Place } from './diagnostic.ts';
import { editBetween, type TextEdit } from './text-edit.ts';

/** An entry of a list in a YAML text, as edits need it. */
interface Entry {
  readonly list: YAMLSeq;
  readonly index: number;
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;
/** Behind the value, before spaces and comments. */
const endOf = (node: Node): number => node.range?.[1] ?? 0;

const offsetOf = (text: string, { line, column }: Pick<Place, 'line' | 'column'>): number => {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
};

/** The innermost list entry that starts at an offset. */
const findEntry = (document: Document.Parsed<ParsedNode>, offset: number): Entry | null => {
  let found: Entry | null = null;
  const visit = (node: unknown): void => {
    if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    } else if (isCollection(node)) {
      node.items.forEach((item, index) => {
        if (isSeq(node) && startOf(item as Node) === offset) found = { list: node, index };
        visit(item);
      });
    }
  };
  visit(document.contents);
  return found;
};

const itemsOf = ({ list }: Entry): Node[] => list.items as Node[];

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const nextLine = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
};

/** The whole lines of a block entry: from its dash (and the comment right above it) to the end of its last line. */
const linesOfEntry = (text: string, entry: Entry): { start: number; end: number } => {
  const item = itemsOf(entry)[entry.index] as Node;
  const dash = text.lastIndexOf('-', startOf(item));
  return { start: lineStart(text, dash), end: nextLine(text, Math.max(startOf(item), endOf(item) - 1)) };
};

/**
 * The edit that takes a list entry out: a block entry with its lines, a flow entry with its comma. The last one leaves
 * `[]` behind, since a list that is gone would say that the plane isn't managed. `null` where no list entry starts there.
 */
export const removeEntry = (file: string, text: string, place: Place): TextEdit | null => {
  const entry = findEntry(parseDocument(text, { version: '1.2' }), offsetOf(text, place));
  if (entry === null) return null;
  const items = itemsOf(entry);
  const item = items[entry.index] as Node;
  if (items.length === 1) return emptyList(file, text, entry);
  if (entry.list.flow === true) {
    const next = items[entry.index + 1];
    const before = items[entry.index - 1];
    if (next !== undefined) return editBetween(file, text, startOf(item), startOf(next), '');
    return editBetween(file, text, endOf(before as Node), endOf(item), '');
  }
  const { start, end } = linesOfEntry(text, entry);
  return editBetween(file, text, start, end, '');
};

/** What follows the key becomes ` []`; the entry's own lines go. */
const emptyList = (file: string, text: string, entry: Entry): TextEdit => {
  if (entry.list.flow === true) return editBetween(file, text, startOf(entry.list), endOf(entry.list), '[]');
  const { end } = linesOfEntry(text, entry);
  const colon = text.lastIndexOf(':', startOf(entry.list));
  const tail = text.endsWith('\n') || end < text.length ? '\n' : '';
  return editBetween(file, text, colon + 1, end, ` []${tail}`);
};

/** The edit that writes other entries in the place of one, in the style of the list. */
export const replaceEntry = (file: string, text: string, place: Place, entries: readonly string[]): TextEdit | null => {
  const entry = findEntry(parseDocument(text, { version: '1.2' }), offsetOf(text, place));
  if (entry === null) return null;
  if (entries.length === 0) return removeEntry(file, text, place);
  const item = itemsOf(entry)[entry.index] as Node;
  if (entry.list.flow === true) return editBetween(file, text, startOf(item), endOf(item), entries.join(', '));
  const dash = text.lastIndexOf('-', startOf(item));
  const indent = ' '.repeat(dash - lineStart(text, dash));
  const end = trimmedEnd(text, startOf(item), endOf(item));
  return editBetween(file, text, startOf(item), end, entries.join(`\n${indent}- `));
};

/** A block map's range runs to the next line: its text ends with its last character that isn't blank. */
const trimmedEnd = (text: string, start: number, end: number): number =>
  start + text.slice(start, end).trimEnd().length;

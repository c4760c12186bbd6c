import { applyEdit, type TextEdit } from './text-edit.ts';

/** Whole lines of a file, from 1, and the lines that are to stand in their place: none where they go. */
export interface LineEdit {
  readonly startLine: number;
  readonly line: number;
  readonly lines: readonly string[];
}

const textLines = (text: string): readonly string[] => text.split('\n').map((line) => line.replace(/\r$/, ''));

/** An edit as one of whole lines. */
export const wholeLines = (text: string, edit: TextEdit): LineEdit => {
  const last = textLines(text).length;
  // An edit that ends before the first sign of a line leaves that line as it is, unless it joins it to another one.
  const endsAbove =
    edit.endColumn === 1 &&
    edit.endLine > edit.line &&
    (edit.newText === '' ? edit.column === 1 : edit.newText.endsWith('\n'));
  const line = endsAbove ? edit.endLine - 1 : Math.min(edit.endLine, last);
  const after = textLines(applyEdit(text, edit));
  const lines = after.slice(edit.line - 1, after.length - (last - line));
  const isGone = edit.column === 1 && edit.newText === '' && lines.length === 1 && lines[0] === '';
  return { startLine: edit.line, line, lines: isGone ? [] : lines };
};

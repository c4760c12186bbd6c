/** Replaces a stretch of a file by a text. Lines and columns from 1; `endColumn` is behind the last character replaced. */
export interface TextEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

/** Where each line starts, in UTF-16 units. */
const lineStarts = (text: string): number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** The edit of `text` that replaces what lies between two offsets. */
export const editBetween = (file: string, text: string, start: number, end: number, newText: string): TextEdit => {
  const starts = lineStarts(text);
  const placeOf = (offset: number) => {
    const line = starts.findLastIndex((at) => at <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  const [from, to] = [placeOf(start), placeOf(end)];
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, newText };
};

/** The text with an edit made. */
export const applyEdit = (text: string, edit: TextEdit): string => {
  const starts = lineStarts(text);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  return (
    text.slice(0, offset(edit.line, edit.column)) + edit.newText + text.slice(offset(edit.endLine, edit.endColumn))
  );
};

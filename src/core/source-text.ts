import type { Place } from './diagnostic.ts';

/** Part of a text: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A file's text with the offsets at which its lines begin. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** Lines end with LF or CRLF, as YAML and editors count them. */
export const sourceText = (file: string, text: string): SourceText => {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
};

/** Index of the line that holds an offset, from 0. */
const lineIndexAt = (source: SourceText, offset: number): number => {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\n' || character === '\r' || character === '\t';

/** The place of a span without the blanks and line ends behind it. */
export const placeOf = (source: SourceText, span: Span): Place => {
  let end = Math.min(span.end, source.text.length);
  while (end > span.start + 1 && isBlank(source.text[end - 1])) end -= 1;
  const first = lineIndexAt(source, span.start);
  const last = lineIndexAt(source, Math.max(span.start, end - 1));
  const column = span.start - (source.lineStarts[first] ?? 0) + 1;
  const endColumn = Math.max(end, span.start + 1) - (source.lineStarts[last] ?? 0) + 1;
  return { file: source.file, line: first + 1, column, endLine: last + 1, endColumn };
};

/** A line by its number from 1, without its end. */
export const lineOf = (source: SourceText, line: number): string => {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const next = source.lineStarts[line] ?? source.text.length + 1;
  return source.text.slice(start, next - 1).replace(/\r$/, '');
};

/** Every line, without its end. */
export const linesOf = (source: SourceText): readonly string[] => source.text.split(/\r?\n/);

/** The span of the whole line on which an offset lies, without its end. */
export const lineSpanAt = (source: SourceText, offset: number): Span => {
  const index = lineIndexAt(source, offset);
  const start = source.lineStarts[index] ?? 0;
  return { start, end: start + Math.max(1, lineOf(source, index + 1).length) };
};

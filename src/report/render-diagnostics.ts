import type { Diagnostic } from '../core/diagnostic.ts';
import { breakCommands, clip, inertLine } from './inert.ts';
import type { Paint } from './paint.ts';
import { paintWith } from './paint.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { columnsOf, wrapText } from './wrap-text.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number;
}

/** How many diagnostics a terminal is shown. */
const shown = 50;

/** Mistakes in files as a compiler shows them: place, what is wrong, the line with a squiggle, what would help. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], options: TextOptions): string => {
  const paint = paintWith(options.color);
  const width = Math.max(40, options.width);
  const lines = sortDiagnostics(diagnostics)
    .slice(0, shown)
    .flatMap((diagnostic) => [...diagnosticLines(diagnostic, width, paint), '']);
  const left = diagnostics.length - shown;
  if (left > 0) lines.push(`… and ${left} more, all of them in the JSON report (--format json)`, '');
  return lines.map((line) => `${line}\n`).join('');
};

const diagnosticLines = (diagnostic: Diagnostic, width: number, paint: Paint): readonly string[] => {
  const { file, line, column } = diagnostic.place;
  const place = `${inertLine(file)}:${line}:${column}`;
  return [
    ...wrapText(place, width).map((text) => paint('bold', text)),
    ...wrapText(`${inertLine(diagnostic.message)} (${inertLine(diagnostic.code)})`, width, '  error: ').map((text) =>
      paint('red', text),
    ),
    ...squiggleLines(diagnostic, width, paint),
    ...(diagnostic.help === null
      ? []
      : wrapText(inertLine(diagnostic.help), width, '  → ').map((text) => paint('cyan', text))),
  ];
};

/** The source line with what is meant underlined; a long line is shown around it only. */
const squiggleLines = ({ place, source }: Diagnostic, width: number, paint: Paint): readonly string[] => {
  if (source.trim() === '') return [];
  const gutter = `  ${String(place.line).padStart(4)} │ `;
  const room = width - columnsOf(gutter);
  const from = Math.min(Math.max(0, place.column - 1), source.length);
  const to = place.endLine > place.line ? source.length : Math.min(source.length, place.endColumn - 1);
  const start = to <= room ? 0 : Math.max(0, from - Math.floor(room / 3));
  const before = `${start > 0 ? '…' : ''}${inertLine(source.slice(start, from), room)}`;
  const meant = inertLine(source.slice(from, Math.max(from, to)), room);
  const text = cutToColumns(
    breakCommands(`${before}${meant}${inertLine(source.slice(to, to + room), room + 1)}`),
    room,
  );
  const under = Math.max(1, Math.min(columnsOf(meant), room - columnsOf(before)));
  if (columnsOf(before) >= room) return [`${paint('faint', gutter)}${text}`];
  return [
    `${paint('faint', gutter)}${text}`,
    `${paint('faint', `${' '.repeat(columnsOf(gutter) - 2)}│ `)}${' '.repeat(columnsOf(before))}${paint('red', '~'.repeat(under))}`,
  ];
};

/** Cuts a line to the columns there are. */
const cutToColumns = (text: string, room: number): string => {
  let short = clip(text, room);
  while (columnsOf(short) > room) short = clip(short, short.length - 1);
  return short;
};

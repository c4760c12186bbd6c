import type { Diagnostic } from './diagnostic.ts';
import { lineOf, placeOf, type SourceText, type Span } from './source-text.ts';

/** A diagnostic before its span is turned into lines and columns. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
  readonly span: Span;
  readonly subject: string | null;
}

/** The part of a fault that doesn't depend on where it is. */
export type FaultWords = Pick<Fault, 'code' | 'message' | 'help'>;

// Controls, line separators, bidi controls and zero-width characters would act on the reader's screen.
const acting = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const longest = 300;

/** What a person typed, fit to stand in a message: one line, inert, at most 300 characters, in backticks. */
export const shown = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  const inert = cut
    .replace(acting, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replaceAll('`', "'")
    .toWellFormed();
  return `\`${inert}\``;
};

/** Names in backticks, as a sentence lists them: `a`, `b` or `c`. */
export const listed = (names: readonly string[], word = 'or'): string => {
  const quoted = names.map(shown);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} ${word} ${last}`;
};

/** Most mistakes of one file that are said one by one. */
const mostSaid = 100;

const sayOnce = (faults: readonly Fault[]): readonly Fault[] => {
  const seen = new Set<string>();
  return faults
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .filter(({ span, code, message }) => {
      const key = `${span.start}\n${code}\n${message}`;
      return !seen.has(key) && seen.add(key);
    });
};

const cut = (faults: readonly Fault[]): readonly Fault[] => {
  const next = faults[mostSaid];
  if (next === undefined) return faults;
  const message = `there are ${faults.length} mistakes in this file; the first ${mostSaid} are listed`;
  const rest: Fault = { code: 'too-many-mistakes', message, help: 'mend those first', span: next.span, subject: null };
  return [...faults.slice(0, mostSaid), rest];
};

/** Faults in the order of the file, each said once, as diagnostics. */
export const diagnosticsOf = (
  source: SourceText,
  faults: readonly Fault[],
  policy: string | null,
): readonly Diagnostic[] =>
  cut(sayOnce(faults)).map(({ code, message, help, span, subject }) => {
    const place = placeOf(source, span);
    return { code, message, help, place, source: lineOf(source, place.line), subject, policy };
  });

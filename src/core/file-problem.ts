import type { Diagnostic } from './diagnostic.ts';

/** A mistake about a file as a whole, which could not be read as text: it stands at the file's first character. */
export const fileProblem = (file: string, code: string, message: string, help: string): Diagnostic => ({
  code,
  message,
  help,
  place: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  source: '',
  subject: null,
  policy: null,
});

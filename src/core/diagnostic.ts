/** Where in a file: lines and columns from 1, `endColumn` behind the last character. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A mistake in a person's file: said once, where it is, in one sentence, with help apart. */
export interface Diagnostic {
  /** Kebab-case, stable: `unknown-key`, `unknown-permission`, … */
  readonly code: string;
  /** One sentence, lower case, no full stop; what a person typed stands in backticks. */
  readonly message: string;
  readonly help: string | null;
  readonly place: Place;
  /** The source line that `place` points at, for the squiggle. */
  readonly source: string;
  /** What is spoken of: the unresolved name, the unknown key, … */
  readonly subject: string | null;
  /** Name of the policy, where it could be read. */
  readonly policy: string | null;
}

/** A stretch of lines of the new file that a diff shows: its added lines and those around them. */
export interface Hunk {
  /** Number of the first line, from 1. */
  readonly start: number;
  readonly lines: readonly string[];
}

const head = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/;

/** The new file's side of a unified diff without file headers. A hunk that breaks off is left out: its end isn't known. */
export const parseHunks = (patch: string): readonly Hunk[] => {
  const hunks: Hunk[] = [];
  let start = 0;
  let wanted = 0;
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0 && lines.length === wanted) hunks.push({ start, lines });
  };
  for (const line of patch.split('\n')) {
    const found = head.exec(line);
    if (found !== null) {
      close();
      start = Number(found[1]);
      wanted = Number(found[2] ?? 1);
      lines = [];
    } else if (lines.length < wanted && (line.startsWith('+') || line.startsWith(' ')))
      lines.push(line.slice(1).replace(/\r$/, ''));
  }
  close();
  return hunks;
};

/** The lines from `first` to `last` where one hunk shows them all, else `null`. */
export const linesInHunk = (hunks: readonly Hunk[], first: number, last: number): readonly string[] | null => {
  const hunk = hunks.find(({ start, lines }) => start <= first && last < start + lines.length);
  return hunk === undefined ? null : hunk.lines.slice(first - hunk.start, last - hunk.start + 1);
};

/** What a search came to: a text, the proof that there is none, or that the patterns were too entangled to tell. */
export type Search = { readonly found: string } | 'none' | 'too-large';

/** States after which a search gives up. Real roles need a few hundred; the limit bounds time on hostile patterns. */
const stateLimit = 20_000;

const otherLetters = 'xyzabcdefghijklmnopqrstuvw0123456789';

/**
 * Positions in the pattern at which a reader may stand. All before the last `*` reached are dropped: whatever they would
 * still match, that `*` matches too.
 */
type Positions = readonly number[];

const settle = (pattern: string, positions: readonly number[]): Positions => {
  const reached = new Set<number>();
  for (const start of positions) {
    let at = start;
    reached.add(at);
    while (pattern[at] === '*') reached.add(++at);
  }
  const sorted = [...reached].sort((a, b) => a - b);
  const lastStar = sorted.findLastIndex((at) => pattern[at] === '*');
  return lastStar < 0 ? sorted : sorted.slice(lastStar);
};

const step = (pattern: string, positions: Positions, letter: string): Positions =>
  settle(
    pattern,
    positions.flatMap((at) => (pattern[at] === '*' ? [at] : pattern[at] === letter ? [at + 1] : [])),
  );

const isMatched = (pattern: string, positions: Positions | undefined): boolean =>
  positions?.includes(pattern.length) === true;

/** Letters worth trying next: those that a pattern spells here, and one that stands for all others. */
const nextLetters = (patterns: readonly string[], state: readonly Positions[]): string[] => {
  const spelled = new Set<string>();
  state.forEach((positions, index) => {
    for (const at of positions) {
      const letter = patterns[index]?.[at];
      if (letter !== undefined && letter !== '*') spelled.add(letter);
    }
  });
  const other = [...otherLetters].find((letter) => !spelled.has(letter)) ?? '\u00f8';
  return [...[...spelled].sort(), other];
};

interface Visit {
  readonly state: readonly Positions[];
  readonly letter: string;
  readonly from: Visit | null;
}

const spell = (visit: Visit): string => {
  let text = '';
  for (let at: Visit | null = visit; at !== null; at = at.from) text = at.letter + text;
  return text;
};

/**
 * A shortest text that matches every `required` pattern and that `accept` takes, being told which of the `others` match
 * it. Exact: it walks the product of the patterns' automata. All patterns are lower case.
 */
export const searchText = (
  required: readonly string[],
  others: readonly string[],
  accept: (matches: (index: number) => boolean) => boolean,
): Search => {
  const patterns = [...required, ...others];
  const start = patterns.map((pattern) => settle(pattern, [0]));
  const queue: Visit[] = [{ state: start, letter: '', from: null }];
  const seen = new Set([start.join('|')]);
  for (const visit of queue) {
    const matches = (index: number): boolean => isMatched(patterns[index] ?? '', visit.state[index]);
    if (required.every((_, index) => matches(index)) && accept((index) => matches(required.length + index)))
      return { found: spell(visit) };
    for (const letter of nextLetters(patterns, visit.state)) {
      const state = visit.state.map((positions, index) => step(patterns[index] ?? '', positions, letter));
      if (required.some((_, index) => state[index]?.length === 0)) continue;
      const key = state.join('|');
      if (seen.has(key)) continue;
      if (seen.size >= stateLimit) return 'too-large';
      seen.add(key);
      queue.push({ state, letter, from: visit });
    }
  }
  return 'none';
};

/**
 * Positions in a pattern at which a reader may stand, lowest first. All before the last `*` reached are left out:
 * whatever they would still match, that `*` matches too.
 */
type Positions = readonly number[];

const settle = (pattern: string, starts: readonly number[]): Positions => {
  const reached = new Set<number>();
  for (const start of starts) {
    let at = start;
    reached.add(at);
    while (pattern[at] === '*') reached.add(++at);
  }
  const sorted = [...reached].sort((a, b) => a - b);
  const lastStar = sorted.findLastIndex((at) => pattern[at] === '*');
  return lastStar < 0 ? sorted : sorted.slice(lastStar);
};

/** Reads a text letter by letter and knows after each whether the pattern matches so far. States are small numbers. */
export interface PatternAutomaton {
  readonly start: number;
  /** The state that nothing can save any more. */
  readonly dead: number;
  readonly step: (state: number, letter: string) => number;
  readonly isMatch: (state: number) => boolean;
  /** Letters that the pattern spells at this state: any other letter leads on as any other does. */
  readonly letters: (state: number) => readonly string[];
}

interface State {
  readonly positions: Positions;
  readonly letters: readonly string[];
  readonly next: Map<string, number>;
}

/** The automaton of one lower-case pattern, built as far as it is walked. */
export const createPatternAutomaton = (pattern: string): PatternAutomaton => {
  const states: State[] = [];
  const byKey = new Map<string, number>();

  const enter = (starts: readonly number[]): number => {
    const positions = settle(pattern, starts);
    const key = positions.join();
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const letters = positions.map((at) => pattern[at]).filter((letter) => letter !== undefined && letter !== '*');
    states.push({ positions, letters: letters as string[], next: new Map() });
    byKey.set(key, states.length - 1);
    return states.length - 1;
  };

  const step = (state: number, letter: string): number => {
    const from = states[state];
    if (from === undefined) return dead;
    const known = from.next.get(letter);
    if (known !== undefined) return known;
    const to = enter(
      from.positions.flatMap((at) => (pattern[at] === '*' ? [at] : pattern[at] === letter ? [at + 1] : [])),
    );
    from.next.set(letter, to);
    return to;
  };

  const dead = enter([]);
  return {
    start: enter([0]),
    dead,
    step,
    isMatch: (state) => states[state]?.positions.includes(pattern.length) === true,
    letters: (state) => states[state]?.letters ?? [],
  };
};

import { createPatternAutomaton, type PatternAutomaton } from './pattern-automaton.ts';

/** What a search came to: a text, the proof that there is none, or that the patterns were too entangled to tell. */
export type Search = { readonly found: string } | 'none' | 'too-large';

/** States after which a search gives up. Real roles need some hundreds; the limit bounds time on hostile patterns. */
const stateLimit = 5_000;

const otherLetters = [...'xyzabcdefghijklmnopqrstuvw0123456789'];

/** Letters worth trying next: those that a pattern spells here, and one that stands for all others. */
const nextLetters = (automata: readonly PatternAutomaton[], states: readonly number[]): string[] => {
  const spelled = new Set(automata.flatMap((automaton, index) => automaton.letters(states[index] ?? automaton.dead)));
  const other = otherLetters.find((letter) => !spelled.has(letter)) ?? '\u00f8';
  return [...[...spelled].sort(), other];
};

interface Visit {
  readonly states: readonly number[];
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
  const automata = [...required, ...others].map(createPatternAutomaton);
  const start = automata.map((automaton) => automaton.start);
  const queue: Visit[] = [{ states: start, letter: '', from: null }];
  const seen = new Set([start.join()]);
  for (const visit of queue) {
    const matches = (index: number): boolean => automata[index]?.isMatch(visit.states[index] ?? 0) === true;
    if (required.every((_, index) => matches(index)) && accept((index) => matches(required.length + index)))
      return { found: spell(visit) };
    for (const letter of nextLetters(automata, visit.states)) {
      const states = automata.map((automaton, index) => automaton.step(visit.states[index] ?? automaton.dead, letter));
      if (required.some((_, index) => states[index] === automata[index]?.dead)) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      if (seen.size >= stateLimit) return 'too-large';
      seen.add(key);
      queue.push({ states, letter, from: visit });
    }
  }
  return 'none';
};

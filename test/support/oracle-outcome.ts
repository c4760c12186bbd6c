/** What a comparison with an oracle came to. */
export interface Outcome {
  readonly about: string;
  readonly cases: number;
  /** How many cases each answer had: a comparison that only ever hears one answer shows nothing. */
  readonly answers: Readonly<Record<string, number>>;
  /** One line for each case in which the answers differ, with all that it takes to see why. */
  readonly mismatches: readonly string[];
}

/** One case: what the code answered, and why that is wrong; `null` where it is right. */
export interface Compared {
  readonly answer: string;
  readonly wrong: string | null;
}

/** Compares so many cases, each made by its number. */
export const compareCases = (about: string, cases: number, compare: (number: number) => Compared): Outcome => {
  const answers: Record<string, number> = {};
  const mismatches: string[] = [];
  for (let number = 0; number < cases; number++) {
    const { answer, wrong } = compare(number);
    answers[answer] = (answers[answer] ?? 0) + 1;
    if (wrong !== null) mismatches.push(`case ${number}: ${wrong}`);
  }
  return { about, cases, answers, mismatches };
};

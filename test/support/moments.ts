import { changedFact } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { JournalLine, JournalStep } from '../../src/core/journal.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';

/** What a journal's run sent, in order. */
const sentSteps = (lines: readonly JournalLine[]): readonly JournalStep[] => {
  const steps = lines.flatMap(({ entry }) => (entry.type === 'begin' ? entry.steps : []));
  return lines.flatMap(({ entry }) =>
    entry.type === 'intent' ? steps.filter(({ id }) => id === entry.step).slice(0, 1) : [],
  );
};

const withStep = (facts: readonly Fact[], { change }: JournalStep): readonly Fact[] => {
  const { key } = changedFact(change);
  const others = facts.filter((fact) => fact.key !== key);
  return change.after === null ? others : [...others, change.after];
};

/** The tenant before the first write, and after each. */
export const momentsOf = (before: Snapshot, lines: readonly JournalLine[]): readonly Snapshot[] => {
  const moments = [before];
  for (const step of sentSteps(lines)) {
    const last = moments.at(-1) ?? before;
    moments.push({ ...last, facts: withStep(last.facts, step) });
  }
  return moments;
};

import type { Change } from '../core/change.ts';
import { type Fact, leftToGroups } from '../core/fact.ts';

/**
 * By what one grant is known: its key, and Microsoft's id of it, since one grant may be told under two identities that are
 * the same principal.
 */
export const marksOf = (fact: Fact): readonly string[] => {
  const isNamed = fact.kind === 'azure-role-assignment' || fact.kind === 'app-role-assignment';
  const id = isNamed ? fact.assignmentId : null;
  return id === null ? [fact.key] : [fact.key, `${fact.kind} ${id.toLowerCase()}`];
};

/** What stands once changes are made: what groups give stays. */
export const factsAfter = (facts: readonly Fact[], changes: readonly Change[]): readonly Fact[] => {
  const gone = new Set(
    changes
      .map(({ before }) => before)
      .filter((before) => before !== null)
      .flatMap(marksOf),
  );
  const isGone = (fact: Fact): boolean => marksOf(fact).some((mark) => gone.has(mark));
  const kept = facts.flatMap((fact) => (isGone(fact) ? (leftToGroups(fact) ?? []) : fact));
  const made = changes.flatMap(({ after }) => after ?? []);
  return [...new Map([...kept, ...made].map((fact) => [fact.key, fact])).values()];
};

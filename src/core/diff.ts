import type { Change } from './change.ts';
import type { Fact } from './fact.ts';
import type { Kind } from './kind.ts';

/** What must be known to compare the two sides of one policy. */
export interface DiffInput {
  readonly kinds: readonly Kind[];
  readonly desired: readonly Fact[];
  readonly actual: readonly Fact[];
  /** Is the fact's kind managed by the policy? What is not is never called undeclared. */
  readonly governs: (fact: Fact) => boolean;
  /** Was the part of the tenant where this fact would lie read? What was not is never called missing or undeclared. */
  readonly wasRead: (fact: Fact) => boolean;
}

/** Differences between what is asked and what is there, in the order of kinds, then of keys. */
export const diff = ({ kinds, desired, actual, governs, wasRead }: DiffInput): Change[] => {
  const held = new Map(actual.map((fact) => [fact.key, fact]));
  const asked = new Map(desired.map((fact) => [fact.key, fact]));
  const changes: Change[] = [];
  for (const kind of kinds) {
    const ofKind = [...new Set([...asked.keys(), ...held.keys()])].sort();
    for (const key of ofKind) {
      const want = asked.get(key);
      const have = held.get(key);
      const fact = want ?? have;
      if (fact === undefined || fact.kind !== kind.id) continue;
      // Where both sides are known and nothing will be written, a gap beside them makes no difference.
      const isKnown = want !== undefined && have !== undefined && !kind.planned;
      if (!isKnown && !wasRead(fact)) continue;
      if (want === undefined && have !== undefined && governs(have))
        changes.push({ action: 'delete', cause: 'undeclared', before: have, after: null });
      if (want !== undefined && have === undefined)
        changes.push({ action: 'create', cause: 'missing', before: null, after: want });
      if (want !== undefined && have !== undefined && !kind.same(want, have))
        changes.push({ action: 'update', cause: 'changed', before: have, after: want });
    }
  }
  return changes;
};

import { accessKinds } from '../core/access-kinds.ts';
import type { LeftAlone } from '../core/three-way.ts';
import { names } from './asked-changes.ts';
import type { Compared } from './compare-policies.ts';

/** Access that no policy asks for, on planes that none of those on its identity manages: once each, by its key. */
export const leftAloneIn = ({ sides, asked }: Compared): readonly LeftAlone[] => {
  const found = new Map<string, LeftAlone>();
  for (const { actual, resolved } of sides)
    for (const fact of actual) {
      const isManaged = sides.some((side) => names(side, fact.identity) && side.resolved.governs.has(fact.kind));
      if (!accessKinds.has(fact.kind) || asked.has(fact.key) || isManaged || found.has(fact.key)) continue;
      found.set(fact.key, { policy: resolved.policy.name, fact });
    }
  return [...found.values()].sort((a, b) => (a.fact.key < b.fact.key ? -1 : 1));
};

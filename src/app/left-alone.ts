import type { KindId } from '../core/fact.ts';
import type { LeftAlone } from '../core/three-way.ts';
import { names } from './asked-changes.ts';
import type { Compared } from './compare-policies.ts';

/** What a policy may manage, plane by plane. */
const planes: ReadonlySet<KindId> = new Set([
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'azure-role-eligibility',
  'directory-role-assignment',
  'exchange-role-assignment',
  'site-grant',
  'key-vault-access',
  'group-membership',
]);

/** Access that no policy asks for, on planes that none of those on its identity manages: once each, by its key. */
export const leftAloneIn = ({ sides, asked }: Compared): readonly LeftAlone[] => {
  const found = new Map<string, LeftAlone>();
  for (const { actual, resolved } of sides)
    for (const fact of actual) {
      const isManaged = sides.some((side) => names(side, fact.identity) && side.resolved.governs.has(fact.kind));
      if (!planes.has(fact.kind) || asked.has(fact.key) || isManaged || found.has(fact.key)) continue;
      found.set(fact.key, { policy: resolved.policy.name, fact });
    }
  return [...found.values()].sort((a, b) => (a.fact.key < b.fact.key ? -1 : 1));
};

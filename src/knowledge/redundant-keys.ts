import type { Fact } from '../core/fact.ts';
import { coveredRoles } from './covered-roles.ts';
import { impliedBy } from './lattice.ts';

const compute = (facts: readonly Fact[]): ReadonlySet<string> => {
  const keys = new Set<string>();
  const permissions = facts.filter((fact) => fact.kind === 'app-role-assignment');
  for (const held of Map.groupBy(permissions, ({ identity, api }) => `${identity} ${api}`).values()) {
    const names = new Set(held.map(({ subject }) => subject));
    for (const fact of held) if (impliedBy(fact.api, 'application', fact.subject, names) !== null) keys.add(fact.key);
  }
  const roles = facts.filter((fact) => fact.kind === 'azure-role-assignment');
  for (const own of Map.groupBy(roles, ({ identity }) => identity).values())
    for (const { narrow } of coveredRoles(own)) keys.add(narrow.key);
  return keys;
};

/** Several rules ask of the same facts, and comparing roles takes time. */
const known = new WeakMap<readonly Fact[], ReadonlySet<string>>();

/** Keys of the application permissions and Azure roles that add nothing to others of the same identity. */
export const redundantKeys = (facts: readonly Fact[]): ReadonlySet<string> => {
  const keys = known.get(facts) ?? compute(facts);
  known.set(facts, keys);
  return keys;
};

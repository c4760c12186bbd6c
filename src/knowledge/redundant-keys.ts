import type { AzureRoleAssignmentFact, Fact } from '../core/fact.ts';
import { coveredExchangeRoles } from './covered-exchange-roles.ts';
import { type Covered, coveredRoles } from './covered-roles.ts';
import { impliedBy } from './lattice.ts';

/**
 * The covered ones among the assignments of one identity, where what was asked for stays beside something broader that
 * nobody asked for: that one will go.
 */
export const redundantRoles = (
  facts: readonly AzureRoleAssignmentFact[],
  desired: ReadonlySet<string>,
): readonly Covered[] => {
  const asked = facts.filter(({ key }) => desired.has(key));
  const unasked = [...coveredRoles(facts)].filter(({ narrow }) => !desired.has(narrow.key));
  return asked.length === 0 ? unasked : [...unasked, ...coveredRoles(asked)];
};

const compute = (facts: readonly Fact[], desired: ReadonlySet<string>): ReadonlySet<string> => {
  const keys = new Set<string>();
  const permissions = facts.filter((fact) => fact.kind === 'app-role-assignment');
  for (const held of Map.groupBy(permissions, ({ identity, api }) => `${identity} ${api}`).values()) {
    const names = new Set(held.map(({ subject }) => subject));
    const asked = new Set(held.flatMap(({ key, subject }) => (desired.has(key) ? [subject] : [])));
    for (const fact of held) {
      const others = desired.has(fact.key) ? asked : names;
      if (impliedBy(fact.api, 'application', fact.subject, others) !== null) keys.add(fact.key);
    }
  }
  const roles = facts.filter((fact) => fact.kind === 'azure-role-assignment');
  for (const own of Map.groupBy(roles, ({ identity }) => identity).values())
    for (const { narrow } of redundantRoles(own, desired)) keys.add(narrow.key);
  for (const own of Map.groupBy(facts, ({ identity }) => identity).values())
    for (const { narrow } of coveredExchangeRoles(own, desired)) keys.add(narrow.key);
  return keys;
};

/** Several rules ask of the same facts, and comparing roles takes time. */
const known = new WeakMap<readonly Fact[], ReadonlySet<string>>();

/**
 * Keys of the application permissions, Azure roles and Exchange roles that add nothing to others of the same identity. `desired`: keys
 * of what policies ask for, the same for all questions about the same facts.
 */
export const redundantKeys = (facts: readonly Fact[], desired: ReadonlySet<string>): ReadonlySet<string> => {
  const keys = known.get(facts) ?? compute(facts, desired);
  known.set(facts, keys);
  return keys;
};

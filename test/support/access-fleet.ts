import type { AzureRoleAssignmentFact } from '../../src/core/fact.ts';
import type { IdentityId } from '../../src/core/ids.ts';
import { azureRoles } from '../../src/knowledge/azure-roles.ts';
import { knownActions } from '../../src/knowledge/known-actions.ts';
import type { Plane } from '../../src/knowledge/plane.ts';
import { azureRole } from './facts.ts';
import { type Chance, seeded } from './seeded.ts';

/** A question to decide, with the scope's chain for those who can't read it from the path. */
export interface Question {
  readonly identity: IdentityId;
  readonly action: string;
  readonly plane: Plane;
  readonly scope: string;
  readonly chain: readonly string[];
}

const guid = (prefix: string, number: number): string => `${prefix}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const subscription = (chance: Chance): string => `/subscriptions/${guid('5b000000', chance.below(20))}`;
const group = (chance: Chance): string => `${subscription(chance)}/resourceGroups/rg-app-${chance.below(25)}`;
const resource = (chance: Chance): string =>
  `${group(chance)}/providers/${chance.pick(['Microsoft.Compute/disks/disk', 'Microsoft.Storage/storageAccounts/account'])}${chance.below(20)}`;

/** As in tenants: most roles on resources and groups, few on subscriptions. */
const someScope = (chance: Chance): string =>
  chance.once(10) ? subscription(chance) : chance.once(3) ? resource(chance) : group(chance);

/** So many assignments of built-in roles to identities of a hundred assignments each; every call makes its roles anew. */
export const fleetAssignments = (count: number): readonly AzureRoleAssignmentFact[] => {
  const chance = seeded(count);
  const roles = azureRoles.map((role) => ({ name: role.name, permissions: structuredClone(role.permissions) }));
  return Array.from({ length: count }, (_, index) => {
    const { name, permissions } = chance.pick(roles);
    const identity = guid('1d000000', index % Math.ceil(count / 100));
    return azureRole(name, someScope(chance), { key: `assignment ${index}`, identity, permissions });
  });
};

const chainOf = (scope: string): string[] => {
  const segments = scope.split('/').slice(1);
  const lengths = [segments.length, 4, 2].filter((length, at, all) => all.indexOf(length) === at);
  return lengths
    .filter((length) => length <= segments.length)
    .map((length) => `/${segments.slice(0, length).join('/')}`);
};

/** So many questions about the identities of these assignments: half at a scope where one holds something, or below. */
export const fleetQuestions = (count: number, assignments: readonly AzureRoleAssignmentFact[]): readonly Question[] => {
  const chance = seeded(count);
  return Array.from({ length: count }, () => {
    const held = chance.pick(assignments);
    const plane = chance.once(4) ? 'data' : 'control';
    const scope = chance.once(2) ? held.scope : resource(chance);
    return { identity: held.identity, action: chance.pick(knownActions(plane)), plane, scope, chain: chainOf(scope) };
  });
};

import type { ReachGrant } from '../core/effective.ts';
import type { Fact, FactOf, RolePermissions } from '../core/fact.ts';
import { findAzureRole } from './azure-roles.ts';
import { type AzureReach, azureReaches, patternsOf } from './reaches.ts';
import { intersects } from './role-algebra.ts';
import { resourceType } from './scope-tally.ts';

type Role = FactOf<'azure-role-assignment'> | FactOf<'azure-role-eligibility'>;

/** Assignments of one identity that come to the same but for their places: one role, on one type of resource. */
export interface RoleBundle {
  readonly key: string;
  readonly subject: string;
  /** `null`: what the role allows could not be read. */
  readonly permissions: readonly RolePermissions[] | null;
  /** Type of the resources, lower case; `null`: whole groups, subscriptions and more. */
  readonly type: string | null;
  readonly conditional: boolean;
  /** Has it to be activated first? */
  readonly eligible: boolean;
  readonly grants: readonly ReachGrant[];
}

const isRole = (fact: Fact): fact is Role =>
  (fact.kind === 'azure-role-assignment' && !fact.orphaned) || fact.kind === 'azure-role-eligibility';

const isConditional = ({ condition, role }: Role): boolean =>
  (condition ?? findAzureRole(role)?.condition ?? null) !== null;

const grantOf = ({ kind, subject, scope, through = [] }: Role): ReachGrant => ({
  kind,
  subject,
  api: null,
  scope,
  through,
});

/** The Azure roles of one identity, those whose holder is gone left out. */
export const bundleRoles = (facts: readonly Fact[]): readonly RoleBundle[] => {
  const alike = Map.groupBy(facts.filter(isRole), (role) =>
    JSON.stringify([
      role.kind,
      role.role,
      role.subject,
      role.permissions === null,
      isConditional(role),
      resourceType(role.scope),
    ]),
  );
  return [...alike].flatMap(([key, roles]) =>
    roles.slice(0, 1).map((first) => ({
      key,
      subject: first.subject,
      permissions: first.permissions,
      type: resourceType(first.scope),
      conditional: isConditional(first),
      eligible: first.kind === 'azure-role-eligibility',
      grants: roles.map(grantOf),
    })),
  );
};

type ByReach = ReadonlyMap<string, readonly string[]>;

/** One definition is shared by many assignments, and looking through its actions takes time; by reference, and by text. */
const byDefinition = new WeakMap<readonly RolePermissions[], ByReach>();
const byText = new Map<string, ByReach>();

/** Of each reach's actions those that a role has, wherever it is held. */
const look = (permissions: readonly RolePermissions[]): ByReach =>
  new Map(
    azureReaches.map((reach) => [
      reach.id,
      patternsOf(reach)
        .filter(({ pattern, plane }) => intersects(permissions, [pattern], plane) !== null)
        .map(({ pattern }) => pattern),
    ]),
  );

const known = (permissions: readonly RolePermissions[]): ByReach => {
  const before = byDefinition.get(permissions);
  if (before !== undefined) return before;
  const text = JSON.stringify(permissions);
  const found = byText.get(text) ?? look(permissions);
  byText.set(text, found);
  byDefinition.set(permissions, found);
  return found;
};

/** Is there anything of that type that the action could be done to? On a single resource only what its type knows. */
const meansSomethingOn =
  (type: string | null) =>
  (action: string): boolean => {
    const text = action.toLowerCase();
    if (type === null || text.startsWith('*') || text.startsWith('microsoft.authorization/')) return true;
    return text.startsWith(`${type}/`);
  };

/** Of a reach's actions those that a role has where it is held. */
export const actionsOf = ({ permissions, type }: RoleBundle, reach: AzureReach): readonly string[] =>
  permissions === null ? [] : (known(permissions).get(reach.id) ?? []).filter(meansSomethingOn(type));

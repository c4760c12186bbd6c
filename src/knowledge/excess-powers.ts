import type { AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { RoleId } from '../core/ids.ts';
import type { Policy, PolicyIdentity } from '../core/policy.ts';
import { scopeLevel } from '../core/scope.ts';
import { findAzureRole } from './azure-roles.ts';
import { type Power, powerOf } from './escalation.ts';
import { isWithin, type LeastUse, leastPrivilegeRoles, leastUses } from './least-roles.ts';
import { planes } from './plane.ts';
import { allows } from './role-algebra.ts';

/** A role at a scope, held or to be activated. */
type RoleThere = Pick<AzureRoleAssignmentFact, 'identity' | 'role' | 'scope' | 'permissions'> &
  Partial<Pick<AzureRoleAssignmentFact, 'orphaned'>>;

/** Is the identity such a one as the role is meant for? A machine's or cluster's own only where the workload is protected. */
const isMeantFor = (use: LeastUse, identity: PolicyIdentity | undefined, policy: Policy): boolean => {
  if (use.holder === 'identity') return true;
  if (use.holder === 'operator' || identity?.type !== 'managed-identity') return false;
  return policy.protects.some(({ workload }) => workload === use.workload);
};

const usesAt = (role: RoleId, fact: RoleThere, policy: Policy): readonly LeastUse[] => {
  const identity = policy.identities.find(({ id }) => id === fact.identity);
  return leastUses(role).filter(
    (use) => isWithin(scopeLevel(fact.scope), use.widest) && isMeantFor(use, identity, policy),
  );
};

/** Is the role the documented least for something, at the level of this assignment and for such an identity? */
export const isLeastThere = (fact: RoleThere, policy: Policy): boolean => usesAt(fact.role, fact, policy).length > 0;

/** What the least roles of the protected workloads allow at this level: a backup deletes its own old snapshots. */
const neededAt = (fact: RoleThere, policy: Policy): readonly RolePermissions[] => {
  const workloads = new Set(policy.protects.map(({ workload }) => workload));
  return [...leastPrivilegeRoles]
    .filter((role) =>
      usesAt(role, fact, policy).some(({ workload }) => workloads.size === 0 || workloads.has(workload)),
    )
    .flatMap((role) => findAzureRole(role)?.permissions ?? []);
};

/** One definition is shared by many assignments, and looking through its actions takes time. */
const known = new WeakMap<readonly RolePermissions[], readonly Power[]>();

const powersOf = (permissions: readonly RolePermissions[]): readonly Power[] => {
  const powers = known.get(permissions) ?? powerOf(permissions);
  known.set(permissions, powers);
  return powers;
};

/**
 * Powers of an assignment, gravest first, that no least role of the protected workloads has there. None where the role
 * itself is a least one there, where its actions are unread and where its holder is gone.
 */
export const excessPowers = (fact: RoleThere, policy: Policy): readonly Power[] => {
  if (fact.permissions === null || fact.orphaned === true || isLeastThere(fact, policy)) return [];
  const all = powersOf(fact.permissions);
  if (all.length === 0) return [];
  const needed = neededAt(fact, policy);
  const isNeeded = ({ action }: Power): boolean => planes.some((plane) => allows(needed, action, plane));
  return all.filter((power) => power.severity !== 'medium' || !isNeeded(power));
};

import type { AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import { scopeContains, scopeLevel } from '../core/scope.ts';
import { findAzureRole } from './azure-roles.ts';
import { essentialActions } from './essential-actions.ts';
import { isFor, type Need, type OperationNeed } from './needs.ts';
import { contains } from './role-algebra.ts';
import { isStanding, isTemporary, type Service, type Use } from './service.ts';
import type { AzureActionsGrant, AzureRoleGrant } from './workloads.ts';

type AzureGrant = AzureRoleGrant | AzureActionsGrant;

interface Candidate extends Use {
  readonly grant: AzureGrant;
}

/** Which subscriptions a management group holds isn't known here: any may be among them. */
const holds = (outer: string, inner: string): boolean =>
  scopeLevel(outer) === 'managementGroup' || scopeContains(outer, inner);

/** Do an assignment and a need touch? A need for which the policy names no scope may lie anywhere. */
const touches = (scope: string, { scopes }: Need): boolean =>
  scopes.length === 0 || scopes.some((one) => holds(scope, one) || holds(one, scope));

const candidatesFor = (
  { scope }: AzureRoleAssignmentFact,
  operations: readonly OperationNeed[],
  identity: PolicyIdentity | undefined,
): readonly Candidate[] =>
  operations.flatMap((operation) =>
    operation.ways.flatMap((way) =>
      way.needs.flatMap((need): Candidate[] => {
        const { grant } = need;
        if (grant.plane !== 'azure' && grant.plane !== 'azure-actions') return [];
        return isFor(grant, identity) && touches(scope, need) ? [{ operation, need, grant }] : [];
      }),
    ),
  );

/** Ends what the holder began: no excess beside that. */
const harmless: RolePermissions = {
  actions: ['Microsoft.Compute/disks/endGetAccess/action', 'Microsoft.Compute/snapshots/endGetAccess/action'],
  notActions: [],
  dataActions: [],
  notDataActions: [],
};

const allowed = (grants: readonly AzureGrant[]): readonly RolePermissions[] =>
  grants.flatMap((grant) =>
    grant.plane === 'azure' ? (findAzureRole(grant.role)?.permissions ?? []) : essentialActions(grant),
  );

/** What a report calls a needed grant: the role, or a custom role of so many actions. */
export const grantName = (grant: AzureGrant): string =>
  grant.plane === 'azure' ? grant.roleName : `a custom role of ${grant.actions.join(', ')}`;

const leastOf = (candidates: readonly Candidate[]): readonly string[] => [
  ...new Set(candidates.map(({ grant }) => grantName(grant))),
];

/** What a held Azure role does for the protected workloads, where its scope touches theirs. */
export const roleService = (
  fact: AzureRoleAssignmentFact,
  operations: readonly OperationNeed[],
  identity: PolicyIdentity | undefined,
): Service => {
  const all = candidatesFor(fact, operations, identity);
  const isOwn = ({ grant }: Candidate): boolean => grant.plane === 'azure' && grant.role === fact.role;
  const standing = all.filter(({ operation }) => isStanding(operation) && !isTemporary(operation));
  const temporary = all.filter(({ operation }) => isTemporary(operation));
  const own = standing.filter(isOwn);
  if (own.length > 0) return { state: 'needed', uses: own };
  const { permissions } = fact;
  const isWithin = ({ grant }: Candidate): boolean =>
    permissions !== null && contains(permissions, essentialActions(grant)).contains;
  const ownTemporary = temporary.filter(isOwn);
  // On what is backed up it may do the backup's work as well.
  if (ownTemporary.length > 0)
    return { state: 'temporary', uses: ownTemporary, least: leastOf(standing.filter(isWithin)), enough: [] };
  if (permissions === null) return { state: 'unknown' };
  const needed = [...allowed(standing.map(({ grant }) => grant)), ...(standing.length > 0 ? [harmless] : [])];
  const excess = contains(needed, permissions);
  if (excess.contains) return { state: 'needed', uses: standing };
  const within = standing.filter(isWithin);
  if (within.length > 0)
    return { state: 'wider', uses: within, least: leastOf(within), witness: excess.witness?.action ?? null };
  // A restore of which the policy doesn't say where it goes explains its own role anywhere, and no other one.
  const placed = temporary.filter(({ need }) => need.scopes.length > 0);
  const both = contains([...needed, ...allowed(placed.map(({ grant }) => grant))], permissions);
  if (both.contains) return { state: 'temporary', uses: placed, least: [], enough: [] };
  const restores = placed.filter(isWithin);
  return restores.length === 0
    ? { state: 'unneeded' }
    : { state: 'temporary', uses: restores, least: [], enough: leastOf(restores) };
};

import type { AppRoleAssignmentFact, AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import type { WrittenAccess } from '../core/policy.ts';
import { scopeContains, scopeLevel } from '../core/scope.ts';
import { exchangeOnline } from './apis.ts';
import { essentialActions } from './essential-actions.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { implies } from './lattice.ts';
import type { Need } from './needs.ts';
import { contains } from './role-algebra.ts';
import type { AzureActionsGrant, AzureRoleGrant, LeastGrant } from './workloads.ts';

/** What one identity holds, and the access map of its policy, for the planes that aren't read. */
export interface Holdings {
  readonly permissions: readonly AppRoleAssignmentFact[];
  readonly roles: readonly AzureRoleAssignmentFact[];
  readonly written: WrittenAccess | null;
}

interface Named {
  readonly api: AppId;
  readonly value: string;
}

const isMet = (held: Named, needed: Named): boolean =>
  held.api === needed.api && (held.value === needed.value || implies(needed.api, held.value, needed.value));

const wantedBy = (grant: LeastGrant): readonly Named[] => {
  const own =
    grant.plane === 'application'
      ? [grant.permission, ...grant.accepts, ...grant.alsoBy].map((value) => ({ api: grant.api, value }))
      : [];
  const role = 'exchangeRole' in grant && grant.exchangeRole !== null ? findExchangeRole(grant.exchangeRole) : null;
  return [...own, ...(role?.permissions ?? [])];
};

/** Everything in a mailbox is reached with `full_access_as_app`, through Exchange Web Services. */
const reachesMailboxes = ({ api, subject }: AppRoleAssignmentFact): boolean =>
  api === exchangeOnline && subject === 'full_access_as_app';

/** Is the plane of Exchange roles among what could meet this, so that what can't be read may meet it? */
export const isMailboxNeed = ({ grant }: Need): boolean => 'exchangeRole' in grant && grant.exchangeRole !== null;

const isPermitted = (grant: LeastGrant, { permissions, written }: Holdings, mailbox: boolean): boolean => {
  const wanted = wantedBy(grant);
  const held = permissions.map(({ api, subject }) => ({ api, value: subject }));
  if (wanted.some((one) => held.some((other) => isMet(other, one)))) return true;
  if (!mailbox) return false;
  if (permissions.some(reachesMailboxes)) return true;
  const roles = (written?.exchangeRoles ?? []).flatMap(({ role }) => findExchangeRole(role)?.permissions ?? []);
  return roles.some((one) => (one.value === 'full_access_as_app' ? true : wanted.some((other) => isMet(one, other))));
};

type AzureGrant = AzureRoleGrant | AzureActionsGrant;

const isAround = (outer: string, inner: string): boolean =>
  scopeLevel(outer) === 'managementGroup' || scopeContains(outer, inner);

const listsKeys: readonly RolePermissions[] = [
  {
    actions: ['Microsoft.Storage/storageAccounts/listKeys/action'],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  },
];

/** Who reads the keys of a storage account reaches its data with them. */
const withoutStorageData = (needed: readonly RolePermissions[]): readonly RolePermissions[] =>
  needed.map((one) => ({
    ...one,
    dataActions: one.dataActions.filter((action) => !action.startsWith('Microsoft.Storage/')),
  }));

/** Conditions are not evaluated: unknown, and treated as no limit. */
const isAllowedBy = (roles: readonly AzureRoleAssignmentFact[], grant: AzureGrant): boolean => {
  if (roles.some(({ role }) => grant.plane === 'azure' && role === grant.role)) return true;
  // A role that couldn't be read may be the very one.
  if (roles.some(({ permissions }) => permissions === null)) return true;
  const held = roles.flatMap(({ permissions }) => permissions ?? []);
  const needed = essentialActions(grant);
  return contains(held, contains(held, listsKeys).contains ? withoutStorageData(needed) : needed).contains;
};

/** Is the resource group itself what is meant? A role on something inside it doesn't reach the group. */
const isOfGroup = (grant: AzureGrant): boolean =>
  grant.plane === 'azure' && grant.on.includes('Microsoft.Resources/resourceGroups');

/** Is something of a protected scope reached? Whether that is all of what is protected there, a policy doesn't say. */
const isReached = (scope: string, roles: readonly AzureRoleAssignmentFact[], grant: AzureGrant): boolean =>
  isAllowedBy(
    roles.filter((one) => isAround(one.scope, scope)),
    grant,
  ) ||
  (!isOfGroup(grant) && roles.some((one) => scopeContains(scope, one.scope) && isAllowedBy([one], grant)));

/** Scopes at which a need is not met; `null` stands for one that has no scope. */
export const unmetScopes = (need: Need, holdings: Holdings): readonly (string | null)[] => {
  const { grant, scopes } = need;
  if (grant.plane === 'azure' || grant.plane === 'azure-actions') {
    const roles = holdings.roles.filter(({ orphaned }) => !orphaned);
    if (scopes.length > 0) return scopes.filter((scope) => !isReached(scope, roles, grant));
    return roles.some((one) => isAllowedBy([one], grant)) ? [] : [null];
  }
  if (grant.plane === 'site') {
    const granted = holdings.written?.siteGrants ?? null;
    return granted === null ? [] : scopes.filter((site) => !granted.some((one) => sameSite(one.site, site)));
  }
  if (isPermitted(grant, holdings, isMailboxNeed(need))) return [];
  return scopes.length > 0 ? scopes : [null];
};

const sameSite = (a: string, b: string): boolean =>
  a.toLowerCase().replace(/\/$/, '') === b.toLowerCase().replace(/\/$/, '');

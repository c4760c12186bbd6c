import type { ExchangeRoleAssignmentFact, KeyVaultAccessFact, SiteGrantFact } from '../core/access-fact.ts';
import type { AppRoleAssignmentFact, AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import type { WrittenAccess } from '../core/policy.ts';
import { scopeContains, scopeLevel } from '../core/scope.ts';
import { canonicalSite } from '../core/site-address.ts';
import { isSiteRoleWithin } from '../core/site-roles.ts';
import { exchangeOnline } from './apis.ts';
import { essentialActions } from './essential-actions.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { isMetByPolicy } from './key-vault-needs.ts';
import { implies } from './lattice.ts';
import { isGivenInExchange } from './mailbox-cover.ts';
import type { Need } from './needs.ts';
import { contains } from './role-algebra.ts';
import type { AzureActionsGrant, AzureRoleGrant, LeastGrant } from './workloads.ts';

/** What one identity holds, and the access map of its policy, for the planes that aren't read. */
export interface Holdings {
  readonly permissions: readonly AppRoleAssignmentFact[];
  readonly roles: readonly AzureRoleAssignmentFact[];
  readonly written: WrittenAccess | null;
  /** Access policies of key vaults; absent: none. */
  readonly keyVaults?: readonly KeyVaultAccessFact[];
  /** Grants on single sites; absent: nobody read them, and what the policy writes counts. */
  readonly siteGrants?: readonly Pick<SiteGrantFact, 'site' | 'role'>[];
  /** Roles in Exchange; absent: nobody read them, and what the policy writes counts. */
  readonly exchange?: readonly ExchangeRoleAssignmentFact[];
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

const isPermitted = (grant: LeastGrant, { permissions, written, exchange }: Holdings, mailbox: boolean): boolean => {
  const wanted = wantedBy(grant);
  const held = permissions.map(({ api, subject }) => ({ api, value: subject }));
  if (wanted.some((one) => held.some((other) => isMet(other, one)))) return true;
  if (!mailbox) return false;
  if (permissions.some(reachesMailboxes)) return true;
  if (exchange !== undefined) return false;
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
    const isGivenByPolicy = (scope: string): boolean =>
      grant.plane === 'azure' && isMetByPolicy(grant.roleName, scope, holdings.keyVaults ?? []);
    if (scopes.length > 0) return scopes.filter((scope) => !isReached(scope, roles, grant) && !isGivenByPolicy(scope));
    return roles.some((one) => isAllowedBy([one], grant)) ? [] : [null];
  }
  if (grant.plane === 'site') {
    const granted = holdings.siteGrants ?? holdings.written?.siteGrants ?? null;
    const isGranted = (site: string): boolean =>
      granted === null ||
      granted.some(
        (one) => canonicalSite(one.site) === canonicalSite(site) && isSiteRoleWithin(grant.siteRole, one.role),
      );
    return scopes.filter((site) => !isGranted(site));
  }
  if (isPermitted(grant, holdings, isMailboxNeed(need))) return [];
  const role = 'exchangeRole' in grant ? grant.exchangeRole : null;
  if (role !== null && holdings.exchange !== undefined)
    return scopes.filter((scope) => !isGivenInExchange(role, scope, holdings.exchange ?? []));
  return scopes.length > 0 ? scopes : [null];
};

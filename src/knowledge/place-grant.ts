import type { Protects } from '../core/policy.ts';
import { canonicalScope, scopeLevel } from '../core/scope.ts';
import { isSiteAddress } from '../core/site-address.ts';
import type { AzureActionsGrant, AzureRoleGrant, LeastGrant } from './workloads.ts';

/** The whole organisation, as Exchange scopes are written. */
export const organization = 'organization';

const groupType = 'microsoft.resources/resourcegroups';

/** `Microsoft.Compute/disks` of the id of a disk, in lower case; `null` of a scope that holds resources. */
const resourceType = (scope: string): string | null => {
  if (scopeLevel(scope) !== 'resource') return null;
  const parts = canonicalScope(scope).split('/').slice(1);
  const after = parts.lastIndexOf('providers') + 1;
  const [provider, ...rest] = parts.slice(after);
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
};

const groupOf = (scope: string): string => scope.split('/').slice(0, 5).join('/');

/** Where of a protected scope the grant lies: on it, on the group around it, or nowhere since it is of another type. */
const placeAt = (scope: string, on: readonly string[]): string[] => {
  const type = resourceType(scope);
  const types = on.map((one) => one.toLowerCase());
  if (type === null || types.length === 0) return [scope];
  // A key or a container is part of what the grant is meant for.
  if (types.some((one) => type === one || type.startsWith(`${one}/`))) return [scope];
  return types.includes(groupType) ? [groupOf(scope)] : [];
};

const azureScopes = (grant: AzureRoleGrant | AzureActionsGrant, { scopes }: Protects): readonly string[] => {
  const own = scopes.filter(({ purpose, scope }) => purpose === grant.at && scope.startsWith('/'));
  const placed = own.flatMap(({ scope }) => placeAt(scope, grant.plane === 'azure' ? grant.on : []));
  return [...new Map(placed.map((scope) => [canonicalScope(scope), scope])).values()];
};

const isId = (scope: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(scope);

/** The sites that are protected; none where the whole tenant is. */
export const protectedSites = ({ scopes }: Protects): readonly string[] =>
  scopes.map(({ scope }) => scope).filter(isSiteAddress);

/** The Exchange scopes that are protected: groups by id, custom scopes by name; none where the whole tenant is. */
const exchangeScopes = ({ scopes }: Protects): readonly string[] =>
  scopes
    .map(({ scope }) => scope)
    .filter((scope) => !isSiteAddress(scope) && !scope.startsWith('/'))
    .map((scope) => (isId(scope) ? `group:${scope}` : scope));

/**
 * Where a grant has to lie to serve what is protected. A tenant-wide permission lies nowhere; an Azure grant without
 * scopes has none because the policy names none for its purpose.
 */
export const placeGrant = (grant: LeastGrant, protects: Protects): readonly string[] => {
  if (grant.plane === 'azure' || grant.plane === 'azure-actions') return azureScopes(grant, protects);
  if (grant.plane === 'site') return protectedSites(protects);
  if (grant.plane === 'application' && grant.exchangeRole === null) return [];
  const scopes = exchangeScopes(protects);
  return scopes.length === 0 ? [organization] : scopes;
};

import type { Collection } from './collection.ts';
import { type Json, objectsOf, textOf, textsOf } from './json.ts';
import { guidFrom, isGuid } from './make-id.ts';
import type { ApiState, PermissionState, TenantState } from './tenant-state.ts';

/** Microsoft's own tenant, which owns the applications behind its APIs. */
const MICROSOFT_SERVICES = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** APIs that every tenant has (source: Microsoft's list of first-party applications). */
const FIRST_PARTY: readonly ApiState[] = [
  { appId: GRAPH_APP_ID, displayName: 'Microsoft Graph' },
  { appId: '00000002-0000-0000-c000-000000000000', displayName: 'Windows Azure Active Directory' },
  { appId: '00000002-0000-0ff1-ce00-000000000000', displayName: 'Office 365 Exchange Online' },
  { appId: '00000003-0000-0ff1-ce00-000000000000', displayName: 'Office 365 SharePoint Online' },
  { appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013', displayName: 'Windows Azure Service Management API' },
  { appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1', displayName: 'Azure Storage' },
  { appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', displayName: 'Azure Key Vault' },
];

interface Api {
  readonly appId: string;
  displayName: string;
  readonly appRoles: Map<string, string>;
  readonly scopes: Map<string, string>;
}

const addAll = (into: Map<string, string>, api: string, sort: string, list: readonly PermissionState[] = []): void => {
  for (const { id, value } of list) into.set(value, (id ?? guidFrom(`${api}/${sort}/${value}`)).toLowerCase());
};

/** APIs of several lists as one; a later list adds to and overrides an earlier one. */
const mergeApis = (lists: readonly (readonly ApiState[])[]): Map<string, Api> => {
  const apis = new Map<string, Api>();
  for (const state of lists.flat()) {
    const appId = state.appId.toLowerCase();
    const api = apis.get(appId) ?? { appId, displayName: appId, appRoles: new Map(), scopes: new Map() };
    if (state.displayName !== undefined) api.displayName = state.displayName;
    addAll(api.appRoles, appId, 'role', state.appRoles);
    addAll(api.scopes, appId, 'scope', state.oauth2PermissionScopes);
    apis.set(appId, api);
  }
  return apis;
};

const referencedApis = (state: TenantState): ApiState[] => {
  const rows = [...(state.graph?.appRoleAssignments ?? []), ...(state.graph?.oauth2PermissionGrants ?? [])];
  const wanted = (state.graph?.applications ?? []).flatMap((app) => objectsOf(app, 'requiredResourceAccess'));
  return [...rows, ...wanted]
    .map((row) => textOf(row, 'resourceAppId'))
    .filter(isGuid)
    .map((appId) => ({ appId }));
};

const appRole = ([value, id]: [string, string]): Json => ({
  allowedMemberTypes: ['Application'],
  description: value,
  displayName: value,
  id,
  isEnabled: true,
  origin: 'Application',
  value,
});

const scope = ([value, id]: [string, string]): Json => ({
  adminConsentDescription: value,
  adminConsentDisplayName: value,
  id,
  isEnabled: true,
  type: 'Admin',
  userConsentDescription: null,
  userConsentDisplayName: null,
  value,
});

/** Adds the missing permissions of an API to a service principal that the state file holds already. */
const extend = (principal: Json, api: Api): Json => {
  const add = (key: string, made: readonly Json[]): readonly Json[] => {
    const own = objectsOf(principal, key);
    const ids = new Set(own.map((row) => textOf(row, 'id').toLowerCase()));
    return [...own, ...made.filter((row) => !ids.has(textOf(row, 'id')))];
  };
  return {
    ...principal,
    appRoles: add('appRoles', [...api.appRoles].map(appRole)),
    oauth2PermissionScopes: add('oauth2PermissionScopes', [...api.scopes].map(scope)),
  };
};

/** Puts a service principal for each API that a list, a grant or an application names. */
export const addApiPrincipals = (principals: Collection, state: TenantState, known: readonly ApiState[]): void => {
  const apis = mergeApis([referencedApis(state), FIRST_PARTY, known, state.apis ?? []]);
  for (const api of apis.values()) {
    const own = principals.find('appId', api.appId)[0];
    principals.put(
      extend(
        own ?? {
          id: guidFrom(`${state.tenantId}/service-principal/${api.appId}`),
          appId: api.appId,
          displayName: api.displayName,
          appDisplayName: api.displayName,
          appOwnerOrganizationId: MICROSOFT_SERVICES,
          servicePrincipalNames: [api.appId],
          signInAudience: 'AzureADMultipleOrgs',
        },
        api,
      ),
    );
  }
};

/** Id of an app role of a service principal by its name or id, `null` where it has none such. */
export const findAppRole = (principal: Json, nameOrId: string): string | null => {
  const roles = objectsOf(principal, 'appRoles');
  const role = roles.find(
    (row) => textOf(row, 'value') === nameOrId || textOf(row, 'id').toLowerCase() === nameOrId.toLowerCase(),
  );
  if (role !== undefined) return textOf(role, 'id').toLowerCase();
  return isGuid(nameOrId) ? nameOrId.toLowerCase() : null;
};

/** Names of the app roles of a service principal that have these ids, in order. */
export const appRoleNames = (principal: Json, ids: ReadonlySet<string>): readonly string[] =>
  objectsOf(principal, 'appRoles')
    .filter((role) => ids.has(textOf(role, 'id').toLowerCase()))
    .map((role) => textOf(role, 'value'));

/** All app ids and names under which a token for this service principal may be asked for. */
export const namesOfApi = (principal: Json): readonly string[] => [
  textOf(principal, 'appId'),
  ...textsOf(principal, 'servicePrincipalNames'),
];

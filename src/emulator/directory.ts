import { addApiPrincipals, findAppRole, GRAPH_APP_ID } from './api-principals.ts';
import { Collection } from './collection.ts';
import { DIRECTORY_ROLES } from './directory-roles.ts';
import { addExchange, type Exchange } from './exchange.ts';
import { type Json, textOf, textsOf } from './json.ts';
import { guidFrom, idOfGuids } from './make-id.ts';
import { addSites, type Sites } from './sites.ts';
import { TenantFileError } from './tenant-file.ts';
import type { ApiState, TenantState } from './tenant-state.ts';

/** What Entra, Exchange and SharePoint hold: mutable, as writes change it. */
export interface Directory {
  readonly tenantId: string;
  readonly name: string;
  readonly applications: Collection;
  readonly servicePrincipals: Collection;
  readonly appRoleAssignments: Collection;
  readonly oauth2PermissionGrants: Collection;
  readonly roleDefinitions: Collection;
  readonly roleAssignments: Collection;
  readonly roleEligibilities: Collection;
  readonly users: Collection;
  readonly groups: Collection;
  readonly deletedItems: Collection;
  readonly exchange: Exchange;
  readonly sites: Sites;
  readonly sharepointSettings: Json;
  readonly defaultAppManagementPolicy: Json;
  /** Groups by the id of a direct member. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
}

const withId = (row: Json, seed: string): Json => (textOf(row, 'id') === '' ? { ...row, id: guidFrom(seed) } : row);

const fail = (message: string): never => {
  throw new TenantFileError('tenant', [message]);
};

const principalName = (directory: Directory, id: string): { readonly type: string; readonly name: string | null } => {
  const sorts = [
    ['ServicePrincipal', directory.servicePrincipals],
    ['Group', directory.groups],
    ['User', directory.users],
  ] as const;
  for (const [type, rows] of sorts) {
    const row = rows.current(id);
    if (row !== undefined) return { type, name: textOf(row, 'displayName') };
  }
  return { type: 'ServicePrincipal', name: null };
};

/** The API's service principal that a grant names by object id or app id. */
const resourceOf = (directory: Directory, row: Json, place: string): Json => {
  const id = textOf(row, 'resourceId');
  const appId = textOf(row, 'resourceAppId');
  const found =
    id === '' ? directory.servicePrincipals.find('appId', appId)[0] : directory.servicePrincipals.current(id);
  return found ?? fail(`${place} names no API: give it a \`resourceAppId\``);
};

/** An app role assignment as Graph shows it. */
export const appRoleAssignment = (
  directory: Directory,
  principalId: string,
  resource: Json,
  appRoleId: string,
  created: string,
): Json => {
  const principal = principalName(directory, principalId);
  const resourceId = textOf(resource, 'id');
  return {
    id: idOfGuids(principalId, guidFrom(`${principalId}/${resourceId}/${appRoleId}`.toLowerCase())),
    deletedDateTime: null,
    appRoleId,
    createdDateTime: created,
    principalDisplayName: principal.name,
    principalId,
    principalType: principal.type,
    resourceDisplayName: textOf(resource, 'displayName'),
    resourceId,
  };
};

const addAppRoleAssignments = (directory: Directory, state: TenantState, since: string): void => {
  for (const [index, row] of (state.graph?.appRoleAssignments ?? []).entries()) {
    const place = `graph.appRoleAssignments[${index}]`;
    const resource = resourceOf(directory, row, place);
    const wanted = textOf(row, 'appRole') || textOf(row, 'appRoleId');
    const role = findAppRole(resource, wanted);
    if (role === null) {
      fail(`${place}.appRole is \`${wanted}\`, which \`${textOf(resource, 'displayName')}\` does not offer`);
    } else {
      const made = appRoleAssignment(
        directory,
        textOf(row, 'principalId'),
        resource,
        role,
        textOf(row, 'createdDateTime') || since,
      );
      directory.appRoleAssignments.put({ ...made, id: textOf(row, 'id') || made['id'] });
    }
  }
};

/** A delegated permission grant as Graph shows it. */
export const permissionGrant = (
  clientId: string,
  consentType: string,
  principalId: string | null,
  resourceId: string,
  scope: string,
): Json => ({
  clientId,
  consentType,
  id: idOfGuids(clientId, resourceId, ...(principalId === null ? [] : [principalId])),
  principalId,
  resourceId,
  scope,
});

const addGrants = (directory: Directory, state: TenantState): void => {
  for (const [index, row] of (state.graph?.oauth2PermissionGrants ?? []).entries()) {
    const resource = resourceOf(directory, row, `graph.oauth2PermissionGrants[${index}]`);
    const made = permissionGrant(
      textOf(row, 'clientId'),
      textOf(row, 'consentType'),
      textOf(row, 'principalId') || null,
      textOf(resource, 'id'),
      textOf(row, 'scope'),
    );
    directory.oauth2PermissionGrants.put({ ...made, id: textOf(row, 'id') || made['id'] });
  }
};

/** An Entra role definition as Graph shows it. */
const roleDefinition = (id: string, displayName: string): Json => ({
  id,
  description: displayName,
  displayName,
  isBuiltIn: true,
  isEnabled: true,
  resourceScopes: ['/'],
  templateId: id,
  version: '1',
  rolePermissions: [],
});

const addDirectoryRoles = (directory: Directory, state: TenantState, since: string): void => {
  for (const [name, id] of Object.entries(DIRECTORY_ROLES)) directory.roleDefinitions.put(roleDefinition(id, name));
  for (const row of state.graph?.roleDefinitions ?? []) {
    const id = textOf(row, 'id') || guidFrom(`${state.tenantId}/role/${textOf(row, 'displayName')}`);
    directory.roleDefinitions.put({ ...roleDefinition(id, ''), isBuiltIn: false, ...row, id });
  }
  const roleId = (row: Json, place: string): string => {
    const name = textOf(row, 'roleName');
    const given = textOf(row, 'roleDefinitionId');
    if (given !== '') return given;
    const found = directory.roleDefinitions.find('displayName', name)[0];
    return found === undefined ? fail(`${place}.roleName is \`${name}\`, which is no Entra role`) : textOf(found, 'id');
  };
  const put = (
    into: Collection,
    rows: readonly Json[] = [],
    place: string,
    suffix: string,
    more: (row: Json) => Json,
  ): void => {
    for (const [index, row] of rows.entries()) {
      const role = roleId(row, `${place}[${index}]`);
      const principalId = textOf(row, 'principalId');
      const id = textOf(row, 'id') || `${idOfGuids(role, principalId)}${suffix}`;
      const directoryScopeId = textOf(row, 'directoryScopeId') || '/';
      into.put({ id, principalId, roleDefinitionId: role, directoryScopeId, ...more(row) });
    }
  };
  put(directory.roleAssignments, state.graph?.roleAssignments, 'graph.roleAssignments', '-1', () => ({}));
  put(directory.roleEligibilities, state.graph?.roleEligibilities, 'graph.roleEligibilities', '-1-e', (row) => ({
    appScopeId: null,
    startDateTime: textOf(row, 'startDateTime') || since,
    endDateTime: row['endDateTime'] ?? null,
    memberType: textOf(row, 'memberType') || 'Direct',
    roleEligibilityScheduleId: textOf(row, 'roleEligibilityScheduleId') || guidFrom(JSON.stringify(row)),
  }));
};

const addCallers = (directory: Directory, state: TenantState, since: string): void => {
  for (const [index, caller] of (state.callers ?? []).entries()) {
    const own = directory.servicePrincipals.find('appId', caller.appId)[0];
    const principal = own ?? {
      id: guidFrom(`${state.tenantId}/service-principal/${caller.appId.toLowerCase()}`),
      appId: caller.appId.toLowerCase(),
      displayName: `Caller ${index + 1}`,
      appOwnerOrganizationId: state.tenantId,
      createdDateTime: since,
    };
    if (own === undefined) directory.servicePrincipals.put(principal);
    const graph = directory.servicePrincipals.find('appId', GRAPH_APP_ID)[0] ?? {};
    for (const name of caller.roles ?? []) {
      const role = findAppRole(graph, name);
      if (role === null) fail(`callers[${index}].roles holds \`${name}\`, which Microsoft Graph does not offer`);
      else directory.appRoleAssignments.put(appRoleAssignment(directory, textOf(principal, 'id'), graph, role, since));
    }
  }
};

const membersIndex = (groups: readonly Json[]): Map<string, string[]> => {
  const index = new Map<string, string[]>();
  for (const group of groups) {
    for (const member of textsOf(group, 'members')) {
      const key = member.toLowerCase();
      index.set(key, [...(index.get(key) ?? []), textOf(group, 'id')]);
    }
  }
  return index;
};

/** Builds the directory of a state. Throws `TenantFileError` where it names what isn't there. */
export const makeDirectory = (state: TenantState, knownApis: readonly ApiState[], since: string): Directory => {
  const graph = state.graph ?? {};
  const rows = (list: readonly Json[] = [], sort: string, name: string): Json[] =>
    list.map((row) => withId(row, `${state.tenantId}/${sort}/${textOf(row, name)}`));
  const groups = rows(graph.groups, 'group', 'displayName');
  const directory: Directory = {
    tenantId: state.tenantId.toLowerCase(),
    name: state.name ?? 'embedded.example',
    applications: new Collection(['appId', 'displayName'], rows(graph.applications, 'application', 'appId')),
    servicePrincipals: new Collection(
      ['appId', 'displayName', 'servicePrincipalType'],
      rows(graph.servicePrincipals, 'service-principal', 'appId'),
    ),
    appRoleAssignments: new Collection(['principalId', 'resourceId']),
    oauth2PermissionGrants: new Collection(['clientId', 'resourceId', 'principalId']),
    roleDefinitions: new Collection(['displayName']),
    roleAssignments: new Collection(['principalId', 'roleDefinitionId']),
    roleEligibilities: new Collection(['principalId', 'roleDefinitionId']),
    users: new Collection(['userPrincipalName'], rows(graph.users, 'user', 'userPrincipalName')),
    groups: new Collection(['displayName'], groups),
    deletedItems: new Collection(['appId'], graph.deletedItems ?? []),
    exchange: addExchange(graph.exchange),
    sites: addSites(graph.sites ?? [], state.tenantId),
    sharepointSettings: graph.sharepointSettings ?? {},
    defaultAppManagementPolicy: graph.defaultAppManagementPolicy ?? {},
    groupsOf: membersIndex(groups),
  };
  addApiPrincipals(directory.servicePrincipals, state, knownApis);
  addAppRoleAssignments(directory, state, since);
  addGrants(directory, state);
  addDirectoryRoles(directory, state, since);
  addCallers(directory, state, since);
  return directory;
};

/** Ids of all groups that a principal is in, nested ones too. */
export const groupIdsOf = (directory: Directory, id: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [id.toLowerCase()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const group of directory.groupsOf.get(next) ?? []) {
      if (found.has(group.toLowerCase())) continue;
      found.add(group.toLowerCase());
      open.push(group.toLowerCase());
    }
  }
  return found;
};

import { addApiPrincipals } from './api-principals.ts';
import { Collection } from './collection.ts';
import type { Directory } from './directory.ts';
import { addAppRoleAssignments, addCallers, addGrants } from './directory-grants.ts';
import { addDirectoryRoles } from './directory-role-rows.ts';
import { addExchange } from './exchange.ts';
import { type Json, objectsOf, textOf, textsOf } from './json.ts';
import { guidFrom } from './make-id.ts';
import { addPolicies } from './policies.ts';
import { addSites } from './sites.ts';
import type { ApiState, TenantState } from './tenant-state.ts';

const withId = (row: Json, seed: string): Json => (textOf(row, 'id') === '' ? { ...row, id: guidFrom(seed) } : row);

const credentialLists = ['passwordCredentials', 'keyCredentials'] as const;

/** An application or service principal with the ids that its file leaves out: two of one name belong together. */
const withAppIds = (row: Json, tenantId: string): Json => {
  const appId = textOf(row, 'appId') || guidFrom(`${tenantId}/app/${textOf(row, 'displayName')}`);
  const lists = credentialLists.flatMap((list) => {
    const rows = objectsOf(row, list).map((one, index) => {
      const seed = `${tenantId}/${appId}/${list}/${textOf(one, 'displayName') || index}`.toLowerCase();
      return textOf(one, 'keyId') === '' ? { ...one, keyId: guidFrom(seed) } : one;
    });
    return rows.length === 0 ? [] : [[list, rows] as const];
  });
  return { ...row, appId, ...Object.fromEntries(lists) };
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
    list.map((row) => withId(row, `${state.tenantId}/${sort}/${textOf(row, name) || textOf(row, 'displayName')}`));
  const apps = (list: readonly Json[] = []): Json[] => list.map((row) => withAppIds(row, state.tenantId));
  const groups = rows(graph.groups, 'group', 'displayName');
  const directory: Directory = {
    tenantId: state.tenantId.toLowerCase(),
    name: state.name ?? 'embedded.example',
    applications: new Collection(['appId', 'displayName'], rows(apps(graph.applications), 'application', 'appId')),
    servicePrincipals: new Collection(
      ['appId', 'displayName', 'servicePrincipalType'],
      rows(apps(graph.servicePrincipals), 'service-principal', 'appId'),
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
    sharepointSettings: { ...graph.sharepointSettings },
    defaultAppManagementPolicy: graph.defaultAppManagementPolicy ?? {},
    policies: addPolicies(graph),
    auditLogs: rows(graph.auditLogs, 'audit', 'activityDateTime'),
    signInActivities: rows(graph.signInActivities, 'sign-in', 'appId'),
    groupsOf: membersIndex(groups),
  };
  addApiPrincipals(directory.servicePrincipals, state, knownApis);
  addAppRoleAssignments(directory, state, since);
  addGrants(directory, state);
  addDirectoryRoles(directory, state, since);
  addCallers(directory, state, since);
  return directory;
};

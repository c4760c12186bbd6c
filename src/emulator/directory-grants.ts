import { findAppRole, GRAPH_APP_ID } from './api-principals.ts';
import type { Directory } from './directory.ts';
import { type Json, textOf } from './json.ts';
import { guidFrom, idOfGuids } from './make-id.ts';
import { TenantFileError } from './tenant-file.ts';
import type { TenantState } from './tenant-state.ts';

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

/** Adds the app role assignments of a state. Throws `TenantFileError` for a role that an API does not offer. */
export const addAppRoleAssignments = (directory: Directory, state: TenantState, since: string): void => {
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

/** Adds the delegated grants of a state. Throws `TenantFileError` where one names no API. */
export const addGrants = (directory: Directory, state: TenantState): void => {
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

/** Adds a service principal for each caller that has none, and the Graph roles that callers hold. */
export const addCallers = (directory: Directory, state: TenantState, since: string): void => {
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

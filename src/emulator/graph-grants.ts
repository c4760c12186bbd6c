import { findAppRole } from './api-principals.ts';
import { json, type Reply } from './api-request.ts';
import { appRoleAssignment, permissionGrant } from './directory-grants.ts';
import { bodyOf, type GraphCall, type GraphRoute, keyOf, objectAt } from './graph-call.ts';
import { badRequest, GraphFailure, notFound } from './graph-failure.ts';
import { type Json, objectsOf, sameText, textOf } from './json.ts';

const WRITE_ROLES =
  'AppRoleAssignment.ReadWrite.All+Application.Read.All|AppRoleAssignment.ReadWrite.All+Application.ReadWrite.All|AppRoleAssignment.ReadWrite.All+Directory.Read.All';
const DELETE_ROLES = 'AppRoleAssignment.ReadWrite.All';
const WRITE_GRANTS = 'DelegatedPermissionGrant.ReadWrite.All|Directory.ReadWrite.All';
const NOBODY = '00000000-0000-0000-0000-000000000000';

const NO_CONTENT: Reply = { status: 204 };

const created = (call: GraphCall, context: string, row: Json): Reply =>
  json({ '@odata.context': `${call.page.url}/${call.version}/$metadata#${context}/$entity`, ...row }, 201);

const createAssignment = (call: GraphCall): Reply => {
  const at = objectAt(call, 'servicePrincipals');
  const body = bodyOf(call);
  const { directory } = call;
  const resource = directory.servicePrincipals.get(textOf(body, 'resourceId'));
  const principalId = textOf(body, 'principalId');
  const known = [directory.servicePrincipals, directory.groups, directory.users].some(
    (rows) => rows.get(principalId) !== undefined,
  );
  const anchored = [textOf(body, 'resourceId'), principalId].some((id) => sameText(id, textOf(at, 'id')));
  if (resource === undefined || !known || !anchored) throw badRequest('Not a valid reference update.');
  const wanted = textOf(body, 'appRoleId').toLowerCase();
  const defined = objectsOf(resource, 'appRoles').some((row) => sameText(textOf(row, 'id'), wanted));
  if (wanted !== NOBODY && !defined) throw badRequest('Permission being assigned was not found on application');
  const role = findAppRole(resource, wanted) ?? wanted;
  const held = directory.appRoleAssignments.find('principalId', principalId);
  if (
    held.some(
      (row) => sameText(textOf(row, 'resourceId'), textOf(resource, 'id')) && sameText(textOf(row, 'appRoleId'), role),
    )
  ) {
    throw badRequest('Permission being assigned already exists on the object');
  }
  const row = appRoleAssignment(directory, principalId.toLowerCase(), resource, role, call.now().toISOString());
  directory.appRoleAssignments.put(row, call.lag);
  return created(call, `servicePrincipals('${textOf(at, 'id')}')/appRoleAssignments`, row);
};

const deleteAssignment = (call: GraphCall, key: 'principalId' | 'resourceId'): Reply => {
  const at = objectAt(call, 'servicePrincipals');
  const row = call.directory.appRoleAssignments.current(keyOf(call, 1));
  if (row === undefined || !sameText(textOf(row, key), textOf(at, 'id'))) throw notFound(keyOf(call, 1));
  call.directory.appRoleAssignments.remove(textOf(row, 'id'), call.lag);
  return NO_CONTENT;
};

const sameGrant = (row: Json, body: Json): boolean =>
  ['clientId', 'resourceId', 'consentType', 'principalId'].every((key) =>
    sameText(textOf(row, key), textOf(body, key)),
  );

const MOST_SCOPE = 3850;

const checkScope = (scope: string): string => {
  if (scope.length > MOST_SCOPE)
    throw badRequest(`The scope is ${scope.length} characters long, the limit is ${MOST_SCOPE}.`);
  return scope;
};

const createGrant = (call: GraphCall): Reply => {
  const body = bodyOf(call);
  const { servicePrincipals, oauth2PermissionGrants } = call.directory;
  const consent = textOf(body, 'consentType');
  if (consent !== 'AllPrincipals' && consent !== 'Principal') {
    throw badRequest("Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.");
  }
  for (const id of [textOf(body, 'clientId'), textOf(body, 'resourceId')]) {
    if (servicePrincipals.get(id) === undefined) {
      throw badRequest(
        `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
      );
    }
  }
  const held = oauth2PermissionGrants.find('clientId', textOf(body, 'clientId'));
  if (held.some((row) => sameGrant(row, body))) {
    throw new GraphFailure(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
  }
  const principalId = consent === 'Principal' ? textOf(body, 'principalId') : null;
  const row = permissionGrant(
    textOf(body, 'clientId'),
    consent,
    principalId,
    textOf(body, 'resourceId'),
    checkScope(textOf(body, 'scope')),
  );
  oauth2PermissionGrants.put(row, call.lag);
  return created(call, 'oauth2PermissionGrants', row);
};

const grantAt = (call: GraphCall): Json => {
  const row = call.directory.oauth2PermissionGrants.current(keyOf(call));
  if (row === undefined) throw notFound(keyOf(call));
  return row;
};

const patchGrant = (call: GraphCall): Reply => {
  const body = bodyOf(call);
  const other = Object.keys(body).find((key) => key !== 'scope');
  if (other !== undefined) throw badRequest(`Property '${other}' is read-only and cannot be set.`);
  call.directory.oauth2PermissionGrants.put({ ...grantAt(call), scope: checkScope(textOf(body, 'scope')) }, call.lag);
  return NO_CONTENT;
};

const deleteGrant = (call: GraphCall): Reply => {
  call.directory.oauth2PermissionGrants.remove(textOf(grantAt(call), 'id'), call.lag);
  return NO_CONTENT;
};

/** Application permissions and delegated grants: the writing half. */
export const GRANT_ROUTES: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: 'serviceprincipals/{}/approleassignedto',
    needs: WRITE_ROLES,
    cost: 1,
    run: createAssignment,
  },
  {
    method: 'POST',
    path: 'serviceprincipals/{}/approleassignments',
    needs: WRITE_ROLES,
    cost: 1,
    run: createAssignment,
  },
  {
    method: 'DELETE',
    path: 'serviceprincipals/{}/approleassignedto/{}',
    needs: DELETE_ROLES,
    run: (call) => deleteAssignment(call, 'resourceId'),
  },
  {
    method: 'DELETE',
    path: 'serviceprincipals/{}/approleassignments/{}',
    needs: DELETE_ROLES,
    run: (call) => deleteAssignment(call, 'principalId'),
  },
  { method: 'POST', path: 'oauth2permissiongrants', needs: WRITE_GRANTS, run: createGrant },
  { method: 'PATCH', path: 'oauth2permissiongrants/{}', needs: WRITE_GRANTS, run: patchGrant },
  { method: 'DELETE', path: 'oauth2permissiongrants/{}', needs: WRITE_GRANTS, run: deleteGrant },
];

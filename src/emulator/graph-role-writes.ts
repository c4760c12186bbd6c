import { json, type Reply } from './api-request.ts';
import type { Collection } from './collection.ts';
import { anyObject, bodyOf, type GraphCall, type GraphRoute, keyOf } from './graph-call.ts';
import { badRequest, notFound } from './graph-failure.ts';
import { type Json, sameText, textOf } from './json.ts';
import { guidFrom, idOfGuids } from './make-id.ts';

const NO_CONTENT: Reply = { status: 204 };
const KEYS = ['principalId', 'roleDefinitionId', 'directoryScopeId', 'appScopeId'];

const assign = (call: GraphCall, plane: 'directory' | 'exchange', rows: Collection, roles: Collection): Reply => {
  const body = bodyOf(call);
  const principalId = textOf(body, 'principalId');
  const roleDefinitionId = textOf(body, 'roleDefinitionId');
  const known =
    anyObject(call.directory, principalId.split('/').at(-1) ?? '') !== null &&
    roles.current(roleDefinitionId) !== undefined;
  if (!known) throw notFound(roles.current(roleDefinitionId) === undefined ? roleDefinitionId : principalId);
  const scoped = textOf(body, 'appScopeId') !== '';
  const row: Json = {
    id: '',
    principalId,
    roleDefinitionId,
    directoryScopeId: scoped ? null : textOf(body, 'directoryScopeId') || '/',
    ...(plane === 'exchange' ? { appScopeId: scoped ? textOf(body, 'appScopeId') : null } : {}),
  };
  const twin = rows.all().some((each) => KEYS.every((key) => sameText(textOf(each, key), textOf(row, key))));
  if (twin)
    throw badRequest(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  const scope = textOf(row, 'appScopeId') + textOf(row, 'directoryScopeId');
  const holder = scope === '/' ? principalId.split('/').at(-1) : guidFrom(`${principalId}${scope}`);
  const made = { ...row, id: `${idOfGuids(roleDefinitionId, holder ?? '')}-1` };
  rows.put(made, call.lag);
  const context = `roleManagement/${plane}/roleAssignments/$entity`;
  return json({ '@odata.context': `${call.page.url}/${call.version}/$metadata#${context}`, ...made }, 201);
};

const unassign = (call: GraphCall, rows: Collection): Reply => {
  if (!rows.remove(keyOf(call), call.lag)) throw notFound(keyOf(call));
  return NO_CONTENT;
};

const patchSharePoint = (call: GraphCall): Reply => {
  const body = bodyOf(call);
  Object.assign(call.directory.sharepointSettings, body);
  return json({ '@odata.type': '#microsoft.graph.sharepointSettings', ...call.directory.sharepointSettings });
};

const DIRECTORY = 'rolemanagement/directory/roleassignments';
const EXCHANGE = 'rolemanagement/exchange/roleassignments';

/** Entra and Exchange role assignments and SharePoint settings: the writing half. */
export const ROLE_WRITE_ROUTES: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: DIRECTORY,
    needs: 'RoleManagement.ReadWrite.Directory',
    run: (call) => assign(call, 'directory', call.directory.roleAssignments, call.directory.roleDefinitions),
  },
  {
    method: 'DELETE',
    path: `${DIRECTORY}/{}`,
    needs: 'RoleManagement.ReadWrite.Directory',
    run: (call) => unassign(call, call.directory.roleAssignments),
  },
  {
    method: 'POST',
    path: EXCHANGE,
    needs: 'RoleManagement.ReadWrite.Exchange',
    beta: true,
    run: (call) =>
      assign(call, 'exchange', call.directory.exchange.roleAssignments, call.directory.exchange.roleDefinitions),
  },
  {
    method: 'DELETE',
    path: `${EXCHANGE}/{}`,
    needs: 'RoleManagement.ReadWrite.Exchange',
    beta: true,
    run: (call) => unassign(call, call.directory.exchange.roleAssignments),
  },
  {
    method: 'PATCH',
    path: 'admin/sharepoint/settings',
    needs: 'SharePointTenantSettings.ReadWrite.All',
    run: patchSharePoint,
  },
];

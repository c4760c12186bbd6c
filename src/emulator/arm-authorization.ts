import { canonicalScope, scopeLevel } from '../core/scope.ts';
import { json, type Reply } from './api-request.ts';
import { deleteRoleAssignment, putRoleAssignment } from './arm-assignment-writes.ts';
import { type ArmCall, answerRows, isWithin, need } from './arm-call.ts';
import { ArmFailure } from './arm-failure.ts';
import { scopeChain } from './arm-scopes.ts';
import { roleDefinitionIdAt } from './arm-store.ts';
import type { Collection } from './collection.ts';
import { groupIdsOf } from './directory.ts';
import { type Json, objectOf, sameText, textOf, textsOf } from './json.ts';

const NAMESPACE = 'Microsoft.Authorization';

/** What a `$filter` of an authorization collection asks for. */
interface AuthorizationFilter {
  readonly atScope: boolean;
  readonly principals: ReadonlySet<string> | null;
  readonly roleName: string | null;
  readonly type: string | null;
}

const unsupported = (text: string): ArmFailure =>
  new ArmFailure(
    400,
    'UnsupportedQuery',
    `The filter '${text}' is not supported. Supported filters are either 'atScope()' or "principalId eq '{value}' or assignedTo('{value}')".`,
  );

const readFilter = (call: ArmCall): AuthorizationFilter => {
  const text = call.request.query.get('$filter') ?? '';
  let filter: AuthorizationFilter = { atScope: false, principals: null, roleName: null, type: null };
  for (const part of text
    .split(/\s+and\s+/i)
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    const called = /^(atScope|atScopeAndBelow|asTarget|assignedTo)\((?:'([^']*)')?\)$/i.exec(part);
    const equals = /^(principalId|roleName|type)\s+eq\s+(?:'((?:[^']|'')*)'|\{?([0-9a-f-]{36})\}?)$/i.exec(part);
    const name = (called?.[1] ?? equals?.[1] ?? '').toLowerCase();
    const value = called?.[2] ?? equals?.[2]?.replaceAll("''", "'") ?? equals?.[3] ?? call.caller.objectId;
    if (name === 'atscope') filter = { ...filter, atScope: true };
    else if (name === 'atscopeandbelow') continue;
    else if (name === 'principalid') filter = { ...filter, principals: new Set([value.toLowerCase()]) };
    else if (name === 'assignedto' || name === 'astarget') {
      filter = { ...filter, principals: new Set([value.toLowerCase(), ...groupIdsOf(call.directory, value)]) };
    } else if (name === 'rolename') filter = { ...filter, roleName: value };
    else if (name === 'type') filter = { ...filter, type: value };
    else throw unsupported(text);
  }
  return filter;
};

/** Rows seen from a scope: at and above it, and below it where the filter doesn't say `atScope()`. */
const seenFrom = (call: ArmCall, rows: readonly Json[], scope: string, atScope: boolean): readonly Json[] => {
  const chain = new Set(scopeChain(call.store, scope));
  const canonical = canonicalScope(scope);
  // A management group's list stops at management groups: subscriptions below it must be asked themselves.
  const below = !atScope && !['root', 'managementGroup'].includes(scopeLevel(canonical));
  return rows.filter((row) => chain.has(textOf(row, 'scope')) || (below && isWithin(textOf(row, 'scope'), canonical)));
};

/** An eligible role that comes to the one asked for by a group says so (source: role eligibility schedule instances). */
const asMember = (row: Json, { principals }: AuthorizationFilter): Json => {
  const body = objectOf(row, 'body');
  const [asked] = principals ?? [];
  if (asked === undefined || sameText(asked, textOf(row, 'principalId'))) return body;
  return { ...body, properties: { ...objectOf(body, 'properties'), memberType: 'Group', principalType: 'Group' } };
};

const listScoped = (
  call: ArmCall,
  rows: Collection,
  scope: string,
  show: (row: Json, filter: AuthorizationFilter) => Json = (row) => objectOf(row, 'body'),
): Reply => {
  const filter = readFilter(call);
  if (filter.roleName !== null || filter.type !== null) throw unsupported(call.request.query.get('$filter') ?? '');
  const { principals } = filter;
  const mine =
    principals !== null && rows.isIndexed('principalId')
      ? [...principals].flatMap((id) => rows.find('principalId', id))
      : rows.all();
  return answerRows(
    call,
    seenFrom(call, mine, scope, filter.atScope).map((row) => show(row, filter)),
  );
};

const definition = (scope: string, guid: string, role: Json): Json => ({
  properties: role,
  id: roleDefinitionIdAt(scope, guid),
  type: `${NAMESPACE}/roleDefinitions`,
  name: guid,
});

const isAssignable = (call: ArmCall, role: Json, scope: string): boolean => {
  const chain = scopeChain(call.store, scope);
  return textsOf(role, 'assignableScopes').some(
    (each) => chain.includes(canonicalScope(each)) || isWithin(canonicalScope(each), canonicalScope(scope)),
  );
};

const listDefinitions = (call: ArmCall, scope: string): Reply => {
  const filter = readFilter(call);
  const rows = [...call.store.roleDefinitions]
    .filter(([, role]) => filter.roleName === null || sameText(textOf(role, 'roleName'), filter.roleName))
    .filter(([, role]) => filter.type === null || sameText(textOf(role, 'type'), filter.type))
    .filter(([, role]) => isAssignable(call, role, scope));
  return answerRows(
    call,
    rows.map(([guid, role]) => definition(scope, guid, role)),
  );
};

const getDefinition = (call: ArmCall, scope: string, name: string): Reply => {
  const role = call.store.roleDefinitions.get(name.toLowerCase());
  if (role !== undefined) return json(definition(scope, name.toLowerCase(), role));
  throw new ArmFailure(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name.replaceAll('-', '')}' does not exist.`,
  );
};

const getScoped = (rows: Collection, scope: string, name: string, missing: ArmFailure): Reply => {
  const found = rows.find('name', name).find((row) => textOf(row, 'scope') === canonicalScope(scope));
  if (found === undefined) throw missing;
  return json(objectOf(found, 'body'));
};

/** Role assignments, definitions, deny assignments and eligibilities at a scope; `null` where it is something else. */
export const answerAuthorization = (call: ArmCall, scope: string, sort: string, name: string | null): Reply | null => {
  const { method } = call.request;
  const { store } = call;
  const read = (action: string): void => {
    if (method !== 'GET')
      throw new ArmFailure(405, 'MethodNotAllowed', `The method '${method}' is not allowed for this resource.`);
    need(call, `${NAMESPACE}/${action}/read`, scope);
  };
  const missing = (code: string, what: string): ArmFailure =>
    new ArmFailure(404, code, `The ${what} '${name}' is not found.`);
  switch (sort.toLowerCase()) {
    case 'roleassignments':
      if (name !== null && method === 'PUT') return putRoleAssignment(call, scope, name);
      if (name !== null && method === 'DELETE') return deleteRoleAssignment(call, scope, name);
      read('roleAssignments');
      return name === null
        ? listScoped(call, store.roleAssignments, scope)
        : getScoped(store.roleAssignments, scope, name, missing('RoleAssignmentNotFound', 'role assignment'));
    case 'roledefinitions':
      read('roleDefinitions');
      return name === null ? listDefinitions(call, scope) : getDefinition(call, scope, name);
    case 'denyassignments':
      read('denyAssignments');
      return name === null
        ? listScoped(call, store.denyAssignments, scope)
        : getScoped(store.denyAssignments, scope, name, missing('DenyAssignmentNotFound', 'deny assignment'));
    case 'roleeligibilityscheduleinstances':
      read('roleAssignments');
      return name === null
        ? listScoped(call, store.roleEligibilities, scope, asMember)
        : getScoped(
            store.roleEligibilities,
            scope,
            name,
            missing('RoleEligibilityScheduleInstanceNotFound', 'instance'),
          );
    default:
      return null;
  }
};

import { canonicalScope } from '../core/scope.ts';
import { json, type Reply } from './api-request.ts';
import { type ArmCall, armBody, need } from './arm-call.ts';
import { ArmFailure } from './arm-failure.ts';
import { scopeChain } from './arm-scopes.ts';
import { authorizationRow, roleDefinitionIdAt } from './arm-store.ts';
import { anyObject } from './graph-call.ts';
import { type Json, objectOf, sameText, textOf } from './json.ts';

const MOST_PER_SUBSCRIPTION = 4000;
const WRITE = 'Microsoft.Authorization/roleAssignments/write';
const DELETE = 'Microsoft.Authorization/roleAssignments/delete';

const plain = (guid: string): string => guid.replaceAll('-', '');
const guidOf = (id: string): string => id.split('/').at(-1)?.toLowerCase() ?? '';
const propertiesOf = (row: Json): Json => objectOf(objectOf(row, 'body'), 'properties');

const PRINCIPAL_TYPES: Readonly<Record<string, string>> = {
  servicePrincipal: 'ServicePrincipal',
  user: 'User',
  group: 'Group',
};

/** Stops where the principal isn't there, or is of another type than the body says. */
const checkPrincipal = (call: ArmCall, principalId: string, type: string): void => {
  const found = anyObject(call.directory, principalId);
  if (found === null) {
    // With a type given, Azure takes the id on trust: the principal may not have reached it yet.
    if (type !== '') return;
    throw new ArmFailure(
      400,
      'PrincipalNotFound',
      `Principal ${plain(principalId)} does not exist in the directory ${plain(call.store.tenantId)}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    );
  }
  const actual = PRINCIPAL_TYPES[found.type.name] ?? '';
  const wanted = type === '' ? 'User' : type;
  if (sameText(actual, wanted)) return;
  throw new ArmFailure(
    400,
    'UnmatchedPrincipalType',
    `The PrincipalId '${plain(principalId)}' has type '${actual}' , which is different from specified PrinciaplType '${wanted}'.`,
  );
};

const exists = (id: string): ArmFailure =>
  new ArmFailure(
    409,
    'RoleAssignmentExists',
    `The role assignment already exists. The ID of the existing role assignment is ${plain(id)}.`,
  );

const checkConflicts = (call: ArmCall, scope: string, name: string, role: string, principalId: string): Json | null => {
  const own = call.store.roleAssignments.find('name', name)[0];
  if (own !== undefined) {
    const held = propertiesOf(own);
    const same =
      textOf(own, 'scope') === canonicalScope(scope) &&
      guidOf(textOf(held, 'roleDefinitionId')) === role &&
      sameText(textOf(held, 'principalId'), principalId);
    if (same) return own;
    throw new ArmFailure(
      400,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    );
  }
  const twin = call.store.roleAssignments
    .find('principalId', principalId)
    .find(
      (row) =>
        textOf(row, 'scope') === canonicalScope(scope) &&
        guidOf(textOf(propertiesOf(row), 'roleDefinitionId')) === role,
    );
  if (twin !== undefined) throw exists(textOf(twin, 'name'));
  return null;
};

/** Grants a role: 201 for a new assignment, 200 for the same one again. */
export const putRoleAssignment = (call: ArmCall, scope: string, name: string): Reply => {
  need(call, WRITE, scope);
  const body = objectOf(armBody(call), 'properties');
  const role = guidOf(textOf(body, 'roleDefinitionId'));
  const principalId = textOf(body, 'principalId').toLowerCase();
  if (principalId === '' || role === '')
    throw new ArmFailure(
      400,
      'InvalidCreateRoleAssignmentRequest',
      'The role assignment request is not valid: principalId and roleDefinitionId are required.',
    );
  if (!call.store.roleDefinitions.has(role)) {
    throw new ArmFailure(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${plain(role)}' does not exist.`,
    );
  }
  const own = checkConflicts(call, scope, name, role, principalId);
  checkPrincipal(call, principalId, textOf(body, 'principalType'));
  const count = call.store.roleAssignments.all().length;
  if (own === null && count >= MOST_PER_SUBSCRIPTION) {
    throw new ArmFailure(
      400,
      'RoleAssignmentLimitExceeded',
      'The role assignment limit for the subscription is reached: no more role assignments can be created.',
    );
  }
  const now = call.now().toISOString();
  const row = authorizationRow('roleAssignments', scope, name, {
    roleDefinitionId: roleDefinitionIdAt(scope, role),
    principalId,
    principalType: textOf(body, 'principalType') || 'User',
    scope,
    condition: body['condition'] ?? null,
    conditionVersion: body['conditionVersion'] ?? null,
    createdOn: own === null ? now : propertiesOf(own)['createdOn'],
    updatedOn: now,
    createdBy: own === null ? call.caller.objectId : propertiesOf(own)['createdBy'],
    updatedBy: call.caller.objectId,
    delegatedManagedIdentityResourceId: body['delegatedManagedIdentityResourceId'] ?? null,
    description: body['description'] ?? null,
  });
  call.store.roleAssignments.put(row, call.lag);
  return json(row['body'], own === null ? 201 : 200);
};

const isLocked = (call: ArmCall, scope: string): boolean => {
  const chain = scopeChain(call.store, scope);
  return [...call.store.resources].some(([id, resource]) => {
    if (!sameText(textOf(resource, 'type'), 'Microsoft.Authorization/locks')) return false;
    return chain.includes(id.slice(0, id.lastIndexOf('/providers/')));
  });
};

/** Takes a role away: 200 with what was there, 204 where nothing was. */
export const deleteRoleAssignment = (call: ArmCall, scope: string, name: string): Reply => {
  need(call, DELETE, scope);
  const row = call.store.roleAssignments
    .find('name', name)
    .find((each) => textOf(each, 'scope') === canonicalScope(scope));
  if (row === undefined) return { status: 204 };
  if (isLocked(call, scope)) {
    throw new ArmFailure(
      409,
      'ScopeLocked',
      `The scope '${scope}' cannot perform delete operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`,
    );
  }
  call.store.roleAssignments.remove(textOf(row, 'id'), call.lag);
  return json(row['body']);
};

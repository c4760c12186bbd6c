import { groupIdsOf } from './directory.ts';
import { mayCall } from './graph-access.ts';
import { type GraphCall, type GraphRoute, keyOf, objectAt } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { notFound } from './graph-failure.ts';
import { mixed } from './graph-members.ts';
import { GROUP } from './graph-objects.ts';
import { answerPage, fixedRows, type Listing } from './graph-page.ts';
import { type Json, textOf } from './json.ts';
import { guidFrom } from './make-id.ts';

const READ_PRINCIPALS = 'Application.Read.All|Application.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_USERS = 'User.Read.All|GroupMember.Read.All|Group.Read.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_GROUPS =
  'GroupMember.Read.All|Group.Read.All|Group.ReadBasic.All|Group.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';

const DIRECTORY_ROLE: EntityType = {
  name: 'directoryRole',
  defaults: { id: null, deletedDateTime: null, displayName: null, description: null, roleTemplateId: null },
  filters: ['id', 'displayName'],
  expands: [],
};

/** A group of which the caller sees no more than that it is there (source: limited information for inaccessible members). */
const HIDDEN_GROUP: EntityType = {
  ...GROUP,
  defaults: Object.fromEntries(Object.keys(GROUP.defaults).map((key) => [key, null])),
};

const directoryRoles = (call: GraphCall, id: string): Json[] =>
  call.directory.roleAssignments.find('principalId', id).flatMap((row) => {
    const role = call.directory.roleDefinitions.get(textOf(row, 'roleDefinitionId'));
    if (role === undefined || textOf(row, 'directoryScopeId') !== '/') return [];
    const roleTemplateId = textOf(role, 'templateId') || textOf(role, 'id');
    const shownRole = { displayName: role['displayName'], description: role['description'], roleTemplateId };
    return [{ id: guidFrom(`${call.directory.tenantId}/${roleTemplateId}`), deletedDateTime: null, ...shownRole }];
  });

/** Groups and Entra roles that a principal is in, nested ones too where `deep`. */
const memberOf = (call: GraphCall, id: string, deep: boolean): Listing => {
  const ids = deep ? [...groupIdsOf(call.directory, id)] : (call.directory.groupsOf.get(id.toLowerCase()) ?? []);
  const listing = mixed(call, ids);
  const mayRead = mayCall({ needs: READ_GROUPS }, call.caller.roles);
  const groups = mayRead ? listing.rows.all() : listing.rows.all().map((row): Json => ({ id: row['id'] }));
  const roles = directoryRoles(call, id);
  return {
    ...listing,
    rows: fixedRows([...groups, ...roles]),
    typeFor: (row) => (roles.includes(row) ? DIRECTORY_ROLE : mayRead ? GROUP : HIDDEN_GROUP),
  };
};

const userAt = (call: GraphCall): Json => {
  const { users } = call.directory;
  const found = users.get(keyOf(call)) ?? users.find('userPrincipalName', keyOf(call))[0];
  if (found === undefined) throw notFound(keyOf(call));
  return found;
};

const relation = (
  sort: 'serviceprincipals' | 'users',
  name: 'memberOf' | 'transitiveMemberOf',
  needs: string,
  at: (call: GraphCall) => Json,
): GraphRoute => ({
  method: 'GET',
  path: `${sort}/{}/${name.toLowerCase()}`,
  needs,
  run: (call) =>
    answerPage(call.request, call.page, memberOf(call, textOf(at(call), 'id'), name === 'transitiveMemberOf')),
});

/** What service principals and users are members of. */
export const MEMBERSHIP_ROUTES: readonly GraphRoute[] = (['memberOf', 'transitiveMemberOf'] as const).flatMap(
  (name) => [
    relation('serviceprincipals', name, READ_PRINCIPALS, (call) => objectAt(call, 'servicePrincipals')),
    relation('users', name, READ_USERS, userAt),
  ],
);

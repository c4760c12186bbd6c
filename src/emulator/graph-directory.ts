import { json } from './api-request.ts';
import type { Collection } from './collection.ts';
import { anyObject, bodyOf, type GraphCall, type GraphRoute, keyOf, objectAt } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { badRequest, notFound } from './graph-failure.ts';
import { idsOfMembers, mixed, READ_CREDENTIALS, relation } from './graph-members.ts';
import { APPLICATION, GROUP, SERVICE_PRINCIPAL, typeOf, USER } from './graph-objects.ts';
import { answerCount, answerObject, answerPage, fixedRows, type Listing, type RowSource } from './graph-page.ts';
import { APP_ROLE_ASSIGNMENT, FEDERATED_CREDENTIAL, PERMISSION_GRANT } from './graph-relations.ts';
import { show } from './graph-show.ts';
import { type Json, objectsOf, sameText, textOf, textsOf } from './json.ts';
import { isGuid } from './make-id.ts';

const READ_APPS =
  'Application.Read.All|Application.ReadWrite.OwnedBy|Application.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_GRANTS = 'Directory.Read.All|DelegatedPermissionGrant.ReadWrite.All|Directory.ReadWrite.All';
const READ_GROUPS =
  'GroupMember.Read.All|Group.Read.All|Group.ReadBasic.All|Group.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_MEMBERS = `${READ_GROUPS}|GroupMember.ReadBasic.All|GroupMember.ReadWrite.All`;
const READ_USERS = 'User.ReadBasic.All|User.Read.All|User.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_DELETED_USERS = 'User.Read.All|User.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_ANY = 'Directory.Read.All|Directory.ReadWrite.All';

export const rowsOf = (rows: Collection): RowSource => ({
  all: () => rows.all(),
  find: (key, value) => rows.find(key, value),
  isIndexed: (key) => rows.isIndexed(key),
});

/** Rows of an index entry, for a relation that belongs to one object. */
const related = (rows: Collection, key: string, id: string): RowSource => fixedRows(rows.find(key, id));

type Sort = 'applications' | 'servicePrincipals' | 'users' | 'groups' | 'oauth2PermissionGrants';
const TYPES: Readonly<Record<Sort, EntityType>> = {
  applications: APPLICATION,
  servicePrincipals: SERVICE_PRINCIPAL,
  users: USER,
  groups: GROUP,
  oauth2PermissionGrants: PERMISSION_GRANT,
};

const listing = (call: GraphCall, sort: Sort): Listing => ({
  type: TYPES[sort],
  context: sort,
  rows: rowsOf(call.directory[sort]),
  expand: (row, name) => relation(call, row, name),
});

const collection = (sort: Sort, needs: string, cost: number): GraphRoute[] => {
  const path = sort.toLowerCase();
  return [
    { method: 'GET', path, needs, cost, run: (call) => answerPage(call.request, call.page, listing(call, sort)) },
    {
      method: 'GET',
      path: `${path}/$count`,
      needs,
      cost,
      run: (call) => answerCount(call.request, listing(call, sort)),
    },
    {
      method: 'GET',
      path: `${path}/{}`,
      needs,
      cost,
      run: (call) => {
        const named = sort === 'applications' || sort === 'servicePrincipals' ? objectAt(call, sort) : undefined;
        const upn = sort === 'users' ? call.directory.users.find('userPrincipalName', keyOf(call))[0] : undefined;
        const row = named ?? upn ?? call.directory[sort].get(keyOf(call));
        if (row === undefined) throw notFound(keyOf(call));
        return answerObject(call.request, call.page, listing(call, sort), row);
      },
    },
  ];
};

/** A relation of one application or service principal. */
const under = (
  sort: 'applications' | 'servicePrincipals',
  name: string,
  needs: string,
  cost: number,
  make: (call: GraphCall, row: Json) => Listing,
): GraphRoute => ({
  method: 'GET',
  path: `${sort}/{}/${name}`.toLowerCase(),
  needs,
  cost,
  run: (call) => answerPage(call.request, call.page, make(call, objectAt(call, sort))),
});

const ROLES_HELD: Pick<Listing, 'type' | 'context'> = { type: APP_ROLE_ASSIGNMENT, context: 'appRoleAssignments' };
const CREDENTIALS: Pick<Listing, 'type' | 'context'> = {
  type: FEDERATED_CREDENTIAL,
  context: 'federatedIdentityCredentials',
};

const getByIds: GraphRoute = {
  method: 'POST',
  path: 'directoryobjects/getbyids',
  needs: READ_ANY,
  cost: 3,
  run: (call) => {
    const body = bodyOf(call);
    const ids = textsOf(body, 'ids');
    if (ids.length === 0)
      throw badRequest("Invalid value specified for property 'ids' of resource 'directoryObjects'.");
    if (ids.length > 1000) throw badRequest(`The number of ids (${ids.length}) is over the limit of 1000.`);
    const bad = ids.find((id) => !isGuid(id));
    if (bad !== undefined) throw badRequest(`Invalid GUID: ${bad}`);
    const types = textsOf(body, 'types').map((type) => type.toLowerCase());
    const wanted = ids.filter((id) => {
      const name = anyObject(call.directory, id)?.type.name.toLowerCase();
      return types.length === 0 || types.includes('directoryobject') || (name !== undefined && types.includes(name));
    });
    const list = mixed(call, wanted);
    const value = list.rows.all().map((row) => {
      const type = list.typeFor?.(row) ?? USER;
      return { '@odata.type': `#microsoft.graph.${type.name}`, ...show(type, row, null) };
    });
    return json({ '@odata.context': `${call.page.url}/${call.version}/$metadata#directoryObjects`, value });
  },
};

const deletedItems = (name: string, needs: string): GraphRoute => ({
  method: 'GET',
  path: `directory/deleteditems/microsoft.graph.${name.toLowerCase()}`,
  needs,
  run: (call) => {
    const type = [APPLICATION, SERVICE_PRINCIPAL, USER, GROUP].find((each) => each.name === name) ?? APPLICATION;
    const rows = call.directory.deletedItems.all().filter((row) => typeOf(row).name === name);
    return answerPage(call.request, call.page, {
      type,
      context: `directory/deletedItems/microsoft.graph.${name}`,
      rows: fixedRows(rows),
    });
  },
});

/** Applications, service principals, grants, users and groups: the reading half of the directory. */
export const DIRECTORY_ROUTES: readonly GraphRoute[] = [
  ...collection('applications', READ_APPS, 2),
  ...collection('servicePrincipals', READ_APPS, 1),
  ...collection('oauth2PermissionGrants', READ_GRANTS, 2),
  ...collection('users', READ_USERS, 2),
  ...collection('groups', READ_GROUPS, 1),
  under('servicePrincipals', 'appRoleAssignments', READ_APPS, 2, (call, row) => ({
    ...ROLES_HELD,
    rows: related(call.directory.appRoleAssignments, 'principalId', textOf(row, 'id')),
  })),
  under('servicePrincipals', 'appRoleAssignedTo', READ_APPS, 2, (call, row) => ({
    type: APP_ROLE_ASSIGNMENT,
    context: `servicePrincipals('${textOf(row, 'id')}')/appRoleAssignedTo`,
    rows: related(call.directory.appRoleAssignments, 'resourceId', textOf(row, 'id')),
  })),
  under('servicePrincipals', 'owners', READ_APPS, 1, (call, row) => mixed(call, textsOf(row, 'owners'))),
  under('servicePrincipals', 'oauth2PermissionGrants', READ_GRANTS, 2, (call, row) => ({
    type: PERMISSION_GRANT,
    context: 'oauth2PermissionGrants',
    rows: related(call.directory.oauth2PermissionGrants, 'clientId', textOf(row, 'id')),
  })),
  under('applications', 'owners', READ_APPS, 1, (call, row) => mixed(call, textsOf(row, 'owners'))),
  under('applications', 'federatedIdentityCredentials', READ_CREDENTIALS, 1, (_, row) => ({
    ...CREDENTIALS,
    rows: fixedRows(objectsOf(row, 'federatedIdentityCredentials')),
  })),
  {
    method: 'GET',
    path: 'applications/{}/federatedidentitycredentials/{}',
    needs: READ_CREDENTIALS,
    run: (call) => {
      const wanted = keyOf(call, 1);
      const rows = objectsOf(objectAt(call, 'applications'), 'federatedIdentityCredentials');
      const row = rows.find((each) => sameText(textOf(each, 'id'), wanted) || textOf(each, 'name') === wanted);
      if (row === undefined) throw notFound(wanted);
      return answerObject(call.request, call.page, { ...CREDENTIALS, rows: fixedRows([]) }, row);
    },
  },
  ...(['members', 'transitiveMembers'] as const).map(
    (name): GraphRoute => ({
      method: 'GET',
      path: `groups/{}/${name.toLowerCase()}`,
      needs: READ_MEMBERS,
      cost: name === 'members' ? 3 : 5,
      run: (call) => {
        const group = call.directory.groups.get(keyOf(call));
        if (group === undefined) throw notFound(keyOf(call));
        return answerPage(
          call.request,
          call.page,
          mixed(call, idsOfMembers(call, group, name === 'transitiveMembers')),
        );
      },
    }),
  ),
  getByIds,
  {
    method: 'GET',
    path: 'directoryobjects/{}',
    needs: READ_ANY,
    run: (call) => {
      const found = anyObject(call.directory, keyOf(call));
      if (found === null) throw notFound(keyOf(call));
      return answerObject(call.request, call.page, mixed(call, [keyOf(call)]), found.row);
    },
  },
  deletedItems('application', READ_APPS),
  deletedItems('servicePrincipal', READ_APPS),
  deletedItems('user', READ_DELETED_USERS),
  deletedItems('group', READ_GROUPS),
];

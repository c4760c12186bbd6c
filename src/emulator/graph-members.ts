import { groupIdsOf } from './directory.ts';
import { anyObject, type GraphCall } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { GROUP, SERVICE_PRINCIPAL, typeOf, USER } from './graph-objects.ts';
import { fixedRows, type Listing } from './graph-page.ts';
import { show } from './graph-show.ts';
import { type Json, objectsOf, textOf, textsOf } from './json.ts';
import { guidFrom } from './make-id.ts';

/** Directory objects of several types by id; ids that name nothing are left out, as Graph leaves them out. */
export const mixed = (call: GraphCall, ids: readonly string[]): Listing => {
  const found = ids.flatMap((id) => anyObject(call.directory, id) ?? []);
  const types = new Map<Json, EntityType>(found.map(({ type, row }) => [row, type]));
  return {
    type: {
      name: 'directoryObject',
      defaults: { ...USER.defaults, ...GROUP.defaults, ...SERVICE_PRINCIPAL.defaults },
      filters: ['id'],
      expands: [],
    },
    context: 'directoryObjects',
    rows: fixedRows(found.map(({ row }) => row)),
    typeFor: (row) => types.get(row) ?? typeOf(row),
  };
};

const directoryRoles = (call: GraphCall, id: string): Json[] =>
  call.directory.roleAssignments.find('principalId', id).flatMap((row) => {
    const role = call.directory.roleDefinitions.get(textOf(row, 'roleDefinitionId'));
    if (role === undefined || textOf(row, 'directoryScopeId') !== '/') return [];
    const roleTemplateId = textOf(role, 'templateId') || textOf(role, 'id');
    const shownRole = { displayName: role['displayName'], description: role['description'], roleTemplateId };
    return [{ id: guidFrom(`${call.directory.tenantId}/${roleTemplateId}`), deletedDateTime: null, ...shownRole }];
  });

const DIRECTORY_ROLE: EntityType = {
  name: 'directoryRole',
  defaults: { id: null, deletedDateTime: null, displayName: null, description: null, roleTemplateId: null },
  filters: ['id', 'displayName'],
  expands: [],
};

/** Groups and Entra roles that a principal is in, nested ones too where `deep`. */
export const memberOf = (call: GraphCall, id: string, deep: boolean): Listing => {
  const ids = deep ? [...groupIdsOf(call.directory, id)] : (call.directory.groupsOf.get(id.toLowerCase()) ?? []);
  const listing = mixed(call, ids);
  const roles = directoryRoles(call, id);
  return {
    ...listing,
    rows: fixedRows([...listing.rows.all(), ...roles]),
    typeFor: (row) => (roles.includes(row) ? DIRECTORY_ROLE : (listing.typeFor?.(row) ?? GROUP)),
  };
};

/** Ids of a group's members, those of inner groups too where `deep`. */
export const idsOfMembers = (
  call: GraphCall,
  group: Json,
  deep: boolean,
  seen = new Set<string>(),
): readonly string[] => {
  for (const member of textsOf(group, 'members')) {
    const id = member.toLowerCase();
    if (seen.has(id)) continue;
    seen.add(id);
    const inner = deep ? call.directory.groups.get(id) : undefined;
    if (inner !== undefined) idsOfMembers(call, inner, deep, seen);
  }
  return [...seen];
};

/** What `$expand` brings of a directory object, before the cap. */
export const relation = (call: GraphCall, row: Json, name: string): readonly Json[] => {
  const id = textOf(row, 'id');
  const { directory } = call;
  const objects = (ids: readonly string[]): Json[] =>
    ids.flatMap((each) => {
      const found = anyObject(directory, each);
      return found === null
        ? []
        : [{ '@odata.type': `#microsoft.graph.${found.type.name}`, ...show(found.type, found.row, null) }];
    });
  switch (name) {
    case 'owners':
      return objects(textsOf(row, 'owners'));
    case 'members':
      return objects(textsOf(row, 'members'));
    case 'memberOf':
      return objects(directory.groupsOf.get(id.toLowerCase()) ?? []);
    case 'appRoleAssignments':
      return directory.appRoleAssignments.find('principalId', id);
    case 'appRoleAssignedTo':
      return directory.appRoleAssignments.find('resourceId', id);
    case 'oauth2PermissionGrants':
      return directory.oauth2PermissionGrants.find('clientId', id);
    case 'federatedIdentityCredentials':
      return objectsOf(row, 'federatedIdentityCredentials');
    default:
      return [];
  }
};

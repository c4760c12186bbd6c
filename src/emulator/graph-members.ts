import { mayCall } from './graph-access.ts';
import { anyObject, type GraphCall } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { denied } from './graph-failure.ts';
import { GROUP, SERVICE_PRINCIPAL, typeOf, USER } from './graph-objects.ts';
import { fixedRows, type Listing } from './graph-page.ts';
import { FEDERATED_CREDENTIAL } from './graph-relations.ts';
import { show } from './graph-show.ts';
import { type Json, objectsOf, textOf, textsOf } from './json.ts';

/** Who may read federated credentials: the whole directory's readers may not (source: its list, Microsoft Graph). */
export const READ_CREDENTIALS = 'Application.Read.All|Application.ReadWrite.OwnedBy|Application.ReadWrite.All';

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

/** Federated credentials as this version shows them, to callers who may read them without being expanded too. */
const credentialsOf = (call: GraphCall, row: Json): readonly Json[] => {
  if (!mayCall({ needs: READ_CREDENTIALS }, call.caller.roles)) throw denied();
  const hidden = call.version === 'beta' ? [] : (FEDERATED_CREDENTIAL.onlyBeta ?? []);
  return objectsOf(row, 'federatedIdentityCredentials').map((credential) =>
    Object.fromEntries(
      Object.entries(show(FEDERATED_CREDENTIAL, credential, null)).filter(([key]) => !hidden.includes(key)),
    ),
  );
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
      return credentialsOf(call, row);
    default:
      return [];
  }
};

import type { RolePermissions } from './fact.ts';
import { roleId } from './ids.ts';
import type { AzureRoleName } from './snapshot.ts';
import { listOf, MalformedAnswer, objectOf, optionalStringOf, stringOf, stringsOf, type WireObject } from './wire.ts';

/** A role assignment as ARM and Resource Graph both give it. */
export interface RoleAssignmentRow {
  readonly id: string;
  readonly principal: string;
  readonly role: string;
  readonly scope: string;
  readonly condition: string | null;
  readonly created: string | null;
}

/** What the role query returned, sorted by what the rows are. */
export interface RoleRows {
  readonly assignments: readonly RoleAssignmentRow[];
  readonly definitions: readonly AzureRoleName[];
  /** Visible subscriptions, with the names of their management groups. */
  readonly subscriptions: ReadonlyMap<string, readonly string[]>;
}

const parsePermissions = (row: unknown): RolePermissions => {
  const wire = objectOf(row, 'a block of permissions');
  return {
    actions: stringsOf(wire, 'actions'),
    notActions: stringsOf(wire, 'notActions'),
    dataActions: stringsOf(wire, 'dataActions'),
    notDataActions: stringsOf(wire, 'notDataActions'),
  };
};

/** `properties` of a role definition, under the GUID that is its name. */
export const parseRoleDefinition = (id: string, properties: unknown): AzureRoleName => {
  const wire = objectOf(properties, 'a role definition');
  const type = optionalStringOf(wire, 'type') ?? optionalStringOf(wire, 'roleType');
  return {
    id: roleId(id),
    name: stringOf(wire, 'roleName'),
    // Only a role that Azure calls built-in may answer to a built-in's name.
    type: type?.toLowerCase() === 'builtinrole' ? 'BuiltInRole' : 'CustomRole',
    permissions: listOf(wire, 'permissions').map(parsePermissions),
  };
};

/** The GUID at the end of a role definition's id, which alone identifies it. */
const roleGuid = (roleDefinitionId: string): string => {
  const last = roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? '';
  if (last === '') throw new MalformedAnswer('`roleDefinitionId` ends without a GUID');
  return last;
};

/** One role assignment: an ARM object, or a row of Resource Graph. */
export const parseRoleAssignment = (row: unknown): RoleAssignmentRow => {
  const wire = objectOf(row, 'a role assignment');
  const properties = objectOf(wire['properties'], '`properties` of a role assignment');
  return {
    id: stringOf(wire, 'id'),
    principal: stringOf(properties, 'principalId').toLowerCase(),
    role: roleGuid(stringOf(properties, 'roleDefinitionId')),
    scope: stringOf(properties, 'scope'),
    condition: optionalStringOf(properties, 'condition'),
    created: optionalStringOf(properties, 'createdOn'),
  };
};

const parseAncestors = (wire: WireObject): readonly string[] => {
  const properties = objectOf(wire['properties'] ?? {}, '`properties` of a subscription');
  return listOf(properties, 'managementGroupAncestorsChain').map((group) =>
    stringOf(objectOf(group, 'a management group'), 'name'),
  );
};

/** All rows of the role query; a row of an unknown type is malformed, not skipped. */
export const parseRoleRows = (rows: readonly unknown[]): RoleRows => {
  const assignments: RoleAssignmentRow[] = [];
  const definitions: AzureRoleName[] = [];
  const subscriptions = new Map<string, readonly string[]>();
  for (const row of rows) {
    const wire = objectOf(row, 'a row');
    const type = stringOf(wire, 'type').toLowerCase();
    if (type === 'microsoft.authorization/roleassignments') {
      const assignment = parseRoleAssignment(row);
      assignments.push(assignment);
      const definition = wire['definition'];
      if (definition !== null && definition !== undefined && definition !== '')
        definitions.push(parseRoleDefinition(assignment.role, definition));
    } else if (type === 'microsoft.authorization/roledefinitions')
      definitions.push(parseRoleDefinition(stringOf(wire, 'name'), wire['properties']));
    else if (type === 'microsoft.resources/subscriptions')
      subscriptions.set(stringOf(wire, 'id').split('/')[2]?.toLowerCase() ?? '', parseAncestors(wire));
    else throw new MalformedAnswer(`a row is of type \`${type}\`, which was not asked for`);
  }
  return { assignments, definitions, subscriptions };
};

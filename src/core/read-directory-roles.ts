import { type ObjectId, objectId, type RoleId, roleId } from './ids.ts';
import type { Answer, GraphPort } from './ports.ts';
import { readRows } from './read-rows.ts';
import { objectOf, optionalStringOf, stringOf } from './wire.ts';

/** A directory role that is held, or may be activated, as Microsoft Graph gives it. */
export interface DirectoryRoleRow {
  readonly id: string;
  readonly principal: ObjectId;
  readonly role: { readonly id: RoleId; readonly name: string };
  /** `/` for the whole directory. */
  readonly scope: string;
  readonly eligible: boolean;
}

const parseRow =
  (eligible: boolean) =>
  (row: unknown): DirectoryRoleRow => {
    const wire = objectOf(row, 'a directory role assignment');
    const definition = objectOf(wire['roleDefinition'], '`roleDefinition`');
    return {
      id: stringOf(wire, 'id'),
      principal: objectId(stringOf(wire, 'principalId')),
      role: {
        id: roleId(optionalStringOf(definition, 'templateId') ?? stringOf(definition, 'id')),
        name: stringOf(definition, 'displayName'),
      },
      scope: optionalStringOf(wire, 'directoryScopeId') ?? '/',
      eligible,
    };
  };

const readFrom = async (
  collection: string,
  filter: string,
  eligible: boolean,
  graph: GraphPort,
): Promise<Answer<readonly DirectoryRoleRow[]>> => {
  const path = `/roleManagement/directory/${collection}?$filter=${filter}&$expand=roleDefinition`;
  return readRows(await graph.list(path), `GET ${path}`, parseRow(eligible));
};

/** Roles that up to 15 principals hold at this moment, those that they activated included. */
export const readActiveRoles = (principals: readonly string[], graph: GraphPort) =>
  readFrom('roleAssignments', `principalId in (${principals.map((id) => `'${id}'`).join(',')})`, false, graph);

/** Roles that principals may activate. The filter knows no `in` (source: unifiedRoleEligibilityScheduleInstance, Microsoft Graph). */
export const readEligibleRoles = (principals: readonly string[], graph: GraphPort) =>
  readFrom(
    'roleEligibilityScheduleInstances',
    principals.map((id) => `principalId eq '${id}'`).join(' or '),
    true,
    graph,
  );

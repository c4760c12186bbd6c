import { objectId, type RoleId, roleId } from '../core/ids.ts';
import { readRows } from '../core/read-rows.ts';
import { objectOf, stringOf } from '../core/wire.ts';
import { defineWriter } from '../core/writer.ts';

/** An assignment of the principal, as Graph tells it. */
interface Held {
  readonly id: string;
  readonly resource: string;
  readonly role: RoleId;
}

const parseRow = (row: unknown): Held => {
  const wire = objectOf(row, 'an app role assignment');
  return {
    id: stringOf(wire, 'id'),
    resource: objectId(stringOf(wire, 'resourceId')),
    role: roleId(stringOf(wire, 'appRoleId')),
  };
};

/**
 * Grants and revokes on the API's side, as Microsoft recommends. Sources: Grant an appRoleAssignment for a service principal,
 * Delete appRoleAssignedTo, Microsoft Graph v1.0.
 */
export const appRoleAssignment = defineWriter<'app-role-assignment', readonly Held[]>({
  kind: 'app-role-assignment',
  targets: ({ before, after }, ids) => {
    const fact = after ?? before;
    const principal = fact === null ? null : ids.principal(fact.identity);
    const resource = fact === null ? null : ids.api(fact.api);
    // Permissions without a user are the apps' own: what says otherwise speaks of something else.
    if (fact === null || principal?.type !== 'ServicePrincipal' || resource === null) return [];
    const { role } = fact;
    return [
      {
        kind: 'app-role-assignment',
        principal: principal.id,
        resource,
        role,
        assignmentId: before?.assignmentId ?? null,
      },
    ];
  },
  observe: async ({ principal }, { graph }) => {
    const path = `/servicePrincipals/${principal}/appRoleAssignments?$top=999`;
    return readRows(await graph.list(path), `GET ${path}`, parseRow);
  },
  foresee: ({ resource, role }, facts, earlier, ids) => {
    // Two APIs may give a role the same id.
    const held = facts.flatMap((fact) =>
      fact.role === role && ids.api(fact.api) === resource && fact.assignmentId !== null ? fact.assignmentId : [],
    );
    const last = earlier.findLast(({ target }) => target.resource === resource && target.role === role);
    if (last?.action === 'delete') return [];
    const made = last === undefined ? held : [...held, 'made before'];
    return made.map((id) => ({ id, resource, role }));
  },
  assess: ({ principal, resource, role, assignmentId }, action, stands) => {
    const found = stands.find((held) => held.resource === resource && held.role === role);
    const collection = `/v1.0/servicePrincipals/${resource}/appRoleAssignedTo`;
    if (action !== 'delete') {
      if (found !== undefined) return { state: 'done' };
      const body = { principalId: principal, resourceId: resource, appRoleId: role };
      return { state: 'ready', request: { api: 'graph', method: 'POST', path: collection, body } };
    }
    if (found === undefined) return { state: 'done' };
    if (found.id !== assignmentId)
      return { state: 'surprise', why: `another assignment gives the same permission now, \`${found.id}\`` };
    const path = `${collection}/${encodeURIComponent(found.id)}`;
    return { state: 'ready', request: { api: 'graph', method: 'DELETE', path, body: null } };
  },
});

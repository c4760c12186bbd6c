import type { Collection } from './collection.ts';
import type { Directory } from './directory.ts';
import { DIRECTORY_ROLES } from './directory-roles.ts';
import { type Json, textOf } from './json.ts';
import { guidFrom, idOfGuids } from './make-id.ts';
import { TenantFileError } from './tenant-file.ts';
import type { TenantState } from './tenant-state.ts';

const fail = (message: string): never => {
  throw new TenantFileError('tenant', [message]);
};

/** An Entra role definition as Graph shows it. */
const roleDefinition = (id: string, displayName: string): Json => ({
  id,
  description: displayName,
  displayName,
  isBuiltIn: true,
  isEnabled: true,
  resourceScopes: ['/'],
  templateId: id,
  version: '1',
  rolePermissions: [],
});

/** Adds the Entra roles, and who holds them or may take them. Throws `TenantFileError` for a role that is none. */
export const addDirectoryRoles = (directory: Directory, state: TenantState, since: string): void => {
  for (const [name, id] of Object.entries(DIRECTORY_ROLES)) directory.roleDefinitions.put(roleDefinition(id, name));
  for (const row of state.graph?.roleDefinitions ?? []) {
    const id = textOf(row, 'id') || guidFrom(`${state.tenantId}/role/${textOf(row, 'displayName')}`);
    directory.roleDefinitions.put({ ...roleDefinition(id, ''), isBuiltIn: false, ...row, id });
  }
  const roleId = (row: Json, place: string): string => {
    const name = textOf(row, 'roleName');
    const given = textOf(row, 'roleDefinitionId');
    if (given !== '') return given;
    const found = directory.roleDefinitions.find('displayName', name)[0];
    return found === undefined ? fail(`${place}.roleName is \`${name}\`, which is no Entra role`) : textOf(found, 'id');
  };
  const put = (
    into: Collection,
    rows: readonly Json[] = [],
    place: string,
    suffix: string,
    more: (row: Json) => Json,
  ): void => {
    for (const [index, row] of rows.entries()) {
      const role = roleId(row, `${place}[${index}]`);
      const principalId = textOf(row, 'principalId');
      const id = textOf(row, 'id') || `${idOfGuids(role, principalId)}${suffix}`;
      const directoryScopeId = textOf(row, 'directoryScopeId') || '/';
      into.put({ id, principalId, roleDefinitionId: role, directoryScopeId, ...more(row) });
    }
  };
  put(directory.roleAssignments, state.graph?.roleAssignments, 'graph.roleAssignments', '-1', () => ({}));
  put(directory.roleEligibilities, state.graph?.roleEligibilities, 'graph.roleEligibilities', '-1-e', (row) => ({
    appScopeId: null,
    startDateTime: textOf(row, 'startDateTime') || since,
    endDateTime: row['endDateTime'] ?? null,
    memberType: textOf(row, 'memberType') || 'Direct',
    roleEligibilityScheduleId: textOf(row, 'roleEligibilityScheduleId') || guidFrom(JSON.stringify(row)),
  }));
};

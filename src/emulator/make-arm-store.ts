import { canonicalScope } from '../core/scope.ts';
import { type ArmStore, authorizationRow, lastSegment, type ManagementGroup, roleDefinitionIdAt } from './arm-store.ts';
import { Collection } from './collection.ts';
import { isJson, type Json, objectOf, textOf } from './json.ts';
import { guidFrom } from './make-id.ts';
import { TenantFileError } from './tenant-file.ts';
import type { AzureRoleState, TenantState } from './tenant-state.ts';

/** Roles that Azure always has, for states that name no others (source: Azure built-in roles). */
const BASE_ROLES: readonly AzureRoleState[] = [
  { id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', roleName: 'Owner', permissions: [{ actions: ['*'] }] },
  { id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', roleName: 'Reader', permissions: [{ actions: ['*/read'] }] },
  {
    id: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    roleName: 'Contributor',
    permissions: [
      {
        actions: ['*'],
        notActions: [
          'Microsoft.Authorization/*/Delete',
          'Microsoft.Authorization/*/Write',
          'Microsoft.Authorization/elevateAccess/Action',
        ],
      },
    ],
  },
  {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    roleName: 'User Access Administrator',
    permissions: [{ actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'] }],
  },
];

const permissionOf = (row: unknown): Json => ({
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...(isJson(row) ? row : {}),
});

const builtIn = (role: AzureRoleState): Json => ({
  roleName: role.roleName,
  type: 'BuiltInRole',
  description: role.roleName,
  assignableScopes: ['/'],
  permissions: role.permissions.map(permissionOf),
  createdOn: '2015-02-02T21:55:09.8806423Z',
  updatedOn: '2015-02-02T21:55:09.8806423Z',
  createdBy: null,
  updatedBy: null,
});

const makeRoles = (state: TenantState, known: readonly AzureRoleState[]): Map<string, Json> => {
  const roles = new Map<string, Json>();
  for (const role of [...BASE_ROLES, ...known, ...(state.arm?.builtInRoles ?? [])]) {
    roles.set(lastSegment(role.id).toLowerCase(), builtIn(role));
  }
  for (const role of state.arm?.roleDefinitions ?? []) {
    const properties = isJson(role['properties']) ? role['properties'] : role;
    const guid = lastSegment(textOf(role, 'name') || textOf(role, 'id')) || guidFrom(JSON.stringify(role));
    const permissions = Array.isArray(properties['permissions']) ? properties['permissions'].map(permissionOf) : [];
    roles.set(guid.toLowerCase(), {
      type: 'CustomRole',
      description: '',
      assignableScopes: [],
      ...properties,
      permissions,
    });
  }
  return roles;
};

const roleGuid = (roles: ReadonlyMap<string, Json>, row: Json, place: string): string => {
  const given = textOf(row, 'roleDefinitionId');
  if (given !== '') return lastSegment(given).toLowerCase();
  const name = textOf(row, 'roleName');
  const found = [...roles].find(([, role]) => textOf(role, 'roleName').toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found[0];
  throw new TenantFileError('tenant', [`${place} names the role \`${name}\`, which is no Azure role of this tenant`]);
};

const assignmentRows = (state: TenantState, roles: ReadonlyMap<string, Json>, since: string): Json[] =>
  (state.arm?.roleAssignments ?? []).map((row, index) => {
    const flat: Json = { ...row, ...objectOf(row, 'properties') };
    const scope = textOf(flat, 'scope');
    const guid = roleGuid(roles, flat, `arm.roleAssignments[${index}]`);
    const createdOn = textOf(flat, 'createdOn') || since;
    const principalId = textOf(flat, 'principalId');
    return authorizationRow(
      'roleAssignments',
      scope,
      textOf(flat, 'name') || guidFrom(`${scope}/${principalId}/${guid}`),
      {
        roleDefinitionId: textOf(flat, 'roleDefinitionId') || roleDefinitionIdAt(scope, guid),
        principalId,
        principalType: textOf(flat, 'principalType') || 'ServicePrincipal',
        scope,
        condition: flat['condition'] ?? null,
        conditionVersion: flat['condition'] == null ? null : (flat['conditionVersion'] ?? '2.0'),
        createdOn,
        updatedOn: textOf(flat, 'updatedOn') || createdOn,
        createdBy: flat['createdBy'] ?? null,
        updatedBy: flat['updatedBy'] ?? null,
        delegatedManagedIdentityResourceId: null,
        description: flat['description'] ?? null,
      },
    );
  });

const scopedRows = (sort: string, rows: readonly Json[] = [], complete: (row: Json) => Json = (row) => row): Json[] =>
  rows.map((row, index) => {
    const properties = isJson(row['properties']) ? row['properties'] : row;
    const scope = textOf(properties, 'scope') || textOf(row, 'scope') || '/';
    const name = textOf(row, 'name') || guidFrom(`${sort}/${index}/${scope}`);
    return authorizationRow(sort, scope, name, complete({ ...properties, scope }));
  });

const makeGroups = (state: TenantState): Map<string, ManagementGroup> => {
  const root = state.tenantId.toLowerCase();
  const groups = new Map<string, ManagementGroup>([
    [root, { name: state.tenantId, displayName: 'Tenant Root Group', parent: null }],
  ]);
  for (const row of state.arm?.managementGroups ?? []) {
    const name = lastSegment(textOf(row, 'id'));
    const parent = lastSegment(textOf(row, 'parent')).toLowerCase() || root;
    const own = name.toLowerCase() === root;
    groups.set(name.toLowerCase(), {
      name,
      displayName: textOf(row, 'displayName') || name,
      parent: own ? null : parent,
    });
  }
  return groups;
};

/** Builds Azure of a state; `principalOf` finds a caller's object id. Throws `TenantFileError` for unknown roles. */
export const makeArmStore = (
  state: TenantState,
  known: readonly AzureRoleState[],
  principalOf: (appId: string) => string,
  since: string,
): ArmStore => {
  const roles = makeRoles(state, known);
  const roleAssignments = new Collection(['principalId', 'name'], assignmentRows(state, roles, since));
  for (const [index, caller] of (state.callers ?? []).entries()) {
    const principalId = principalOf(caller.appId);
    for (const { role, scope } of caller.armRoles ?? []) {
      const guid = roleGuid(roles, { roleName: role }, `callers[${index}].armRoles`);
      const properties = {
        roleDefinitionId: roleDefinitionIdAt(scope, guid),
        principalId,
        principalType: 'ServicePrincipal',
        scope,
      };
      const stamps = {
        condition: null,
        conditionVersion: null,
        createdOn: since,
        updatedOn: since,
        createdBy: null,
        updatedBy: null,
      };
      roleAssignments.put(
        authorizationRow('roleAssignments', scope, guidFrom(`${scope}/${principalId}/${guid}`), {
          ...properties,
          ...stamps,
        }),
      );
    }
  }
  return {
    tenantId: state.tenantId,
    subscriptions: new Map(
      (state.arm?.subscriptions ?? []).map((row) => [textOf(row, 'subscriptionId').toLowerCase(), row]),
    ),
    managementGroups: makeGroups(state),
    roleDefinitions: roles,
    roleAssignments,
    denyAssignments: new Collection([], scopedRows('denyAssignments', state.arm?.denyAssignments)),
    roleEligibilities: new Collection(
      ['principalId'],
      scopedRows('roleEligibilityScheduleInstances', state.arm?.roleEligibilities, (row) => ({
        roleDefinitionId: roleDefinitionIdAt(textOf(row, 'scope'), roleGuid(roles, row, 'arm.roleEligibilities')),
        roleEligibilityScheduleId: guidFrom(JSON.stringify(row)),
        status: 'Provisioned',
        memberType: 'Direct',
        principalType: 'ServicePrincipal',
        startDateTime: since,
        endDateTime: null,
        ...row,
      })),
    ),
    resources: new Map((state.arm?.resources ?? []).map((row) => [canonicalScope(textOf(row, 'id')), row])),
    behind: new Map(),
  };
};

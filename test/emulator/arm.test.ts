import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askArm, send, start, tokenFor } from './connect.ts';
import { BACKUP_SP, OTHER, RESOURCE_GROUP, SUBSCRIPTION, state, VAULT, WEAK } from './tenant.ts';

const V = 'api-version=2022-04-01';
const SCOPE = `/subscriptions/${SUBSCRIPTION}`;
const NAME = '00000000-0000-4000-8000-0000000000aa';
const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const authorization = (scope: string, rest: string) => `${scope}/providers/Microsoft.Authorization/${rest}`;

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

const weak = [WEAK, 'weak-secret'] as const;

describe('a read', () => {
  test.each<[string, string, number]>([
    ['subscriptions that the caller sees', `/subscriptions?${V}`, 1],
    ['assignments at, above and below', authorization(SCOPE, `roleAssignments?${V}`), 4],
    ['assignments at and above', authorization(SCOPE, `roleAssignments?${V}&$filter=atScope()`), 2],
    [
      'assignments of a principal, quoted',
      authorization(SCOPE, `roleAssignments?${V}&$filter=principalId eq '${BACKUP_SP}'`),
      1,
    ],
    [
      'assignments of a principal, bare',
      authorization(SCOPE, `roleAssignments?${V}&$filter=principalId eq ${BACKUP_SP}`),
      1,
    ],
    [
      'assignments of a principal and its groups',
      authorization(SCOPE, `roleAssignments?${V}&$filter=assignedTo('${BACKUP_SP}')`),
      2,
    ],
    [
      'assignments at and above of a principal and its groups',
      authorization(SCOPE, `roleAssignments?${V}&$filter=atScope() and assignedTo('${BACKUP_SP}')`),
      1,
    ],
    ['a scope in other case', authorization(SCOPE.toUpperCase(), `ROLEASSIGNMENTS?${V}`), 4],
    ['a doubled slash', `/${authorization(SCOPE, `roleAssignments?${V}`)}`, 4],
    ['definitions by name', authorization(SCOPE, `roleDefinitions?${V}&$filter=roleName eq 'Backup Contributor'`), 1],
    ['definitions by type', authorization(SCOPE, `roleDefinitions?${V}&$filter=type eq 'CustomRole'`), 1],
    ['deny assignments', authorization(SCOPE, `denyAssignments?${V}`), 0],
    ['eligibilities', authorization(SCOPE, `roleEligibilityScheduleInstances?api-version=2020-10-01`), 0],
    ['vaults of a subscription', `${SCOPE}/providers/Microsoft.RecoveryServices/vaults?${V}`, 1],
    ['vaults of a group', `${RESOURCE_GROUP}/providers/microsoft.recoveryservices/VAULTS?${V}`, 1],
    ['vaults of a type that is not there', `${SCOPE}/providers/Microsoft.DataProtection/backupVaults?${V}`, 0],
    ['resource groups', `${SCOPE}/resourceGroups?${V}`, 1],
    ['children of a resource', `${VAULT}/backupPolicies?${V}`, 0],
  ])('of %s', async (_, path, count) => {
    const { status, body } = await askArm(tenant, path);
    expect([status, body.value?.length]).toEqual([200, count]);
  });

  test('of an assignment has the shape that Azure gives', async () => {
    const { body } = await askArm(
      tenant,
      authorization(SCOPE, `roleAssignments?${V}&$filter=principalId eq '${BACKUP_SP}'`),
    );
    const [row] = body.value;
    expect(row.type).toBe('Microsoft.Authorization/roleAssignments');
    expect(row.id).toBe(authorization(RESOURCE_GROUP, `roleAssignments/${row.name}`));
    expect(row.properties).toMatchObject({
      roleDefinitionId: authorization(SCOPE, `roleDefinitions/${CONTRIBUTOR}`),
      principalId: BACKUP_SP,
      principalType: 'ServicePrincipal',
      scope: RESOURCE_GROUP,
      condition: null,
      createdOn: '2026-11-22T00:00:00Z',
    });
    expect((await askArm(tenant, `${row.id}?${V}`)).body).toEqual(row);
  });

  test.each<[string, string, string]>([
    ['resource', `${VAULT}?${V}`, 'vault-1'],
    ['resource in other case', `${VAULT.toUpperCase()}?${V}`, 'vault-1'],
    ['resource group', `${RESOURCE_GROUP}?${V}`, 'rg-app'],
    ['role definition', authorization(SCOPE, `roleDefinitions/${CONTRIBUTOR}?${V}`), CONTRIBUTOR],
    ['role definition of the tenant', authorization('', `roleDefinitions/${CONTRIBUTOR}?${V}`), CONTRIBUTOR],
    ['management group', `/providers/Microsoft.Management/managementGroups/mg-contoso?${V}`, 'mg-contoso'],
  ])('of a %s', async (_, path, name) => {
    const own = state();
    const callers = own.callers?.map((caller) => ({ ...caller, armRoles: [{ role: 'Reader', scope: '/' }] })) ?? [];
    const wide = await start({ tenant: { ...own, callers } });
    const { status, body } = await askArm(wide, path);
    expect([status, body.name]).toEqual([200, name]);
    await wide.close();
  });

  test('of a subscription has what the portal shows', async () => {
    const { body } = await askArm(tenant, `${SCOPE}?${V}`);
    expect(body).toMatchObject({
      id: SCOPE,
      subscriptionId: SUBSCRIPTION,
      displayName: 'Production',
      state: 'Enabled',
    });
  });

  test('comes in pages where the tenant is set to', async () => {
    const paged = await start({ pageSize: 3 });
    const first = await askArm(paged, authorization(SCOPE, `roleAssignments?${V}`));
    expect(first.body.value).toHaveLength(3);
    const next = await send(first.body.nextLink, await tokenFor(paged, 'resourceManager'));
    expect([next.body.value.length, 'nextLink' in next.body]).toEqual([1, false]);
    await paged.close();
  });
});

describe('a refusal', () => {
  const failed = (client: string, action: string, scope: string) => (oid: string) =>
    `The client '${client}' with object id '${oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;

  test.each<[string, string, (oid: string) => string]>([
    [
      'a scope above the role',
      authorization(SCOPE, `roleAssignments?${V}`),
      failed(WEAK, 'Microsoft.Authorization/roleAssignments/read', SCOPE),
    ],
    [
      'another subscription',
      `/subscriptions/${OTHER}?${V}`,
      failed(WEAK, 'Microsoft.Resources/subscriptions/read', `/subscriptions/${OTHER}`),
    ],
    [
      'a subscription that is not there',
      authorization('/subscriptions/00000000-0000-4000-8000-000000000000', `roleAssignments?${V}`),
      failed(
        WEAK,
        'Microsoft.Authorization/roleAssignments/read',
        '/subscriptions/00000000-0000-4000-8000-000000000000',
      ),
    ],
    [
      'a list of vaults',
      `${SCOPE}/providers/Microsoft.RecoveryServices/vaults?${V}`,
      failed(WEAK, 'Microsoft.RecoveryServices/vaults/read', SCOPE),
    ],
  ])('of %s', async (_, path, message) => {
    const { status, body } = await askArm(tenant, path, {}, weak);
    const { oid } = JSON.parse(
      Buffer.from((await tokenFor(tenant, 'resourceManager', ...weak)).split('.')[1] ?? '', 'base64url').toString(),
    );
    expect([status, body]).toEqual([403, { error: { code: 'AuthorizationFailed', message: message(oid) } }]);
  });

  test.each<[string, string, number, string, string]>([
    [
      'no api-version',
      SCOPE,
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    ],
    [
      'no date for api-version',
      `${SCOPE}?api-version=1.0`,
      400,
      'InvalidApiVersionParameter',
      "The api-version '1.0' is invalid. The supported versions are written as dates.",
    ],
    [
      'a resource that is not there',
      `${RESOURCE_GROUP}/providers/Microsoft.Compute/disks/none?${V}`,
      404,
      'ResourceNotFound',
      "The Resource 'Microsoft.Compute/disks/none' under resource group 'rg-app' was not found.",
    ],
    [
      'a group that is not there',
      `${SCOPE}/resourceGroups/none?${V}`,
      404,
      'ResourceGroupNotFound',
      "Resource group 'none' could not be found.",
    ],
    [
      'a type that is not there',
      `${SCOPE}/providers/Foo.Bar/things?${V}`,
      404,
      'InvalidResourceType',
      "The resource type could not be found in the namespace 'Foo.Bar' for api version '2022-04-01'.",
    ],
    [
      'an unknown filter',
      authorization(SCOPE, `roleAssignments?${V}&$filter=scope eq 'x'`),
      400,
      'UnsupportedQuery',
      "The filter 'scope eq 'x'' is not supported. Supported filters are either 'atScope()' or \"principalId eq '{value}' or assignedTo('{value}')\".",
    ],
    [
      'an assignment that is not there',
      authorization(SCOPE, `roleAssignments/${NAME}?${V}`),
      404,
      'RoleAssignmentNotFound',
      `The role assignment '${NAME}' is not found.`,
    ],
    [
      'a role that is not there',
      authorization(SCOPE, `roleDefinitions/${NAME}?${V}`),
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${NAME.replaceAll('-', '')}' does not exist.`,
    ],
  ])('of %s', async (_, path, status, code, message) => {
    const answer = await askArm(tenant, path);
    expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([status, code, message]);
    expect(answer.headers.get('x-ms-failure-cause')).toBe('gateway');
  });

  test('of a token for Graph', async () => {
    const { status, body } = await send(
      `${tenant.cloud.resourceManager}${SCOPE}?${V}`,
      await tokenFor(tenant, 'graph'),
    );
    expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationTokenAudience']);
  });

  test('by a deny assignment, in spite of the role', async () => {
    const base = state();
    const everyone = { id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' };
    const deny = {
      scope: SCOPE,
      principals: [everyone],
      excludePrincipals: [],
      permissions: [{ actions: ['*/read'], notActions: [] }],
    };
    const denying = await start({ tenant: { ...base, arm: { ...base.arm, denyAssignments: [deny] } } });
    expect((await askArm(denying, `${VAULT}?${V}`)).status).toBe(403);
    await denying.close();
  });
});

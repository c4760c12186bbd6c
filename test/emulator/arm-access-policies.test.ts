import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { askArm, start } from './connect.ts';
import { BACKUP_SP, OWNER, READER, RESOURCE_GROUP, state, TENANT, WEAK } from './tenant.ts';

const KEY_VAULT = `${RESOURCE_GROUP}/providers/Microsoft.KeyVault/vaults/kv-prod`;
const V = 'api-version=2023-07-01';
const other = { tenantId: TENANT, objectId: OWNER, permissions: { keys: ['all'] } };
const own = { tenantId: TENANT, objectId: BACKUP_SP, permissions: { keys: ['get', 'list'], secrets: ['get'] } };

const open = (policies: readonly object[] = [other, own], more: Partial<EmulatorOptions> = {}) => {
  const base = state();
  const callers = base.callers?.map((caller) => ({
    ...caller,
    armRoles: caller.appId === READER ? [{ role: 'Contributor', scope: RESOURCE_GROUP }] : [],
  }));
  const vault = {
    id: KEY_VAULT,
    name: 'kv-prod',
    type: 'Microsoft.KeyVault/vaults',
    location: 'westeurope',
    tags: { owner: 'backup' },
    properties: { tenantId: TENANT, vaultUri: 'https://kv-prod.vault.azure.net', accessPolicies: policies },
  };
  const arm = { ...base.arm, resources: [...(base.arm?.resources ?? []), vault] };
  return start({ tenant: { ...base, ...(callers === undefined ? {} : { callers }), arm }, ...more });
};
type Tenant = Awaited<ReturnType<typeof open>>;

const put = (tenant: Tenant, operation: string, body: unknown, vault = KEY_VAULT, method = 'PUT') =>
  askArm(tenant, `${vault}/accessPolicies/${operation}?${V}`, { method, body: JSON.stringify(body) });
const asking = (...accessPolicies: readonly object[]) => ({ properties: { accessPolicies } });
const giving = (permissions: object, more: object = {}) => asking({ ...own, permissions, ...more });
const held = async (tenant: Tenant): Promise<unknown> =>
  (await askArm(tenant, `${KEY_VAULT}?${V}`)).body.properties.accessPolicies;

describe('an access policy', () => {
  test.each<[string, string, object, object | null]>([
    ['merges', 'add', { keys: ['GET', 'wrapKey'] }, { keys: ['get', 'list', 'wrapKey'], secrets: ['get'] }],
    ['merges what is there already', 'add', { keys: ['get'] }, own.permissions],
    ['overwrites the own one', 'replace', { keys: ['wrapKey'] }, { keys: ['wrapKey'], secrets: [] }],
    ['takes away what is named', 'remove', { keys: ['Get'] }, { keys: ['list'], secrets: ['get'] }],
    [
      'takes nothing away that is not held',
      'remove',
      { certificates: ['get'] },
      { ...own.permissions, certificates: [] },
    ],
    ['goes with its last permission', 'remove', own.permissions, null],
    ['that is overwritten by nothing goes', 'replace', {}, null],
    ['of another spelling of the operation', 'ADD', { storage: ['get'] }, { ...own.permissions, storage: ['get'] }],
  ])('%s: %s', async (_, operation, permissions, after) => {
    const tenant = await open();
    const policies = after === null ? [other] : [other, { ...own, permissions: after }];
    const { status, body } = await put(tenant, operation, giving(permissions));
    expect([status, body]).toEqual([
      200,
      {
        id: `${KEY_VAULT}/accessPolicies/`,
        type: 'Microsoft.KeyVault/vaults/accessPolicies',
        properties: { accessPolicies: policies },
      },
    ]);
    const vault = await askArm(tenant, `${KEY_VAULT}?${V}`);
    expect(vault.body.properties.accessPolicies).toEqual(policies);
    expect([vault.body.tags, vault.body.properties.vaultUri]).toEqual([
      { owner: 'backup' },
      'https://kv-prod.vault.azure.net',
    ]);
    await tenant.close();
  });

  test('of somebody new is added, and of an application on whose behalf it counts is another one', async () => {
    const tenant = await open([other]);
    await put(tenant, 'add', giving({ keys: ['get'] }));
    await put(tenant, 'add', giving({ keys: ['list'] }, { applicationId: WEAK }));
    expect(await held(tenant)).toEqual([
      other,
      { ...own, permissions: { keys: ['get'] } },
      { ...own, applicationId: WEAK, permissions: { keys: ['list'] } },
    ]);
    await tenant.close();
  });

  test('is seen after as many reads as the tenant lags', async () => {
    const tenant = await open([other], { replicationLag: 2 });
    await put(tenant, 'add', giving({ keys: ['get'] }));
    expect(await held(tenant)).toEqual([other]);
    await put(tenant, 'add', giving({ keys: ['list'] }));
    expect([await held(tenant), await held(tenant)]).toEqual([[other], [other]]);
    expect(await held(tenant)).toEqual([other, { ...own, permissions: { keys: ['get', 'list'] } }]);
    await tenant.close();
  });

  test.each([
    ['lost', { lost: true as const }, 'fetch failed', 2],
    ['cut', { cut: true as const }, 'fetch failed', 1],
  ])('is there or not where the answer is %s', async (_, answer, message, policies) => {
    const tenant = await open([other], { faults: [{ match: { method: 'PUT' }, answer }] });
    await expect(put(tenant, 'add', giving({ keys: ['get'] }))).rejects.toThrow(message);
    expect(await held(tenant)).toHaveLength(policies);
    await tenant.close();
  });
});

describe('refused is', () => {
  test.each<[string, string, unknown, number, string, string]>([
    [
      'an operation of another name',
      'merge',
      giving({}),
      400,
      'BadRequest',
      "'merge' is not a supported access policy operation.",
    ],
    ['no policy', 'add', asking(), 400, 'BadRequest', "The parameter 'accessPolicies' is not specified."],
    [
      'no body',
      'add',
      null,
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    ],
    [
      'no tenant',
      'add',
      giving({}, { tenantId: null }),
      400,
      'BadRequest',
      "The access policy has an invalid value for 'tenantId'.",
    ],
    [
      'a name for a principal',
      'add',
      giving({}, { objectId: 'me' }),
      400,
      'BadRequest',
      "The access policy has an invalid value for 'objectId'.",
    ],
    [
      'no permissions',
      'add',
      asking({ tenantId: TENANT, objectId: OWNER }),
      400,
      'BadRequest',
      "The access policy names no 'permissions'.",
    ],
  ])('%s', async (_, operation, body, status, code, message) => {
    const tenant = await open();
    const answer = await put(tenant, operation, body);
    expect([answer.status, answer.body]).toEqual([status, { error: { code, message } }]);
    expect(await held(tenant)).toEqual([other, own]);
    await tenant.close();
  });

  test('a key vault that is not there, another method, and who may not write', async () => {
    const tenant = await open();
    const gone = await put(tenant, 'add', giving({ keys: ['get'] }), KEY_VAULT.replace('kv-prod', 'kv-gone'));
    expect([gone.status, gone.body.error.code]).toEqual([404, 'ResourceNotFound']);
    const posted = await put(tenant, 'add', giving({ keys: ['get'] }), KEY_VAULT, 'POST');
    expect([posted.status, posted.body.error.code]).toEqual([405, 'MethodNotAllowed']);
    await tenant.close();
    const reader = await start({ tenant: state() });
    const denied = await put(reader, 'add', giving({ keys: ['get'] }));
    expect([denied.status, denied.body.error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(denied.body.error.message).toContain("'Microsoft.KeyVault/vaults/accessPolicies/write'");
    await reader.close();
  });

  test('more access policies than a vault takes', async () => {
    const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const full = Array.from({ length: 1024 }, (_, index) => ({ ...other, objectId: id(index) }));
    const tenant = await open(full);
    const { status, body } = await put(tenant, 'add', giving({ keys: ['get'] }));
    expect([status, body.error.message]).toEqual([400, 'A vault takes at most 1024 access policies.']);
    await tenant.close();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askArm, start } from './connect.ts';
import { RESOURCE_GROUP, state, VAULT } from './tenant.ts';

const account = `${RESOURCE_GROUP}/providers/Microsoft.Storage/storageAccounts/stdocs`;
const other = `${RESOURCE_GROUP}/providers/Microsoft.Storage/storageAccounts/stkept`;
const lock = `${VAULT}/providers/Microsoft.Authorization/locks/keep`;
const instance = `${VAULT}/backupProtectedItems/vm`;
const stranger = ['99999999-9999-4999-8999-999999999999', 'no-rights'] as const;

let tenant: Emulator;
beforeAll(async () => {
  const plain = state();
  const vaultType = 'Microsoft.RecoveryServices/vaults';
  const made = [
    { id: account, type: 'Microsoft.Storage/storageAccounts', name: 'stdocs' },
    { id: other, type: 'Microsoft.Storage/storageAccounts', name: 'stkept' },
    {
      id: `${other}/blobServices/default`,
      type: 'Microsoft.Storage/storageAccounts/blobServices',
      properties: { isVersioningEnabled: true },
    },
    { id: instance, type: `${vaultType}/backupProtectedItems`, properties: {} },
    { id: lock, type: 'Microsoft.Authorization/locks', properties: { level: 'CanNotDelete' } },
  ];
  tenant = await start({
    tenant: {
      ...plain,
      callers: [...(plain.callers ?? []), { appId: stranger[0], secret: stranger[1], roles: [], armRoles: [] }],
      arm: { ...plain.arm, resources: [...(plain.arm?.resources ?? []), ...made] },
    },
  });
});
afterAll(() => tenant.close());

describe('what lies in a resource', () => {
  test.each([
    ['backups of a vault', `${VAULT}/backupProtectedItems`, [instance]],
    ['locks of a vault', `${VAULT}/providers/Microsoft.Authorization/locks`, [lock]],
    ['guards that a vault does not have', `${VAULT}/backupResourceGuardProxies`, []],
  ])('is listed: %s', async (_, path, expected) => {
    const { status, body } = await askArm(tenant, `${path}?api-version=2024-04-01`);
    expect([status, body.value.map(({ id }: { id: string }) => id)]).toEqual([200, expected]);
  });

  test.each([
    ['as the state has it', other, { isVersioningEnabled: true }],
    ['where the state says nothing of it', account, { cors: { corsRules: [] } }],
  ])('is there with a storage account: its blob service, %s', async (_, of, properties) => {
    const { status, body } = await askArm(tenant, `${of}/blobServices/default?api-version=2023-05-01`);
    expect([status, body.properties]).toEqual([200, properties]);
  });

  test.each([
    ['the blob service of an account that is not there', `${account}x/blobServices/default`, 404],
    ['another blob service', `${account}/blobServices/second`, 404],
    ['backups of a vault that is not there', `${VAULT}x/backupProtectedItems`, 404],
  ])('is not made up: %s', async (_, path, status) => {
    expect((await askArm(tenant, `${path}?api-version=2023-05-01`)).status).toBe(status);
  });

  test.each([`${VAULT}/backupProtectedItems`, `${account}/blobServices/default`])(
    'is refused to who may not read there: %s',
    async (path) => {
      const { status, body } = await askArm(tenant, `${path}?api-version=2023-05-01`, undefined, stranger);
      expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
    },
  );
});

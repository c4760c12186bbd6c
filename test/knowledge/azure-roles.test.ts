import { describe, expect, test } from 'vitest';
import type { RolePermissions } from '../../src/core/fact.ts';
import { azureRoles, findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { hasSharedData, readShared } from './shared-data.ts';

test('there are at least 45, each once', () => {
  expect(azureRoles.length).toBeGreaterThanOrEqual(45);
  expect(new Set(azureRoles.map((role) => role.id)).size).toBe(azureRoles.length);
  expect(new Set(azureRoles.map((role) => role.name.toLowerCase())).size).toBe(azureRoles.length);
});

test.each([
  ['Contributor', 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  ['disk backup reader', '3e5e47e6-65f7-47ef-90b5-e5dd4d455f24'],
  ['B24988AC-6180-42A0-AB88-20F7382DD24C', 'b24988ac-6180-42a0-ab88-20f7382dd24c'],
  [
    '/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  ],
])('`%s` is %s', (nameOrId, id) => {
  expect(findAzureRole(nameOrId)?.id).toBe(id);
});

test.each(['', 'Contributors', 'Disk Backup', '00000000-0000-0000-0000-000000000000'])('`%s` is no role', (name) => {
  expect(findAzureRole(name)).toBeNull();
});

test('a built-in condition is kept', () => {
  expect(azureRoles.filter((role) => role.condition !== null).map((role) => role.name)).toEqual([
    'Azure File Sync Administrator',
    'Key Vault Data Access Administrator',
    'Virtual Machine Data Access Administrator (preview)',
  ]);
});

describe.skipIf(!hasSharedData)('held against the published facts (skipped where ../shared/data is absent)', () => {
  interface Published extends RolePermissions {
    readonly id: string;
    readonly name: string;
    readonly permissions?: readonly RolePermissions[];
    readonly condition?: string;
  }
  const published = new Map(
    hasSharedData
      ? readShared<readonly Published[]>('data/azure-builtin-roles.json').map((role) => [role.id, role])
      : [],
  );

  test.each(azureRoles.map((role) => [role.name, role] as const))('%s', (name, role) => {
    const wanted = published.get(role.id);
    expect(wanted?.name).toBe(name);
    const blocks = (wanted?.permissions ?? (wanted === undefined ? [] : [wanted])).map(
      ({ actions, notActions, dataActions, notDataActions }) => ({ actions, notActions, dataActions, notDataActions }),
    );
    expect(role.permissions).toEqual(blocks);
    expect(role.condition).toBe(wanted?.condition ?? null);
  });

  test('Microsoft’s mark, where it is published', () => {
    const marks = readShared<readonly { id: string; microsoftPrivileged: boolean }[]>(
      'reference/azure-backup-roles.json',
    );
    expect(marks.filter((one) => findAzureRole(one.id)?.privileged !== one.microsoftPrivileged)).toEqual([]);
  });
});

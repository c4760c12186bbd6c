import { describe, expect, it } from 'vitest';
import {
  deletesGroups,
  destroysKeys,
  destroysSnapshots,
  endOfSource,
  endOfVault,
  hasData,
} from '../../src/knowledge/destroying-actions.ts';
import { powerfulActions } from '../../src/knowledge/powerful-actions.ts';
import { workloads } from '../../src/knowledge/workloads.ts';

/** Powerful actions that the expression takes, without their provider. */
const taken = (expression: RegExp): readonly string[] =>
  powerfulActions.map(({ pattern }) => pattern).filter((pattern) => expression.test(pattern));

describe('actions that destroy', () => {
  it.each([
    ['a group', deletesGroups, ['Microsoft.Resources/subscriptions/resourceGroups/delete']],
    [
      'snapshots',
      destroysSnapshots,
      ['Microsoft.Compute/snapshots/delete', 'Microsoft.Compute/restorePointCollections/delete'],
    ],
    [
      'keys',
      destroysKeys,
      [
        'Microsoft.KeyVault/vaults/delete',
        'Microsoft.KeyVault/locations/deletedVaults/purge/action',
        'Microsoft.KeyVault/vaults/keys/delete',
        'Microsoft.KeyVault/vaults/keys/purge/action',
      ],
    ],
  ])('are known for %s', (_, expression, actions) => {
    expect([...taken(expression)].toSorted()).toEqual(actions.toSorted());
  });
  it.each([
    [
      '/providers/Microsoft.RecoveryServices/vaults/rsv',
      7,
      /^Microsoft\.(RecoveryServices\/Vaults|.*resourceGuards)\//,
    ],
    ['/providers/microsoft.dataprotection/backupVaults/bv', 6, /^Microsoft\.DataProtection\//],
  ])('are known for vaults, from deletion to retention: %s', (vault, count, provider) => {
    expect(taken(endOfVault(vault))).toHaveLength(count);
    expect(taken(endOfVault(vault)).filter((one) => !provider.test(one))).toEqual([]);
  });
  it.each([
    ['azure-vm-disk', 'Microsoft.Compute/disks/delete'],
    ['sql-in-vm-snapshot', 'Microsoft.Compute/virtualMachines/delete'],
    ['sap-hana-stream', 'Microsoft.Compute/virtualMachines/delete'],
    ['azure-data-lake', 'Microsoft.Storage/storageAccounts/delete'],
    ['azure-postgresql-flexible', 'Microsoft.DBforPostgreSQL/flexibleServers/delete'],
    ['azure-cosmos-db', 'Microsoft.DocumentDB/databaseAccounts/delete'],
  ])('end what %s protects by %s', (workload, action) => {
    expect(endOfSource(workload)?.test(action)).toBe(true);
  });
  it('are known for no workload of Microsoft 365', () => {
    const others = workloads.filter(({ planes }) => !planes.includes('azure'));
    expect(others.filter(({ id }) => endOfSource(id) !== null).map(({ id }) => id)).toEqual([]);
  });
  it('know which workloads only serve a vault', () => {
    expect(workloads.filter(({ id }) => !hasData(id)).map(({ id }) => id)).toEqual([
      'vault-encryption',
      'vault-private-endpoint',
    ]);
  });
});

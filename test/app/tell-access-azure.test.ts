import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import { eligibleRole, keyVault, keyVaultAccess } from '../support/access-facts.ts';
import { account, allows, azureRole, backupApp, disk, group, subscription } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { accessOf, rowsOf, type Seen } from '../support/tell-reaches.ts';

type Case = readonly [name: string, facts: readonly Fact[], rows: readonly string[], seen?: Seen];

const named = (cases: readonly Case[]) => cases.map(([name, facts, rows, seen = {}]) => ({ name, facts, rows, seen }));

const managementGroup = '/providers/Microsoft.Management/managementGroups/mg-prod';
const custom = (scope: string, ...actions: readonly string[]): Fact =>
  azureRole('Ours', scope, { permissions: allows(actions) });
const onData = (scope: string, ...dataActions: readonly string[]): Fact =>
  azureRole('Ours', scope, { permissions: allows([], { dataActions }) });
const exporting = 'Microsoft.Compute/disks/beginGetAccess/action';
const user: Seen['identity'] = {
  type: 'user',
  id: identityId(backupApp),
  objectId: objectId(backupApp),
  place: line(8),
};

const harmless: readonly Case[] = [
  ['no role', [], []],
  ['a role whose holder is gone', [azureRole('Owner', subscription, { orphaned: true })], []],
  ['an action on what is not there', [custom(disk('d1'), 'Microsoft.Storage/storageAccounts/listKeys/action')], []],
  [
    'deleting groups, on one resource',
    [custom(disk('d1'), 'Microsoft.Resources/subscriptions/resourceGroups/delete')],
    [],
  ],
  [
    'an action that is taken away again',
    [azureRole('Ours', subscription, { permissions: allows([exporting], { notActions: ['Microsoft.Compute/*'] }) })],
    [],
  ],
  [
    'a control action in the place of a data action',
    [custom(subscription, 'Microsoft.KeyVault/vaults/secrets/getSecret/action')],
    [],
  ],
  ['an access policy that gives nothing of the list', [keyVaultAccess('kv', { secrets: ['list'] })], []],
  ['an access policy of the other object type', [keyVaultAccess('kv', { storage: ['get'] })], []],
];

const reaching: readonly Case[] = [
  ['one group', [custom(group('rg-a'), exporting)], ['yes exports disks in resource group `rg-a`: Ours']],
  [
    'two groups',
    [custom(group('rg-b'), exporting), custom(group('rg-a'), exporting)],
    ['yes exports disks in 2 resource groups: Ours, Ours'],
  ],
  [
    'a group and what lies in it',
    [custom(group('rg-app'), exporting), custom(disk('d1'), exporting)],
    ['yes exports disks in resource group `rg-app`: Ours, Ours'],
  ],
  [
    'groups of like names',
    [custom(group('rg'), exporting), custom(group('rg-2'), exporting), custom(disk('d1', 'rg'), exporting)],
    ['yes exports disks in 2 resource groups: Ours, Ours, Ours'],
  ],
  [
    'one scope, spelt twice',
    [custom(group('rg-a'), exporting), custom(group('RG-A'), exporting)],
    ['yes exports disks in resource group `rg-a`: Ours, Ours'],
  ],
  [
    'scopes of every level',
    [
      custom(managementGroup, exporting),
      custom(subscription, exporting),
      custom(`${subscription}2/resourceGroups/rg`, exporting),
    ],
    ['yes exports disks in 1 management group, 1 subscription and 1 resource group: Ours, Ours, Ours'],
  ],
  [
    'the root',
    [custom('/', exporting), custom(subscription, exporting)],
    ['yes exports disks in every subscription: Ours, Ours'],
  ],
  [
    'single disks',
    [custom(disk('d1'), exporting), custom(disk('d2'), exporting)],
    ['yes exports disks in 2 disks: Ours, Ours'],
  ],
  [
    'a whole service',
    [custom(account('st1'), 'Microsoft.Storage/storageAccounts/*/action')],
    ['yes reads storage account keys in storage account `st1`: Ours'],
  ],
  [
    'a condition',
    [azureRole('Ours', subscription, { permissions: allows([exporting]), condition: 'x' })],
    [
      'yes exports disks in subscription `11111111-1111-4111-8111-111111111111`: Ours (a condition, which is not evaluated here, may confine `Ours`)',
    ],
  ],
  [
    'a condition beside a role without',
    [
      azureRole('Ours', group('rg-a'), { permissions: allows([exporting]), condition: 'x' }),
      custom(group('rg-b'), exporting),
    ],
    ['yes exports disks in 2 resource groups: Ours, Ours'],
  ],
  [
    'a role that could not be read',
    [azureRole('Odd', subscription, { permissions: null })],
    ['unknown assigns any Azure role:  (what `Odd` allows could not be read)'],
  ],
  [
    'a role to activate',
    [eligibleRole('Storage Blob Data Reader', account('st1'))],
    [
      'yes reads blobs or files in storage account `st1`: Storage Blob Data Reader (`Storage Blob Data Reader` has to be activated first)',
      'yes sees resources in storage account `st1`: Storage Blob Data Reader (`Storage Blob Data Reader` has to be activated first)',
    ],
  ],
  [
    'secrets, by role',
    [onData(keyVault('kv1'), 'Microsoft.KeyVault/vaults/secrets/getSecret/action')],
    ['yes reads secrets of key vaults in key vault `kv1`: Ours'],
  ],
  [
    'secrets, by giving itself access',
    [custom(keyVault('kv1'), 'Microsoft.KeyVault/vaults/accessPolicies/write')],
    [
      'yes reads secrets of key vaults in key vault `kv1`: Ours (it reads secrets by giving itself an access policy, in key vaults where those rule)',
    ],
  ],
  [
    'secrets, by access policy',
    [keyVaultAccess('kv1', { secrets: ['get', 'list'] })],
    ['yes reads secrets of key vaults in key vault `kv1`: access policy'],
  ],
  [
    'keys, by access policies',
    [keyVaultAccess('kv1', { keys: ['wrapkey'] }), keyVaultAccess('kv2', { keys: ['purge', 'unwrapkey'] })],
    [
      'yes deletes keys or key vaults in key vault `kv2`: access policy',
      'yes uses keys of key vaults in 2 key vaults: access policy, access policy',
    ],
  ],
  [
    'lifting locks by a wide pattern',
    [custom(group('rg-a'), 'Microsoft.Authorization/locks/*')],
    ['yes lifts delete locks in resource group `rg-a`: Ours', 'yes sees resources in resource group `rg-a`: Ours'],
  ],
];

describe('what is reached in Azure', () => {
  test.each(named(harmless))('nothing by $name', ({ facts, rows, seen }) => {
    expect(rowsOf(accessOf(facts, seen))).toEqual(rows);
  });

  test.each(named(reaching))('by $name', ({ facts, rows, seen }) => {
    expect(rowsOf(accessOf(facts, seen)).slice(0, rows.length)).toEqual(rows);
  });

  test.each(named(reaching.filter(([, facts]) => facts.every(({ subject }) => subject !== 'Odd'))))(
    'and by nothing more: $name',
    ({ facts, rows, seen }) => {
      expect(rowsOf(accessOf(facts, seen))).toHaveLength(rows.length);
    },
  );

  test('Owner reaches all of what resources hold', () => {
    const rows = accessOf([azureRole('Owner', group('rg-a'))]).reaches.filter(({ area }) => area === 'azure');
    expect(rows.filter(({ answer }) => answer !== 'yes').map(({ id }) => id)).toEqual([
      'uses-keys',
      'reads-stored-data',
      'changes-stored-data',
    ]);
  });

  test('Reader reaches nothing but sight', () => {
    const rows = accessOf([azureRole('Reader', subscription)]).reaches.filter(({ answer }) => answer !== 'no');
    expect(rows.map(({ id }) => id)).toEqual(['sees-resources']);
  });

  test('an access policy where Azure roles rule gives nothing, and is told', () => {
    const { reaches } = accessOf([keyVaultAccess('kv', { secrets: ['get'] }, false)]);
    const row = reaches.find(({ id }) => id === 'reads-secrets');
    expect([row?.answer, row?.remarks]).toEqual([
      'no',
      ['an access policy would give it too, but Azure roles rule there'],
    ]);
  });

  test('what was not read leaves it unknown', () => {
    const unknown = (seen: Seen) =>
      accessOf([], seen)
        .reaches.filter(({ answer }) => answer === 'unknown')
        .map(({ id }) => id);
    expect(unknown({ gaps: ['azure-role-assignment'] })).toContain('exports-disks');
    expect(unknown({ unread: ['key-vault-access'] })).toEqual(['reads-secrets', 'destroys-keys', 'uses-keys']);
    expect(unknown({ unread: ['azure-role-eligibility'] })).toEqual([]);
    expect(unknown({ unread: ['azure-role-eligibility'], identity: user })).toContain('exports-disks');
  });

  test('scopes are counted by what they are', () => {
    const { counts } = accessOf([
      azureRole('Reader', subscription),
      azureRole('Reader', disk('d1')),
      azureRole('Reader', `${subscription}2/resourceGroups/rg`),
      azureRole('Reader', '/subscriptions/s3/resourceGroups/rg/providers/Microsoft.Compute/disks/d'),
      azureRole('Reader', '/subscriptions/s3/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/k'),
      azureRole('Reader', managementGroup),
      azureRole('Reader', group('rg-gone'), { orphaned: true }),
      keyVaultAccess('kv', { secrets: ['get'] }),
    ]);
    expect(counts).toEqual({
      tenantRoots: 0,
      managementGroups: 1,
      subscriptions: 1,
      resourceGroups: 1,
      disks: 1,
      storageAccounts: 0,
      vaults: 0,
      keyVaults: 0,
      otherResources: 1,
      sites: 0,
    });
  });
});

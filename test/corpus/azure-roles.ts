import { roleId } from '../../src/core/ids.ts';
import type { AzureRoleName } from '../../src/core/snapshot.ts';
import { account, allows, disk, group } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { canDestroy, keeperTakesOver } from './labels.ts';
import { protect, type Wish, type WrittenRole } from './policy-text.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const machine = `${app}/providers/Microsoft.Compute/virtualMachines/vm-1`;
const customId = 'c0000000-0000-4000-8000-000000000001';
const reader: WrittenRole = ['Disk Backup Reader', disk('data1')];
const keeps: WrittenRole = ['Disk Snapshot Contributor', snapshots];

const disks = (roles: readonly WrittenRole[], more: Partial<Wish> = {}): Wish => ({
  protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots] })],
  roles,
  ...more,
});
const blobs = (roles: readonly WrittenRole[]): Wish => ({
  protects: [protect('azure-blob', 'backup', [account('stdocs')])],
  roles: [['Storage Account Backup Contributor', account('stdocs')], ...roles],
});
const custom = (name: string, actions: readonly string[], notActions: readonly string[] = []): AzureRoleName => ({
  id: roleId(customId),
  name,
  type: 'CustomRole',
  permissions: allows(actions, { notActions }),
});

/** Azure roles that are more than a backup needs, and those that only look so. */
export const azureRoleCases: Cases = {
  'keys: Reader and Data Access on the account': {
    policy: blobs([['Reader and Data Access', account('stdocs')]]),
    tempts: ['privileged-azure-role', 'exceeds-workload'],
    expect: ['key-access · Reader and Data Access · stdocs', keeperTakesOver],
  },
  'keys: Storage Account Key Operator Service Role on the account': {
    policy: blobs([['Storage Account Key Operator Service Role', account('stdocs')]]),
    tempts: ['privileged-azure-role', 'role-wider-than-needed'],
    expect: ['key-access · Storage Account Key Operator Service Role · stdocs', keeperTakesOver],
  },
  'keys: a custom role that lists them': {
    policy: blobs([[customId, account('stdocs')]]),
    customRoles: [custom('Account reader', ['Microsoft.Storage/storageAccounts/listKeys/action'])],
    tempts: ['privileged-azure-role'],
    expect: ['key-access · Account reader · stdocs', keeperTakesOver],
  },
  'keys: a custom role that excludes them': {
    policy: blobs([[customId, account('stdocs')]]),
    customRoles: [
      custom(
        'Account looker',
        ['Microsoft.Storage/storageAccounts/read', 'Microsoft.Storage/storageAccounts/*/action'],
        ['Microsoft.Storage/storageAccounts/*/action'],
      ),
    ],
    tempts: ['key-access', 'privileged-azure-role', 'self-escalation'],
    expect: ['redundant-permission · Account looker · stdocs'],
  },
  'keys: Storage Account Contributor tells it with the rest': {
    policy: blobs([['Storage Account Contributor', account('stdocs')]]),
    tempts: ['key-access', 'role-wider-than-needed'],
    expect: ['privileged-azure-role · Storage Account Contributor · stdocs', canDestroy, keeperTakesOver],
  },
  'control: User Access Administrator on the group': {
    policy: disks([reader, keeps, ['User Access Administrator', app]]),
    expect: [
      'self-escalation · User Access Administrator · rg-app',
      'privileged-azure-role · User Access Administrator · rg-app',
      keeperTakesOver,
    ],
  },
  'control: Role Based Access Control Administrator, under a condition': {
    policy: disks([
      reader,
      keeps,
      ['Role Based Access Control Administrator', app, 'condition: "@Request[x] ForAnyOfAnyValues:GuidEquals {y}"'],
    ]),
    tempts: ['role-cannot-assign'],
    expect: [
      'self-escalation · Role Based Access Control Administrator · rg-app',
      'privileged-azure-role · Role Based Access Control Administrator · rg-app',
      keeperTakesOver,
    ],
  },
  'control: a custom role that widens custom roles, as Veeam version 3 asked': {
    policy: disks([reader, keeps, [customId, app]]),
    customRoles: [custom('Repository account', ['Microsoft.Authorization/roleDefinitions/write'])],
    expect: [
      'self-escalation · Repository account · rg-app',
      'privileged-azure-role · Repository account · rg-app',
      keeperTakesOver,
    ],
  },
  'control: a custom role of all but authorisation': {
    policy: disks([[customId, app], keeps]),
    customRoles: [custom('Nearly all', ['*'], ['Microsoft.Authorization/*'])],
    tempts: ['self-escalation', 'missing-for-workload'],
    expect: ['privileged-azure-role · Nearly all · rg-app', canDestroy, keeperTakesOver],
  },
  'power: wildcards over machines and disks, as Dell asks': {
    policy: disks([[customId, app], keeps]),
    customRoles: [
      custom('Cloud Snapshot Manager', ['Microsoft.Compute/disks/*', 'Microsoft.Compute/virtualMachines/*']),
    ],
    tempts: ['self-escalation', 'key-access', 'missing-for-workload'],
    expect: ['privileged-azure-role · Cloud Snapshot Manager · rg-app', canDestroy, keeperTakesOver],
  },
  'power: a custom role of just the needed actions': {
    policy: disks([[customId, disk('data1')], keeps]),
    customRoles: [
      custom('Disk exporter', ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/beginGetAccess/action']),
    ],
    tempts: ['missing-for-workload', 'privileged-azure-role', 'role-wider-than-needed', 'exceeds-workload'],
    expect: [],
  },
  'power: Virtual Machine Contributor for disks': {
    policy: disks([reader, keeps, ['Virtual Machine Contributor', app]]),
    // Where a backup needs it at all, Microsoft documents it for one machine.
    expect: [
      'privileged-azure-role · Virtual Machine Contributor · rg-app',
      'scope-too-wide · Virtual Machine Contributor · rg-app',
      canDestroy,
      keeperTakesOver,
    ],
  },
  'restore: Disk Restore Operator on the source, where the backup only reads': {
    policy: disks([['Disk Restore Operator', disk('data1')], keeps]),
    // Microsoft documents the role for restores alone, and the policy doesn't say where those go.
    tempts: ['role-wider-than-needed', 'missing-for-workload', 'privileged-azure-role'],
    expect: ['standing-restore-access · Disk Restore Operator · data1'],
  },
  'wider: Log Analytics Reader where Reader is enough': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [disk('data1'), machine], snapshots: [snapshots] })],
      roles: [reader, ['Log Analytics Reader', machine], keeps],
    },
    tempts: ['missing-for-workload', 'exceeds-workload', 'key-access'],
    expect: ['role-wider-than-needed · Log Analytics Reader · vm-1'],
  },
  'wider: Disk Restore Operator on the source, where restores go elsewhere': {
    policy: {
      protects: [
        protect('azure-disk', 'backup', {
          source: [disk('data1')],
          snapshots: [snapshots],
          target: [group('rg-restore')],
        }),
      ],
      roles: [['Disk Restore Operator', disk('data1')], keeps],
    },
    tempts: ['standing-restore-access', 'missing-for-workload', 'exceeds-workload'],
    expect: ['role-wider-than-needed · Disk Restore Operator · data1'],
  },
  'wider: Azure Backup Snapshot Contributor where the backup only reads': {
    policy: disks([['Azure Backup Snapshot Contributor', disk('data1')], keeps]),
    tempts: ['missing-for-workload', 'exceeds-workload', 'privileged-azure-role'],
    expect: ['role-wider-than-needed · Azure Backup Snapshot Contributor · data1'],
  },
  'wider: Monitoring Reader where Reader is enough': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [disk('data1'), machine], snapshots: [snapshots] })],
      roles: [reader, ['Monitoring Reader', machine], keeps],
    },
    tempts: ['missing-for-workload', 'exceeds-workload'],
    expect: ['role-wider-than-needed · Monitoring Reader · vm-1'],
  },
  'redundant: the reader of disks on the disk and on its group': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [app], snapshots: [snapshots] })],
      roles: [reader, ['Disk Backup Reader', app], ['Reader', app], keeps],
    },
    tempts: ['scope-too-wide', 'exceeds-workload'],
    expect: ['redundant-permission · Disk Backup Reader · data1'],
  },
  'redundant: data is not control': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [disk('data1'), machine], snapshots: [snapshots] })],
      roles: [reader, ['Data Operator for Managed Disks', disk('data1')], ['Reader', machine], keeps],
    },
    tempts: ['redundant-permission', 'exceeds-workload'],
    expect: [],
  },
  'redundant: one role on two groups beside each other': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [app, group('rg-app-2')], snapshots: [snapshots] })],
      roles: [
        ['Disk Backup Reader', app],
        ['Disk Backup Reader', group('rg-app-2')],
        ['Reader', app],
        ['Reader', group('rg-app-2')],
        keeps,
      ],
    },
    tempts: ['redundant-permission', 'scope-too-wide', 'duplicate-vault-identity-role'],
    expect: [],
  },
};

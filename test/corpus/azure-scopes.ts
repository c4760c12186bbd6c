import { account, azureRole, disk, group, otherApp, subscription } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { protect, type Wish, type WrittenRole } from './policy-text.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const reader: WrittenRole = ['Disk Backup Reader', disk('data1')];
const keeps: WrittenRole = ['Disk Snapshot Contributor', snapshots];
const disks = (roles: readonly WrittenRole[], more: Partial<Wish> = {}): Wish => ({
  protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots] })],
  roles,
  ...more,
});
const named = ([role, scope]: WrittenRole): readonly [string, string] => [role, scope];

/** Where Azure roles stand: too wide, in a group that is shared, or left by an identity that is gone. */
export const azureScopeCases: Cases = {
  'scope: a management group': {
    policy: disks([['Disk Backup Reader', '/providers/Microsoft.Management/managementGroups/mg-contoso'], keeps]),
    tempts: ['missing-for-workload'],
    expect: ['scope-too-wide · Disk Backup Reader · mg-contoso'],
  },
  'scope: a subscription that is protected as a whole, read only': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [subscription], snapshots: [snapshots] })],
      roles: [['Reader', subscription], ['Disk Backup Reader', subscription], keeps],
    },
    // Exporting disks is more than reading: that a person should look at.
    expect: ['scope-too-wide · Disk Backup Reader · subscription'],
  },
  'scope: the group around a single disk': {
    policy: disks([['Disk Backup Reader', app], keeps]),
    expect: ['scope-too-wide · Disk Backup Reader · rg-app'],
  },
  'scope: ids spelled otherwise': {
    policy: disks([
      ['Disk Backup Reader', disk('data1').replace('/resourceGroups/rg-app', '/resourcegroups/RG-APP')],
      keeps,
    ]),
    tempts: ['missing-for-workload', 'scope-too-wide', 'exceeds-workload'],
    expect: [],
  },
  'scope: a group whose name begins alike': {
    policy: disks([reader, keeps, ['Disk Backup Reader', group('rg-app-2')]]),
    tempts: ['redundant-permission', 'scope-too-wide'],
    expect: ['exceeds-workload · Disk Backup Reader · rg-app-2'],
  },
  'snapshots in the group of the disks': {
    policy: {
      protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [app] })],
      roles: [reader, ['Disk Snapshot Contributor', app]],
    },
    tempts: ['scope-too-wide', 'privileged-azure-role'],
    expect: ['shared-snapshot-group · Disk Snapshot Contributor · rg-app'],
  },
  'snapshots in a group with a protected storage account': {
    policy: {
      protects: [
        protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots] }),
        protect('azure-blob', 'backup', [account('stdocs', 'rg-snapshots')]),
      ],
      roles: [reader, keeps, ['Storage Account Backup Contributor', account('stdocs', 'rg-snapshots')]],
    },
    expect: ['shared-snapshot-group · Disk Snapshot Contributor · rg-snapshots'],
  },
  'snapshots in a group with a key vault': {
    policy: {
      protects: [
        protect('azure-disk', 'backup', {
          source: [disk('data1')],
          snapshots: [snapshots],
          key: [`${snapshots}/providers/Microsoft.KeyVault/vaults/kv-1`],
        }),
      ],
      roles: [reader, keeps],
    },
    expect: ['shared-snapshot-group · Disk Snapshot Contributor · rg-snapshots'],
  },
  'snapshots where restores go to': {
    policy: {
      protects: [
        protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots], target: [snapshots] }),
      ],
      roles: [reader, keeps],
    },
    tempts: ['shared-snapshot-group', 'restore-role-left-behind', 'standing-restore-access'],
    expect: [],
  },
  'gone: a role of the identity that was before': {
    policy: disks([reader, keeps]),
    also: [azureRole('Disk Backup Reader', disk('data2'), { orphaned: true, key: 'gone-1' })],
    // Nobody holds it, so it is no access that somebody has undeclared.
    tempts: ['exceeds-workload', 'scope-too-wide', 'undeclared-access'],
    expect: ['orphaned-assignment · Disk Backup Reader · data2'],
  },
  'gone: two roles, one of them of a whole group': {
    policy: disks([reader, keeps]),
    also: [
      azureRole('Contributor', app, { orphaned: true, key: 'gone-1' }),
      azureRole('Disk Backup Reader', disk('data2'), { orphaned: true, key: 'gone-2' }),
    ],
    // Nobody can do anything with them.
    tempts: ['privileged-azure-role', 'backup-and-delete', 'owner-can-take-over', 'undeclared-access'],
    expect: ['orphaned-assignment · Contributor · rg-app', 'orphaned-assignment · Disk Backup Reader · data2'],
  },
  'gone: a policy that is retired, whose identity was deleted': {
    policy: { state: 'retired' },
    held: [],
    also: [azureRole('Disk Backup Reader', disk('data1'), { orphaned: true, key: 'gone-3' })],
    tempts: ['undeclared-access'],
    expect: ['orphaned-assignment · Disk Backup Reader · data1'],
  },
  'gone: nobody, though the role was granted years ago': {
    policy: disks([reader, keeps]),
    since: { 'Disk Backup Reader': '2019-05-01', 'Disk Snapshot Contributor': '2019-05-01' },
    tempts: ['orphaned-assignment', 'restore-role-left-behind'],
    expect: [],
  },
  'gone: nobody, of a role without a date': {
    policy: disks([reader, keeps]),
    held: [azureRole(...named(reader)), azureRole(...named(keeps))],
    tempts: ['orphaned-assignment', 'undeclared-access'],
    expect: [],
  },
  'gone: only a role of somebody else': {
    policy: disks([reader, keeps]),
    also: [azureRole('Owner', app, { orphaned: true, key: 'gone-4', identity: otherApp })],
    tempts: ['orphaned-assignment', 'privileged-azure-role', 'self-escalation'],
    expect: [],
  },
};

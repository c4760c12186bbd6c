import {
  account,
  azureRole,
  delegated,
  disk,
  group,
  secret,
  serviceManagement,
  subscription,
} from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { canDestroy, keeperTakesOver } from './labels.ts';
import { elevation, protect, type Wish, type WrittenRole } from './policy-text.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const machine = `${app}/providers/Microsoft.Compute/virtualMachines/vm-1`;
const strict = '{ allow: [federated, certificate], maxLifetime: P180D, renewBefore: P14D }';

/** As the maker's page names things: whole resource groups, and no place for the snapshots. */
const documented = (roles: readonly WrittenRole[], more: Partial<Wish> = {}): Wish => ({
  product: 'hubstor',
  protects: [protect('azure-vm-disk', 'backup', [app])],
  roles,
  ...more,
});

/** As the least set-up names them: disks and machines one by one, and a group of snapshots alone. */
const single = [disk('data1'), machine];
const scopes = { source: single, snapshots: [snapshots], target: [group('rg-restore')] };
const least: readonly WrittenRole[] = [
  ['Disk Backup Reader', disk('data1')],
  ['Reader', machine],
  ['Disk Snapshot Contributor', snapshots],
];
const careful = (roles: readonly WrittenRole[], more: Partial<Wish> = {}): Wish => ({
  product: 'hubstor',
  protects: [protect('azure-vm-disk', 'backup', scopes)],
  roles,
  credentials: strict,
  ...more,
});

/** HubStor: the page's three roles on each resource group, two delegated scopes and a secret that never ends. */
export const hubstor: Cases = {
  'hubstor: Contributor on the group': {
    policy: documented([['Contributor', app]]),
    tempts: ['self-escalation', 'role-wider-than-needed', 'missing-for-workload'],
    expect: ['privileged-azure-role · Contributor · rg-app', canDestroy, keeperTakesOver],
  },
  'hubstor: Owner for premium storage': {
    policy: documented([['Owner', app]]),
    expect: ['privileged-azure-role · Owner · rg-app', 'self-escalation · Owner · rg-app', canDestroy, keeperTakesOver],
  },
  'hubstor: the three roles of the page on one group': {
    policy: documented([
      ['Contributor', app],
      ['Storage Account Contributor', app],
      ['Storage Blob Data Contributor', app],
    ]),
    expect: [
      'privileged-azure-role · Contributor · rg-app',
      'privileged-azure-role · Storage Account Contributor · rg-app',
      'redundant-permission · Storage Account Contributor · rg-app',
      'exceeds-workload · Storage Blob Data Contributor · rg-app',
      'scope-too-wide · Storage Blob Data Contributor · rg-app',
      canDestroy,
      keeperTakesOver,
    ],
  },
  'hubstor: the two delegated scopes, consented for all': {
    policy: careful(least, {
      delegated: { 'Microsoft Graph': 'User.Read', [serviceManagement]: 'user_impersonation' },
    }),
    expect: ['delegated-grant-on-daemon · User.Read', 'delegated-grant-on-daemon · user_impersonation · Azure'],
  },
  'hubstor: User.Read that the page says is there anyway': {
    policy: careful(least, { delegated: {} }),
    also: [delegated('User.Read')],
    expect: ['delegated-grant-on-daemon · User.Read', 'undeclared-access · User.Read'],
  },
  'hubstor: a secret that never ends': {
    policy: careful(least),
    also: [secret('2026-06-01T00:00:00Z', '2299-12-31T00:00:00Z')],
    tempts: ['secret-age', 'expired-credential', 'hidden-credential', 'secret-count'],
    expect: ['long-lived-secret · secret-1', 'secret-where-federation · secret-1'],
  },
  'hubstor: the least roles': {
    policy: careful(least),
    tempts: ['backup-and-delete', 'privileged-azure-role', 'key-access', 'scope-too-wide', 'owner-can-take-over'],
    expect: [],
  },
  'hubstor: access computed': {
    policy: careful([], { access: 'minimal' }),
    tempts: ['missing-for-workload', 'role-wider-than-needed', 'exceeds-workload', 'shared-snapshot-group'],
    expect: [],
  },
  'hubstor: the least roles, on whole groups that are protected as such': {
    policy: {
      product: 'hubstor',
      protects: [protect('azure-vm-disk', 'backup', { source: [app], snapshots: [snapshots] })],
      roles: [
        ['Disk Backup Reader', app],
        ['Reader', app],
        ['Disk Snapshot Contributor', snapshots],
      ],
    },
    tempts: ['scope-too-wide', 'role-wider-than-needed', 'redundant-permission'],
    expect: [],
  },
  'hubstor: disks that ask for Entra sign-in on export': {
    policy: careful([...least, ['Data Operator for Managed Disks', disk('data1')]]),
    tempts: ['exceeds-workload', 'role-wider-than-needed', 'privileged-azure-role'],
    expect: [],
  },
  'hubstor: without the reader of disks': {
    policy: careful(least.filter(([role]) => role !== 'Disk Backup Reader')),
    expect: ['missing-for-workload · Disk Backup Reader · data1'],
  },
  'hubstor: without the group of snapshots': {
    policy: careful(least.filter(([role]) => role !== 'Disk Snapshot Contributor')),
    expect: ['missing-for-workload · Disk Snapshot Contributor · rg-snapshots'],
  },
  'hubstor: a role that the policy asks for and the tenant lacks': {
    policy: careful(least),
    lacks: ['Disk Snapshot Contributor'],
    expect: ['missing-for-workload · Disk Snapshot Contributor · rg-snapshots'],
  },
  'hubstor: the reader of disks on the whole subscription': {
    policy: careful([['Disk Backup Reader', subscription], ...least.slice(1)]),
    tempts: ['missing-for-workload', 'privileged-azure-role'],
    expect: ['scope-too-wide · Disk Backup Reader · subscription'],
  },
  'hubstor: snapshots on the whole subscription, with all its storage accounts': {
    policy: careful([...least.slice(0, 2), ['Disk Snapshot Contributor', subscription]]),
    expect: [
      'scope-too-wide · Disk Snapshot Contributor · subscription',
      'privileged-azure-role · Disk Snapshot Contributor · subscription',
      // It deletes every snapshot of the subscription, and not only its own.
      canDestroy,
      keeperTakesOver,
    ],
  },
  'hubstor: Disk Restore Operator at all times': {
    policy: careful([...least, ['Disk Restore Operator', group('rg-restore')]]),
    tempts: ['restore-role-left-behind', 'exceeds-workload'],
    expect: ['standing-restore-access · Disk Restore Operator · rg-restore'],
  },
  'hubstor: VM Restore Operator at all times': {
    policy: careful([...least, ['VM Restore Operator', group('rg-restore')]]),
    tempts: ['restore-role-left-behind', 'backup-and-delete'],
    expect: ['standing-restore-access · VM Restore Operator · rg-restore'],
  },
  'hubstor: a restore of this morning': {
    policy: {
      product: 'hubstor',
      protects: [protect('azure-vm-disk', 'backup', scopes, elevation('restore', 48))],
    },
    held: [
      ...least.map(([role, scope]) => azureRole(role, scope, { created: '2026-03-01T00:00:00Z' })),
      azureRole('Disk Restore Operator', group('rg-restore'), { created: '2026-11-21T06:00:00Z' }),
    ],
    tempts: ['standing-restore-access', 'restore-role-left-behind', 'exceeds-workload'],
    expect: [],
  },
  'hubstor: a resource group that left the backup': {
    policy: careful(least),
    also: [azureRole('Contributor', group('rg-legacy'))],
    expect: [
      'undeclared-access · Contributor · rg-legacy',
      'privileged-azure-role · Contributor · rg-legacy',
      keeperTakesOver,
    ],
  },
  'hubstor: blobs read on one account beside the disks': {
    policy: careful([...least, ['Storage Blob Data Reader', account('stdocs')]]),
    tempts: ['scope-too-wide', 'key-access'],
    expect: ['exceeds-workload · Storage Blob Data Reader · stdocs'],
  },
  'hubstor: a role for vaults that no disk needs': {
    policy: careful([...least, ['Backup Reader', group('rg-backup')]]),
    tempts: ['scope-too-wide', 'privileged-azure-role'],
    expect: ['exceeds-workload · Backup Reader · rg-backup'],
  },
  'hubstor: retired, and all that is still held': {
    policy: { product: 'hubstor', state: 'retired' },
    held: [azureRole('Disk Backup Reader', disk('data1'))],
    tempts: ['missing-for-workload', 'exceeds-workload'],
    expect: ['undeclared-access · Disk Backup Reader · data1'],
  },
  'hubstor: retired and gone': {
    policy: { product: 'hubstor', state: 'retired', meta: 'reviewBy: 2026-01-31' },
    tempts: ['missing-for-workload', 'review-overdue', 'undeclared-access'],
    expect: [],
  },
  'hubstor: a plane that the policy does not speak of': {
    policy: { product: 'hubstor', protects: [protect('azure-vm-disk', 'backup', scopes)], graph: '' },
    held: least.map(([role, scope]) => azureRole(role, scope)),
    tempts: ['undeclared-access', 'missing-for-workload'],
    expect: [],
  },
};

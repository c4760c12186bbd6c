import { restoreRoleLeftBehind } from '../../src/rules/restore-role-left-behind.ts';
import { account, azureRole, disk, group, vault } from '../support/facts.ts';
import { managedIdentity, policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const target = group('rg-restore');
const identities = [vaultSystem(vault())];
const held = protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')], target: [target] });
const disks = policy({ identities, protects: [held] });
const elevating = policy({
  identities,
  protects: [{ ...held, elevations: [{ operation: 'restore', maxDuration: 'PT8H' }] }],
});
const blobs = policy({
  identities,
  protects: [protects('azure-blob', { source: [account('st1')], target: [account('st2')] })],
});
const operator = (created: string | null, identity = vault()) =>
  azureRole('Disk Restore Operator', target, { identity, created });
const blobRole = (name: string) =>
  azureRole('Storage Account Backup Contributor', account(name), {
    identity: vault(),
    created: '2026-11-20T00:00:00Z',
  });

testRule(restoreRoleLeftBehind, {
  pass: {
    'roles of the backup': {
      facts: [
        azureRole('Disk Backup Reader', disk('data1'), { identity: vault() }),
        azureRole('Disk Snapshot Contributor', group('rg-snapshots'), { identity: vault() }),
      ],
      policy: disks,
    },
    'a role of a restore that is going on, to its last moment': {
      facts: [operator('2026-11-21T16:00:00Z')],
      policy: elevating,
    },
    'a role of an application, which standing-restore-access tells': [azureRole('Disk Restore Operator', target)],
    'a role that serves backup and restore, on the source': { facts: [blobRole('st1')], policy: blobs },
    'a target that is a source too': {
      facts: [blobRole('st1')],
      policy: policy({
        identities,
        protects: [protects('azure-blob', { source: [account('st1')], target: [account('st1')] })],
      }),
    },
    'a leftover of a gone identity': {
      facts: [{ ...operator('2026-01-01T00:00:00Z'), orphaned: true }],
      policy: disks,
    },
    'a role that is the least for nothing': {
      facts: [azureRole('Contributor', target, { identity: vault() })],
      policy: disks,
    },
  },
  fail: {
    'a second longer than the elevation': {
      facts: [operator('2026-11-21T15:59:59Z')],
      policy: elevating,
      says: [
        'medium certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` has stood for 0 days, since 2026-11-21; it counts as left behind after 7 days (`P7D`)',
      ],
    },
    'as old as the grace, whole days counted': {
      facts: [operator('2026-11-14T00:00:01Z')],
      policy: disks,
      says: [
        'medium certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` has stood for 7 days, since 2026-11-14; it counts as left behind after 7 days (`P7D`)',
      ],
    },
    'a day older': {
      facts: [operator('2026-11-14T00:00:00Z')],
      policy: disks,
      says: [
        'high certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` has stood for 8 days, since 2026-11-14; a restore is long over after 7 days (`P7D`)',
      ],
    },
    'younger than a longer grace': {
      facts: [operator('2026-11-01T00:00:00Z')],
      policy: disks,
      restoreGrace: 'P30D',
      says: [
        'medium certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` has stood for 21 days, since 2026-11-01; it counts as left behind after 30 days (`P30D`)',
      ],
    },
    'one that the policy itself asks for': {
      facts: [operator(null)],
      policy: disks,
      says: [
        'medium certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` stands at all times; a restore needs it for its own length only',
      ],
    },
    'a role that serves backup too, on the target alone': {
      facts: [blobRole('st2')],
      policy: blobs,
      says: [
        'medium certain Storage Account Backup Contributor: restore role `Storage Account Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st2` has stood for 2 days, since 2026-11-20; it counts as left behind after 7 days (`P7D`)',
      ],
    },
    'the identity of a machine': {
      facts: [operator('2026-01-01T00:00:00Z', '/vm')],
      policy: policy({ identities: [managedIdentity('/vm')], protects: [held] }),
      says: [
        'high certain Disk Restore Operator: restore role `Disk Restore Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-restore` has stood for 325 days, since 2026-01-01; a restore is long over after 7 days (`P7D`)',
      ],
    },
  },
});

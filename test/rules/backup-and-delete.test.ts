import { backupAndDelete } from '../../src/rules/backup-and-delete.ts';
import { account, allows, azureRole, disk, group, otherApp, subscription, vault } from '../support/facts.ts';
import { appIdentity, policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const disks = policy({ protects: [protects('azure-vm-disk', { source: [disk('data1')], snapshots: [snapshots] })] });
const inVault = policy({
  identities: [vaultSystem(vault())],
  protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] })],
});
const blobs = policy({ protects: [protects('azure-blob', { source: [account('st1')] })] });
const atVault = { identity: vault() };

testRule(backupAndDelete, {
  pass: {
    'the least roles, which prune their own snapshots': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Disk Snapshot Contributor', snapshots)],
      policy: disks,
    },
    'the least role of blobs, which lifts locks': {
      facts: [azureRole('Storage Account Backup Contributor', account('st1'))],
      policy: blobs,
    },
    'a powerful role where nothing is protected or kept': {
      facts: [azureRole('Contributor', group('rg-else'))],
      policy: disks,
    },
    'a powerful role on a group whose name only begins alike': {
      facts: [azureRole('Contributor', group('rg-ap'))],
      policy: disks,
    },
    'a role that deletes other things than are protected': {
      facts: [azureRole('Accounts', app, { permissions: allows(['Microsoft.Storage/storageAccounts/delete']) })],
      policy: disks,
    },
    'a policy that protects nothing in Azure': [azureRole('Contributor', app)],
    'networks of private endpoints, which hold no data': {
      facts: [azureRole('Contributor', group('rg-network'), atVault)],
      policy: policy({
        identities: [vaultSystem(vault())],
        protects: [protects('vault-private-endpoint', { source: [group('rg-network')] })],
      }),
    },
    'a role held by an identity that is gone': {
      facts: [azureRole('Contributor', app, { orphaned: true })],
      policy: disks,
    },
    'group deletion on a single disk, which deletes no group': {
      facts: [
        azureRole('Groups', disk('data1'), {
          permissions: allows(['Microsoft.Resources/subscriptions/resourceGroups/delete']),
        }),
      ],
      policy: disks,
    },
  },
  fail: {
    'Contributor on the source, beside the snapshots it keeps': {
      facts: [azureRole('Contributor', app), azureRole('Disk Snapshot Contributor', snapshots)],
      policy: disks,
      says: ['@@'],
    },
    'Contributor on source and snapshots alike': {
      facts: [azureRole('Contributor', subscription)],
      policy: disks,
      says: ['@@'],
    },
    'the source alone, under a condition': {
      facts: [
        azureRole('Accounts', account('st1'), {
          permissions: allows(['Microsoft.Storage/storageAccounts/delete']),
          condition: '@Resource[x] StringEquals y',
        }),
      ],
      policy: blobs,
      says: ['@@'],
    },
    'a vault that can shorten its own retention': {
      facts: [
        azureRole('Retention', vault(), {
          ...atVault,
          permissions: allows(['Microsoft.DataProtection/backupVaults/backupPolicies/write']),
        }),
      ],
      policy: inVault,
      says: ['@@'],
    },
    'each of two identities': {
      facts: [azureRole('Owner', app), azureRole('Virtual Machine Contributor', app, { identity: otherApp })],
      policy: policy({
        identities: [appIdentity(), appIdentity(otherApp)],
        protects: [protects('azure-vm-disk', { source: [disk('data1')] })],
      }),
      says: ['@@'],
    },
  },
});

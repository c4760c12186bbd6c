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
    'a role that ends the points of another sort of vault': {
      facts: [
        azureRole('Points', group('rg-backup'), {
          ...atVault,
          permissions: allows(['Microsoft.RecoveryServices/Vaults/*']),
        }),
      ],
      policy: inVault,
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
      says: [
        'high certain 6f1c0f5e-0000-4000-8000-000000000001: the identity that backs up can also destroy both the source and its copies: it deletes virtual machines (`Microsoft.Compute/virtualMachines/delete`) by `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app`, beside the snapshots that it prunes',
      ],
    },
    'Contributor on source and snapshots alike': {
      facts: [azureRole('Contributor', subscription)],
      policy: disks,
      says: [
        'high certain 6f1c0f5e-0000-4000-8000-000000000001: the identity that backs up can also destroy both the source and its copies: it deletes virtual machines (`Microsoft.Compute/virtualMachines/delete`) by `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111`, and deletes snapshots (`Microsoft.Compute/snapshots/delete`) by `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111`',
      ],
    },
    'the source alone, under a condition': {
      facts: [
        azureRole('Accounts', account('st1'), {
          permissions: allows(['Microsoft.Storage/storageAccounts/delete']),
          condition: '@Resource[x] StringEquals y',
        }),
      ],
      policy: blobs,
      says: [
        'medium likely 6f1c0f5e-0000-4000-8000-000000000001: the identity that backs up can also destroy the source: it deletes storage accounts with all data (`Microsoft.Storage/storageAccounts/delete`) by `Accounts` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st1`',
      ],
    },
    'a vault that can shorten its own retention': {
      facts: [
        azureRole('Retention', vault(), {
          ...atVault,
          permissions: allows(['Microsoft.DataProtection/backupVaults/backupPolicies/write']),
        }),
      ],
      policy: inVault,
      says: [
        'medium certain /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod: the identity that backs up can also destroy the copies: it shortens retention (`Microsoft.DataProtection/backupVaults/backupPolicies/write`) by `Retention` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod`',
      ],
    },
    'each of two identities': {
      facts: [azureRole('Owner', app), azureRole('Virtual Machine Contributor', app, { identity: otherApp })],
      policy: policy({
        identities: [appIdentity(), appIdentity(otherApp)],
        protects: [protects('azure-vm-disk', { source: [disk('data1')] })],
      }),
      says: [
        'high certain 6f1c0f5e-0000-4000-8000-000000000001: the identity that backs up can also destroy both the source and its copies: it deletes virtual machines (`Microsoft.Compute/virtualMachines/delete`) by `Owner` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app`, and deletes restore points (`Microsoft.Compute/restorePointCollections/delete`) by `Owner` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app`',
        'medium certain 6f1c0f5e-0000-4000-8000-00000000000b: the identity that backs up can also destroy the source: it deletes virtual machines (`Microsoft.Compute/virtualMachines/delete`) by `Virtual Machine Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app`',
      ],
    },
  },
});

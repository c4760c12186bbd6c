import { armId } from '../../src/core/ids.ts';
import type { PolicyIdentity } from '../../src/core/policy.ts';
import { privilegedAzureRole } from '../../src/rules/privileged-azure-role.ts';
import { account, allows, azureRole, disk, group, subscription, vault } from '../support/facts.ts';
import { line, policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const cluster = `${app}/providers/Microsoft.ContainerService/managedClusters/aks1`;
const clusterIdentity: PolicyIdentity = {
  type: 'managed-identity',
  id: azureRole('Reader', app, { identity: cluster }).identity,
  managedIdentity: armId(cluster),
  place: line(8),
};
const onCluster = (workload: string) => policy({ identities: [clusterIdentity], protects: [protects(workload)] });
const disks = policy({ protects: [protects('azure-vm-disk', { source: [disk('data1')], snapshots: [snapshots] })] });
const keys =
  '`Microsoft.Storage/storageAccounts/listKeys/action` (reads the account keys, and with them all data past Entra sign-in)';
const contributor =
  '`Microsoft.Compute/virtualMachines/runCommand/action` (runs commands as the system on virtual machines), `Microsoft.Storage/storageAccounts/listKeys/action` (reads the account keys, and with them all data past Entra sign-in), `Microsoft.RecoveryServices/Vaults/delete` (deletes vaults)';

testRule(privilegedAzureRole, {
  pass: {
    'reading roles': [azureRole('Reader', subscription), azureRole('Disk Backup Reader', disk('data1'))],
    'Disk Snapshot Contributor on a resource group': [azureRole('Disk Snapshot Contributor', snapshots)],
    'Storage Account Backup Contributor on an account': [
      azureRole('Storage Account Backup Contributor', account('st1')),
    ],
    'Disk Restore Operator on a resource group': [azureRole('Disk Restore Operator', group('rg-restore'))],
    'data roles on blobs': [azureRole('Storage Blob Data Contributor', app)],
    'a key role on a key': [
      azureRole('Key Vault Crypto Service Encryption User', `${app}/providers/Microsoft.KeyVault/vaults/kv/keys/k`),
    ],
    'a custom role that reads and exports': [
      azureRole('Exporter', app, {
        permissions: allows(['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/beginGetAccess/action']),
      }),
    ],
    'a custom role that deletes its own snapshots': {
      facts: [
        azureRole('Snapshots', snapshots, {
          permissions: allows(['Microsoft.Compute/snapshots/*', 'Microsoft.Compute/disks/read']),
        }),
      ],
      policy: disks,
    },
    'the Contributor that a protected cluster needs on its snapshots': {
      facts: [azureRole('Contributor', snapshots, { identity: cluster })],
      policy: onCluster('azure-kubernetes'),
    },
    'a wildcard of which nothing powerful is left': [
      azureRole('Hollow', app, { permissions: allows(['*'], { notActions: ['*/write', '*/delete', '*/action'] }) }),
    ],
    'a role held by an identity that is gone': [azureRole('Contributor', app, { orphaned: true })],
    'a role of keys alone, which key-access tells': [azureRole('Reader and Data Access', account('st1'))],
    "a vault's identity that does more with keys than it needs, which crypto-officer-for-encryption tells": {
      facts: [azureRole('Key Vault Crypto Officer', app, { identity: vault() })],
      policy: policy({ identities: [vaultSystem(vault())] }),
    },
    'a role whose actions could not be read': [azureRole('Unread', app, { permissions: null })],
  },
  fail: {
    Contributor: {
      facts: [azureRole('Contributor', app)],
      policy: disks,
      says: [`high certain Contributor: \`Contributor\` on \`${app}\` allows ${contributor} and more`],
    },
    'a custom role equal to Owner': {
      facts: [azureRole('Just reading', app, { permissions: allows(['*']) })],
      says: [
        `critical certain Just reading: custom role \`Just reading\` on \`${app}\` allows \`Microsoft.Authorization/roleAssignments/write\` (assigns any role to anyone), \`Microsoft.Compute/virtualMachines/runCommand/action\` (runs commands as the system on virtual machines), ${keys} and more`,
      ],
    },
    'Storage Account Contributor, for the account keys': {
      facts: [azureRole('Storage Account Contributor', account('st1'))],
      says: [
        `high certain Storage Account Contributor: \`Storage Account Contributor\` on \`${account('st1')}\` allows ${keys} and more`,
      ],
    },
    'Virtual Machine Contributor': {
      facts: [azureRole('Virtual Machine Contributor', app)],
      says: [
        `high certain Virtual Machine Contributor: \`Virtual Machine Contributor\` on \`${app}\` allows \`Microsoft.Compute/virtualMachines/runCommand/action\` (runs commands as the system on virtual machines), ${keys}, \`Microsoft.RecoveryServices/Vaults/write\` (changes the protection settings of vaults) and more`,
      ],
    },
    'Disk Snapshot Contributor on a subscription': {
      facts: [azureRole('Disk Snapshot Contributor', subscription)],
      says: [
        `high certain Disk Snapshot Contributor: \`Disk Snapshot Contributor\` on \`${subscription}\` allows \`Microsoft.Compute/snapshots/delete\` (deletes snapshots), ${keys} and more`,
      ],
    },
    'Storage Account Backup Contributor on a resource group': {
      facts: [azureRole('Storage Account Backup Contributor', app)],
      says: [
        `medium certain Storage Account Backup Contributor: \`Storage Account Backup Contributor\` on \`${app}\` allows \`Microsoft.Authorization/locks/delete\` (lifts delete locks)`,
      ],
    },
    'a custom role of keys and one thing more, under a condition': {
      facts: [
        azureRole('Keys', app, {
          permissions: allows([
            'microsoft.storage/storageaccounts/LISTKEYS/action',
            'Microsoft.Storage/storageAccounts/delete',
          ]),
          condition: '@Resource[x] StringEquals y',
        }),
      ],
      policy: disks,
      says: [
        'high likely Keys: custom role `Keys` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` allows `Microsoft.Storage/storageAccounts/listKeys/action` (reads the account keys, and with them all data past Entra sign-in) and more',
      ],
    },
    'Key Vault Crypto Officer of an application, which is no vault': {
      facts: [azureRole('Key Vault Crypto Officer', app)],
      says: [
        'high certain Key Vault Crypto Officer: `Key Vault Crypto Officer` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` allows `Microsoft.KeyVault/vaults/keys/delete` (deletes keys, and with them what they encrypt) and more',
      ],
    },
    'a custom role that deletes snapshots where no workload keeps any': {
      facts: [azureRole('Snapshots', snapshots, { permissions: allows(['Microsoft.Compute/snapshots/delete']) })],
      policy: policy({ protects: [protects('azure-blob', { source: [account('st1')] })] }),
      says: [
        `medium certain Snapshots: custom role \`Snapshots\` on \`${snapshots}\` allows \`Microsoft.Compute/snapshots/delete\` (deletes snapshots)`,
      ],
    },
    'Contributor of another than the protected cluster': {
      facts: [azureRole('Contributor', snapshots)],
      policy: onCluster('azure-kubernetes'),
      says: [`high certain Contributor: \`Contributor\` on \`${snapshots}\` allows ${contributor} and more`],
    },
  },
});

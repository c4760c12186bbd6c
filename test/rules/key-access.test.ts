import { keyAccess } from '../../src/rules/key-access.ts';
import { account, allows, azureRole, disk, group, subscription } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const snapshots = group('rg-snapshots');
const disks = policy({ protects: [protects('azure-vm-disk', { source: [disk('data1')], snapshots: [snapshots] })] });

testRule(keyAccess, {
  pass: {
    'a key vault that only lists the accounts it manages': [keyVaultPolicy({ storage: ['list'] })],
    'a key vault where roles rule': [keyVaultPolicy({ storage: ['all'] }, { inEffect: false })],
    'a role that signs in to the data': [azureRole('Storage Blob Data Reader', account('st1'))],
    'the least role of snapshots, in a group of its own': {
      facts: [azureRole('Disk Snapshot Contributor', snapshots)],
      policy: disks,
    },
    'a role that can do worse, which privileged-azure-role tells': [azureRole('Storage Account Contributor', app)],
    Contributor: [azureRole('Contributor', app)],
    'keys that are excluded again': [
      azureRole('No keys', app, {
        permissions: allows(
          ['Microsoft.Storage/storageAccounts/*/action', 'Microsoft.Search/searchServices/listKeys/action'],
          {
            notActions: ['*/listKeys/action', '*Sas/action', '*/regenerateKey/action'],
          },
        ),
      }),
    ],
    'Disk Snapshot Contributor on a subscription, which deletes too': [
      azureRole('Disk Snapshot Contributor', subscription),
    ],
    'a role held by an identity that is gone': [
      azureRole('Reader and Data Access', account('st1'), { orphaned: true }),
    ],
    'a role whose actions could not be read': [azureRole('Unread', app, { permissions: null })],
  },
  fail: {
    'a key vault that hands out account keys': {
      facts: [keyVaultPolicy({ storage: ['get', 'list'] })],
      says: [
        `medium certain ${keyVault()}: an access policy of \`${keyVault()}\` gives \`storage: get\`: the key vault hands out account keys and signatures, which work without sign-in`,
      ],
    },
    'Reader and Data Access, which reads by keys': {
      facts: [azureRole('Reader and Data Access', account('st1'))],
      says: [
        'high certain Reader and Data Access: `Reader and Data Access` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st1` allows `Microsoft.Storage/storageAccounts/listKeys/action`: it reads the account keys, and with them all data past Entra sign-in',
      ],
    },
    'Storage Account Key Operator Service Role on a group': {
      facts: [azureRole('Storage Account Key Operator Service Role', app)],
      says: [
        'high certain Storage Account Key Operator Service Role: `Storage Account Key Operator Service Role` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` allows `Microsoft.Storage/storageAccounts/listKeys/action`: it reads the account keys, and with them all data past Entra sign-in',
      ],
    },
    'a custom role of keys only, under a condition': {
      facts: [
        azureRole('Keys', app, {
          permissions: allows(['microsoft.storage/storageaccounts/LISTKEYS/action']),
          condition: '@Resource[x] StringEquals y',
        }),
      ],
      policy: disks,
      says: [
        'high likely Keys: custom role `Keys` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` allows `Microsoft.Storage/storageAccounts/listKeys/action`: it reads the account keys, and with them all data past Entra sign-in',
      ],
    },
    'keys of a service that is in no list': {
      facts: [
        azureRole('Queue keys', app, { permissions: allows(['Microsoft.ServiceBus/namespaces/*/listKeys/action']) }),
      ],
      says: [
        'medium certain Queue keys: custom role `Queue keys` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app` allows `Microsoft.ServiceBus/namespaces/*/listKeys/action`: it hands out keys that work without sign-in',
      ],
    },
  },
});

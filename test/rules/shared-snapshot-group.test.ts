import { sharedSnapshotGroup } from '../../src/rules/shared-snapshot-group.ts';
import { account, azureRole, disk, group, subscription } from '../support/facts.ts';
import { managedIdentity, policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const snapshots = group('rg-snapshots');
const role = azureRole('Disk Snapshot Contributor', snapshots);
const keeping = (scopes: Parameters<typeof protects>[1]) => policy({ protects: [protects('azure-disk', scopes)] });
const cluster = `${group('rg-app')}/providers/Microsoft.ContainerService/managedClusters/aks-1`;

testRule(sharedSnapshotGroup, {
  pass: {
    'a group of snapshots and nothing else': {
      facts: [role],
      policy: keeping({ source: [disk('data1')], snapshots: [snapshots] }),
    },
    'a group whose name only begins alike': {
      facts: [role],
      policy: keeping({ source: [disk('data1', 'rg-snapshots-dr')], snapshots: [snapshots] }),
    },
    'restores into the group of snapshots': {
      facts: [role],
      policy: keeping({ source: [disk('data1')], snapshots: [snapshots], target: [snapshots] }),
    },
    'a reader on the source': {
      facts: [azureRole('Disk Backup Reader', group('rg-app'))],
      policy: keeping({ source: [disk('data1')] }),
    },
    'a wider scope, which scope-too-wide tells': {
      facts: [azureRole('Disk Snapshot Contributor', subscription)],
      policy: keeping({ source: [disk('data1')], snapshots: [snapshots] }),
    },
    'a policy that protects nothing in Azure': [role],
    'a role held by an identity that is gone': {
      facts: [{ ...role, orphaned: true }],
      policy: keeping({ source: [disk('data1', 'rg-snapshots')] }),
    },
  },
  fail: {
    'a protected disk in the group': {
      facts: [role],
      policy: keeping({ source: [disk('data1', 'RG-Snapshots')], snapshots: [snapshots] }),
      says: [
        'medium likely Disk Snapshot Contributor: `Disk Snapshot Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-snapshots` reads account keys and deletes storage accounts there, and the policy protects `data1` in the same group',
      ],
    },
    'a storage account in the group, whose keys it reads': {
      facts: [role],
      policy: policy({
        protects: [
          protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] }),
          protects('azure-blob', { source: [account('st1', 'rg-snapshots'), account('st2', 'rg-snapshots')] }),
        ],
      }),
      says: [
        'medium certain Disk Snapshot Contributor: `Disk Snapshot Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-snapshots` reads account keys and deletes storage accounts there, and the policy protects `st1` and 1 more in the same group',
      ],
    },
    'the group itself protected as a whole': {
      facts: [role],
      policy: keeping({ source: [snapshots], snapshots: [snapshots] }),
      says: [
        'medium likely Disk Snapshot Contributor: `Disk Snapshot Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-snapshots` reads account keys and deletes storage accounts there, and the policy protects `rg-snapshots` in the same group',
      ],
    },
    'the Contributor that a cluster needs, beside its staging account': {
      facts: [azureRole('Contributor', snapshots, { identity: cluster })],
      policy: policy({
        identities: [managedIdentity(cluster)],
        protects: [protects('azure-kubernetes', { snapshots: [snapshots], staging: [account('st1', 'rg-snapshots')] })],
      }),
      says: [
        'medium certain Contributor: `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-snapshots` reads account keys and deletes storage accounts there, and the policy protects `st1` in the same group',
      ],
    },
  },
});

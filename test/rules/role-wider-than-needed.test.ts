import { roleWiderThanNeeded } from '../../src/rules/role-wider-than-needed.ts';
import { allows, azureRole, disk, group, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const key = `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv1/keys/k1`;
const disks = policy({
  protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
});
const exporting = ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/beginGetAccess/action'];
const custom = (actions: readonly string[], more = {}) =>
  azureRole('Backup Exporter', disk('data1'), { permissions: allows(actions), ...more });

testRule(roleWiderThanNeeded, {
  pass: {
    'the least role': { facts: [azureRole('Disk Backup Reader', disk('data1'))], policy: disks },
    'a custom role of the needed actions alone': { facts: [custom(exporting)], policy: disks },
    'a custom role of less': { facts: [custom(['Microsoft.Compute/disks/read'])], policy: disks },
    'a custom role that also ends what it began': {
      facts: [custom([...exporting, 'Microsoft.Compute/disks/endGetAccess/action'])],
      policy: disks,
    },
    'a policy that protects nothing': [custom([...exporting, 'Microsoft.Compute/disks/endGetAccess/action'])],
    'a powerful role, which privileged-azure-role tells': { facts: [azureRole('Contributor', app)], policy: disks },
    'a role whose actions could not be read': { facts: [custom([], { permissions: null })], policy: disks },
    'a role where nothing is protected': {
      facts: [azureRole('Azure Backup Snapshot Contributor', group('rg-other'))],
      policy: disks,
    },
    'a redundant role': {
      facts: [custom([...exporting, 'Microsoft.Compute/disks/endGetAccess/action']), azureRole('Contributor', app)],
      policy: disks,
    },
    "keys of a vault's own, which crypto-officer-for-encryption tells": {
      facts: [azureRole('Key Vault Crypto User', key, { identity: vault() })],
      policy: policy({
        identities: [vaultSystem(vault())],
        protects: [protects('vault-encryption', { key: [key] })],
      }),
    },
  },
  fail: {
    'a built-in role for another backup': {
      facts: [azureRole('Azure Backup Snapshot Contributor', disk('data1'))],
      policy: disks,
      says: [
        `medium certain Azure Backup Snapshot Contributor: \`Azure Backup Snapshot Contributor\` on \`${disk('data1')}\` allows \`Microsoft.Compute/disks/delete\`, which backing up \`azure-disk\` doesn't take: \`Disk Backup Reader\` is enough there`,
      ],
    },
    'a custom role with one action too much': {
      facts: [custom([...exporting, 'Microsoft.Compute/disks/write'])],
      policy: disks,
      says: [
        `medium certain Backup Exporter: \`Backup Exporter\` on \`${disk('data1')}\` allows \`Microsoft.Compute/disks/write\`, which backing up \`azure-disk\` doesn't take: \`Disk Backup Reader\` is enough there`,
      ],
    },
    'one that reads too much, and under a condition': {
      facts: [
        custom([...exporting, 'Microsoft.Compute/virtualMachines/read'], { condition: '@Resource[x] StringEquals y' }),
      ],
      policy: disks,
      says: [
        `low likely Backup Exporter: \`Backup Exporter\` on \`${disk('data1')}\` allows \`Microsoft.Compute/virtualMachines/read\`, which backing up \`azure-disk\` doesn't take: \`Disk Backup Reader\` is enough there`,
      ],
    },
  },
});

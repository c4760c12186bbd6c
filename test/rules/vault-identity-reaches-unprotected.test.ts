import { vaultIdentityReachesUnprotected } from '../../src/rules/vault-identity-reaches-unprotected.ts';
import { account, azureRole, disk, group, subscription, vault } from '../support/facts.ts';
import { appIdentity, policy, protects, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const identity = vault();
const identities = [vaultSystem(identity)];
const [key] = [`${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv/keys/k`];
const protecting = [
  protects('azure-disk', {
    source: [disk('data1')],
    snapshots: [group('rg-snapshots')],
    target: [group('rg-restore')],
    staging: [account('st1')],
  }),
  protects('vault-encryption', { key: [key] }),
];
const asking = (...desired: readonly ReturnType<typeof azureRole>[]) =>
  policy({ identities, protects: protecting, desired });
const role = (name: string, scope: string) => azureRole(name, scope, { identity });
const stray = role('Disk Backup Reader', disk('data2', 'rg-web'));

testRule(vaultIdentityReachesUnprotected, {
  pass: {
    'what is protected, for every purpose': {
      facts: [
        role('Disk Backup Reader', disk('DATA1')),
        role('Disk Snapshot Contributor', group('rg-snapshots')),
        role('Disk Restore Operator', group('rg-restore')),
        role('Storage Blob Data Contributor', account('st1')),
        role('Key Vault Crypto Service Encryption User', key ?? ''),
      ],
      policy: policy({ identities, protects: protecting, governs: new Set() }),
    },
    'a group that holds something protected': {
      facts: [role('Reader', group('rg-app'))],
      policy: asking(role('Reader', group('rg-app'))),
    },
    'a thing in a group that is protected as a whole': {
      facts: [role('Disk Backup Reader', disk('data2'))],
      policy: policy({
        identities,
        protects: [protects('azure-disk', { source: [group('rg-app')] })],
        desired: [role('Disk Backup Reader', disk('data2'))],
      }),
    },
    'a subscription, which scope-too-wide tells': {
      facts: [role('Reader', subscription)],
      policy: asking(role('Reader', subscription)),
    },
    'a role that nobody asks for, which undeclared-access tells': { facts: [stray], policy: asking() },
    'a powerful role, which privileged-azure-role tells': {
      facts: [role('Contributor', group('rg-web'))],
      policy: asking(role('Contributor', group('rg-web'))),
    },
    'a role that only restores, which restore-role-left-behind tells': {
      facts: [role('Disk Restore Operator', group('rg-web'))],
      policy: asking(role('Disk Restore Operator', group('rg-web'))),
    },
    'an application': {
      facts: [azureRole('Disk Backup Reader', disk('data2'))],
      policy: policy({ identities: [appIdentity()], protects: protecting, governs: new Set() }),
    },
    'machines, whose vault needs no role at all': {
      facts: [stray],
      policy: policy({ identities, protects: [protects('azure-vm', { source: [group('rg-app')] })], desired: [stray] }),
    },
    'a leftover of a gone identity': { facts: [{ ...stray, orphaned: true }], policy: asking(stray) },
  },
  fail: {
    'a disk of which the vault keeps backups': {
      facts: [stray, vaultSetting('protectedItems', '1', { items: 1, sources: disk('data2', 'rg-web').toLowerCase() })],
      policy: asking(stray),
      says: [
        `low certain Disk Backup Reader: \`Disk Backup Reader\` on \`${disk('data2', 'rg-web')}\` is held by a vault's identity, and the policy protects nothing there, though the vault keeps backups of \`data2\``,
      ],
    },
    'a disk of which the vault keeps none': {
      facts: [stray, vaultSetting('protectedItems', '1', { items: 1, sources: disk('data1').toLowerCase() })],
      policy: asking(stray),
      says: [
        `medium certain Disk Backup Reader: \`Disk Backup Reader\` on \`${disk('data2', 'rg-web')}\` is held by a vault's identity, and neither the policy nor the vault protects anything there`,
      ],
    },
    'a disk that the policy itself asks for': {
      facts: [stray],
      policy: asking(stray),
      says: [
        "medium certain Disk Backup Reader: `Disk Backup Reader` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-web/providers/Microsoft.Compute/disks/data2` is held by a vault's identity, and the policy protects nothing there",
      ],
    },
    'a group, where the plane is not managed': {
      facts: [role('Disk Snapshot Contributor', group('rg-snapshots-old'))],
      policy: policy({ identities, protects: protecting, governs: new Set() }),
      says: [
        "medium certain Disk Snapshot Contributor: `Disk Snapshot Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-snapshots-old` is held by a vault's identity, and the policy protects nothing there",
      ],
    },
    'a key of which the policy says nothing': {
      facts: [role('Key Vault Crypto Service Encryption User', key ?? '')],
      policy: policy({
        identities,
        protects: [protects('azure-disk', { source: [disk('data1')] })],
        governs: new Set(),
      }),
      says: [
        "medium certain Key Vault Crypto Service Encryption User: `Key Vault Crypto Service Encryption User` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv/keys/k` is held by a vault's identity, and the policy protects nothing there",
      ],
    },
  },
});

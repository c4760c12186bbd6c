import { roleId } from '../../src/core/ids.ts';
import { allows, azureRole, group, vault } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { elevation, protect, type Wish, type WrittenRole } from './policy-text.ts';

const machines = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`;
const system = (of = machines): string => `{ vault: ${of}, managedIdentity: system }`;
const keyVault = `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-backup`;
const key = `${keyVault}/keys/vault-key`;
const network = group('rg-network');
const endpoints = group('rg-endpoints');
const customId = 'c0000000-0000-4000-8000-000000000002';

const encrypted = (roles: readonly WrittenRole[], more: Partial<Wish> = {}): Wish => ({
  identities: [system()],
  protects: [protect('vault-encryption', 'backup', { key: [key] })],
  roles,
  ...more,
});
const linked = (roles: readonly WrittenRole[], more = ''): Wish => ({
  identities: [system()],
  protects: [
    protect('azure-vm'),
    protect('vault-private-endpoint', 'backup', { source: [network], target: [endpoints] }, more),
  ],
  roles,
});
const user = 'Key Vault Crypto Service Encryption User';

/** What else a vault's identity does: its own key, private endpoints, the staging of restores. */
export const vaultWorkCases: Cases = {
  'key: the least role on the key': {
    policy: encrypted([[user, key]]),
    tempts: ['crypto-officer-for-encryption', 'privileged-azure-role', 'vault-identity-reaches-unprotected'],
    expect: [],
  },
  'key: access computed': {
    policy: {
      identities: [system()],
      protects: [protect('vault-encryption', 'backup', { key: [key] })],
      access: 'minimal',
    },
    tempts: ['crypto-officer-for-encryption', 'missing-for-workload'],
    expect: [],
  },
  'key: of a Backup vault': {
    policy: encrypted([[user, key]], { identities: [system(vault())] }),
    tempts: ['crypto-officer-for-encryption', 'unneeded-vault-identity-role'],
    expect: [],
  },
  'key: none': { policy: encrypted([]), expect: [`missing-for-workload · ${user} · vault-key`] },
  'key: Key Vault Crypto Officer, as an older page offers': {
    policy: encrypted([['Key Vault Crypto Officer', key]]),
    tempts: ['privileged-azure-role', 'role-wider-than-needed', 'missing-for-workload'],
    expect: ['crypto-officer-for-encryption · Key Vault Crypto Officer · vault-key', 'backup-and-delete · rsv-prod'],
  },
  'key: Key Vault Crypto Officer beside the least role': {
    policy: encrypted([
      [user, key],
      ['Key Vault Crypto Officer', key],
    ]),
    // It also listens to events, which the officer may not.
    tempts: ['redundant-permission'],
    expect: ['crypto-officer-for-encryption · Key Vault Crypto Officer · vault-key', 'backup-and-delete · rsv-prod'],
  },
  'key: Key Vault Crypto User, who encrypts with every key': {
    policy: encrypted([['Key Vault Crypto User', key]]),
    tempts: ['privileged-azure-role', 'backup-and-delete'],
    expect: ['crypto-officer-for-encryption · Key Vault Crypto User · vault-key'],
  },
  'key: a custom role that deletes keys': {
    policy: encrypted([
      [user, key],
      [customId, key],
    ]),
    customRoles: [
      {
        id: roleId(customId),
        name: 'Key janitor',
        type: 'CustomRole',
        permissions: allows([], { dataActions: ['Microsoft.KeyVault/vaults/keys/delete'] }),
      },
    ],
    tempts: ['privileged-azure-role'],
    expect: ['crypto-officer-for-encryption · Key janitor · vault-key', 'backup-and-delete · rsv-prod'],
  },
  'key: a custom role of the three actions': {
    policy: encrypted([[customId, key]]),
    customRoles: [
      {
        id: roleId(customId),
        name: 'Key wrapper',
        type: 'CustomRole',
        permissions: allows([], {
          dataActions: [
            'Microsoft.KeyVault/vaults/keys/read',
            'Microsoft.KeyVault/vaults/keys/wrap/action',
            'Microsoft.KeyVault/vaults/keys/unwrap/action',
          ],
        }),
      },
    ],
    tempts: ['crypto-officer-for-encryption', 'missing-for-workload', 'role-wider-than-needed'],
    expect: [],
  },
  'key: on the whole key vault': {
    policy: encrypted([[user, keyVault]]),
    // The page allows the key or its vault; the key is the narrowest.
    tempts: ['crypto-officer-for-encryption', 'missing-for-workload', 'vault-identity-reaches-unprotected'],
    expect: [],
  },
  'endpoint: of today, without a role': {
    policy: linked([]),
    tempts: ['vault-private-endpoint-role', 'missing-for-workload'],
    expect: [],
  },
  'endpoint: Network Contributor on the network': {
    policy: linked([['Network Contributor', network]]),
    tempts: ['unneeded-vault-identity-role', 'standing-onboarding-access', 'exceeds-workload'],
    expect: ['vault-private-endpoint-role · Network Contributor · rg-network'],
  },
  'endpoint: Network Contributor, where none is declared': {
    policy: {
      identities: [system()],
      protects: [protect('vault-encryption', 'backup', { key: [key] })],
      roles: [
        [user, key],
        ['Network Contributor', network],
      ],
    },
    tempts: ['exceeds-workload', 'privileged-azure-role'],
    expect: [
      'vault-private-endpoint-role · Network Contributor · rg-network',
      'vault-identity-reaches-unprotected · Network Contributor · rg-network',
    ],
  },
  'endpoint: the roles of the first version, on the groups of network and zone': {
    policy: linked([
      ['Network Contributor', network],
      ['Network Contributor', endpoints],
    ]),
    expect: [
      'vault-private-endpoint-role · Network Contributor · rg-network',
      'vault-private-endpoint-role · Network Contributor · rg-endpoints',
    ],
  },
  'endpoint: a set-up of this morning': {
    policy: {
      identities: [system()],
      protects: [
        protect(
          'vault-private-endpoint',
          'backup',
          { source: [network], target: [endpoints] },
          elevation('onboard', 48),
        ),
      ],
    },
    held: [
      azureRole('Private DNS Zone Contributor', endpoints, { identity: machines, created: '2026-11-21T06:00:00Z' }),
    ],
    tempts: ['standing-onboarding-access', 'vault-private-endpoint-role', 'unneeded-vault-identity-role'],
    expect: [],
  },
  'endpoint: of an app that does networks': {
    policy: {
      protects: [protect('azure-vm-disk', 'backup', { source: [group('rg-app')], snapshots: [group('rg-snapshots')] })],
      roles: [
        ['Disk Backup Reader', group('rg-app')],
        ['Reader', group('rg-app')],
        ['Disk Snapshot Contributor', group('rg-snapshots')],
        ['Network Contributor', network],
      ],
    },
    tempts: ['vault-private-endpoint-role'],
    expect: ['exceeds-workload · Network Contributor · rg-network'],
  },
};

import { account, azureRole, disk, group, subscription, vault, vaultIdentity } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { protect, type Wish, type WrittenRole } from './policy-text.ts';

const snapshots = group('rg-snapshots');
const uami = (name: string): string =>
  `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const machines = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`;
const system = (of = vault()): string => `{ vault: ${of}, managedIdentity: system }`;
const user = (name: string, of = vault()): string => `{ vault: ${of}, managedIdentity: ${uami(name)} }`;
const disks = (more: Partial<Wish> = {}): Wish => ({
  identities: [system()],
  protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [snapshots] })],
  roles: least,
  ...more,
});
const least: readonly WrittenRole[] = [
  ['Disk Backup Reader', disk('data1')],
  ['Disk Snapshot Contributor', snapshots],
];
const streams = (workload: string, more: Partial<Wish> = {}): Wish => ({
  identities: [system(machines)],
  protects: [protect(workload, 'backup', [`${group('rg-app')}/providers/Microsoft.Compute/virtualMachines/vm-1`])],
  roles: [],
  ...more,
});
const accountRole = 'Storage Account Backup Contributor';
const blobs = (identities: readonly string[], more: readonly WrittenRole[] = []): Wish => ({
  identities,
  protects: [protect('azure-blob', 'backup', [account('stdocs')])],
  roles: [[accountRole, account('stdocs')], ...more],
});

/** Identities of vaults: which there are, who shares them, and roles that serve nothing. */
export const vaultCases: Cases = {
  'both on: a user-assigned identity that no policy names': {
    policy: disks(),
    also: [vaultIdentity({ managedIdentity: uami('id-1') })],
    expect: ['unclaimed-vault-identity · id-1'],
  },
  'both on: the system-assigned one that no policy names': {
    policy: blobs([user('id-1')]),
    also: [vaultIdentity({})],
    expect: ['unclaimed-vault-identity · SystemAssigned'],
  },
  'both on: two that no policy names': {
    policy: disks(),
    also: [vaultIdentity({ managedIdentity: uami('id-1') }), vaultIdentity({ managedIdentity: uami('id-2') })],
    expect: ['unclaimed-vault-identity · id-1', 'unclaimed-vault-identity · id-2'],
  },
  'both on: the other one is another policy’s': {
    policy: [disks(), { ...blobs([user('id-1')]) }],
    tempts: ['unclaimed-vault-identity', 'duplicate-vault-identity-role', 'undeclared-access'],
    expect: [],
  },
  'both on: another vault’s identity': {
    policy: disks(),
    also: [vaultIdentity({ vault: vault('bv-test'), managedIdentity: uami('id-1') })],
    tempts: ['unclaimed-vault-identity', 'shared-user-assigned-identity'],
    expect: [],
  },
  'both on: one identity alone': { policy: disks(), tempts: ['unclaimed-vault-identity'], expect: [] },
  'both hold: the same role on the same account': {
    policy: blobs([system(), user('id-1')]),
    expect: [`duplicate-vault-identity-role · ${accountRole} · stdocs`],
  },
  'both hold: the roles of disks': {
    policy: disks({ identities: [system(), user('id-1')] }),
    expect: [
      'duplicate-vault-identity-role · Disk Backup Reader · data1',
      'duplicate-vault-identity-role · Disk Snapshot Contributor · rg-snapshots',
    ],
  },
  'both hold: the role of a database server': {
    policy: {
      identities: [system(), user('id-1')],
      protects: [protect('azure-files', 'backup', [account('stfiles')])],
      roles: [['Storage File Backup Contributor', account('stfiles')]],
    },
    expect: ['duplicate-vault-identity-role · Storage File Backup Contributor · stfiles'],
  },
  'both hold: two vaults, each with its own': {
    policy: blobs([system(vault('bv-1')), system(vault('bv-2'))]),
    tempts: ['duplicate-vault-identity-role', 'shared-user-assigned-identity', 'spoofed-display-name'],
    expect: [],
  },
  'both hold: one role each, by two policies': {
    policy: [disks(), blobs([user('id-1')])],
    tempts: ['duplicate-vault-identity-role'],
    expect: [],
  },
  'both hold: one of the two is gone': {
    policy: blobs([system()]),
    also: [azureRole(accountRole, account('stdocs'), { identity: vault(), orphaned: true, key: 'gone-2' })],
    tempts: ['duplicate-vault-identity-role', 'undeclared-access', 'redundant-permission'],
    expect: [`orphaned-assignment · ${accountRole} · stdocs`],
  },
  'shared: one identity on two vaults of one policy': {
    policy: blobs([user('id-1', vault('bv-1')), user('id-1', vault('bv-2'))]),
    expect: ['shared-user-assigned-identity · id-1'],
  },
  'shared: on three vaults': {
    policy: blobs([user('id-1', vault('bv-1')), user('id-1', vault('bv-2')), user('id-1', vault('bv-3'))]),
    expect: ['shared-user-assigned-identity · id-1'],
  },
  'shared: on a Backup vault and a Recovery Services vault': {
    policy: blobs([user('id-1', vault('bv-1')), user('id-1', machines)]),
    expect: ['shared-user-assigned-identity · id-1'],
  },
  'shared: two vaults with an identity each': {
    policy: blobs([user('id-1', vault('bv-1')), user('id-2', vault('bv-2'))]),
    tempts: ['shared-user-assigned-identity', 'duplicate-vault-identity-role'],
    expect: [],
  },
  'shared: one vault, spelled in two ways': {
    policy: [blobs([user('id-1')]), blobs([user('id-1', vault().replace('resourceGroups', 'resourcegroups'))])],
    tempts: ['shared-user-assigned-identity', 'unclaimed-vault-identity'],
    expect: [],
  },
  ...Object.fromEntries(
    ['azure-vm', 'sap-hana-stream', 'sql-in-vm-stream'].flatMap((workload) => [
      [
        `no role: the identity of a vault for ${workload}`,
        { policy: streams(workload), tempts: ['missing-for-workload', 'unneeded-vault-identity-role'], expect: [] },
      ],
      [
        `no role: Reader on the machine, for ${workload}`,
        {
          policy: streams(workload, { roles: [['Reader', group('rg-app')]] }),
          tempts: ['exceeds-workload', 'vault-identity-reaches-unprotected'],
          expect: ['unneeded-vault-identity-role · Reader · rg-app'],
        },
      ],
    ]),
  ),
  'no role: but for the encryption of the vault': {
    policy: streams('azure-vm', {
      protects: [
        protect('azure-vm'),
        protect('vault-encryption', 'backup', {
          key: [`${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-1/keys/vault-key`],
        }),
      ],
      roles: [
        [
          'Key Vault Crypto Service Encryption User',
          `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-1/keys/vault-key`,
        ],
      ],
    }),
    tempts: ['unneeded-vault-identity-role', 'crypto-officer-for-encryption', 'vault-identity-reaches-unprotected'],
    expect: [],
  },
  'beyond: a disk that left the backup': {
    policy: disks({ roles: [...least, ['Disk Backup Reader', disk('data9', 'rg-old')]] }),
    tempts: ['exceeds-workload', 'undeclared-access'],
    expect: ['vault-identity-reaches-unprotected · Disk Backup Reader · data9'],
  },
  'beyond: an account of another team': {
    policy: blobs([system()], [[accountRole, account('stother', 'rg-other')]]),
    tempts: ['exceeds-workload', 'undeclared-access'],
    expect: [`vault-identity-reaches-unprotected · ${accountRole} · stother`],
  },
  'beyond: a group of snapshots from before': {
    policy: disks({ roles: [...least, ['Reader', group('rg-snapshots-2021')]] }),
    expect: ['vault-identity-reaches-unprotected · Reader · rg-snapshots-2021'],
  },
  'beyond: a plane of which the policy does not speak': {
    policy: { identities: [system()], protects: disks().protects ?? [] },
    held: [
      ...least.map(([role, scope]) => azureRole(role, scope, { identity: vault() })),
      azureRole('Disk Backup Reader', disk('data9', 'rg-old'), { identity: vault() }),
    ],
    tempts: ['undeclared-access'],
    expect: ['vault-identity-reaches-unprotected · Disk Backup Reader · data9'],
  },
  'beyond: in no policy': {
    policy: disks(),
    also: [azureRole('Disk Backup Reader', disk('data9', 'rg-old'), { identity: vault() })],
    tempts: ['vault-identity-reaches-unprotected', 'exceeds-workload'],
    expect: ['undeclared-access · Disk Backup Reader · data9'],
  },
  'beyond: nothing, on two disks of two groups': {
    policy: disks({
      protects: [
        protect('azure-disk', 'backup', { source: [disk('data1'), disk('data2', 'rg-web')], snapshots: [snapshots] }),
      ],
      roles: [...least, ['Disk Backup Reader', disk('data2', 'rg-web')]],
    }),
    tempts: ['vault-identity-reaches-unprotected', 'redundant-permission', 'exceeds-workload'],
    expect: [],
  },
  'beyond: the whole subscription': {
    policy: disks({ roles: [['Disk Backup Reader', subscription], least[1] as WrittenRole] }),
    tempts: ['vault-identity-reaches-unprotected', 'missing-for-workload'],
    expect: ['scope-too-wide · Disk Backup Reader · subscription'],
  },
};

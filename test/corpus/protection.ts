import type { Fact } from '../../src/core/fact.ts';
import { account, group, vault } from '../support/facts.ts';
import { accountSetting, keyVault, keyVaultPolicy, vaultSetting } from '../support/protection-facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';

const key = `${keyVault()}/keys/vault`;
const blobs: Wish = {
  identities: [`{ vault: ${vault()}, managedIdentity: system }`],
  protects: [protect('azure-blob', 'backup', [account('stdocs')])],
  roles: [['Storage Account Backup Contributor', account('stdocs')]],
};
const encrypted: Wish = {
  identities: [`{ vault: ${vault()}, managedIdentity: system }`],
  protects: [protect('vault-encryption', 'backup', { key: [key] })],
  roles: [['Key Vault Crypto Service Encryption User', key]],
};

const fires = (also: readonly Fact[], ...expect: readonly string[]): CorpusCase => ({ policy: blobs, also, expect });
const spares = (tempts: string, ...also: readonly Fact[]): CorpusCase => ({
  policy: blobs,
  also,
  tempts: [tempts],
  expect: [],
});
const of = (rule: string, subject: string, where = 'bv-prod'): string => `${rule} · ${subject} · ${where}`;

const deletable = 'vault-recovery-points-deletable';
const approver = 'vault-without-second-approver';
const outside = 'vault-open-to-outside';
const region = 'vault-in-one-region';
const loss = 'vault-key-loss';
const nothing = 'vault-protects-nothing';
const open = 'storage-account-open';
const unrecoverable = 'storage-account-unrecoverable';
const wide = 'key-vault-access-wider-than-needed';
const mua = 'multiUserAuthorization';
const guardOf = (where: string): string => `${where}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const farAway = '/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/rg-guards';
const byKey = (identity: string | null, attached: boolean | null) =>
  vaultSetting('encryption', 'Enabled', { keyUri: 'https://kv-1.vault.azure.net/keys/vault', identity, attached });
const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-key`;
const purge = (value: string) => vaultSetting('purgeProtection', value, { vault: vault() }, { resource: keyVault() });
const items = (active: number, all: number) =>
  vaultSetting('protectedItems', String(active), { items: all, sources: null });
const policyOf = (also: Fact, expect: readonly string[], tempts: readonly string[] = []): CorpusCase => ({
  policy: encrypted,
  also: [also],
  tempts,
  expect,
});
const wrapping = ['get', 'unwrapkey', 'wrapkey'];

/** Settings of vaults, of the key vaults behind them and of the accounts that they protect. */
export const protectionCases: Cases = {
  'protection: soft delete is off': fires([vaultSetting('softDelete', 'Off')], of(deletable, 'softDelete')),
  'protection: soft delete can be switched off': fires([vaultSetting('softDelete', 'On')], of(deletable, 'softDelete')),
  'protection: nothing is immutable': fires([vaultSetting('immutability', 'Disabled')], of(deletable, 'immutability')),
  'protection: immutability is not locked': fires(
    [vaultSetting('immutability', 'Unlocked')],
    of(deletable, 'immutability'),
  ),
  'protection: soft delete for good': spares(deletable, vaultSetting('softDelete', 'AlwaysOn')),
  'protection: locked': spares(deletable, vaultSetting('immutability', 'Locked')),
  'protection: a lock': spares(deletable, vaultSetting('locks', '1', { cannotDelete: 1 })),
  'approver: none': fires([vaultSetting(mua, 'Disabled')], of(approver, mua)),
  'approver: a guard beside the vault': fires(
    [vaultSetting(mua, 'Enabled', { guard: guardOf(group('rg-backup')), sameSubscription: true })],
    of(approver, mua),
  ),
  'approver: a guard of the same people': fires(
    [vaultSetting(mua, 'Enabled', { guard: guardOf(group('rg-guards')), sameSubscription: true })],
    of(approver, mua),
  ),
  'approver: a guard far away': spares(
    approver,
    vaultSetting(mua, 'Enabled', { guard: guardOf(farAway), sameSubscription: false }),
  ),
  'approver: guarded, nobody says by whom': spares(approver, vaultSetting(mua, 'Enabled')),
  'approver: not said': spares(approver, vaultSetting('softDelete', 'AlwaysOn')),
  'outside: the public network': fires(
    [vaultSetting('publicNetworkAccess', 'Enabled')],
    of(outside, 'publicNetworkAccess'),
  ),
  'outside: other subscriptions': fires(
    [vaultSetting('crossSubscriptionRestore', 'Enabled')],
    of(outside, 'crossSubscriptionRestore'),
  ),
  'outside: both': fires(
    [vaultSetting('crossSubscriptionRestore', 'Enabled'), vaultSetting('publicNetworkAccess', 'Enabled')],
    of(outside, 'crossSubscriptionRestore'),
    of(outside, 'publicNetworkAccess'),
  ),
  'outside: private endpoints': spares(outside, vaultSetting('publicNetworkAccess', 'Disabled')),
  'outside: this subscription': spares(outside, vaultSetting('crossSubscriptionRestore', 'Disabled')),
  'outside: this one for good': spares(outside, vaultSetting('crossSubscriptionRestore', 'PermanentlyDisabled')),
  'region: one datacentre': fires([vaultSetting('redundancy', 'LocallyRedundant')], of(region, 'redundancy')),
  'region: one datacentre, in other letters': fires(
    [vaultSetting('redundancy', 'locallyRedundant')],
    of(region, 'redundancy'),
  ),
  'region: another one, shut': fires(
    [vaultSetting('redundancy', 'GeoRedundant'), vaultSetting('crossRegionRestore', 'Disabled')],
    of(region, 'crossRegionRestore'),
  ),
  'region: three zones': spares(
    region,
    vaultSetting('redundancy', 'ZoneRedundant'),
    vaultSetting('crossRegionRestore', 'Disabled'),
  ),
  'region: another one, open': spares(
    region,
    vaultSetting('redundancy', 'GeoRedundant'),
    vaultSetting('crossRegionRestore', 'Enabled'),
  ),
  'region: the switch alone': spares(region, vaultSetting('crossRegionRestore', 'Disabled')),
  'key: its identity is off': fires([byKey('SystemAssigned', false)], of(loss, 'encryption')),
  'key: its identity was taken away': fires([byKey(user, false)], of(loss, 'encryption')),
  'key: it can be purged': fires([purge('Disabled')], of(loss, 'purgeProtection', 'kv-1')),
  'key: its identity is on': spares(loss, byKey('SystemAssigned', true)),
  'key: its identity is there': spares(loss, byKey(user, true)),
  'key: it cannot be purged': spares(loss, purge('Enabled')),
  'items: all stopped': fires([items(0, 3)], of(nothing, 'protectedItems')),
  'items: the only one stopped': fires([items(0, 1)], of(nothing, 'protectedItems')),
  'items: a thousand stopped': fires([items(0, 1000)], of(nothing, 'protectedItems')),
  'items: one is left': spares(nothing, items(1, 3)),
  'items: all are backed up': spares(nothing, items(3, 3)),
  'items: none yet': spares(nothing, items(0, 0)),
  'account: shared keys': fires([accountSetting('sharedKeyAccess', 'Enabled')], of(open, 'sharedKeyAccess', 'stdocs')),
  'account: every network': fires([accountSetting('networkDefault', 'Allow')], of(open, 'networkDefault', 'stdocs')),
  'account: other tenants': fires(
    [accountSetting('crossTenantReplication', 'Enabled')],
    of(open, 'crossTenantReplication', 'stdocs'),
  ),
  'account: no shared keys': spares(open, accountSetting('sharedKeyAccess', 'Disabled')),
  'account: named networks': spares(open, accountSetting('networkDefault', 'Deny')),
  'account: no public network at all': spares(
    open,
    accountSetting('networkDefault', 'Allow', { publicNetworkAccess: 'Disabled' }),
  ),
  'blobs: deleted ones are gone': fires(
    [accountSetting('blobSoftDelete', 'Disabled')],
    of(unrecoverable, 'blobSoftDelete', 'stdocs'),
  ),
  'blobs: overwritten ones are gone': fires(
    [accountSetting('versioning', 'Disabled')],
    of(unrecoverable, 'versioning', 'stdocs'),
  ),
  'blobs: both are gone': fires(
    [accountSetting('blobSoftDelete', 'Disabled'), accountSetting('versioning', 'Disabled')],
    of(unrecoverable, 'blobSoftDelete', 'stdocs'),
    of(unrecoverable, 'versioning', 'stdocs'),
  ),
  'blobs: deleted ones are kept': spares(unrecoverable, accountSetting('blobSoftDelete', 'Enabled')),
  'blobs: versions are kept': spares(unrecoverable, accountSetting('versioning', 'Enabled')),
  'blobs: not said': spares(unrecoverable, accountSetting('sharedKeyAccess', 'Disabled')),
  'key policy: secrets beside the key': policyOf(keyVaultPolicy({ keys: wrapping, secrets: ['get'] }), [
    `${wide} · kv-1`,
  ]),
  'key policy: makes keys': policyOf(keyVaultPolicy({ keys: [...wrapping, 'create'] }), [`${wide} · kv-1`]),
  'key policy: purges certificates': policyOf(keyVaultPolicy({ keys: wrapping, certificates: ['purge'] }), [
    `${wide} · kv-1`,
  ]),
  'key policy: purges the key': policyOf(keyVaultPolicy({ keys: [...wrapping, 'purge'] }), [
    'crypto-officer-for-encryption · kv-1',
  ]),
  'key policy: wraps and unwraps': policyOf(keyVaultPolicy({ keys: wrapping }), [], [wide]),
  'key policy: lists too': policyOf(keyVaultPolicy({ keys: [...wrapping, 'list'] }), [], [wide]),
  'key policy: everything, and counts for nothing': policyOf(
    keyVaultPolicy({ keys: ['all'], secrets: ['all'] }, { inEffect: false }),
    [],
    [wide, 'crypto-officer-for-encryption'],
  ),
  'key policy: in place of the role': {
    policy: { identities: encrypted.identities ?? [], protects: encrypted.protects ?? [] },
    also: [keyVaultPolicy({ keys: wrapping })],
    tempts: ['missing-for-workload', wide],
    expect: [],
  },
  'key policy: does not wrap': {
    policy: { ...encrypted, roles: [] },
    also: [keyVaultPolicy({ keys: ['get', 'list'] })],
    expect: ['missing-for-workload · Key Vault Crypto Service Encryption User · vault'],
  },
  'key policy: wraps, and counts for nothing': {
    policy: { ...encrypted, roles: [] },
    also: [keyVaultPolicy({ keys: wrapping }, { inEffect: false })],
    expect: ['missing-for-workload · Key Vault Crypto Service Encryption User · vault'],
  },
};

import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import { scopeName } from '../../src/core/scope.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';
import {
  account,
  archive,
  company,
  group,
  objectId,
  type Part,
  policy,
  production,
  resource,
} from './stories/company.ts';

const recovery = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const keyVault = `${group('rg-keys', archive)}/providers/Microsoft.KeyVault/vaults/kv-backup`;
const uri = 'https://kv-backup.vault.azure.net/keys/vault';
const principal = objectId(recovery);
const docs = account('stdocs');
const accountRole = 'Storage File Backup Contributor';

/** What `resource` makes of the vault, with these properties and these things in it. */
const vaultWith = (properties: object, inside: readonly object[] = []): Part => {
  const { graph, arm } = resource(recovery, { roles: [[accountRole, docs]] });
  const resources = (arm?.resources ?? []).map((one) => ({ ...one, properties }));
  return { graph: graph ?? {}, arm: { ...arm, resources: [...resources, ...inside] as never } };
};
const thing = (id: string, type: string, properties: object): Part => ({
  arm: { resources: [{ id, name: scopeName(id), type, location: 'westeurope', properties }] },
});
const keyVaultWith = (permissions: object, more: object = {}): Part =>
  thing(keyVault, 'Microsoft.KeyVault/vaults', {
    vaultUri: 'https://kv-backup.vault.azure.net',
    enablePurgeProtection: true,
    accessPolicies: [{ objectId: principal, permissions }],
    ...more,
  });

const encryption = { keyVaultProperties: { keyUri: uri }, kekIdentity: { useSystemAssignedIdentity: true } };
const strong = {
  publicNetworkAccess: 'Disabled',
  redundancySettings: { standardTierStorageRedundancy: 'ZoneRedundant', crossRegionRestore: 'Disabled' },
  restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Disabled' } },
  securitySettings: {
    softDeleteSettings: { softDeleteState: 'AlwaysON' },
    immutabilitySettings: { state: 'Locked' },
    multiUserAuthorization: 'Enabled',
  },
  encryption,
};
const weak = {
  publicNetworkAccess: 'Enabled',
  redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant' },
  restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Enabled' } },
  securitySettings: {
    softDeleteSettings: { softDeleteState: 'Disabled' },
    immutabilitySettings: { state: 'Unlocked' },
    multiUserAuthorization: 'Disabled',
  },
  encryption: {
    ...encryption,
    kekIdentity: {
      userAssignedIdentity: `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gone`,
    },
  },
};
const wraps = { keys: ['Get', 'WrapKey', 'UnwrapKey'] };
const strongAccount = thing(docs, 'Microsoft.Storage/storageAccounts', {
  allowSharedKeyAccess: false,
  allowCrossTenantReplication: false,
  networkAcls: { defaultAction: 'Deny' },
});
const weakAccount: Part = {
  arm: {
    resources: [
      ...(thing(docs, 'Microsoft.Storage/storageAccounts', {
        provisioningState: 'Succeeded',
        allowCrossTenantReplication: true,
        networkAcls: { defaultAction: 'Allow' },
      }).arm?.resources ?? []),
      ...(thing(`${docs}/blobServices/default`, 'Microsoft.Storage/storageAccounts/blobServices', {
        deleteRetentionPolicy: { enabled: false },
        isVersioningEnabled: false,
      }).arm?.resources ?? []),
    ],
  },
};

const spec = (keyVaultAccess: string): string => `
  identities: [{ vault: ${recovery}, managedIdentity: system }]
  protects:
    - { workload: azure-files, operations: [backup], scopes: [${docs}] }
    - { workload: vault-encryption, operations: [backup], scopes: { key: [${keyVault}/keys/vault] } }
  access:
    azureRoles: [{ role: ${accountRole}, scope: ${docs} }]
    keyVaultAccess: ${keyVaultAccess}`;
const declared = `[{ vault: ${keyVault}, permissions: { keys: [get, wrapKey, unwrapKey] } }]`;

const run = async (tenant: TenantState, access = declared) => {
  const emulator = await serve(tenant);
  try {
    const report = await checkOn(emulator, tenant, writePolicies({ 'rsv.yaml': policy('rsv', spec(access)) }));
    return { report, log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};
const says = ({ findings }: Report): string[] =>
  findings.map(({ rule, severity, subject }) => `${severity} ${rule}: ${scopeName(subject)}`).toSorted();
const drift = (report: Report): string[] =>
  report.drift.map(({ change }) => `${change.cause} ${changedFact(change).kind}`);
const gaps = ({ coverage }: Report): string[] =>
  coverage.flatMap(({ kind, state, reason }) => (state === 'gap' ? [`${kind} ${reason}`] : []));

describe('what is protected', () => {
  it('is silent on a vault, a key vault and an account that are well kept', async () => {
    const { report } = await run(company([vaultWith(strong), keyVaultWith(wraps), strongAccount]));
    expect([says(report), drift(report), gaps(report), report.exitCode]).toEqual([[], [], [], 0]);
  });

  it('is silent on objects that say no more than that they are there', async () => {
    const { report } = await run(company([vaultWith({}), keyVaultWith(wraps), resourceGroupOnly]));
    expect([says(report), drift(report), gaps(report), report.exitCode]).toEqual([[], [], [], 0]);
  });

  it('is told setting by setting', async () => {
    const state = company([
      vaultWith(weak, [
        {
          id: `${recovery}/backupProtectedItems/vm`,
          type: 'Microsoft.RecoveryServices/vaults/backupProtectedItems',
          properties: { protectionState: 'ProtectionStopped' },
        },
      ]),
      keyVaultWith({ ...wraps, secrets: ['get'] }, { enablePurgeProtection: undefined }),
      weakAccount,
    ]);
    const { report } = await run(state);
    expect(gaps(report)).toEqual([]);
    expect(says(report)).toEqual([
      'critical vault-key-loss: encryption',
      'high vault-key-loss: purgeProtection',
      'high vault-recovery-points-deletable: softDelete',
      'low storage-account-open: crossTenantReplication',
      'low storage-account-open: networkDefault',
      'low storage-account-open: sharedKeyAccess',
      'low storage-account-unrecoverable: blobSoftDelete',
      'low storage-account-unrecoverable: versioning',
      'low vault-in-one-region: redundancy',
      'low vault-open-to-outside: crossSubscriptionRestore',
      'low vault-open-to-outside: publicNetworkAccess',
      'low vault-protects-nothing: protectedItems',
      'low vault-recovery-points-deletable: immutability',
      'medium key-vault-access-wider-than-needed: kv-backup',
      'medium vault-without-second-approver: multiUserAuthorization',
    ]);
    expect(drift(report)).toEqual(['changed key-vault-access']);
  });

  it('costs three lists of the vault, two reads of the account and one of the key vault', async () => {
    const { log } = await run(company([vaultWith({ encryption }), keyVaultWith(wraps), strongAccount]));
    const asked = httpRequests(log).filter(({ path }) =>
      /backupProtectedItems|backupResourceGuardProxies|\/locks|storageAccounts|KeyVault/i.test(path),
    );
    expect(asked).toHaveLength(6);
  });
});

const resourceGroupOnly: Part = thing(docs, 'Microsoft.Storage/storageAccounts', {});

describe('access policies of a key vault', () => {
  const on = (permissions: object, more: object = {}) =>
    company([vaultWith({}), keyVaultWith(permissions, more), strongAccount]);

  it('that differ are changed', async () => {
    expect(drift((await run(on({ keys: ['get', 'wrapKey', 'unwrapKey', 'list'] }))).report)).toEqual([
      'changed key-vault-access',
    ]);
  });

  it('that nobody gave are missing, and so is what they are for', async () => {
    const { report } = await run(on({}, { accessPolicies: [] }));
    expect(drift(report)).toEqual(['missing key-vault-access']);
  });

  it('that count for nothing, since roles rule, are missing', async () => {
    const { report } = await run(on(wraps, { enableRbacAuthorization: true }));
    expect(drift(report)).toEqual(['missing key-vault-access']);
    expect(says(report)).toEqual(['high missing-for-workload: Key Vault Crypto Service Encryption User']);
  });

  it('that no policy asks for are undeclared', async () => {
    const { report } = await run(on({ keys: ['get', 'purge'] }), '[]');
    expect(drift(report)).toEqual(['undeclared key-vault-access']);
    expect(says(report)).toContain('high crypto-officer-for-encryption: kv-backup');
  });

  it('that may not be read are a gap', async () => {
    const state = company([vaultWith({}), keyVaultWith(wraps), strongAccount], {
      roles: [{ role: 'Reader', scope: production }],
    });
    expect(gaps((await run(state)).report)).toContain('key-vault-access forbidden');
  });
});

import { describe, expect, it } from 'vitest';
import { armId, identityId } from '../../src/core/ids.ts';
import type { FoundIdentity, Reading } from '../../src/core/kind.ts';
import { ok } from '../../src/core/result.ts';
import { vaultProtection } from '../../src/kinds/vault-protection.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { group, vault } from '../support/facts.ts';
import { appIdentity, policy as resolved, vaultSystem, vaultUser } from '../support/policies.ts';
import { foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const recovery = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`;
const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1`;
const guard = `${group('rg-guards')}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const found = (of: string, properties: object, identity: object = { type: 'SystemAssigned' }, id = of): FoundIdentity =>
  foundApp({ id: identityId(id), vault: { id: of, identity, properties } });
const policyOf = (...of: readonly string[]) => resolved({ identities: of.map((one) => vaultSystem(one)) }).policy;

const children = (of: string, more: KindCase['armLists'] = {}): NonNullable<KindCase['armLists']> => ({
  [`${of}/${of === recovery ? 'backupProtectedItems' : 'backupInstances'}`]: ok([]),
  [`${of}/backupResourceGuardProxies`]: ok([]),
  [`${of}/providers/Microsoft.Authorization/locks`]: ok([]),
  ...more,
});
const quiet = ['locks 0', 'protectedItems 0'];
const say = ({ facts }: Reading): string[] =>
  facts
    .flatMap((fact) => (fact.kind === 'vault-protection' ? [`${fact.setting} ${fact.value}`] : []))
    .filter((line) => !quiet.includes(line))
    .toSorted();
const detailsOf = ({ facts }: Reading, setting: string) =>
  facts.flatMap((fact) => (fact.kind === 'vault-protection' && fact.setting === setting ? [fact.details] : []))[0];

const readVault = (of: string, properties: object, more: KindCase = {}) =>
  readKind(vaultProtection, {
    identities: [found(of, properties)],
    policies: [policyOf(of)],
    armLists: children(of),
    ...more,
  });

describe('settings', () => {
  it('of a Backup vault', async () => {
    const reading = await readVault(vault(), {
      storageSettings: [{ datastoreType: 'VaultStore', type: 'LocallyRedundant' }],
      isVaultProtectedByResourceGuard: false,
      securitySettings: { softDeleteSettings: { state: 'On' }, immutabilitySettings: { state: 'Unlocked' } },
      featureSettings: {
        crossSubscriptionRestoreSettings: { state: 'Enabled' },
        crossRegionRestoreSettings: { state: 'Disabled' },
      },
    });
    expect(sayGaps(reading)).toEqual([]);
    expect(say(reading)).toEqual([
      'crossRegionRestore Disabled',
      'crossSubscriptionRestore Enabled',
      'immutability Unlocked',
      'multiUserAuthorization Disabled',
      'redundancy LocallyRedundant',
      'softDelete On',
    ]);
  });

  it('of a Recovery Services vault', async () => {
    const reading = await readVault(recovery, {
      publicNetworkAccess: 'Enabled',
      redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Disabled' },
      restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'PermanentlyDisabled' } },
      securitySettings: {
        softDeleteSettings: { softDeleteState: 'AlwaysON' },
        immutabilitySettings: { state: 'Locked' },
        multiUserAuthorization: 'Disabled',
      },
    });
    expect(say(reading)).toEqual([
      'crossRegionRestore Disabled',
      'crossSubscriptionRestore PermanentlyDisabled',
      'immutability Locked',
      'multiUserAuthorization Disabled',
      'publicNetworkAccess Enabled',
      'redundancy GeoRedundant',
      'softDelete AlwaysOn',
    ]);
  });

  it.each([
    ['soft delete that is off', { softDeleteSettings: { softDeleteState: 'Disabled' } }, ['softDelete Off']],
    ['soft delete that can be switched off', { softDeleteSettings: { softDeleteState: 'Enabled' } }, ['softDelete On']],
    ['what was never set', { softDeleteSettings: { softDeleteState: 'Invalid' } }, []],
    ['what is left out', {}, []],
  ])('of Recovery Services, in the words of Backup vaults: %s', async (_, securitySettings, expected) => {
    expect(say(await readVault(recovery, { securitySettings }))).toEqual(expected);
  });

  it('that a vault does not mention are not told', async () => {
    expect(say(await readVault(vault(), {}))).toEqual([]);
    expect(say(await readVault(recovery, { provisioningState: 'Succeeded' }))).toEqual([]);
  });

  it.skipIf(!hasContractExamples)('of recorded answers', async () => {
    const [backup] = contractRows('arm-backupvaults-list-subscription-recorded');
    const [services] = contractRows('arm-recoveryservices-vaults-list-recorded');
    const told = async (wire: Record<string, unknown> | undefined) => {
      const id = String(wire?.['id']);
      const child = id.includes('RecoveryServices') ? 'backupProtectedItems' : 'backupInstances';
      return readKind(vaultProtection, {
        identities: [foundApp({ id: identityId(id), vault: wire })],
        policies: [policyOf(id)],
        armLists: { ...children(id), [`${id}/${child}`]: ok([]) },
      });
    };
    expect(say(await told(backup))).toEqual([
      'immutability Disabled',
      'multiUserAuthorization Disabled',
      'redundancy LocallyRedundant',
      'softDelete On',
    ]);
    expect(say(await told(services))).toEqual(['publicNetworkAccess Enabled']);
  });
});

describe('what lies in a vault', () => {
  it('shows by whom it is guarded', async () => {
    const proxies = ok([{ properties: { resourceGuardResourceId: guard } }]);
    const reading = await readVault(
      vault(),
      { isVaultProtectedByResourceGuard: true },
      { armLists: children(vault(), { [`${vault()}/backupResourceGuardProxies`]: proxies }) },
    );
    expect(say(reading)).toEqual(['multiUserAuthorization Enabled']);
    expect(detailsOf(reading, 'multiUserAuthorization')).toEqual({ guard, sameSubscription: true });
  });

  it('shows what is backed up, what no longer is, and which locks there are', async () => {
    const instance = (currentProtectionState: string, resourceID: string) => ({
      properties: { currentProtectionState, dataSourceInfo: { resourceID } },
    });
    const reading = await readVault(
      vault(),
      {},
      {
        armLists: children(vault(), {
          [`${vault()}/backupInstances`]: ok([
            instance('ProtectionConfigured', '/subscriptions/S/b'),
            instance('ProtectionStopped', '/subscriptions/s/a'),
          ]),
          [`${vault()}/providers/Microsoft.Authorization/locks`]: ok([{ properties: { level: 'CanNotDelete' } }]),
        }),
      },
    );
    expect(say(reading)).toEqual(['locks 1', 'protectedItems 1']);
    expect(detailsOf(reading, 'protectedItems')).toEqual({
      items: 2,
      sources: '/subscriptions/s/a /subscriptions/s/b',
    });
    expect(detailsOf(reading, 'locks')).toEqual({ cannotDelete: 1 });
  });
});

describe('reading', () => {
  it('asks three lists of a vault, and one less where it is known to have no guard', async () => {
    const open = await readVault(vault(), { isVaultProtectedByResourceGuard: false });
    expect(open.paths).toEqual([
      `arm ${vault()}/backupInstances`,
      `arm ${vault()}/providers/Microsoft.Authorization/locks`,
    ]);
    const guarded = await readVault(vault(), { isVaultProtectedByResourceGuard: true });
    expect(guarded.paths).toHaveLength(3);
    expect((await readVault(recovery, {})).paths).toHaveLength(3);
  });

  it('asks once for a vault that two policies name, and tells it under each first identity', async () => {
    const reading = await readKind(vaultProtection, {
      identities: [found(vault(), {}), found(vault(), {}, {}, user)],
      policies: [
        resolved({ identities: [vaultSystem(vault()), vaultUser(vault(), user)] }).policy,
        resolved({ identities: [vaultUser(vault(), user)] }).policy,
      ],
      armLists: children(vault()),
    });
    expect(reading.paths).toHaveLength(2);
    expect([...new Set(reading.facts.map(({ identity }) => identity))]).toEqual([vault(), user]);
  });

  it('leaves a gap for each list that is refused, and tells the rest', async () => {
    const reading = await readVault(vault(), { isVaultProtectedByResourceGuard: true }, { armLists: {} });
    expect(say(reading)).toEqual(['multiUserAuthorization Enabled']);
    expect(sayGaps(reading)).toEqual(Array.from({ length: 3 }, () => 'vault-protection forbidden: HTTP 403'));
    expect(refused.reason).toBe('forbidden');
  });

  it.each([
    [
      'a setting that is no text',
      { publicNetworkAccess: true },
      '`publicNetworkAccess` is boolean where a text belongs',
    ],
    ['settings that are no object', { securitySettings: [] }, '`securitySettings` is a list where an object belongs'],
  ])('calls %s malformed', async (_, properties, detail) => {
    expect(sayGaps(await readVault(vault(), properties))).toEqual([`vault-protection malformed: ${detail}`]);
  });

  it('leaves a vault that was not found to those who looked for it', async () => {
    const reading = await readKind(vaultProtection, {
      identities: [foundApp({ id: identityId(vault()), state: 'unread', vault: null })],
      policies: [policyOf(vault())],
    });
    expect(reading).toMatchObject({ facts: [], gaps: [], paths: [] });
  });
});

it('is asked for the vaults of a policy that is active', () => {
  const active = policyOf(vault(), recovery);
  expect(vaultProtection.asks(active)).toEqual(
    [vault(), recovery].map((scope) => ({ api: 'azure', scope: armId(scope) })),
  );
  expect(vaultProtection.asks({ ...active, state: 'retired' })).toEqual([]);
  expect(vaultProtection.asks(resolved({ identities: [appIdentity()] }).policy)).toEqual([]);
  expect(vaultProtection.governs(active)).toBe(false);
});

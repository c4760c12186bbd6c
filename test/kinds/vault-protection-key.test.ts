import { describe, expect, it } from 'vitest';
import { identityId } from '../../src/core/ids.ts';
import type { FoundIdentity, Reading } from '../../src/core/kind.ts';
import { ok } from '../../src/core/result.ts';
import { vaultProtection } from '../../src/kinds/vault-protection.ts';
import { group, vault } from '../support/facts.ts';
import { protects, policy as resolved, vaultSystem } from '../support/policies.ts';
import { keyVault } from '../support/protection-facts.ts';
import { foundApp, type KindCase, readKind, sayGaps } from '../support/read-kind.ts';

const recovery = `${group('rg-backup')}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`;
const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1`;
const found = (of: string, properties: object, identity: object = { type: 'SystemAssigned' }): FoundIdentity =>
  foundApp({ id: identityId(of), vault: { id: of, identity, properties } });
const say = ({ facts }: Reading): string[] =>
  facts
    .flatMap((fact) => (fact.kind === 'vault-protection' ? [`${fact.setting} ${fact.value}`] : []))
    .filter((line) => !line.endsWith(' 0'))
    .toSorted();
const detailsOf = ({ facts }: Reading, setting: string) =>
  facts.flatMap((fact) => (fact.kind === 'vault-protection' && fact.setting === setting ? [fact.details] : []))[0];

const readVault = (of: string, properties: object, more: KindCase = {}) =>
  readKind(vaultProtection, {
    identities: [found(of, properties)],
    policies: [resolved({ identities: [vaultSystem(of)] }).policy],
    armLists: {
      [`${of}/${of === recovery ? 'backupProtectedItems' : 'backupInstances'}`]: ok([]),
      [`${of}/backupResourceGuardProxies`]: ok([]),
      [`${of}/providers/Microsoft.Authorization/locks`]: ok([]),
    },
    ...more,
  });

describe('a key of its own', () => {
  const uri = 'https://kv-1.vault.azure.net/keys/vault';
  const encryption = { keyVaultProperties: { keyUri: uri }, kekIdentity: { useSystemAssignedIdentity: true } };
  const inKeyVault = (properties: object) => ({ [keyVault()]: ok({ id: keyVault(), properties }) });
  const declaring = resolved({
    identities: [vaultSystem(recovery)],
    protects: [protects('vault-encryption', { key: [`${keyVault()}/keys/vault`] })],
  }).policy;

  it.each([
    ['purge protection is on', { enablePurgeProtection: true }, 'purgeProtection Enabled'],
    ['purge protection was never switched on', { vaultUri: 'https://kv-1' }, 'purgeProtection Disabled'],
  ])('of which %s, in a key vault that the policy names', async (_, properties, expected) => {
    const reading = await readVault(recovery, { encryption }, { policies: [declaring], arm: inKeyVault(properties) });
    expect(sayGaps(reading)).toEqual([]);
    expect(say(reading)).toEqual(['encryption Enabled', expected]);
    expect(detailsOf(reading, 'encryption')).toEqual({ keyUri: uri, identity: 'SystemAssigned', attached: true });
  });

  it('in a key vault that is cut short says nothing of purging', async () => {
    const reading = await readVault(recovery, { encryption }, { policies: [declaring], arm: inKeyVault({}) });
    expect(say(reading)).toEqual(['encryption Enabled']);
  });

  it('in a key vault that no policy names is found by name', async () => {
    const reading = await readVault(
      recovery,
      { encryption },
      { armQuery: ok([{ id: keyVault() }]), arm: inKeyVault({ enablePurgeProtection: true }) },
    );
    expect(say(reading)).toEqual(['encryption Enabled', 'purgeProtection Enabled']);
    expect(reading.paths.filter((path) => path.startsWith('query'))).toHaveLength(1);
  });

  it('in a key vault that nobody sees is a gap', async () => {
    const reading = await readVault(recovery, { encryption }, { armQuery: ok([]) });
    expect(sayGaps(reading)).toEqual(['vault-protection not-visible: no key vault `kv-1` is visible']);
    expect(reading.gaps[0]?.needs).toBe('Reader at the key vault that holds the key of the vault');
  });

  it('in a managed HSM is not looked for', async () => {
    const hsm = { ...encryption, keyVaultProperties: { keyUri: 'https://h.managedhsm.azure.net/keys/vault' } };
    const reading = await readVault(recovery, { encryption: hsm });
    expect([say(reading), sayGaps(reading)]).toEqual([['encryption Enabled'], []]);
  });

  it.each([
    ['its own, switched off', { type: 'None' }, { useSystemAssignedIdentity: true }, false],
    ['one that it lost', { type: 'SystemAssigned' }, { userAssignedIdentity: user }, false],
    [
      'one that it has',
      { type: 'UserAssigned', userAssignedIdentities: { [user.toLowerCase()]: {} } },
      { userAssignedIdentity: user },
      true,
    ],
    ['nobody knows which', { type: 'SystemAssigned' }, {}, null],
  ])('fetched by an identity: %s', async (_, identity, kekIdentity, attached) => {
    const reading = await readVault(
      recovery,
      {},
      {
        identities: [found(recovery, { encryption: { ...encryption, kekIdentity } }, identity)],
        policies: [declaring],
        arm: inKeyVault({ enablePurgeProtection: true }),
      },
    );
    expect(detailsOf(reading, 'encryption')).toMatchObject({ attached });
  });

  it('of a Backup vault is told in its own words', async () => {
    const encryptionSettings = {
      state: 'Enabled',
      keyVaultProperties: { keyUri: uri },
      kekIdentity: { identityType: 'UserAssigned', identityId: user },
    };
    const reading = await readVault(
      vault(),
      { securitySettings: { encryptionSettings } },
      { armQuery: ok([{ id: keyVault() }]), arm: inKeyVault({ enablePurgeProtection: true }) },
    );
    expect(detailsOf(reading, 'encryption')).toEqual({ keyUri: uri, identity: user, attached: false });
  });
});

import type { KeyVaultAccessFact } from '../../src/core/access-fact.ts';
import { armId, identityId } from '../../src/core/ids.ts';
import type { StorageProtectionFact, VaultProtectionFact } from '../../src/core/safety-fact.ts';
import { canonicalScope } from '../../src/core/scope.ts';
import type { SettingDetails } from '../../src/core/setting-details.ts';
import { account, group, vault } from './facts.ts';

/** A key vault by name. */
export const keyVault = (name = 'kv-1'): string => `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/${name}`;

/** A setting of the vault `bv-prod`, told under its own identity. */
export const vaultSetting = (
  setting: string,
  value: string,
  details: SettingDetails = {},
  { identity = vault(), resource = vault() }: { identity?: string; resource?: string } = {},
): VaultProtectionFact => ({
  kind: 'vault-protection',
  key: `vault-protection/${identity.toLowerCase()}${canonicalScope(resource)}/${setting}`,
  identity: identityId(identity),
  subject: setting,
  resource: armId(resource),
  setting,
  value,
  details,
});

/** A setting of the storage account `stdocs`, told under the vault's identity. */
export const accountSetting = (
  setting: string,
  value: string,
  details: SettingDetails = {},
  { identity = vault(), resource = account('stdocs') }: { identity?: string; resource?: string } = {},
): StorageProtectionFact => ({
  kind: 'storage-protection',
  key: `storage-protection/${identity.toLowerCase()}${canonicalScope(resource)}/${setting}`,
  identity: identityId(identity),
  subject: setting,
  resource: armId(resource),
  setting,
  value,
  details,
});

/** An access policy of a key vault for the vault's identity, in effect unless told. */
export const keyVaultPolicy = (
  permissions: Readonly<Record<string, readonly string[]>>,
  more: { identity?: string; of?: string; inEffect?: boolean } = {},
): KeyVaultAccessFact => {
  const { identity = vault(), of = keyVault(), inEffect = true } = more;
  return {
    kind: 'key-vault-access',
    key: `key-vault-access/${identity.toLowerCase()}${canonicalScope(of)}${inEffect ? '' : '@off'}`,
    identity: identityId(identity),
    subject: of,
    vault: armId(of),
    permissions,
    inEffect,
  };
};

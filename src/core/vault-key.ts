import { canonicalScope } from './scope.ts';
import { propertiesOf } from './vault-settings.ts';
import { booleanOf, objectOf, optionalStringOf, type WireObject } from './wire.ts';

/** The key of one's own with which a vault encrypts. */
export interface VaultKey {
  readonly uri: string;
  /** Name of the key vault that holds it, lower case; `null` where another service does, as a managed HSM. */
  readonly keyVault: string | null;
  /** `Enabled`, or `Inconsistent` where a change of it failed. */
  readonly state: string;
  /** Who fetches it: `SystemAssigned`, or the id of a user-assigned identity; `null` where the vault doesn't say. */
  readonly identity: string | null;
  /** Has the vault that identity? `null` where it doesn't say which. */
  readonly attached: boolean | null;
}

/** `https://kv-prod.vault.azure.net/keys/…`, in whatever cloud. */
const keyVaultOf = (uri: string): string | null =>
  /^https:\/\/([^./]+)\.vault\./i.exec(uri)?.[1]?.toLowerCase() ?? null;

const isAttached = (vault: WireObject, identity: string | null): boolean | null => {
  if (identity === null) return null;
  const own = objectOf(vault['identity'] ?? {}, '`identity` of the vault');
  if (identity === 'SystemAssigned')
    return (optionalStringOf(own, 'type') ?? '').toLowerCase().includes('systemassigned');
  const users = objectOf(own['userAssignedIdentities'] ?? {}, '`userAssignedIdentities`');
  return Object.keys(users).some((id) => canonicalScope(id) === canonicalScope(identity));
};

/** Recovery Services says it by a flag, a Backup vault by a word. */
const identityIn = (kek: WireObject): string | null => {
  const isSystem =
    booleanOf(kek, 'useSystemAssignedIdentity', false) ||
    optionalStringOf(kek, 'identityType')?.toLowerCase() === 'systemassigned';
  if (isSystem) return 'SystemAssigned';
  return optionalStringOf(kek, 'userAssignedIdentity') ?? optionalStringOf(kek, 'identityId');
};

/**
 * The customer-managed key of a vault; `null` where Azure's own encrypts, or the vault doesn't say (source:
 * learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk).
 */
export const parseVaultKey = (wire: unknown): VaultKey | null => {
  const vault = objectOf(wire, 'the vault');
  const properties = propertiesOf(vault);
  const security = objectOf(properties['securitySettings'] ?? {}, '`securitySettings`');
  const encryption = objectOf(properties['encryption'] ?? security['encryptionSettings'] ?? {}, '`encryption`');
  const state = optionalStringOf(encryption, 'state') ?? 'Enabled';
  const uri = optionalStringOf(objectOf(encryption['keyVaultProperties'] ?? {}, '`keyVaultProperties`'), 'keyUri');
  if (uri === null || state === 'Disabled') return null;
  const identity = identityIn(objectOf(encryption['kekIdentity'] ?? {}, '`kekIdentity`'));
  return { uri, keyVault: keyVaultOf(uri), state, identity, attached: isAttached(vault, identity) };
};

import { vaultKeyLoss } from '../../src/rules/vault-key-loss.ts';
import { group, vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { keyVault, vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });
const uri = 'https://kv-1.vault.azure.net/keys/vault';
const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-key`;
const key = (identity: string | null, attached: boolean | null) =>
  vaultSetting('encryption', 'Enabled', { keyUri: uri, identity, attached });
const purge = (value: string) => vaultSetting('purgeProtection', value, { vault: vault() }, { resource: keyVault() });

testRule(vaultKeyLoss, {
  pass: {
    'the identity is on': [key('SystemAssigned', true)],
    'an identity that the vault has': [key(user, true)],
    'a vault that does not say by whom': [key(null, null)],
    'a key that cannot be purged': [key('SystemAssigned', true), purge('Enabled')],
  },
  fail: {
    'the identity is off': {
      facts: [key('SystemAssigned', false)],
      policy: named,
      says: [
        'critical certain encryption: `bv-prod` fetches the key of its backups by its system-assigned identity, which is off: backups and restores stop, for all that it keeps',
      ],
    },
    'an identity that was taken away': {
      facts: [key(user, false)],
      policy: named,
      says: [
        'critical certain encryption: `bv-prod` fetches the key of its backups by `id-key`, which it no longer has: backups and restores stop, for all that it keeps',
      ],
    },
    'a key that can be purged': {
      facts: [key('SystemAssigned', true), purge('Disabled')],
      policy: named,
      says: [
        'high certain purgeProtection: key vault `kv-1` holds the key of `bv-prod` and has no purge protection: who purges the key destroys every backup',
      ],
    },
  },
});

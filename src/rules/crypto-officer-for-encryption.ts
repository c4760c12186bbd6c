import { isVaultIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { findAzureRole } from '../knowledge/azure-roles.ts';
import { intersects } from '../knowledge/role-algebra.ts';

const least = 'Key Vault Crypto Service Encryption User';

/** What is done with keys, worst first, that wrapping the key of a vault never takes. */
const excess = [
  'Microsoft.KeyVault/vaults/keys/purge/action',
  'Microsoft.KeyVault/vaults/keys/delete',
  'Microsoft.KeyVault/vaults/keys/update/action',
  'Microsoft.KeyVault/vaults/keys/decrypt/action',
  'Microsoft.KeyVault/vaults/keys/sign/action',
  'Microsoft.KeyVault/vaults/keys/backup/action',
];
const endsKey = /\/(purge\/action|delete)$/;

/** See docs/rules/crypto-officer-for-encryption.md */
export const cryptoOfficerForEncryption = defineRule({
  id: 'crypto-officer-for-encryption',
  summary: "A vault's identity can do more with keys than wrap the vault's own",
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.orphaned || fact.permissions === null || !isVaultIdentity(policy, fact.identity)) continue;
      const action = intersects(fact.permissions, excess, 'data');
      if (action === null) continue;
      const ends = endsKey.test(action);
      yield {
        at: fact,
        severity: ends ? 'high' : 'medium',
        confidence: fact.condition === null ? 'certain' : 'likely',
        message: `\`${fact.subject}\` on \`${fact.scope}\` allows \`${action}\`, and a vault only wraps and unwraps its key${ends ? ': with the key goes every backup that it encrypts' : ''}`,
        help: `use \`${least}\` on the key itself, or Get, Wrap Key and Unwrap Key by an access policy; keep purge protection on`,
        evidence: { action, least, leastId: findAzureRole(least)?.id ?? null },
      };
    }
  },
});

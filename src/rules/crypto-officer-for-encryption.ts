import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { findAzureRole } from '../knowledge/azure-roles.ts';
import { intersects } from '../knowledge/role-algebra.ts';
import { endsKey, vaultKeyExcess, vaultKeyPermissions } from '../knowledge/vault-key-excess.ts';

const least = 'Key Vault Crypto Service Encryption User';

interface Excess {
  readonly action: string;
  /** How the grant is called in the message. */
  readonly grant: string;
  readonly condition: string | null;
}

const ofRole = (fact: AzureRoleAssignmentFact): Excess | null => {
  if (fact.orphaned || fact.permissions === null) return null;
  const action = intersects(fact.permissions, vaultKeyExcess, 'data');
  const grant = `\`${fact.subject}\` on \`${fact.scope}\``;
  return action === null ? null : { action, grant, condition: fact.condition };
};

/** Where Azure roles rule the key vault, its access policies count for nothing. */
const ofPolicy = ({ inEffect, permissions, vault }: KeyVaultAccessFact): Excess | null => {
  const action = vaultKeyPermissions.find((one) => permissions['keys']?.includes(one));
  const grant = `an access policy of \`${vault}\``;
  return action === undefined || !inEffect ? null : { action, grant, condition: null };
};

/** See docs/rules/crypto-officer-for-encryption.md */
export const cryptoOfficerForEncryption = defineRule({
  id: 'crypto-officer-for-encryption',
  summary: "A vault's identity can do more with keys than wrap the vault's own",
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  // Access policies are heard where they were read; the rule doesn't rest on them.
  *check({ all, policy: { policy } }) {
    for (const fact of all) {
      if (fact.kind !== 'azure-role-assignment' && fact.kind !== 'key-vault-access') continue;
      const excess = fact.kind === 'key-vault-access' ? ofPolicy(fact) : ofRole(fact);
      if (excess === null || !isVaultIdentity(policy, fact.identity)) continue;
      const { action, condition, grant } = excess;
      const ends = endsKey(action);
      yield {
        at: fact,
        severity: ends ? 'high' : 'medium',
        confidence: condition === null ? 'certain' : 'likely',
        message: `${grant} allows \`${action}\`, and a vault only wraps and unwraps its key${ends ? ': with the key goes every backup that it encrypts' : ''}`,
        help: `use \`${least}\` on the key itself, or Get, Wrap Key and Unwrap Key by an access policy; keep purge protection on`,
        evidence: { action, least, leastId: findAzureRole(least)?.id ?? null },
      };
    }
  },
});

import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule, type Severity } from '../core/rule.ts';
import { scopeName } from '../core/scope.ts';
import { excessOf } from '../knowledge/key-vault-needs.ts';
import { needsOf } from '../knowledge/needs.ts';
import { tellList } from '../knowledge/tell-list.ts';
import { isVaultKeyExcess } from '../knowledge/vault-key-excess.ts';

const wrapping = 'Key Vault Crypto Service Encryption User';

/** Roles on key vaults that what the policy protects needs. */
const rolesOf = (policy: Policy): readonly string[] =>
  needsOf(policy).flatMap(({ ways }) =>
    ways.flatMap(({ needs }) =>
      needs.flatMap(({ grant }) => (grant.plane === 'azure' && grant.at === 'key' ? [grant.roleName] : [])),
    ),
  );

/** An application may read a secret or use a key for itself, which no workload tells of. */
const isOwnUse = (permission: string): boolean =>
  /: (get|list)$/.test(permission) || /^keys: (wrapkey|unwrapkey|encrypt|decrypt|sign|verify)$/.test(permission);

const severityOf = (excess: readonly string[]): Severity => {
  if (excess.some((one) => /: (delete|purge|all)/.test(one))) return 'high';
  return excess.every((one) => /: (get|list)$/.test(one) && one.startsWith('keys')) ? 'low' : 'medium';
};

const judge = (fact: KeyVaultAccessFact, policy: Policy): Complaint | null => {
  const isVault = isVaultIdentity(policy, fact.identity);
  const roles = rolesOf(policy);
  const isOpen = !isVault && roles.length === 0;
  // What a vault does too much with keys is told by `crypto-officer-for-encryption`.
  const excess = excessOf(fact, roles.length === 0 ? [wrapping] : roles).filter((one) =>
    isVault ? !isVaultKeyExcess(one) : !(isOpen && isOwnUse(one)),
  );
  if (excess.length === 0) return null;
  return {
    at: fact,
    severity: severityOf(excess),
    message: `an access policy of key vault \`${scopeName(fact.vault)}\` gives ${tellList(excess)}, which nothing that is protected takes`,
    help: 'leave Get, Wrap Key and Unwrap Key of keys; or let Azure roles rule the key vault, and assign `Key Vault Crypto Service Encryption User` on the key itself',
    evidence: { excess },
  };
};

/** See docs/rules/key-vault-access-wider-than-needed.md */
export const keyVaultAccessWiderThanNeeded = defineRule({
  id: 'key-vault-access-wider-than-needed',
  summary: 'An access policy of a key vault gives more than what is protected needs of it',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['key-vault-access'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const complaint = fact.inEffect ? judge(fact, policy) : null;
      if (complaint !== null) yield complaint;
    }
  },
});

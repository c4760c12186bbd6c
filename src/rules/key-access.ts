import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { excessPowers, isLeastThere } from '../knowledge/excess-powers.ts';
import { isKeyAction, keyActionOf } from '../knowledge/key-actions.ts';

const judge = (fact: AzureRoleAssignmentFact, policy: Policy): Complaint | null => {
  if (fact.permissions === null || fact.orphaned || isLeastThere(fact, policy)) return null;
  const powers = excessPowers(fact, policy);
  // A role that can do worse is told as a whole, by `privileged-azure-role`.
  if (powers.some(({ action }) => !isKeyAction(action))) return null;
  const action = powers[0]?.action ?? keyActionOf(fact.permissions);
  if (action === null) return null;
  const why = powers[0]?.why ?? 'hands out keys that work without sign-in';
  const custom = fact.roleType === 'CustomRole' ? 'custom role ' : '';
  return {
    at: fact,
    severity: powers[0]?.severity ?? 'medium',
    confidence: fact.condition === null ? 'certain' : 'likely',
    message: `${custom}\`${fact.subject}\` on \`${fact.scope}\` allows \`${action}\`: it ${why}`,
    help: 'use a role that signs in to the data, as `Storage Blob Data Reader` on the account, and switch off shared keys there (`allowSharedKeyAccess: false`)',
    evidence: { action, condition: fact.condition },
  };
};

/** Key Vault may manage account keys, and then hands them out itself (managed storage accounts). */
const handsOut = ['all', 'get', 'getsas', 'regeneratekey'];

const judgePolicy = (fact: KeyVaultAccessFact): Complaint | null => {
  const action = handsOut.find((one) => fact.permissions['storage']?.includes(one));
  if (action === undefined || !fact.inEffect) return null;
  return {
    at: fact,
    severity: 'medium',
    message: `an access policy of \`${fact.vault}\` gives \`storage: ${action}\`: the key vault hands out account keys and signatures, which work without sign-in`,
    help: 'take the permissions on `storage` out, and use a role that signs in to the data',
    evidence: { action, condition: null },
  };
};

/** See docs/rules/key-access.md */
export const keyAccess = defineRule({
  id: 'key-access',
  summary: 'An Azure role hands out account keys, which open all data past sign-in',
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  // Access policies are heard where they were read; the rule doesn't rest on them.
  *check({ all, policy: { policy } }) {
    for (const fact of all) {
      if (fact.kind !== 'azure-role-assignment' && fact.kind !== 'key-vault-access') continue;
      const complaint = fact.kind === 'key-vault-access' ? judgePolicy(fact) : judge(fact, policy);
      if (complaint !== null) yield complaint;
    }
  },
});

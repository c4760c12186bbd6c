import type { VaultIdentityFact } from '../core/fact.ts';
import { identityOf } from '../core/identity-of.ts';
import type { Policy, PolicyIdentity } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { sameArmId, scopeName } from '../core/scope.ts';

/** An entry of the policy that names the vault. */
const entryFor = ({ identities }: Policy, { vault }: VaultIdentityFact): PolicyIdentity | null =>
  identities.find((one) => (one.type === 'vault-system' || one.type === 'vault-user') && sameArmId(one.vault, vault)) ??
  null;

/** See docs/rules/unclaimed-vault-identity.md */
export const unclaimedVaultIdentity = defineRule({
  id: 'unclaimed-vault-identity',
  summary: 'A vault has an identity switched on that no policy names',
  severity: 'low',
  confidence: 'likely',
  kinds: ['vault-identity'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, desired }) {
    for (const fact of facts) {
      const entry = entryFor(policy, fact);
      if (entry === null || desired.has(fact.key) || identityOf(policy, fact.identity) !== null) continue;
      const which = fact.managedIdentity === null ? 'its own' : `\`${scopeName(fact.managedIdentity)}\``;
      yield {
        at: null,
        about: { identity: fact.identity, subject: fact.subject, key: fact.key, place: entry.place },
        message: `vault \`${scopeName(fact.vault)}\` has a second identity switched on, ${which}, which no policy names: what it holds is nobody's to answer for`,
        help: 'switch it off if the vault does not use it, taking its roles first; else name it under `identities`. A vault that is encrypted with a key keeps the identity that reads the key',
        evidence: { vault: fact.vault, type: fact.type },
      };
    }
  },
});

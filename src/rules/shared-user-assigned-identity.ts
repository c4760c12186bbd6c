import type { VaultIdentityFact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { canonicalScope, scopeName } from '../core/scope.ts';

const byVault = (facts: readonly VaultIdentityFact[]): readonly string[] =>
  [...new Map(facts.map((fact) => [canonicalScope(fact.vault), fact.vault])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, vault]) => vault);

/** See docs/rules/shared-user-assigned-identity.md */
export const sharedUserAssignedIdentity = defineRule({
  id: 'shared-user-assigned-identity',
  summary: 'One user-assigned identity serves several vaults',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['vault-identity'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    const users = facts.filter(({ managedIdentity }) => managedIdentity !== null);
    for (const own of Map.groupBy(users, ({ identity }) => identity.toLowerCase()).values()) {
      const vaults = byVault(own);
      const [first] = own;
      if (first === undefined || vaults.length < 2) continue;
      yield {
        at: null,
        about: {
          identity: first.identity,
          subject: first.identity,
          place: placeOfIdentity(policy, first.identity),
        },
        message: `user-assigned identity \`${scopeName(first.identity)}\` is attached to ${vaults.length} vaults (${vaults.map((vault) => `\`${scopeName(vault)}\``).join(', ')}): each of them can use what it holds for the others`,
        help: 'give each vault an identity of its own, its system-assigned one if nothing speaks against it, and move the roles over before the shared one goes',
        evidence: { vaults },
      };
    }
  },
});

import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { identityOf } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { canonicalScope, scopeName } from '../core/scope.ts';

/** The vault whose identity holds the role; `null` where it isn't a vault's. */
const vaultOf = (fact: AzureRoleAssignmentFact, policy: Policy): string | null => {
  const identity = identityOf(policy, fact.identity);
  return identity?.type === 'vault-system' || identity?.type === 'vault-user' ? identity.vault : null;
};

/** See docs/rules/duplicate-vault-identity-role.md */
export const duplicateVaultIdentityRole = defineRule({
  id: 'duplicate-vault-identity-role',
  summary: 'Two identities of one vault hold the same role at the same scope',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    const held = facts.flatMap((fact) => {
      const vault = fact.orphaned ? null : vaultOf(fact, policy);
      return vault === null ? [] : [{ fact, vault }];
    });
    const keyOf = ({ fact, vault }: (typeof held)[number]): string =>
      `${canonicalScope(vault)} ${fact.role} ${canonicalScope(fact.scope)}`;
    for (const same of Map.groupBy(held, keyOf).values()) {
      const sorted = same.toSorted((a, b) => (a.fact.key < b.fact.key ? -1 : 1));
      // A vault's own identity can't be attached elsewhere: it is the one to keep.
      const kept = sorted.find(({ fact }) => identityOf(policy, fact.identity)?.type === 'vault-system') ?? sorted[0];
      for (const { fact, vault } of sorted) {
        if (kept === undefined || fact.identity === kept.fact.identity) continue;
        const which =
          identityOf(policy, kept.fact.identity)?.type === 'vault-system'
            ? 'its own'
            : `\`${scopeName(kept.fact.identity)}\``;
        yield {
          at: fact,
          message: `\`${fact.subject}\` on \`${fact.scope}\` is held by two identities of vault \`${scopeName(vault)}\`, ${which} and \`${scopeName(fact.identity)}\`: a vault uses one`,
          help: 'find out which identity the vault uses for its backups, take the roles from the other and switch that one off',
          evidence: { vault, kept: kept.fact.identity },
        };
      }
    }
  },
});

import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { defineRule } from '../core/rule.ts';
import { scopeLevel } from '../core/scope.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { needsNoRole } from '../knowledge/needs-no-role.ts';
import { isRestoreRole } from '../knowledge/restore-role.ts';

/** `scope-too-wide` judges what is wider than that. */
const isNarrow = ({ scope }: AzureRoleAssignmentFact): boolean =>
  scopeLevel(scope) === 'resource' || scopeLevel(scope) === 'resourceGroup';

/** See docs/rules/vault-identity-reaches-unprotected.md */
export const vaultIdentityReachesUnprotected = defineRule({
  id: 'vault-identity-reaches-unprotected',
  summary: "A vault's identity holds a role on something that its policy does not protect",
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: resolved, governs }) {
    const { policy } = resolved;
    const around = lookAround(policy);
    // Where nothing needs a role, every one is told by `unneeded-vault-identity-role`.
    if (!around('/').any || needsNoRole(policy)) return;
    const own = new Set(resolved.desired.map(({ fact }) => fact.key));
    for (const fact of facts) {
      if (fact.orphaned || !isVaultIdentity(policy, fact.identity) || !isNarrow(fact)) continue;
      // What no policy asks for is told by `undeclared-access`, what another one asks for is for that one to explain.
      if (governs(fact) && !own.has(fact.key)) continue;
      const { inside, whole } = around(fact.scope);
      if (inside > 0 || whole) continue;
      // A powerful role is told by what it can do, one that restores by `restore-role-left-behind`.
      if (excessPowers(fact, policy).length > 0 || isRestoreRole(fact, policy)) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` on \`${fact.scope}\` is held by a vault's identity, and the policy protects nothing there`,
        help: 'remove the role, or name what it serves under `protects`, with its purpose: `source`, `snapshots`, `target`, `staging` or `key`',
        evidence: { level: scopeLevel(fact.scope) },
      };
    }
  },
});

import type { AzureRoleAssignmentFact, Fact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { IdentityId } from '../core/ids.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { defineRule } from '../core/rule.ts';
import { scopeContains, scopeLevel, scopeName } from '../core/scope.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { needsNoRole } from '../knowledge/needs-no-role.ts';
import { isRestoreRole } from '../knowledge/restore-role.ts';

/** `scope-too-wide` judges what is wider than that. */
const isNarrow = ({ scope }: AzureRoleAssignmentFact): boolean =>
  scopeLevel(scope) === 'resource' || scopeLevel(scope) === 'resourceGroup';

/** Ids of what the vaults of the identity keep backups of; empty where there is nothing, or it can't all be told. */
const backedUp = (all: readonly Fact[], identity: IdentityId): readonly string[] =>
  all.flatMap((fact) => {
    const isItems = fact.kind === 'vault-protection' && fact.setting === 'protectedItems';
    const sources = isItems && fact.identity === identity ? fact.details['sources'] : null;
    return typeof sources === 'string' && sources !== '' ? sources.split(' ') : [];
  });

/** See docs/rules/vault-identity-reaches-unprotected.md */
export const vaultIdentityReachesUnprotected = defineRule({
  id: 'vault-identity-reaches-unprotected',
  summary: "A vault's identity holds a role on something that its policy does not protect",
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: resolved, governs }) {
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
      // Items are heard where they were read; the rule doesn't rest on them.
      const sources = backedUp(all, fact.identity);
      const kept = sources.find((source) => scopeContains(fact.scope, source));
      const isNowhere = sources.length > 0 && kept === undefined;
      yield {
        at: fact,
        ...(kept === undefined ? {} : { severity: 'low' as const }),
        message: `\`${fact.subject}\` on \`${fact.scope}\` is held by a vault's identity, and ${isNowhere ? 'neither the policy nor the vault protects anything' : 'the policy protects nothing'} there${kept === undefined ? '' : `, though the vault keeps backups of \`${scopeName(kept)}\``}`,
        help:
          kept === undefined
            ? 'remove the role, or name what it serves under `protects`, with its purpose: `source`, `snapshots`, `target`, `staging` or `key`'
            : 'name what the vault backs up under `protects`; or stop its protection, and remove the role',
        evidence: { level: scopeLevel(fact.scope), keptThere: kept ?? null },
      };
    }
  },
});

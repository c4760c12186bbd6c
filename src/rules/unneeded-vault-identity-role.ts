import { isVaultIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { azureNeedsOf } from '../knowledge/needs-of.ts';

/** See docs/rules/unneeded-vault-identity-role.md */
export const unneededVaultIdentityRole = defineRule({
  id: 'unneeded-vault-identity-role',
  summary: "A vault's identity holds a role although what the vault protects needs none",
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, desired, governs }) {
    const workloads = [...new Set(policy.protects.map(({ workload }) => workload))].toSorted();
    const needs = azureNeedsOf(policy);
    // What a restore may stage is no standing need: `restore-role-left-behind` speaks of roles for it.
    if (workloads.length === 0 || needs.some(({ operation }) => operation !== 'restore')) return;
    for (const fact of facts) {
      if (fact.orphaned || !isVaultIdentity(policy, fact.identity)) continue;
      if (governs(fact) && !desired.has(fact.key)) continue;
      if (needs.some(({ grant }) => grant.plane === 'azure' && grant.role === fact.role)) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` on \`${fact.scope}\` is held by a vault's identity, and ${workloads.map((one) => `\`${one}\``).join(', ')} ${workloads.length === 1 ? 'needs' : 'need'} none: Microsoft's own service takes those backups`,
        help: 'remove the role, and switch the identity off if nothing else uses it; if it serves an encryption key or a private endpoint, say so under `protects`',
        evidence: { workloads },
      };
    }
  },
});

import { isVaultIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { needsOf } from '../knowledge/needs.ts';
import { needsNoRole } from '../knowledge/needs-no-role.ts';

/** See docs/rules/unneeded-vault-identity-role.md */
export const unneededVaultIdentityRole = defineRule({
  id: 'unneeded-vault-identity-role',
  summary: "A vault's identity holds a role although what the vault protects needs none",
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, desired, governs }) {
    if (!needsNoRole(policy)) return;
    const workloads = [...new Set(policy.protects.map(({ workload }) => workload))].toSorted();
    // Roles by which a restore may be staged are told by `standing-restore-access`.
    const staging = new Set(
      needsOf(policy).flatMap(({ ways }) =>
        ways.flatMap(({ needs }) => needs.flatMap(({ grant }) => (grant.plane === 'azure' ? [grant.role] : []))),
      ),
    );
    for (const fact of facts) {
      if (fact.orphaned || !isVaultIdentity(policy, fact.identity)) continue;
      if (governs(fact) && !desired.has(fact.key)) continue;
      if (staging.has(fact.role)) continue;
      yield {
        at: fact,
        message: `\`${fact.subject}\` on \`${fact.scope}\` is held by a vault's identity, and ${workloads.map((one) => `\`${one}\``).join(', ')} ${workloads.length === 1 ? 'needs' : 'need'} none: Microsoft's own service takes those backups`,
        help: 'remove the role, and switch the identity off if nothing else uses it; if it serves an encryption key or a private endpoint, say so under `protects`',
        evidence: { workloads },
      };
    }
  },
});

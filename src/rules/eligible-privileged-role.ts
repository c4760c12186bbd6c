import type { AzureRoleEligibilityFact } from '../core/access-fact.ts';
import type { DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { identityOf } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { escalatingDirectoryRole } from '../knowledge/escalating-directory-role.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';

/** What an activated role allows, as the end of "and then …"; `null`: nothing grave. */
interface Gain {
  readonly what: string;
  readonly name: string;
  /** Does it widen itself, or reach control of the tenant? */
  readonly isCritical: boolean;
}

const azureGain = (fact: AzureRoleEligibilityFact, policy: Policy): Gain | null => {
  const [gravest] = excessPowers(fact, policy);
  if (gravest === undefined || gravest.severity === 'medium' || gravest.severity === 'low') return null;
  return {
    name: `\`${fact.subject}\` on \`${fact.scope}\``,
    what: `allows \`${gravest.action}\` (${gravest.why})`,
    isCritical: gravest.severity === 'critical',
  };
};

const directoryGain = (fact: DirectoryRoleAssignmentFact): Gain | null => {
  const role = findDirectoryRole(fact.role);
  const escalates = escalatingDirectoryRole(fact);
  if (role?.sensitivity !== 'tier0' && escalates === null) return null;
  const isWhole = fact.scope === '/';
  return {
    name: `directory role \`${fact.subject}\` ${isWhole ? 'on the whole directory' : `on \`${fact.scope}\``}`,
    what: escalates ?? `it ${role?.reach ?? 'reaches control of the tenant'}`,
    isCritical: isWhole,
  };
};

/** See docs/rules/eligible-privileged-role.md */
export const eligiblePrivilegedRole = defineRule({
  id: 'eligible-privileged-role',
  summary: 'A person can activate a role that reaches far beyond a backup',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-eligibility', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, desired, policy: { policy } }) {
    for (const fact of facts) {
      // An application activates nothing: `eligible-role-on-application`.
      if (identityOf(policy, fact.identity)?.type !== 'user') continue;
      if (fact.kind === 'directory-role-assignment' && !fact.eligible) continue;
      const gain = fact.kind === 'azure-role-eligibility' ? azureGain(fact, policy) : directoryGain(fact);
      if (gain === null) continue;
      const unasked = gain.isCritical ? 'high' : 'medium';
      yield {
        at: fact,
        severity: desired.has(fact.key) ? 'low' : unasked,
        message: `${gain.name} can be activated, and then ${gain.what}`,
        help: 'make a narrower role eligible, for as long as it is needed; let activation ask for approval and strong sign-in, and tell somebody else of it',
        evidence: { critical: gain.isCritical, asked: desired.has(fact.key) },
      };
    }
  },
});

import type { AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { RoleId } from '../core/ids.ts';
import type { Policy, PolicyIdentity } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { scopeLevel } from '../core/scope.ts';
import { findAzureRole } from '../knowledge/azure-roles.ts';
import { type Power, powerOf } from '../knowledge/escalation.ts';
import { isWithin, type LeastUse, leastPrivilegeRoles, leastUses } from '../knowledge/least-roles.ts';
import { planes } from '../knowledge/plane.ts';
import { allows } from '../knowledge/role-algebra.ts';

/** Services whose powers tell people most, in this order. */
const telling = ['authorization', 'compute', 'storage', 'recoveryservices', 'dataprotection', 'keyvault'];
const shown = 3;

/** Is the identity such a one as the role is meant for? A machine's or cluster's own only where the workload is protected. */
const isMeantFor = (use: LeastUse, identity: PolicyIdentity | undefined, policy: Policy): boolean => {
  if (use.holder === 'identity') return true;
  if (use.holder === 'operator' || identity?.type !== 'managed-identity') return false;
  return policy.protects.some(({ workload }) => workload === use.workload);
};

/** The least uses that a policy's identity may have at the scope of an assignment. */
const usesAt = (role: RoleId, fact: AzureRoleAssignmentFact, policy: Policy): readonly LeastUse[] => {
  const identity = policy.identities.find(({ id }) => id === fact.identity);
  return leastUses(role).filter(
    (use) => isWithin(scopeLevel(fact.scope), use.widest) && isMeantFor(use, identity, policy),
  );
};

/** What the least roles of the protected workloads allow at this level: a backup deletes its own old snapshots. */
const neededAt = (fact: AzureRoleAssignmentFact, policy: Policy): readonly RolePermissions[] => {
  const workloads = new Set(policy.protects.map(({ workload }) => workload));
  return [...leastPrivilegeRoles]
    .filter((role) =>
      usesAt(role, fact, policy).some(({ workload }) => workloads.size === 0 || workloads.has(workload)),
    )
    .flatMap((role) => findAzureRole(role)?.permissions ?? []);
};

const rankOf = ({ action }: Power): number => {
  const rank = telling.findIndex((service) => action.toLowerCase().startsWith(`microsoft.${service}/`));
  return rank < 0 ? telling.length : rank;
};

/** The first power of each of the most telling services; all of them are in the evidence. */
const tellPowers = (powers: readonly Power[]): string => {
  const said = [...Map.groupBy(powers, ({ action }) => action.split('/')[0]).values()]
    .flatMap(([first]) => (first === undefined ? [] : [first]))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, shown);
  const list = said.map(({ action, why }) => `\`${action}\` (${why})`).join(', ');
  return said.length === powers.length ? list : `${list} and more`;
};

/** See docs/rules/privileged-azure-role.md */
export const privilegedAzureRole = defineRule({
  id: 'privileged-azure-role',
  summary: 'An Azure role allows actions that no backup needs at large',
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    const known = new Map<RoleId, readonly Power[]>();
    for (const fact of facts) {
      if (fact.permissions === null || fact.orphaned || usesAt(fact.role, fact, policy).length > 0) continue;
      const all = known.get(fact.role) ?? powerOf(fact.permissions);
      known.set(fact.role, all);
      const needed = neededAt(fact, policy);
      const isNeeded = ({ action }: Power): boolean => planes.some((plane) => allows(needed, action, plane));
      const powers = all.filter((power) => power.severity !== 'medium' || !isNeeded(power));
      const [gravest] = powers;
      if (gravest === undefined) continue;
      const custom = fact.roleType === 'CustomRole' ? 'custom role ' : '';
      yield {
        at: fact,
        severity: gravest.severity,
        confidence: fact.condition === null ? 'certain' : 'likely',
        message: `${custom}\`${fact.subject}\` on \`${fact.scope}\` allows ${tellPowers(powers)}`,
        help: 'use the least roles of what is backed up (`explain <workload>`): as `Disk Backup Reader` on disks, `Disk Snapshot Contributor` on a group of snapshots, `Storage Account Backup Contributor` on an account',
        evidence: { actions: powers.map(({ action }) => action), roleType: fact.roleType, condition: fact.condition },
      };
    }
  },
});

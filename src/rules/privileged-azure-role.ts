import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import type { Power } from '../knowledge/escalation.ts';
import { excessPowers } from '../knowledge/excess-powers.ts';
import { isKeyAction, isVaultKeyAction } from '../knowledge/key-actions.ts';

/** Services whose powers tell people most, in this order. */
const telling = ['authorization', 'compute', 'storage', 'recoveryservices', 'dataprotection', 'keyvault'];
const shown = 3;

/** Powers of which another rule speaks more to the point: `key-access`, `crypto-officer-for-encryption`. */
const isSaidElsewhere = (powers: readonly Power[], fact: AzureRoleAssignmentFact, policy: Policy): boolean =>
  powers.every(({ action }) => isKeyAction(action)) ||
  (isVaultIdentity(policy, fact.identity) && powers.every(({ action }) => isVaultKeyAction(action)));

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
    for (const fact of facts) {
      const powers = excessPowers(fact, policy);
      const [gravest] = powers;
      if (gravest === undefined || isSaidElsewhere(powers, fact, policy)) continue;
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

import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { remedyOf } from '../knowledge/remedy-of.ts';
import { isToldByPower } from '../knowledge/role-remarks.ts';
import { isSure, workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { isOrAre, tellList } from '../knowledge/tell-list.ts';
import { vendorAsks } from '../knowledge/vendor-asks.ts';

/** What a vault does with keys is told by `crypto-officer-for-encryption`. */
const isForKeys = (fact: AzureRoleAssignmentFact, policy: Policy, workloads: readonly string[]): boolean =>
  isVaultIdentity(policy, fact.identity) && workloads.every((one) => one === 'vault-encryption');

/** See docs/rules/role-wider-than-needed.md */
export const roleWiderThanNeeded = defineRule({
  id: 'role-wider-than-needed',
  summary: 'An Azure role allows more than the protected workloads need, and a narrower one is enough',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, desired }) {
    const redundant = redundantKeys(all, desired);
    for (const fact of facts) {
      // Powerful roles are told by what they can do, with the same cure.
      if (redundant.has(fact.key) || isToldByPower(fact, policy)) continue;
      const service = serviceOf(fact, policy);
      if (service?.state !== 'wider') continue;
      const { uses, least, witness } = service;
      const workloads = workloadsOf(uses);
      if (isForKeys(fact, policy, workloads)) continue;
      const excess = witness === null ? 'actions' : `\`${witness}\``;
      yield {
        at: fact,
        severity: witness === null || /\/read$/i.test(witness) ? 'low' : 'medium',
        confidence: isSure(uses) && fact.condition === null ? 'certain' : 'likely',
        message: `${nameGrant(fact)} allows ${excess}, which backing up ${tellList(workloads)} doesn't take: ${tellList(least)} ${isOrAre(least)} enough there`,
        help: `assign ${tellList(least)} at the same scope or deeper, then remove \`${fact.subject}\`${vendorAsks(fact, policy)}`,
        evidence: { least, workloads, witness },
        remedy: remedyOf(fact, least, all),
      };
    }
  },
});

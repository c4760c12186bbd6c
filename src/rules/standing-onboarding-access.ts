import type { AppRoleAssignmentFact, AzureRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { isSure, workloadsOf } from '../knowledge/service.ts';
import { tellList } from '../knowledge/tell-list.ts';
import { type TemporaryUse, temporaryUse } from '../knowledge/temporary-use.ts';
import { vendorAsks } from '../knowledge/vendor-asks.ts';

type Grant = AppRoleAssignmentFact | AzureRoleAssignmentFact;

/** A role on networks that is more than endpoints take is told by `vault-private-endpoint-role`. */
const isToldElsewhere = (fact: Grant, { uses, enough }: TemporaryUse, policy: Policy): boolean =>
  enough.length > 0 &&
  isVaultIdentity(policy, fact.identity) &&
  uses.every(({ operation }) => operation.workload === 'vault-private-endpoint');

/** See docs/rules/standing-onboarding-access.md */
export const standingOnboardingAccess = defineRule({
  id: 'standing-onboarding-access',
  summary: 'A permission or role that only setting up needs was left behind',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, now }) {
    for (const fact of facts) {
      const use = temporaryUse(fact, policy, 'onboard', now);
      if (use === null || isToldElsewhere(fact, use, policy)) continue;
      const workloads = workloadsOf(use.uses);
      yield {
        at: fact,
        confidence: isSure(use.uses) ? 'certain' : 'likely',
        message: `${nameGrant(fact)} stands at all times, and only setting up ${tellList(workloads)} needs it`,
        help: `remove it once everything is set up, and declare the next time under \`elevations\`, as \`{ operation: onboard, maxDuration: PT8H }\`${use.enough.length === 0 ? '' : `; ${tellList(use.enough)} will do for that`}${vendorAsks(fact, policy)}`,
        evidence: { workloads, enough: use.enough, declared: use.isAsked },
        ...(use.isAsked ? {} : { remedy: { type: 'remove' } }),
      };
    }
  },
});

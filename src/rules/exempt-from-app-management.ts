import type { AppManagementPolicyFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { isLonger } from '../knowledge/credential-restrictions.ts';

const isOnSame = (one: AppManagementPolicyFact, other: AppManagementPolicyFact): boolean =>
  one.identity === other.identity && one.on === other.on && one.restriction === other.restriction;

const holders = { application: 'applications', 'service-principal': 'service principals' } as const;

/** See docs/rules/exempt-from-app-management.md */
export const exemptFromAppManagement = defineRule({
  id: 'exempt-from-app-management',
  summary: 'A policy of its own lifts a restriction on credentials that the tenant puts on every other app',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-management-policy'],
  since: '0.1.0',
  *check({ facts, now }) {
    for (const fact of facts) {
      if (fact.policy === null) continue;
      const standard = facts.find((one) => one.policy === null && isOnSame(one, fact));
      if (standard === undefined) continue;
      const isLifted = fact.state === 'disabled';
      if (!isLifted && !isLonger(fact.maxLifetime, standard.maxLifetime, now)) continue;
      const usual = standard.maxLifetime === null ? '' : ` of \`${standard.maxLifetime}\``;
      yield {
        at: fact,
        message: isLifted
          ? `app management policy \`${fact.policy}\` lifts \`${fact.restriction}\`${usual}, which holds for all other ${holders[fact.on]}`
          : `app management policy \`${fact.policy}\` allows \`${fact.restriction}\` of \`${fact.maxLifetime}\`, where all other ${holders[fact.on]} have \`${standard.maxLifetime}\``,
        help: 'take the app out of that policy, once it signs in by federation or by a certificate within the limits',
        evidence: { policy: fact.policy, on: fact.on, state: fact.state, maxLifetime: fact.maxLifetime },
      };
    }
  },
});

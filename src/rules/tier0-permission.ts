import type { AppRoleAssignmentFact, DelegatedGrantFact, Fact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { selfEscalation } from '../knowledge/escalation.ts';
import { remedyOf } from '../knowledge/remedy-of.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellLeast } from '../knowledge/tell-least.ts';
import { tier0Permission as findTier0 } from '../knowledge/tier0.ts';

const remove =
  'remove it: no backup needs it, and what restores with it is a task of hours, done by a person or granted for that time';

const helpFor = (fact: AppRoleAssignmentFact | DelegatedGrantFact, policy: Policy): string => {
  const service = fact.kind === 'app-role-assignment' ? serviceOf(fact, policy) : null;
  return service !== null && 'least' in service && service.least.length > 0
    ? `use ${tellLeast(service.least, service.uses)} instead; what restores with more is a task of hours, done by a person or granted for that time`
    : remove;
};

/** Where it is known what the workloads need of it: less, or nothing. */
const remedyFor = (
  fact: AppRoleAssignmentFact | DelegatedGrantFact,
  policy: Policy,
  all: readonly Fact[],
): Pick<Complaint, 'remedy'> => {
  const service = fact.kind === 'app-role-assignment' ? serviceOf(fact, policy) : null;
  if (service === null || fact.kind !== 'app-role-assignment') return {};
  if (service.state === 'unneeded') return { remedy: { type: 'remove' } };
  // A restore that the policy declares at all times would fail without it: first a person takes the restore out.
  if (service.state === 'temporary' && service.uses.some(({ operation }) => operation.asked === 'standing')) return {};
  return 'least' in service && service.least.length > 0 ? { remedy: remedyOf(fact, service.least, all) } : {};
};

/** See docs/rules/tier0-permission.md */
export const tier0Permission = defineRule({
  id: 'tier0-permission',
  summary: 'A permission lets its holder reach control of the tenant',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy } }) {
    for (const fact of facts) {
      const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
      const permission = findTier0(fact);
      // What needs no further step is told by `self-escalation`.
      if (permission === null || selfEscalation(fact.api, type, fact.subject) !== null) continue;
      const whose = type === 'delegated' ? ', as an administrator who signs in' : '';
      yield {
        at: fact,
        message: `${type} permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api} is tier 0: its holder can reach control of the tenant in a few steps${whose}`,
        help: helpFor(fact, policy),
        evidence: { type, allows: permission.allows, source: permission.source },
        ...remedyFor(fact, policy, all),
      };
    }
  },
});

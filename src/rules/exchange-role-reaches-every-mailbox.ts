import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findRetirement, phaseAt } from '../knowledge/calendar.ts';
import { isEverywhere, isWholeMailbox, openingPower } from '../knowledge/exchange-power.ts';
import { findExchangeRole } from '../knowledge/exchange-roles.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { organization } from '../knowledge/place-grant.ts';
import { workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellList } from '../knowledge/tell-list.ts';

const judgeApplicationRole = (fact: ExchangeRoleAssignmentFact, policy: Policy): Complaint | null => {
  const role = findExchangeRole(fact.role);
  if (role === null) return null;
  const service = serviceOf(fact, policy);
  if (service?.state === 'needed') {
    const scopes = [...new Set(service.uses.flatMap(({ need }) => need.scopes))];
    if (scopes.includes(organization)) return null;
    return {
      at: fact,
      severity: isWholeMailbox(fact.role) ? 'high' : 'medium',
      message: `${nameGrant(fact)} reaches every mailbox, and the policy protects ${tellList(scopes)} in ${tellList(workloadsOf(service.uses))}`,
      help: `assign it on ${tellList(scopes)}, and remove the assignment without scope: of two, the wider one counts`,
      evidence: { scopes },
    };
  }
  if (!isWholeMailbox(fact.role)) return null;
  return {
    at: fact,
    message: `${nameGrant(fact)} ${role.reach}, which is every mailbox, and nothing that the policy protects takes so much`,
    help: 'assign the Exchange application roles that the protected mailboxes take, on a scope that holds them, and remove this one',
    evidence: {},
  };
};

/** A role that is retired may no longer work, and nobody can rely on that. */
const isOver = (role: string, now: Date): string => {
  const retirement =
    role.toLowerCase() === 'applicationimpersonation' ? findRetirement('application-impersonation') : null;
  const phase = retirement === null ? null : phaseAt(retirement, now);
  return phase === null ? '' : `; since ${phase.date} ${phase.effect}, so that it is left over`;
};

const judgeManagementRole = (fact: ExchangeRoleAssignmentFact, now: Date): Complaint | null => {
  const power = openingPower(fact);
  if (power === null) return null;
  const by = power.by.toLowerCase() === fact.role.toLowerCase() ? '' : `, by \`${power.by}\``;
  const over = isOver(power.by, now);
  return {
    at: fact,
    confidence: over === '' ? 'certain' : 'likely',
    message: `${nameGrant(fact)} reaches every mailbox, whatever permissions Microsoft Entra shows: it ${power.why}${by}${over}`,
    help: `${fact.roleGroup === null ? 'remove it' : `take the identity out of role group \`${fact.roleGroup}\``}, and assign the Exchange application roles that the protected mailboxes take, on a scope that holds them`,
    evidence: { by: power.by, roleGroup: fact.roleGroup },
  };
};

/** See docs/rules/exchange-role-reaches-every-mailbox.md */
export const exchangeRoleReachesEveryMailbox = defineRule({
  id: 'exchange-role-reaches-every-mailbox',
  summary: 'A role in Exchange opens every mailbox, which no list of permissions in Microsoft Entra shows',
  severity: 'high',
  confidence: 'certain',
  kinds: ['exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, now }) {
    for (const fact of facts.filter(isEverywhere)) {
      const complaint = judgeApplicationRole(fact, policy) ?? judgeManagementRole(fact, now);
      if (complaint !== null) yield complaint;
    }
  },
});

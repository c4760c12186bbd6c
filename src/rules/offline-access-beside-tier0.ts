import type { DelegatedGrantFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { microsoftGraph } from '../knowledge/apis.ts';
import { selfEscalation } from '../knowledge/escalation.ts';
import { findPermission } from '../knowledge/permissions.ts';

const isPowerful = ({ api, subject }: DelegatedGrantFact): boolean =>
  findPermission(api, 'delegated', subject)?.sensitivity === 'tier0' ||
  selfEscalation(api, 'delegated', subject) !== null;

/** Is there someone for whom both are consented? A policy doesn't say who consents: then there may be. */
const meet = (one: DelegatedGrantFact, other: DelegatedGrantFact): boolean =>
  one.consents.length === 0 ||
  other.consents.length === 0 ||
  one.consents.some((a) =>
    other.consents.some((b) => a.type === 'AllPrincipals' || b.type === 'AllPrincipals' || a.principal === b.principal),
  );

/** See docs/rules/offline-access-beside-tier0.md */
export const offlineAccessBesideTier0 = defineRule({
  id: 'offline-access-beside-tier0',
  summary: "An application keeps an administrator's sign-in, and with it control of the tenant",
  severity: 'high',
  confidence: 'certain',
  kinds: ['delegated-grant'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.api !== microsoftGraph || fact.subject.toLowerCase() !== 'offline_access') continue;
      const powerful = facts
        .filter((other) => other.identity === fact.identity && isPowerful(other) && meet(fact, other))
        .map(({ subject }) => subject)
        .toSorted();
      const [first] = powerful;
      if (first === undefined) continue;
      const more = powerful.length === 1 ? '' : ` and ${powerful.length - 1} more`;
      yield {
        at: fact,
        message: `delegated permission \`offline_access\` stands beside \`${first}\`${more}: after one sign-in of an administrator the application can use that for months, with nobody there`,
        help: 'remove the powerful scopes, and with them `offline_access`; set-up is done by a person who is signed in, and ends when they sign out',
        evidence: { beside: powerful },
      };
    }
  },
});

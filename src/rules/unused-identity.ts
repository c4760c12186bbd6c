import { defineRule } from '../core/rule.ts';

const days = 90;
const day = 86_400_000;

/** See docs/rules/unused-identity.md */
export const unusedIdentity = defineRule({
  id: 'unused-identity',
  summary: 'The identity has not signed in for 90 days and keeps its access',
  severity: 'medium',
  confidence: 'likely',
  kinds: ['sign-in-activity'],
  since: '0.1.0',
  *check({ facts, all, now }) {
    for (const fact of facts) {
      const { identity, last } = fact;
      if (last === null) continue;
      const age = Math.floor((now.getTime() - Date.parse(last)) / day);
      if (age <= days) continue;
      const isOff = all.some((one) => one.kind === 'service-principal' && one.identity === identity && !one.enabled);
      yield {
        at: fact,
        severity: isOff ? 'low' : 'medium',
        message: `the identity last signed in on ${last.slice(0, 10)}, ${age} days ago: either the backup no longer runs, or nobody needs what it may do`,
        help: 'look whether the backup still runs; else set `state: retired`, so that its access is taken away',
        evidence: { last, days: age },
      };
    }
  },
});

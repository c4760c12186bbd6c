import { endOfCredential, isValidCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import { addDuration, countDays, daysBetween, parseDuration } from '../core/duration.ts';
import { defineRule } from '../core/rule.ts';

const oneYear = { text: 'P1Y', months: 12, days: 0, time: 0 };
const usual = 'P180D';

/** See docs/rules/secret-age.md */
export const secretAge = defineRule({
  id: 'secret-age',
  summary: 'A secret is more than a year old, and the policy lets it be',
  severity: 'low',
  confidence: 'certain',
  kinds: ['credential'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const managed = managedIdentitiesIn(all);
    const allowed = parseDuration(policy.policy.credentials?.maxLifetime ?? '') ?? parseDuration(usual);
    if (allowed === null) return;
    for (const fact of facts) {
      if (fact.type !== 'secret' || fact.start === null || managed.has(fact.identity)) continue;
      const start = new Date(fact.start);
      const end = endOfCredential(fact);
      // A secret that lives longer than allowed is told by `long-lived-secret`, whole days counted as there.
      if (end === null || daysBetween(start, end) > daysBetween(start, addDuration(start, allowed))) continue;
      const days = daysBetween(start, now);
      if (!isValidCredential(fact, now) || days <= daysBetween(start, addDuration(start, oneYear))) continue;
      yield {
        at: fact,
        message: `${nameCredential(fact)} is ${countDays(days)} old, within what the policy allows (\`${allowed.text}\`) and past a year (\`${oneYear.text}\`): every copy made of it since then still works`,
        help: 'renew it at least once a year, or sign in by federation or a certificate; and lower `credentials.maxLifetime`',
        evidence: { start: fact.start, end: fact.end, days, displayName: fact.displayName },
      };
    }
  },
});

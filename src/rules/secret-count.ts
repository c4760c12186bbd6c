import { isValidCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import { addDuration, countDays, type Duration, daysBetween, parseDuration } from '../core/duration.ts';
import type { CredentialFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

const defaultOverlap: Duration = { text: 'P14D', months: 0, days: 14, time: 0 };

/** From when on it can stand in for an older one; a secret without a start was there first. */
const beginning = (fact: CredentialFact): string => fact.start ?? '';

const isNewer = (one: CredentialFact, other: CredentialFact): boolean =>
  `${beginning(one)} ${one.key}` > `${beginning(other)} ${other.key}`;

/** See docs/rules/secret-count.md */
export const secretCount = defineRule({
  id: 'secret-count',
  summary: 'A secret is still valid long after its successor came',
  severity: 'low',
  confidence: 'certain',
  kinds: ['credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const managed = managedIdentitiesIn(all);
    const overlap = parseDuration(policy.policy.credentials?.renewBefore ?? '') ?? defaultOverlap;
    const valid = facts
      .filter((fact) => fact.kind === 'credential')
      .filter((fact) => fact.type === 'secret' && !managed.has(fact.identity) && isValidCredential(fact, now));
    for (const fact of valid) {
      const successors = valid.filter((other) => other.identity === fact.identity && isNewer(other, fact));
      const successor = successors.toSorted((a, b) => (isNewer(b, a) ? -1 : 1)).at(0);
      if (successor?.start == null) continue;
      const start = new Date(successor.start);
      const days = daysBetween(start, now);
      const limit = daysBetween(start, addDuration(start, overlap));
      if (days <= limit) continue;
      yield {
        at: fact,
        message: `${nameCredential(fact)} is still valid ${countDays(days)} after its successor \`${successor.subject}\` came; ${countDays(limit)} are enough to change over (\`${overlap.text}\`)`,
        help: 'find in the sign-in log that nothing uses it any more, then delete it: two secrets are two ways in',
        evidence: { successor: successor.subject, since: successor.start, limitDays: limit, valid: valid.length },
      };
    }
  },
});

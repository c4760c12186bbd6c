import { countDays } from '../core/duration.ts';
import { daysExpired, isExpiredException } from '../core/exception-expiry.ts';
import { defineRule } from '../core/rule.ts';

/** See docs/rules/expired-exception.md */
export const expiredException = defineRule({
  id: 'expired-exception',
  summary: 'An exception in the policy is past its date',
  severity: 'medium',
  confidence: 'certain',
  kinds: [],
  since: '0.1.0',
  *check({ policy: { policy }, now }) {
    const [first] = policy.identities;
    if (first === undefined) return;
    for (const exception of policy.exceptions) {
      if (!isExpiredException(exception, now)) continue;
      const days = daysExpired(exception, now);
      yield {
        at: null,
        about: { identity: first.id, subject: exception.rule, key: exception.subject, place: exception.place },
        message: `the exception to \`${exception.rule}\` for \`${exception.subject}\` ended ${countDays(days)} ago, on ${exception.expires}`,
        help: 'cure what it excused and delete it, or have it approved again until a later date, at most a year away',
        evidence: { excepted: exception.subject, expires: exception.expires, days, approvedBy: exception.approvedBy },
        remedy: { type: 'remove' },
      };
    }
  },
});

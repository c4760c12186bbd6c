import { reviewOverdue } from '../../src/rules/review-overdue.ts';
import { policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const reviewedBy = (reviewBy: string | null) => policy({ reviewBy });

testRule(reviewOverdue, {
  pass: {
    'a day to come': { facts: [], policy: reviewedBy('2027-03-31') },
    'the very day, to its last second': {
      facts: [],
      policy: reviewedBy('2026-11-22'),
      now: '2026-11-22T23:59:59Z',
    },
    'no day': { facts: [], policy: reviewedBy(null) },
    'a policy that is retired': { facts: [], policy: policy({ reviewBy: '2026-01-01', state: 'retired' }) },
  },
  fail: {
    'the day before': {
      facts: [],
      policy: reviewedBy('2026-11-21'),
      says: ['low certain reviewBy: policy `backup` was to be reviewed by 2026-11-21, 1 day ago'],
    },
    'long ago': {
      facts: [],
      policy: reviewedBy('2025-12-31'),
      says: ['low certain reviewBy: policy `backup` was to be reviewed by 2025-12-31, 326 days ago'],
    },
  },
});

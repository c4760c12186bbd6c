import { expiredException } from '../../src/rules/expired-exception.ts';
import { exception, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const until = (...dates: string[]) =>
  policy({ exceptions: dates.map((expires) => exception('long-lived-secret', 'secret-1', expires)) });

testRule(expiredException, {
  pass: {
    'no exception': [],
    'an exception on its last day': { facts: [], policy: until('2026-11-22'), now: '2026-11-22T23:59:59Z' },
    'an exception with time left': { facts: [], policy: until('2027-11-21') },
  },
  fail: {
    'an exception the moment after its last day': {
      facts: [],
      policy: until('2026-11-22'),
      now: '2026-11-23T00:00:00Z',
      says: [
        'medium certain long-lived-secret: the exception to `long-lived-secret` for `secret-1` ended 1 day ago, on 2026-11-22',
      ],
    },
    'each of several': {
      facts: [],
      policy: until('2026-11-12', '2026-12-31', '2025-11-22'),
      says: [
        'medium certain long-lived-secret: the exception to `long-lived-secret` for `secret-1` ended 10 days ago, on 2026-11-12',
        'medium certain long-lived-secret: the exception to `long-lived-secret` for `secret-1` ended 365 days ago, on 2025-11-22',
      ],
    },
  },
});

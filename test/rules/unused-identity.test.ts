import { unusedIdentity } from '../../src/rules/unused-identity.ts';
import { backupApp, servicePrincipal } from '../support/facts.ts';
import { signIns } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const says = (severity: string, day: string, age: number) =>
  `${severity} likely ${backupApp}: the identity last signed in on ${day}, ${age} days ago: either the backup no longer runs, or nobody needs what it may do`;

testRule(unusedIdentity, {
  pass: {
    'one that signed in yesterday': [signIns('2026-11-21T03:00:00Z')],
    'one that signed in 90 days ago': [signIns('2026-08-24T00:00:00Z')],
    'one of which no sign-in is kept': [signIns(null)],
    'one of which nothing is known': [servicePrincipal()],
  },
  fail: {
    'one that signed in 91 days ago': {
      facts: [signIns('2026-08-23T00:00:00Z')],
      says: [says('medium', '2026-08-23', 91)],
    },
    'one that is switched off': {
      facts: [signIns('2025-11-22T00:00:00Z'), servicePrincipal({ enabled: false })],
      says: [says('low', '2025-11-22', 365)],
    },
  },
});

import { applicationAccessPolicyLegacy } from '../../src/rules/application-access-policy-legacy.ts';
import { accessPolicy, exchangeRole } from '../support/exchange-facts.ts';
import { appRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const wants = 'which Microsoft replaced by Exchange application roles with a scope and wants migrated';

testRule(applicationAccessPolicyLegacy, {
  pass: {
    'no such policy': [],
    'a role with a scope': [exchangeRole('Application Mail.Read', 'Backed-up mailboxes')],
    'a consent that nothing confines': [appRole('Mail.Read')],
  },
  fail: {
    'one that confines': {
      facts: [accessPolicy('Backed-up mailboxes')],
      says: [
        `low certain Backed-up mailboxes: an application access policy keeps it to the mailboxes of \`Backed-up mailboxes\`, ${wants}`,
      ],
    },
    'one that denies': {
      facts: [accessPolicy('Board', 'DenyAccess')],
      says: [`low certain Board: an application access policy keeps it from the mailboxes of \`Board\`, ${wants}`],
    },
  },
});

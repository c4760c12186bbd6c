import { mailboxAuditBypassed } from '../../src/rules/mailbox-audit-bypassed.ts';
import { exchangeAccount } from '../support/exchange-facts.ts';
import { testRule } from '../support/test-rule.ts';

const account = 'backupadmin@contoso.example';

testRule(mailboxAuditBypassed, {
  pass: {
    'an account that is audited': [exchangeAccount(account)],
    'an account of which nobody told': [exchangeAccount(account, { auditBypass: null, powerShell: true })],
  },
  fail: {
    'an account that is not': {
      facts: [exchangeAccount(account, { auditBypass: true })],
      says: [
        `high certain ${account}: nothing that account \`${account}\` does in any mailbox is written to an audit log`,
      ],
    },
  },
});

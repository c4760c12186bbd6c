import { tenantWideMailboxAccess } from '../../src/rules/tenant-wide-mailbox-access.ts';
import { appRole, delegated, exchange } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const says = [
  'high certain full_access_as_app: application permission `full_access_as_app` on Office 365 Exchange Online reads, changes and deletes everything in every mailbox, and knows no scope',
];

testRule(tenantWideMailboxAccess, {
  pass: {
    'permissions of Microsoft Graph': [appRole('Mail.Read'), appRole('Mail.ReadWrite')],
    'the delegated one, which opens the mailbox of who signs in': [
      delegated('EWS.AccessAsUser.All', { api: exchange }),
    ],
    'PowerShell, which takes a role besides': [appRole('Exchange.ManageAsApp', { api: exchange })],
  },
  fail: {
    'for mail': {
      facts: [appRole('full_access_as_app', { api: exchange })],
      policy: policy({ protects: [protects('exchange-mail')] }),
      says,
    },
    'even for archives, which an Exchange role opens in a scope': {
      facts: [appRole('full_access_as_app', { api: exchange })],
      policy: policy({ protects: [protects('exchange-archive')] }),
      says,
    },
    'where nothing is declared': { facts: [appRole('full_access_as_app', { api: exchange })], says },
  },
});

import { exchangeRoleReachesEveryMailbox } from '../../src/rules/exchange-role-reaches-every-mailbox.ts';
import { exchangeRole } from '../support/exchange-facts.ts';
import { appRole, exchange } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const some = policy({ protects: [protects('exchange-mail', { source: ['Backed-up mailboxes'] })] });
const all = policy({ protects: [protects('exchange-mail')] });
const archives = policy({ protects: [protects('exchange-archive')] });
const inGroup = { roleGroup: 'NinjaOne Backup' };
const whatever = 'reaches every mailbox, whatever permissions Microsoft Entra shows: it';

testRule(exchangeRoleReachesEveryMailbox, {
  pass: {
    'the least role, where every mailbox is protected': { facts: [exchangeRole('Application Mail.Read')], policy: all },
    'the least role on the mailboxes that are protected': {
      facts: [exchangeRole('Application Mail.Read', 'Backed-up mailboxes')],
      policy: some,
    },
    'Exchange Web Services for all archives, which take them': {
      facts: [exchangeRole('Application EWS.AccessAsApp')],
      policy: archives,
    },
    'Exchange Web Services in a scope': { facts: [exchangeRole('Application EWS.AccessAsApp', 'Some')], policy: some },
    'one workload of some mailboxes, another of all': {
      facts: [exchangeRole('Application Mail.Read')],
      policy: policy({ protects: [...some.policy.protects, ...all.policy.protects] }),
    },
    'a management role that opens no mailbox': [exchangeRole('View-Only Recipients')],
    'a role group’s role in a scope': [exchangeRole('Mailbox Search', 'Legal', inGroup)],
    'a custom role that reads settings': [
      exchangeRole('Own', 'organization', { commands: ['Get-Mailbox'], parent: 'Mail Recipients' }),
    ],
    'a custom role of which nobody tells': [exchangeRole('Own')],
    'the permission in Entra, of which another rule tells': [appRole('full_access_as_app', { api: exchange })],
  },
  fail: {
    'impersonation by a role group': {
      facts: [exchangeRole('ApplicationImpersonation', 'organization', inGroup)],
      policy: all,
      says: [
        `high likely ApplicationImpersonation: the Exchange role \`ApplicationImpersonation\` on the whole organization, by role group \`NinjaOne Backup\` ${whatever} acts as the owner of a mailbox, through Exchange Web Services; since 2025-03-01 the role no longer works, so that it is left over`,
      ],
    },
    'a search of all mailboxes': {
      facts: [exchangeRole('Mailbox Search')],
      says: [
        `high certain Mailbox Search: the Exchange role \`Mailbox Search\` on the whole organization ${whatever} searches mailboxes and copies what it finds`,
      ],
    },
    'a custom role, by one of its commands': {
      facts: [exchangeRole('Own', 'organization', { commands: ['Get-Mailbox', 'Add-MailboxPermission'] })],
      says: [
        `high certain Own: the Exchange role \`Own\` on the whole organization ${whatever} gives itself or anybody full access to a mailbox, by \`Add-MailboxPermission\``,
      ],
    },
    'a custom role, by what it was made from': {
      facts: [exchangeRole('Own', 'Organization', { parent: 'Mailbox Import Export' })],
      says: [
        `high certain Own: the Exchange role \`Own\` on the whole organization ${whatever} exports and imports what a mailbox holds, by \`Mailbox Import Export\``,
      ],
    },
    'the least role, on more than is protected': {
      facts: [exchangeRole('Application Mail.Read')],
      policy: some,
      says: [
        'medium certain Application Mail.Read: the Exchange role `Application Mail.Read` on the whole organization reaches every mailbox, and the policy protects `Backed-up mailboxes` in `exchange-mail`',
      ],
    },
    'everything in every mailbox, where mail alone is protected': {
      facts: [exchangeRole('Application EWS.AccessAsApp')],
      policy: all,
      says: [
        'high certain Application EWS.AccessAsApp: the Exchange role `Application EWS.AccessAsApp` on the whole organization opens the mailboxes with full rights through Exchange Web Services, which is every mailbox, and nothing that the policy protects takes so much',
      ],
    },
  },
});

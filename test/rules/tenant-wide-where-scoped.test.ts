import { tenantWideWhereScoped } from '../../src/rules/tenant-wide-where-scoped.ts';
import { appRole, exchange } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const scopedMail = protects('exchange-mail', { source: ['Backed-up mailboxes'] });
const site = 'https://contoso.sharepoint.com/sites/finance';
const scopedSites = protects('sharepoint', { source: [site] });

testRule(tenantWideWhereScoped, {
  pass: {
    'the whole tenant is protected': {
      facts: [appRole('Mail.Read')],
      policy: policy({ protects: [protects('exchange-mail')] }),
    },
    'nothing is protected': [appRole('Mail.Read'), appRole('Sites.Read.All')],
    'what lists users, which no scope confines': {
      facts: [appRole('User.ReadBasic.All')],
      policy: policy({ protects: [scopedMail] }),
    },
    'what serves something tenant-wide too': {
      facts: [appRole('Sites.Read.All')],
      policy: policy({ protects: [scopedSites, protects('teams-files')] }),
    },
    'sites by their own grants': { facts: [appRole('Sites.Selected')], policy: policy({ protects: [scopedSites] }) },
    'a workload that nothing confines': {
      facts: [appRole('Group-Conversation.Read.All')],
      policy: policy({
        protects: [protects('exchange-group-mailbox', { source: ['33333333-3333-4333-8333-333333333333'] })],
      }),
    },
    'a wider permission, which write-where-read-suffices tells': {
      facts: [appRole('Mail.ReadWrite')],
      policy: policy({ protects: [scopedMail] }),
    },
    'full access, which tenant-wide-mailbox-access tells': {
      facts: [appRole('full_access_as_app', { api: exchange })],
      policy: policy({ protects: [protects('exchange-archive', { source: ['Archives'] })] }),
    },
  },
  fail: {
    'some mailboxes are protected': {
      facts: [appRole('Mail.Read'), appRole('User.ReadBasic.All')],
      policy: policy({ protects: [scopedMail] }),
      says: [
        'medium certain Mail.Read: application permission `Mail.Read` on Microsoft Graph reaches the whole tenant, and the policy protects a part of it in `exchange-mail`',
      ],
    },
    'some sites are protected': {
      facts: [appRole('Sites.Read.All')],
      policy: policy({ protects: [scopedSites] }),
      says: [
        'medium certain Sites.Read.All: application permission `Sites.Read.All` on Microsoft Graph reaches the whole tenant, and the policy protects a part of it in `sharepoint`',
      ],
    },
  },
});

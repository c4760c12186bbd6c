import { tier0Permission } from '../../src/rules/tier0-permission.ts';
import { appRole, delegated, exchange, sharePoint } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const groups = policy({ protects: [protects('groups')] });

testRule(tier0Permission, {
  pass: {
    'permissions that read': [appRole('Directory.Read.All'), appRole('User.Read.All'), appRole('GroupMember.Read.All')],
    'permissions that write content': [appRole('Mail.ReadWrite'), appRole('Sites.FullControl.All')],
    'the namesake on SharePoint, which writes profiles': [appRole('User.ReadWrite.All', { api: sharePoint })],
    'full access to mailboxes': [appRole('full_access_as_app', { api: exchange })],
    'what needs no further step, which self-escalation tells': [
      appRole('RoleManagement.ReadWrite.Directory'),
      delegated('Application.ReadWrite.All'),
    ],
    'a permission that nobody knows': [appRole('Everything.ReadWrite.All')],
  },
  fail: {
    'an application permission, without workloads': {
      facts: [appRole('User.ReadWrite.All')],
      says: [
        'high certain User.ReadWrite.All: application permission `User.ReadWrite.All` on Microsoft Graph is tier 0: its holder can reach control of the tenant in a few steps',
      ],
    },
    'one that a restore needs as well': {
      facts: [appRole('Group.ReadWrite.All'), appRole('GroupMember.ReadWrite.All')],
      policy: groups,
      says: [
        'high certain Group.ReadWrite.All: application permission `Group.ReadWrite.All` on Microsoft Graph is tier 0: its holder can reach control of the tenant in a few steps',
        'high certain GroupMember.ReadWrite.All: application permission `GroupMember.ReadWrite.All` on Microsoft Graph is tier 0: its holder can reach control of the tenant in a few steps',
      ],
    },
    'a delegated scope': {
      facts: [delegated('User.ReadWrite.All')],
      says: [
        'high certain User.ReadWrite.All: delegated permission `User.ReadWrite.All` on Microsoft Graph is tier 0: its holder can reach control of the tenant in a few steps, as an administrator who signs in',
      ],
    },
  },
});

import { offlineAccessBesideTier0 } from '../../src/rules/offline-access-beside-tier0.ts';
import { appRole, delegated, forAllUsers, forUser, otherApp, sharePoint } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const offline = delegated('offline_access');
const by = (...users: readonly string[]) => ({ consents: users.map(forUser) });

testRule(offlineAccessBesideTier0, {
  pass: {
    'offline access beside what shows who signs in': [offline, delegated('User.Read'), delegated('Domain.Read.All')],
    'tier 0 without it': [delegated('Application.ReadWrite.All')],
    'tier 0 of another application': [offline, delegated('Application.ReadWrite.All', { identity: otherApp })],
    'application permissions, which need nobody': [offline, appRole('Application.ReadWrite.All')],
    'consents of two people': [
      delegated('offline_access', by('ann')),
      delegated('Application.ReadWrite.All', by('bob')),
    ],
    'a scope of the same name elsewhere': [offline, delegated('User.ReadWrite.All', { api: sharePoint })],
  },
  fail: {
    'a tier-0 scope for all users': {
      facts: [offline, delegated('User.ReadWrite.All')],
      says: [
        'high certain offline_access: delegated permission `offline_access` stands beside `User.ReadWrite.All`: after one sign-in of an administrator the application can use that for months, with nobody there',
      ],
    },
    'several of them, as a policy asks': {
      facts: [
        delegated('offline_access', { consents: [] }),
        delegated('Application.ReadWrite.All', { consents: [] }),
        delegated('AppRoleAssignment.ReadWrite.All', { consents: [] }),
      ],
      says: [
        'high certain offline_access: delegated permission `offline_access` stands beside `AppRoleAssignment.ReadWrite.All` and 1 more: after one sign-in of an administrator the application can use that for months, with nobody there',
      ],
    },
    'one person among several': {
      facts: [
        delegated('offline_access', by('ann', 'bob')),
        delegated('Directory.AccessAsUser.All', { consents: [forUser('bob')] }),
        delegated('RoleManagement.ReadWrite.Directory', { consents: [forUser('cy')] }),
      ],
      says: [
        'high certain offline_access: delegated permission `offline_access` stands beside `Directory.AccessAsUser.All`: after one sign-in of an administrator the application can use that for months, with nobody there',
      ],
    },
    'everybody on one side': {
      facts: [
        delegated('Offline_Access', { consents: [forAllUsers] }),
        delegated('RoleManagement.ReadWrite.Directory', by('ann')),
      ],
      says: [
        'high certain Offline_Access: delegated permission `offline_access` stands beside `RoleManagement.ReadWrite.Directory`: after one sign-in of an administrator the application can use that for months, with nobody there',
      ],
    },
  },
});

import { undeclaredAccess } from '../../src/rules/undeclared-access.ts';
import { finance, legal, siteGrant } from '../support/door-facts.ts';
import {
  allows,
  appRole,
  azureRole,
  backupObject,
  certificate,
  delegated,
  directoryRole,
  disk,
  forUser,
  group,
  servicePrincipal,
  subscription,
  vault,
  vaultIdentity,
} from '../support/facts.ts';
import { crew, department, eligibleDirectoryRole, inGroup } from '../support/group-facts.ts';
import { policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');
const reader = azureRole('Disk Backup Reader', disk('data1'));

testRule(undeclaredAccess, {
  pass: {
    'what the policy asks for': {
      facts: [reader, appRole('Mail.Read'), delegated('User.Read')],
      policy: policy({ desired: [reader, appRole('Mail.Read'), delegated('User.Read')] }),
    },
    'a plane that the policy does not manage': {
      facts: [azureRole('Contributor', app), appRole('Mail.ReadWrite')],
      policy: policy({ governs: new Set(['delegated-grant']) }),
    },
    'a policy that manages nothing': { facts: [azureRole('Owner', app)], policy: policy({ governs: new Set() }) },
    'a role held by an identity that is gone': [azureRole('Contributor', app, { orphaned: true })],
    'kinds of facts that are no grants': [
      servicePrincipal(),
      vaultIdentity(),
      certificate('2026-08-01T00:00:00Z', '2027-01-01T00:00:00Z'),
    ],
    'a wanted role that is held by a vault’s identity': {
      facts: [azureRole('Disk Backup Reader', disk('data1'), { identity: vault() })],
      policy: policy({ desired: [azureRole('Disk Backup Reader', disk('data1'), { identity: vault() })] }),
    },
    'a grant on a site that the policy asks for, whatever its role by now': {
      facts: [siteGrant('write')],
      policy: policy({ desired: [siteGrant('read')], governs: new Set(['site-grant']) }),
    },
    'a group that the policy lists': {
      facts: [inGroup()],
      policy: policy({ desired: [inGroup()], governs: new Set(['group-membership']) }),
    },
    'groups of which the policy does not speak': [inGroup({ roleAssignable: true })],
    'nothing held': { facts: [], policy: policy({ desired: [reader] }) },
  },
  fail: {
    'a role at a scope that left the policy': {
      facts: [reader, azureRole('Contributor', app, { created: '2021-03-01T09:30:00Z' })],
      policy: policy({ desired: [reader] }),
      says: [
        `high certain Contributor: \`Contributor\` on \`${app}\` is held since 2021-03-01, and policy \`backup\` does not ask for it`,
      ],
    },
    'roles, by what they allow': {
      facts: [
        azureRole('Owner', subscription),
        azureRole('Role Based Access Control Administrator', app, { condition: '@Request[x] StringEquals y' }),
        azureRole('Reader', app),
        azureRole('Unread', app, { permissions: null }),
        azureRole('Looker', app, { permissions: allows(['Microsoft.Compute/disks/read']), identity: vault() }),
      ],
      says: [
        `critical certain Owner: \`Owner\` on \`${subscription}\` is held, and policy \`backup\` does not ask for it`,
        `high certain Role Based Access Control Administrator: \`Role Based Access Control Administrator\` on \`${app}\` is held, and policy \`backup\` does not ask for it`,
        `medium certain Reader: \`Reader\` on \`${app}\` is held, and policy \`backup\` does not ask for it`,
        `high certain Unread: \`Unread\` on \`${app}\` is held, and policy \`backup\` does not ask for it`,
        `medium certain Looker: \`Looker\` on \`${app}\` is held, and policy \`backup\` does not ask for it`,
      ],
    },
    'application permissions, by what they allow': {
      facts: [appRole('AppRoleAssignment.ReadWrite.All'), appRole('Group.ReadWrite.All'), appRole('Reports.Read.All')],
      says: [
        'critical certain AppRoleAssignment.ReadWrite.All: application permission `AppRoleAssignment.ReadWrite.All` on Microsoft Graph is held, and policy `backup` does not ask for it',
        'high certain Group.ReadWrite.All: application permission `Group.ReadWrite.All` on Microsoft Graph is held, and policy `backup` does not ask for it',
        'medium certain Reports.Read.All: application permission `Reports.Read.All` on Microsoft Graph is held, and policy `backup` does not ask for it',
      ],
    },
    'directory roles, by what they allow': {
      facts: [
        directoryRole('Exchange Administrator'),
        directoryRole('Directory Readers', { scope: '/administrativeUnits/1' }),
        directoryRole('Made up here'),
      ],
      says: [
        'critical certain Exchange Administrator: directory role `Exchange Administrator` on the whole directory is held, and policy `backup` does not ask for it',
        'medium certain Directory Readers: directory role `Directory Readers` on `/administrativeUnits/1` is held, and policy `backup` does not ask for it',
        'high certain Made up here: directory role `Made up here` on the whole directory is held, and policy `backup` does not ask for it',
      ],
    },
    'delegated scopes, with who consented': {
      facts: [
        delegated('User.Read'),
        delegated('offline_access', { consents: [forUser(backupObject)] }),
        delegated('Application.ReadWrite.All', { consents: [forUser(backupObject), forUser('another')] }),
      ],
      says: [
        'low certain User.Read: delegated permission `User.Read` on Microsoft Graph, consented for all users, is held, and policy `backup` does not ask for it',
        'medium certain offline_access: delegated permission `offline_access` on Microsoft Graph, consented for 1 user, is held, and policy `backup` does not ask for it',
        'critical certain Application.ReadWrite.All: delegated permission `Application.ReadWrite.All` on Microsoft Graph, consented for 2 users, is held, and policy `backup` does not ask for it',
      ],
    },
    'grants on sites, by their roles': {
      facts: [siteGrant('read'), siteGrant('write', legal)],
      policy: policy({ governs: new Set(['site-grant']) }),
      says: [
        `medium certain read: \`read\` on site \`${finance}\` is held, and policy \`backup\` does not ask for it`,
        `high certain write: \`write\` on site \`${legal}\` is held, and policy \`backup\` does not ask for it`,
      ],
    },
    'groups, by whether they can be given directory roles': {
      facts: [inGroup(), inGroup({ group: department, displayName: null, roleAssignable: true })],
      policy: policy({ governs: new Set(['group-membership']) }),
      says: [
        `medium certain ${crew}: membership in group \`Backup Crew\` \`${crew}\` is held, and policy \`backup\` does not ask for it`,
        `high certain ${department}: membership in group \`${department}\` is held, and policy \`backup\` does not ask for it`,
      ],
    },
    'a directory role that a person may activate, one step less than one that is held': {
      facts: [eligibleDirectoryRole('Exchange Administrator')],
      says: [
        'high certain Exchange Administrator: eligible directory role `Exchange Administrator` on the whole directory is held, and policy `backup` does not ask for it',
      ],
    },
  },
});

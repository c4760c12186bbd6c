import { selfEscalation } from '../../src/rules/self-escalation.ts';
import { allows, appRole, azureRole, delegated, directoryRole, disk, group, sharePoint } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const app = group('rg-app');

testRule(selfEscalation, {
  pass: {
    'read permissions': [appRole('Directory.Read.All'), appRole('RoleManagement.Read.Directory')],
    'a strong permission that still needs further steps': [appRole('Group.ReadWrite.All')],
    'an escalating name on an API where it means something else': [
      appRole('Application.ReadWrite.All', { api: sharePoint }),
    ],
    'User.ReadWrite.All of SharePoint': [appRole('User.ReadWrite.All', { api: sharePoint })],
    'Contributor, which excludes writing role assignments': [azureRole('Contributor', app)],
    'a custom role that excludes what its wildcard allows': [
      azureRole('Almost everything', app, {
        permissions: allows(['*'], { notActions: ['Microsoft.Authorization/*'] }),
      }),
    ],
    'reading role assignments': [azureRole('Reader', app), azureRole('Disk Backup Reader', disk('data1'))],
    'data actions of the same name': [
      azureRole('Odd', app, {
        permissions: allows([], { dataActions: ['Microsoft.Authorization/roleAssignments/write'] }),
      }),
    ],
    'a role held by an identity that is gone': [azureRole('Owner', app, { orphaned: true })],
    'a role whose actions could not be read': [azureRole('Unknown', app, { permissions: null })],
    'directory roles that read, and one over a part of the directory': [
      directoryRole('Directory Readers'),
      directoryRole('Global Reader'),
      directoryRole('Application Administrator', { scope: '/administrativeUnits/1' }),
    ],
    'sign-in scopes': [delegated('User.Read'), delegated('openid')],
  },
  fail: {
    'an application permission': {
      facts: [appRole('AppRoleAssignment.ReadWrite.All')],
      says: [
        'critical certain AppRoleAssignment.ReadWrite.All: application permission `AppRoleAssignment.ReadWrite.All` on Microsoft Graph lets its holder grant itself more: it can grant itself any application permission on any API',
      ],
    },
    'a delegated scope': {
      facts: [delegated('RoleManagement.ReadWrite.Directory')],
      says: [
        'critical certain RoleManagement.ReadWrite.Directory: delegated permission `RoleManagement.ReadWrite.Directory` on Microsoft Graph lets its holder grant itself more, as an administrator who signs in: it can assign itself Global Administrator',
      ],
    },
    'a directory role': {
      facts: [directoryRole('Cloud Application Administrator')],
      says: [
        'critical certain Cloud Application Administrator: directory role `Cloud Application Administrator` lets its holder grant itself more: it adds credentials to any application and can then sign in as it',
      ],
    },
    Owner: {
      facts: [azureRole('Owner', app)],
      says: [
        `critical certain Owner: \`Owner\` on \`${app}\` lets its holder grant itself more by \`Microsoft.Authorization/roleAssignments/write\`: it can assign itself any role`,
      ],
    },
    'a custom role that names only the one action, in other letters': {
      facts: [azureRole('Harmless', app, { permissions: allows(['MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE']) })],
      says: [
        `critical certain Harmless: \`Harmless\` on \`${app}\` lets its holder grant itself more by \`Microsoft.Authorization/roleAssignments/write\`: it can assign itself any role`,
      ],
    },
    'a custom role that widens custom roles': {
      facts: [
        azureRole('Vendor', app, { permissions: allows(['Microsoft.Authorization/roleDefinitions/write', '*/read']) }),
      ],
      says: [
        `critical certain Vendor: \`Vendor\` on \`${app}\` lets its holder grant itself more by \`Microsoft.Authorization/roleDefinitions/write\`: it can widen a custom role that it holds`,
      ],
    },
    'an exclusion in another block, which takes nothing away': {
      facts: [
        azureRole('Two blocks', app, {
          permissions: [...allows(['*']), ...allows(['*/read'], { notActions: ['Microsoft.Authorization/*'] })],
        }),
      ],
      says: [
        `critical certain Two blocks: \`Two blocks\` on \`${app}\` lets its holder grant itself more by \`Microsoft.Authorization/roleAssignments/write\`: it can assign itself any role`,
      ],
    },
    'a role under a condition': {
      facts: [azureRole('Role Based Access Control Administrator', app, { condition: '@Request[x] StringEquals y' })],
      says: [
        `critical likely Role Based Access Control Administrator: \`Role Based Access Control Administrator\` on \`${app}\` lets its holder grant itself more by \`Microsoft.Authorization/roleAssignments/write\`: it can assign itself any role, unless its condition, which is not evaluated here, forbids that`,
      ],
    },
  },
});

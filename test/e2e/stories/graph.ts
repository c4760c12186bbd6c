import { app, appId, azureAdGraph, company, objectId, policy } from './company.ts';
import type { Stories } from './story.ts';

const identity = `  identities: [{ appId: ${appId('mail backup')} }]`;
const least = ['Sites.Read.All', 'ChannelMessage.Read.All', 'Chat.Read.All', 'GroupMember.Read.All', 'User.Read.All'];

/** Permissions on Microsoft Graph and Exchange, consents and directory roles. */
export const graphStories: Stories = {
  'read permissions that stand for themselves are clean': {
    tenant: company([app('mail backup', { permissions: least })]),
    policies: {
      'mail.yaml': policy(
        'mail',
        `
${identity}
  access:
    applicationPermissions: { Microsoft Graph: [${least.join(', ')}] }
    delegatedPermissions: {}
    directoryRoles: []
    azureRoles: []
`,
      ),
    },
    exit: 0,
  },
  'a vendor from another tenant is judged by what it holds here': {
    tenant: company([
      app('mail backup', {
        vendor: '99999999-0000-4000-8000-000000000009',
        permissions: ['Notes.Read.All'],
        exchange: ['full_access_as_app'],
        delegated: [{ scope: 'AppRoleAssignment.ReadWrite.All offline_access' }],
      }),
    ]),
    policies: {
      'mail.yaml': policy(
        'mail',
        `
${identity}
  access:
    applicationPermissions: { Office 365 Exchange Online: [full_access_as_app] }
    delegatedPermissions: { Microsoft Graph: [offline_access] }
`,
      ),
    },
    exit: 1,
    says: [
      'critical self-escalation: AppRoleAssignment.ReadWrite.All on Graph (tenant)',
      'critical undeclared-access: AppRoleAssignment.ReadWrite.All on Graph (tenant)',
      'high delegated-grant-on-daemon: AppRoleAssignment.ReadWrite.All on Graph (tenant)',
      'high retired-api: Notes.Read.All on Graph (tenant)',
      'medium undeclared-access: Notes.Read.All on Graph (tenant)',
      'medium delegated-grant-on-daemon: offline_access on Graph (both)',
      'medium retired-api: full_access_as_app on Exchange (both)',
    ],
    drift: [
      'undeclared app-role-assignment: Notes.Read.All on Graph',
      'undeclared delegated-grant: AppRoleAssignment.ReadWrite.All on Graph',
    ],
  },
  'consents of single users are found as well, once for each scope': {
    tenant: company([
      app('mail backup', {
        delegated: [
          { scope: 'EWS.AccessAsUser.All', user: objectId('ann') },
          { scope: 'EWS.AccessAsUser.All User.Read', user: objectId('bob') },
        ],
      }),
    ]),
    policies: { 'mail.yaml': policy('mail', `${identity}\n  access: { delegatedPermissions: {} }`) },
    exit: 1,
    says: [
      'medium retired-api: EWS.AccessAsUser.All on Graph (tenant)',
      'medium delegated-grant-on-daemon: EWS.AccessAsUser.All on Graph (tenant)',
      'high undeclared-access: EWS.AccessAsUser.All on Graph (tenant)',
      'low delegated-grant-on-daemon: User.Read on Graph (tenant)',
      'low undeclared-access: User.Read on Graph (tenant)',
    ],
    drift: [
      'undeclared delegated-grant: EWS.AccessAsUser.All on Graph',
      'undeclared delegated-grant: User.Read on Graph',
    ],
  },
  'a backup app that somebody made Global Administrator is found, whatever the policy speaks of': {
    tenant: company([app('mail backup', { directoryRoles: ['Global Administrator'] })]),
    policies: { 'mail.yaml': policy('mail', `${identity}\n  access: { azureRoles: [] }`) },
    exit: 1,
    says: ['critical self-escalation: Global Administrator on / (tenant)'],
  },
  'a manifest that still asks a retired API is found, though nothing is granted': {
    tenant: company([app('mail backup', { manifest: [azureAdGraph] })]),
    policies: { 'mail.yaml': policy('mail', identity) },
    exit: 1,
    says: [`medium retired-api: ${azureAdGraph} (tenant)`],
  },
  'another app of the same name is nobody of ours': {
    tenant: company([
      app('mail backup'),
      { graph: { servicePrincipals: [{ id: objectId('other'), appId: appId('other'), displayName: 'mail backup' }] } },
      { arm: { roleAssignments: [{ scope: '/', roleName: 'Owner', principalId: objectId('other') }] } },
    ]),
    policies: { 'mail.yaml': policy('mail', `${identity}\n  access: { azureRoles: [] }`) },
    exit: 0,
  },
  'an object id in place of the app id is a mistake of the file': {
    tenant: company([app('mail backup', { permissions: ['Mail.Read'] })]),
    policies: {
      'mail.yaml': policy(
        'mail',
        `  identities: [{ appId: ${objectId('mail backup')} }]\n  access: { applicationPermissions: {} }`,
      ),
    },
    exit: 2,
    mistakes: [`unknown-identity: ${objectId('mail backup')}`],
  },
};

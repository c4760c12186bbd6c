import { app, appId, archive, company, group, objectId, policy, production, vault } from './company.ts';
import { kindsOfApp, kindsOfVault, type Stories } from './story.ts';

const backup = app('backup', {
  permissions: ['Mail.Read'],
  delegated: [{ scope: 'Mail.Send' }],
  roles: [
    ['Reader', group('rg-app')],
    ['Contributor', group('rg-old', archive)],
  ],
});
const asks = policy(
  'backup',
  `
  identities: [{ appId: ${appId('backup')}, objectId: ${objectId('backup')} }]
  access:
    applicationPermissions: { Microsoft Graph: [Mail.Read] }
    delegatedPermissions: { Microsoft Graph: [Mail.Send] }
    azureRoles:
      - { role: Reader, scope: ${group('rg-app')} }
      - { role: Contributor, scope: ${group('rg-old', archive)} }
`,
);
const fromPolicy = [
  'high privileged-azure-role: Contributor on rg-old (policy)',
  'medium delegated-grant-on-daemon: Mail.Send on Graph (policy)',
];
const auditors = objectId('auditors');

/** What can't be read is a gap that says which right is missing, never drift and never clean. */
export const readerStories: Stories = {
  'without Directory.Read.All, consents are unknown': {
    tenant: company([backup], { permissions: ['Application.Read.All', 'RoleManagement.Read.Directory'] }),
    policies: { 'backup.yaml': asks },
    exit: 3,
    says: [
      'high privileged-azure-role: Contributor on rg-old (both)',
      'medium delegated-grant-on-daemon: Mail.Send on Graph (policy)',
    ],
    gaps: ['delegated-grant of backup: forbidden'],
  },
  'without any permission, everything is unknown': {
    tenant: company([backup], { permissions: [] }),
    policies: { 'backup.yaml': asks },
    exit: 3,
    says: fromPolicy,
    gaps: kindsOfApp.map((kind) => `${kind} of backup: forbidden`),
  },
  'Reader on one of two subscriptions leaves the roles unknown': {
    tenant: company([backup], { roles: [{ role: 'Reader', scope: production }] }),
    policies: { 'backup.yaml': asks },
    exit: 3,
    says: [
      'high privileged-azure-role: Contributor on rg-old (policy)',
      'medium delegated-grant-on-daemon: Mail.Send on Graph (both)',
    ],
    gaps: ['azure-role-assignment of backup: forbidden'],
  },
  'Reader through a group is Reader': {
    tenant: company(
      [
        backup,
        app('checker'),
        {
          graph: { groups: [{ id: auditors, displayName: 'auditors', members: [objectId('checker')] }] },
          arm: {
            roleAssignments: [production, archive].map((scope) => ({
              scope,
              roleName: 'Reader',
              principalId: auditors,
            })),
          },
        },
      ],
      { roles: [] },
    ),
    policies: { 'backup.yaml': asks },
    exit: 1,
    says: [
      'high privileged-azure-role: Contributor on rg-old (both)',
      'medium delegated-grant-on-daemon: Mail.Send on Graph (both)',
    ],
  },
  'a vault that Azure does not show is a gap, and no role of it is called missing': {
    tenant: company([]),
    policies: {
      'backup.yaml': policy(
        'backup',
        `  identities: [{ vault: ${vault('bv-gone')}, managedIdentity: system }]\n  access: { azureRoles: [{ role: Reader, scope: ${group('rg-app')} }] }`,
      ),
    },
    exit: 3,
    gaps: kindsOfVault.map((kind) => `${kind} of backup: not-found`),
  },
};

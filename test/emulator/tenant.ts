import { checkTenant } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const READER = '22222222-2222-4222-8222-222222222222';
export const WEAK = '33333333-3333-4333-8333-333333333333';
export const BACKUP = '44444444-4444-4444-8444-444444444444';
export const BACKUP_SP = '44444444-4444-4444-8444-444444444445';
export const SUBSCRIPTION = '55555555-5555-4555-8555-555555555555';
export const OTHER = '66666666-6666-4666-8666-666666666666';
export const OWNER = '77777777-7777-4777-8777-777777777777';
export const GROUP = '88888888-8888-4888-8888-888888888888';
export const GRAPH = '00000003-0000-0000-c000-000000000000';
export const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
export const SECRET = 'reader-secret';

export const ASSIGNMENT_ROLES = ['AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'];
export const READ_ROLES = [
  'Application.Read.All',
  'Directory.Read.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.Exchange',
  'Policy.Read.All',
  'SharePointTenantSettings.Read.All',
  'Sites.FullControl.All',
  'RoleEligibilitySchedule.Read.Directory',
];

const graphRole = (value: string, index: number): { value: string; id: string } => ({
  value,
  id: `99999999-9999-4999-8999-${String(index).padStart(12, '0')}`,
});

const group = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-app`;
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/vault-1`;

/** A small company with one of everything. */
export const state = (): TenantState =>
  checkTenant({
    tenantId: TENANT,
    name: 'contoso.example',
    asOf: '2026-11-22T00:00:00Z',
    callers: [
      {
        appId: READER,
        secret: SECRET,
        roles: READ_ROLES,
        armRoles: [{ role: 'Reader', scope: '/providers/Microsoft.Management/managementGroups/mg-contoso' }],
        federatedIdentityCredentials: [
          {
            issuer: 'https://token.actions.githubusercontent.com',
            subject: 'repo:contoso/access:environment:prod',
            audiences: ['api://AzureADTokenExchange'],
          },
        ],
      },
      { appId: WEAK, secret: 'weak-secret', roles: [], armRoles: [{ role: 'Reader', scope: group }] },
    ],
    apis: [
      {
        appId: GRAPH,
        displayName: 'Microsoft Graph',
        appRoles: [
          ...READ_ROLES.map(graphRole),
          ...ASSIGNMENT_ROLES.map((value, index) => graphRole(value, index + 50)),
          { value: 'Mail.Read', id: MAIL_READ },
        ],
        oauth2PermissionScopes: [{ value: 'User.Read', id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d' }],
      },
    ],
    graph: {
      applications: [
        {
          appId: BACKUP,
          displayName: 'Backup App',
          owners: [OWNER],
          passwordCredentials: [
            {
              keyId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
              endDateTime: '2027-01-01T00:00:00Z',
              hint: 'abc',
              secretText: 'live-secret',
            },
            {
              keyId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaab',
              endDateTime: '2020-01-01T00:00:00Z',
              hint: 'def',
              secretText: 'dead-secret',
            },
          ],
          federatedIdentityCredentials: [
            {
              id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
              name: 'ci',
              issuer: 'https://token.actions.githubusercontent.com',
              subject: 'repo:Contoso/Backup:ref:refs/heads/main',
              audiences: ['api://AzureADTokenExchange'],
            },
          ],
        },
      ],
      servicePrincipals: [
        { id: BACKUP_SP, appId: BACKUP, displayName: 'Backup App', createdDateTime: '2024-01-01T00:00:00Z' },
        {
          id: '44444444-4444-4444-8444-444444444446',
          appId: '44444444-4444-4444-8444-444444444447',
          displayName: "Bob's vault",
          servicePrincipalType: 'ManagedIdentity',
          alternativeNames: ['isExplicit=False', vault],
        },
      ],
      appRoleAssignments: [
        { principalId: BACKUP_SP, resourceAppId: GRAPH, appRole: 'Mail.Read', createdDateTime: '2024-01-02T00:00:00Z' },
      ],
      oauth2PermissionGrants: [
        {
          clientId: BACKUP_SP,
          consentType: 'AllPrincipals',
          principalId: null,
          resourceAppId: GRAPH,
          scope: 'User.Read offline_access',
        },
      ],
      roleAssignments: [{ principalId: BACKUP_SP, roleName: 'Exchange Administrator' }],
      roleEligibilities: [{ principalId: OWNER, roleName: 'Global Administrator' }],
      users: [{ id: OWNER, userPrincipalName: 'owner@contoso.example', displayName: 'Owner' }],
      groups: [
        { id: GROUP, displayName: 'Backup group', members: [BACKUP_SP] },
        { displayName: 'Outer group', members: [GROUP] },
      ],
      exchange: {
        roleAssignments: [
          { principalId: `/ServicePrincipals/${BACKUP_SP}`, roleName: 'Application Mail.Read', directoryScopeId: '/' },
        ],
      },
      sites: [
        {
          id: 'contoso.sharepoint.com,1,2',
          webUrl: 'https://contoso.sharepoint.com/sites/a',
          permissions: [{ appId: BACKUP, roles: ['fullcontrol'] }],
        },
      ],
      deletedItems: [
        {
          '@odata.type': '#microsoft.graph.application',
          id: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc',
          appId: 'cccccccc-cccc-4ccc-8ccc-cccccccccccd',
          displayName: 'Gone',
          deletedDateTime: '2026-11-01T00:00:00Z',
        },
      ],
    },
    arm: {
      managementGroups: [{ id: 'mg-contoso', parent: null }],
      subscriptions: [
        { subscriptionId: SUBSCRIPTION, displayName: 'Production', managementGroup: 'mg-contoso' },
        { subscriptionId: OTHER, displayName: 'Elsewhere' },
      ],
      builtInRoles: [
        {
          id: '5e467623-bb1f-42f4-a55d-6e525e11384b',
          roleName: 'Backup Contributor',
          permissions: [{ actions: ['Microsoft.RecoveryServices/*'] }],
        },
      ],
      roleDefinitions: [
        {
          name: 'dddddddd-dddd-4ddd-8ddd-dddddddddddd',
          properties: {
            roleName: 'Snapshot Maker',
            assignableScopes: [`/subscriptions/${SUBSCRIPTION}`],
            permissions: [{ actions: ['Microsoft.Compute/snapshots/*'] }],
          },
        },
      ],
      roleAssignments: [
        { scope: group, roleName: 'Contributor', principalId: BACKUP_SP },
        {
          scope: '/providers/Microsoft.Management/managementGroups/mg-contoso',
          roleName: 'Backup Contributor',
          principalId: GROUP,
          principalType: 'Group',
        },
        { scope: `/subscriptions/${OTHER}`, roleName: 'Owner', principalId: BACKUP_SP },
      ],
      resources: [
        {
          id: group,
          name: 'rg-app',
          type: 'Microsoft.Resources/resourceGroups',
          location: 'westeurope',
          properties: {},
        },
        {
          id: vault,
          name: 'vault-1',
          type: 'Microsoft.RecoveryServices/vaults',
          location: 'westeurope',
          identity: { type: 'SystemAssigned', principalId: '44444444-4444-4444-8444-444444444446', tenantId: TENANT },
          properties: { provisioningState: 'Succeeded' },
          sku: { name: 'RS0', tier: 'Standard' },
        },
      ],
    },
  });

export const VAULT = vault;
export const RESOURCE_GROUP = group;

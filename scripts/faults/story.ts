import type { TenantState } from '../../src/emulator/tenant-state.ts';

export const subscription = '/subscriptions/f0000000-0000-4000-8000-000000000001';
const tenantId = 'e0000000-0000-4000-8000-000000000001';
const graph = '00000003-0000-0000-c000-000000000000';

const groupOf = (name: string): string => `${subscription}/resourceGroups/${name}`;
export const keyVault = `${groupOf('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-backup`;

/** What takes the place of what goes, by kind and name; what is there already counts too. */
export const pairs: readonly (readonly [kind: string, gone: string, instead: string])[] = [
  ['app-role-assignment', 'Sites.FullControl.All', 'Sites.Read.All'],
  ['app-role-assignment', 'Mail.ReadWrite', 'Mail.Read'],
  ['delegated-grant', 'Files.ReadWrite.All', 'Files.Read.All'],
  ['azure-role-assignment', 'Backup Contributor', 'Disk Backup Reader'],
];

/** The app that has most to change, and one that has less. */
const mover = { appId: 'a0000000-0000-4000-8000-000000000001', objectId: 'b0000000-0000-4000-8000-000000000001' };
const other = { appId: 'a0000000-0000-4000-8000-000000000002', objectId: 'b0000000-0000-4000-8000-000000000002' };

/** Whoever applies: its writes, and no more than it needs for them. */
export const writer = {
  appId: 'c0000000-0000-4000-8000-000000000001',
  secret: 'faults-example-secret',
  roles: [
    'Application.Read.All',
    'Directory.Read.All',
    'AppRoleAssignment.ReadWrite.All',
    'DelegatedPermissionGrant.ReadWrite.All',
  ],
  armRoles: [{ role: 'Owner', scope: '/providers/Microsoft.Management/managementGroups/mg' }],
};

const app = ({ appId, objectId }: typeof mover, displayName: string) => ({
  application: {
    id: `d${objectId.slice(1)}`,
    appId,
    displayName,
    signInAudience: 'AzureADMyOrg',
    passwordCredentials: [],
    keyCredentials: [],
    requiredResourceAccess: [],
    owners: [],
  },
  servicePrincipal: {
    id: objectId,
    appId,
    displayName,
    accountEnabled: true,
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: tenantId,
    signInAudience: 'AzureADMyOrg',
    passwordCredentials: [],
    keyCredentials: [],
    owners: [],
  },
});

const apps = [app(mover, 'Backup'), app(other, 'Archive')];

const role = ({ objectId }: typeof mover, roleName: string, group: string, condition?: string) => ({
  scope: groupOf(group),
  roleName,
  principalId: objectId,
  principalType: 'ServicePrincipal',
  ...(condition === undefined ? {} : { condition }),
});

const inContainer = (name: string): string =>
  `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals '${name}'`;

/** All that is granted before the plan. */
export const tenant: TenantState = {
  tenantId,
  name: 'faults',
  asOf: '2026-11-22T00:00:00Z',
  callers: [writer],
  graph: {
    applications: apps.map(({ application }) => application),
    servicePrincipals: apps.map(({ servicePrincipal }) => servicePrincipal),
    appRoleAssignments: ['Sites.FullControl.All', 'Mail.ReadWrite'].map((appRole) => ({
      principalId: mover.objectId,
      resourceAppId: graph,
      appRole,
    })),
    oauth2PermissionGrants: [
      {
        clientId: mover.objectId,
        consentType: 'AllPrincipals',
        principalId: null,
        resourceAppId: graph,
        scope: 'User.Read Files.ReadWrite.All',
      },
    ],
  },
  arm: {
    managementGroups: [{ id: 'mg', parent: null }],
    subscriptions: [{ subscriptionId: subscription.split('/')[2] ?? '', displayName: 'Faults', managementGroup: 'mg' }],
    roleAssignments: [
      role(mover, 'Backup Contributor', 'rg-data'),
      role(mover, 'Storage Blob Data Reader', 'rg-blobs', inContainer('all')),
      role(other, 'Disk Backup Reader', 'rg-archive'),
      role(other, 'Reader', 'rg-archive'),
      role(other, 'Contributor', 'rg-archive'),
    ],
    resources: [
      ...['rg-data', 'rg-blobs', 'rg-archive', 'rg-keys'].map((name) => ({
        id: groupOf(name),
        name,
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
      })),
      {
        id: keyVault,
        name: 'kv-backup',
        type: 'Microsoft.KeyVault/vaults',
        location: 'westeurope',
        properties: {
          tenantId,
          vaultUri: 'https://kv-backup.vault.azure.net',
          accessPolicies: [
            {
              tenantId,
              objectId: mover.objectId,
              permissions: { keys: ['get', 'list', 'backup', 'purge'], secrets: [] },
            },
          ],
        },
      },
    ],
  },
};

/** What is asked for: twelve steps from what is granted. */
export const policies: Readonly<Record<string, string>> = {
  'backup.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: backup, owner: backup-team@contoso.example }
spec:
  enforcement: authoritative
  identities: [{ appId: "${mover.appId}", objectId: "${mover.objectId}" }]
  protects:
    - { workload: azure-vm-disk, operations: [backup], scopes: [${groupOf('rg-data')}] }
    - { workload: sharepoint, operations: [backup] }
  access:
    applicationPermissions: { Microsoft Graph: [Sites.Read.All, Mail.Read] }
    delegatedPermissions: { Microsoft Graph: [User.Read, Files.Read.All] }
    azureRoles:
      - { role: Disk Backup Reader, scope: ${groupOf('rg-data')} }
      - { role: Storage Blob Data Reader, scope: ${groupOf('rg-blobs')}, condition: "${inContainer('backup')}" }
    keyVaultAccess:
      - { vault: ${keyVault}, permissions: { keys: [get, list, backup] } }
`,
  'archive.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: archive, owner: backup-team@contoso.example }
spec:
  enforcement: authoritative
  identities: [{ appId: "${other.appId}", objectId: "${other.objectId}" }]
  access:
    applicationPermissions: {}
    delegatedPermissions: { Microsoft Graph: [Files.Read.All] }
    azureRoles:
      - { role: Disk Backup Reader, scope: ${groupOf('rg-archive')} }
      - { role: Reader, scope: ${groupOf('rg-archive')} }
`,
};

/** Object ids of those whose access changes. */
export const principals = [mover.objectId, other.objectId];

/** Limits of the brake are not what is tried here. */
export const configuration = `apiVersion: backup-access/v1
kind: BackupAccessConfig
brake: { revokes: 500, percent: 100, perIdentity: 100, window: P7D }
`;

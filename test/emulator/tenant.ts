import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import tls from 'node:tls';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { ClientSecretCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/start-emulator.ts';
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

/** Starts a tenant whose certificate authority this process trusts. */
export const start = async (options: Partial<EmulatorOptions> = {}): Promise<Emulator> => {
  const emulator = await startEmulator({ tenant: state(), ...options });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), emulator.caPem]);
  return emulator;
};

export const credential = (emulator: Emulator, clientId = READER, secret = SECRET): ClientSecretCredential =>
  new ClientSecretCredential(TENANT, clientId, secret, {
    authorityHost: emulator.cloud.authority,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });

export const tokenFor = async (
  emulator: Emulator,
  api: 'graph' | 'resourceManager',
  clientId = READER,
  secret = SECRET,
): Promise<string> => {
  const scope = `${emulator.cloud[api]}/.default`;
  const got: AccessToken = await credential(emulator, clientId, secret).getToken(scope);
  return got.token;
};

export const graphClient = (emulator: Emulator, from: TokenCredential = credential(emulator)): Client =>
  Client.initWithMiddleware({
    baseUrl: `${emulator.cloud.graph}/`,
    customHosts: new Set(['localhost']),
    authProvider: {
      getAccessToken: async () => (await from.getToken('https://graph.microsoft.com/.default'))?.token ?? '',
    },
  });

export const armClient = (
  emulator: Emulator,
  from: TokenCredential = credential(emulator),
): AuthorizationManagementClient =>
  new AuthorizationManagementClient(from, SUBSCRIPTION, {
    endpoint: emulator.cloud.resourceManager,
    retryOptions: { maxRetries: 0 },
  });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into bodies of many shapes
  readonly body: any;
}

const send = async (url: string, token: string | null, init: RequestInit = {}): Promise<Answer> => {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    redirect: 'manual',
    ...init,
    headers: { ...authorization, 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};

/** Asks Graph with a plain request. */
export const askGraph = async (
  emulator: Emulator,
  path: string,
  init?: RequestInit,
  as: readonly [string, string] = [READER, SECRET],
): Promise<Answer> => send(`${emulator.cloud.graph}/v1.0${path}`, await tokenFor(emulator, 'graph', ...as), init);

/** Asks ARM with a plain request. */
export const askArm = async (
  emulator: Emulator,
  path: string,
  init?: RequestInit,
  as: readonly [string, string] = [READER, SECRET],
): Promise<Answer> =>
  send(`${emulator.cloud.resourceManager}${path}`, await tokenFor(emulator, 'resourceManager', ...as), init);

export { send };

const SHARED = resolve(import.meta.dirname, '../../../shared');
/** A path in the folder of shared reference material, `null` where it isn't there. */
export const sharedPath = (path: string): string | null =>
  existsSync(resolve(SHARED, path)) ? resolve(SHARED, path) : null;

import type { TenantState } from '../../src/emulator/tenant-state.ts';

const guid = (kind: string, number: number): string =>
  `${kind}${String(number).padStart(7, '0')}-0000-4000-8000-000000000000`.slice(-36);
const id = (kind: 'a' | 'b' | 'c' | 'd', number: number): string => guid(kind, number);

const tenantId = 'e0000000-0000-4000-8000-000000000001';
const subscription = 'f0000000-0000-4000-8000-000000000001';
const callerId = 'c9999999-0000-4000-8000-000000000000';

const vault = (number: number): string => `/subscriptions/${subscription}/resourceGroups/rg-${number}`;

const app = (number: number) => ({
  application: {
    id: id('d', number),
    appId: id('a', number),
    displayName: `Backup ${number}`,
    signInAudience: 'AzureADMyOrg',
    passwordCredentials: [],
    keyCredentials: [],
    requiredResourceAccess: [],
    owners: [],
  },
  servicePrincipal: {
    id: id('b', number),
    appId: id('a', number),
    displayName: `Backup ${number}`,
    accountEnabled: true,
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: tenantId,
    signInAudience: 'AzureADMyOrg',
    passwordCredentials: [],
    keyCredentials: [],
    owners: [],
  },
});

/** A tenant with `count` backup apps, one Disk Backup Reader and one Sites.Read.All each, and `others` apps beside them. */
export const fleet = (count: number, others: number): TenantState => {
  const apps = Array.from({ length: count }, (_, number) => app(number));
  const rest = Array.from({ length: others }, (_, number) => app(1_000_000 + number));
  return {
    tenantId,
    name: 'fleet',
    asOf: '2026-11-22T00:00:00Z',
    callers: [
      {
        appId: callerId,
        secret: 'fleet-secret',
        roles: ['Application.Read.All', 'Directory.Read.All'],
        armRoles: [{ role: 'Reader', scope: '/providers/Microsoft.Management/managementGroups/mg' }],
      },
    ],
    graph: {
      applications: apps.map(({ application }) => application),
      servicePrincipals: [...apps, ...rest].map(({ servicePrincipal }) => servicePrincipal),
      appRoleAssignments: apps.map(({ servicePrincipal }) => ({
        principalId: servicePrincipal.id,
        resourceAppId: '00000003-0000-0000-c000-000000000000',
        appRole: 'Sites.Read.All',
      })),
    },
    arm: {
      managementGroups: [{ id: 'mg', parent: null }],
      subscriptions: [{ subscriptionId: subscription, displayName: 'Fleet', managementGroup: 'mg' }],
      roleAssignments: apps.map(({ servicePrincipal }, number) => ({
        scope: vault(number),
        roleName: 'Disk Backup Reader',
        principalId: servicePrincipal.id,
        principalType: 'ServicePrincipal',
      })),
      resources: apps.map((_, number) => ({
        id: vault(number),
        name: `rg-${number}`,
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
      })),
    },
  };
};

/** The policies that ask for exactly what `fleet` holds. */
export const fleetPolicies = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      `backup-${number}.yaml`,
      `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: backup-${number}, owner: backup-team@contoso.example }
spec:
  identities:
    - { appId: "${id('a', number)}", objectId: "${id('b', number)}" }
  protects:
    - { workload: azure-vm-disk, operations: [backup], scopes: [${vault(number)}] }
    - { workload: sharepoint, operations: [backup] }
  access:
    applicationPermissions: { Microsoft Graph: [Sites.Read.All] }
    delegatedPermissions: {}
    azureRoles:
      - { role: Disk Backup Reader, scope: ${vault(number)} }
`,
    ]),
  );

import type { Report } from '../../src/core/report.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import type { CheckOptions } from '../../src/options.ts';
import { fleet } from './fleet.ts';
import { scanOn as scanServed, serve } from './rig.ts';

/** App id of Microsoft Graph. */
export const graph = '00000003-0000-0000-c000-000000000000';
const exchange = '00000002-0000-0ff1-ce00-000000000000';
/** A tenant with one backup app that has its policy. */
export const plain = fleet(1, 0);
const [caller] = plain.callers ?? [];
if (caller === undefined) throw new Error('the fleet has no caller');
const [sub] = plain.arm?.subscriptions ?? [];
/** Id of a resource group. */
export const group = (name: string): string => `/subscriptions/${sub?.['subscriptionId']}/resourceGroups/${name}`;

/** A GUID by its first digit and number: 8 for app ids, 9 for object ids. */
export const guid = (start: string, number: number): string =>
  `${start}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
/** A service principal by number. */
export const principal = (number: number, displayName: string, more: object = {}) => ({
  id: guid('9', number),
  appId: guid('8', number),
  displayName,
  accountEnabled: true,
  servicePrincipalType: 'Application',
  appOwnerOrganizationId: plain.tenantId,
  ...more,
});
const application = (number: number, displayName: string) => ({
  id: guid('7', number),
  appId: guid('8', number),
  displayName,
  signInAudience: 'AzureADMyOrg',
});
/** Application permissions of a principal, by number. */
export const grants = (number: number, api: string, ...roles: readonly string[]) =>
  roles.map((appRole) => ({ principalId: guid('9', number), resourceAppId: api, appRole }));

/** A vault whose identity no policy names. */
export const vault = `${group('rg-vaults')}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`;
const hostileName = '../../x\n::error::`"Veeam';

/** Four that no policy names (by their grants, by a hostile name, by Azure roles, a vault), and three that are none. */
export const wild: TenantState = {
  ...plain,
  graph: {
    ...plain.graph,
    applications: [
      ...(plain.graph?.applications ?? []),
      ...[1, 2, 3, 4, 5].map((number) => application(number, `app ${number}`)),
    ],
    servicePrincipals: [
      ...(plain.graph?.servicePrincipals ?? []),
      principal(1, 'svc-m365-17'),
      principal(2, hostileName),
      principal(3, 'HubStor Backup App'),
      principal(4, 'Workday Sync'),
      principal(5, 'Invoice Mailer'),
      principal(6, 'Veeam (single sign-on)'),
      principal(7, 'rsv-prod', {
        servicePrincipalType: 'ManagedIdentity',
        alternativeNames: ['isExplicit=False', vault],
      }),
    ],
    appRoleAssignments: [
      ...(plain.graph?.appRoleAssignments ?? []),
      ...grants(1, graph, 'Sites.FullControl.All', 'User.Read.All'),
      ...grants(1, exchange, 'full_access_as_app'),
      ...grants(2, graph, 'Mail.Read', 'Directory.Read.All'),
      ...grants(4, graph, 'User.ReadWrite.All', 'Group.Read.All'),
      ...grants(5, graph, 'Mail.Send'),
    ],
  },
  arm: {
    ...plain.arm,
    roleAssignments: [
      ...(plain.arm?.roleAssignments ?? []),
      ...['Contributor', 'Storage Account Contributor'].map((roleName) => ({
        scope: group('rg-0'),
        roleName,
        principalId: guid('9', 3),
        principalType: 'ServicePrincipal',
      })),
      { scope: group('rg-0'), roleName: 'Reader', principalId: guid('9', 7), principalType: 'ServicePrincipal' },
    ],
    resources: [
      ...(plain.arm?.resources ?? []),
      {
        id: vault,
        name: 'rsv-prod',
        type: 'Microsoft.RecoveryServices/vaults',
        location: 'westeurope',
        identity: { type: 'SystemAssigned', principalId: guid('9', 7), tenantId: plain.tenantId },
        properties: {},
      },
    ],
  },
};
/** Those four, as reports name them. */
export const strangers = [guid('8', 1), guid('8', 2), guid('8', 3), vault];

/** Variables of an environment that signs in as the reader. */
export const environment = {
  AZURE_TENANT_ID: plain.tenantId,
  AZURE_CLIENT_ID: caller.appId,
  AZURE_CLIENT_SECRET: caller.secret ?? '',
};
/** Scans the tenant as it is served, as its reader. */
export const scanOn = (emulator: Emulator, policies: string, more: Partial<CheckOptions> = {}): Promise<Report> =>
  scanServed(emulator, plain, policies, more);

/** Serves a tenant for as long as `run` takes. */
export const withTenant = async <T>(
  state: TenantState,
  run: (emulator: Emulator) => Promise<T>,
  faults: FaultScript = [],
): Promise<T> => {
  const emulator = await serve(state, faults);
  try {
    return await run(emulator);
  } finally {
    await emulator.close();
  }
};

/** Findings on what no policy names. */
export const unmanaged = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'unmanaged-backup-access');
/** Their identities. */
export const identities = (report: Report): string[] => unmanaged(report).map(({ identity }) => identity);
/** Gaps of a report as texts. */
export const gapsOf = ({ coverage }: Report): string[] =>
  coverage
    .filter(({ state }) => state === 'gap')
    .map(({ kind, subject, reason, needs }) => `${kind} of ${subject}: ${reason}, ${needs}`);

/** Whoever may not read what is granted on the APIs. */
export const noLists: FaultScript = [
  { match: { path: '/appRoleAssignedTo', inner: true, times: 'always' }, answer: { status: 403 } },
];

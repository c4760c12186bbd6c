import { guidFrom } from '../../../src/emulator/make-id.ts';
import type { TenantState } from '../../../src/emulator/tenant-state.ts';

/** The company of the stories: two subscriptions below one management group. Ids are made from names. */
const tenantId = guidFrom('tenant');
const subscription = `/subscriptions/${guidFrom('production')}`;
/** The second subscription: its resources are none of the first one's readers' business. */
export const archive = `/subscriptions/${guidFrom('archive')}`;
export const managementGroup = '/providers/Microsoft.Management/managementGroups/mg-contoso';
export const production = subscription;

export const group = (name: string, within = subscription): string => `${within}/resourceGroups/${name}`;
export const disk = (name: string): string => `${group('rg-app')}/providers/Microsoft.Compute/disks/${name}`;
export const machine = (name: string): string =>
  `${group('rg-app')}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const account = (name: string): string =>
  `${group('rg-app')}/providers/Microsoft.Storage/storageAccounts/${name}`;
export const vault = (name: string): string =>
  `${group('rg-backup')}/providers/Microsoft.DataProtection/backupVaults/${name}`;
export const userAssigned = (name: string): string =>
  `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;

export const appId = (name: string): string => guidFrom(`app ${name}`);
export const objectId = (name: string): string => guidFrom(`object ${name}`);
export const keyId = (name: string): string => guidFrom(`key ${name}`);

const graph = '00000003-0000-0000-c000-000000000000';
const exchange = '00000002-0000-0ff1-ce00-000000000000';
export const azureAdGraph = '00000002-0000-0000-c000-000000000000';

type Graph = NonNullable<TenantState['graph']>;
type Arm = NonNullable<TenantState['arm']>;
/** Something in the company, as its part of the tenant file. */
export interface Part {
  readonly graph?: { readonly [K in keyof Graph]?: Graph[K] };
  readonly arm?: Arm;
}

type Role = readonly [role: string, scope: string, condition?: string];

/** A built-in role by name, any other by the id at the end of its definition's. */
const assignment = (principalId: string, [role, scope, condition]: Role) => ({
  scope,
  principalId,
  ...(/^[0-9a-f-]{36}$/.test(role) ? { roleDefinitionId: role } : { roleName: role }),
  ...(condition === undefined ? {} : { condition }),
});

export interface Holdings {
  readonly object?: string;
  readonly permissions?: readonly string[];
  readonly exchange?: readonly string[];
  readonly delegated?: readonly { readonly scope: string; readonly user?: string }[];
  readonly directoryRoles?: readonly string[];
  readonly roles?: readonly Role[];
  readonly secrets?: readonly object[];
  readonly certificates?: readonly object[];
  readonly hidden?: { readonly secrets?: readonly object[]; readonly certificates?: readonly object[] };
  readonly manifest?: readonly string[];
  /** Home tenant of a vendor's application, which has no registration here. */
  readonly vendor?: string;
}

const grants = (principalId: string, held: Holdings): Part => ({
  graph: {
    appRoleAssignments: [
      ...(held.permissions ?? []).map((appRole) => ({ principalId, resourceAppId: graph, appRole })),
      ...(held.exchange ?? []).map((appRole) => ({ principalId, resourceAppId: exchange, appRole })),
    ],
    oauth2PermissionGrants: (held.delegated ?? []).map(({ scope, user }) => ({
      clientId: principalId,
      consentType: user === undefined ? 'AllPrincipals' : 'Principal',
      principalId: user ?? null,
      resourceAppId: graph,
      scope,
    })),
    roleAssignments: (held.directoryRoles ?? []).map((roleName) => ({ principalId, roleName, directoryScopeId: '/' })),
  },
  arm: { roleAssignments: (held.roles ?? []).map((role) => assignment(principalId, role)) },
});

/** A backup product's app with its service principal and all that it holds. */
export const app = (name: string, held: Holdings = {}): Part => {
  const id = held.object ?? objectId(name);
  const registration = {
    appId: appId(name),
    displayName: name,
    signInAudience: 'AzureADMyOrg',
    passwordCredentials: held.secrets ?? [],
    keyCredentials: held.certificates ?? [],
    requiredResourceAccess: (held.manifest ?? []).map((resourceAppId) => ({ resourceAppId, resourceAccess: [] })),
  };
  const principal = {
    id,
    appId: appId(name),
    displayName: name,
    accountEnabled: true,
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: held.vendor ?? tenantId,
    passwordCredentials: held.hidden?.secrets ?? [],
    keyCredentials: held.hidden?.certificates ?? [],
  };
  return join(
    { graph: { applications: held.vendor === undefined ? [registration] : [], servicePrincipals: [principal] } },
    grants(id, held),
  );
};

/** A resource with a system-assigned identity, a user-assigned one on vaults (`users`), and what the identities hold. */
export const resource = (id: string, held: Holdings & { readonly users?: readonly string[] } = {}): Part => {
  const principalId = held.object ?? objectId(id);
  const users = held.users ?? [];
  const isUserAssigned = id.includes('userAssignedIdentities');
  const type = id.split('/').slice(6, 8).join('/');
  const named = { id, name: id.split('/').at(-1), type, location: 'westeurope' };
  const attached = users.map((user) => [user, { principalId: objectId(user), clientId: appId(user) }]);
  const whole = isUserAssigned
    ? { ...named, properties: { principalId, clientId: appId(id), tenantId } }
    : {
        ...named,
        identity:
          users.length > 0
            ? { type: 'UserAssigned', userAssignedIdentities: Object.fromEntries(attached) }
            : { type: 'SystemAssigned', principalId, tenantId },
        properties: {},
      };
  const principal = {
    id: principalId,
    appId: appId(id),
    displayName: named.name,
    servicePrincipalType: 'ManagedIdentity',
    appOwnerOrganizationId: tenantId,
    alternativeNames: [`isExplicit=${isUserAssigned}`, id],
    passwordCredentials: [],
    keyCredentials: [{ keyId: keyId(id), startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2027-01-30T00:00:00Z' }],
  };
  return join(
    { graph: { servicePrincipals: users.length > 0 ? [] : [principal] }, arm: { resources: [whole] } },
    grants(principalId, held),
  );
};

export const credential = (name: string, start: string, end: string) => ({
  keyId: keyId(name),
  displayName: name,
  startDateTime: `${start}T00:00:00Z`,
  endDateTime: `${end}T00:00:00Z`,
});

const joinLists = <T extends object>(parts: readonly (T | undefined)[]): T => {
  const lists = parts.flatMap((part) => Object.entries(part ?? {}));
  return Object.fromEntries(
    [...Map.groupBy(lists, ([key]) => key)].map(([key, found]) => [key, found.flatMap(([, list]) => list)]),
  ) as T;
};

const join = (...parts: readonly Part[]): Part => ({
  graph: joinLists(parts.map((part) => part.graph)),
  arm: joinLists(parts.map((part) => part.arm)),
});

const everyRead = ['Application.Read.All', 'Directory.Read.All', 'RoleManagement.Read.Directory'];

/** Rights of the one who checks: all that a check needs unless told. */
export interface Reader {
  readonly permissions?: readonly string[];
  readonly roles?: readonly { readonly role: string; readonly scope: string }[];
}

/** The company with these things in it, read by someone with these rights. */
export const company = (parts: readonly Part[], reader: Reader = {}): TenantState => {
  const { graph: directory, arm } = join(...parts);
  return {
    tenantId,
    name: 'contoso.example',
    asOf: '2026-11-22T00:00:00Z',
    callers: [
      {
        appId: appId('checker'),
        secret: 'a-secret',
        roles: reader.permissions ?? everyRead,
        armRoles: reader.roles ?? [{ role: 'Reader', scope: managementGroup }],
      },
    ],
    graph: directory ?? {},
    arm: {
      managementGroups: [{ id: 'mg-contoso', parent: null }],
      subscriptions: [production, archive].map((id) => ({
        subscriptionId: id.split('/')[2],
        displayName: id === production ? 'Production' : 'Archive',
        managementGroup: 'mg-contoso',
      })),
      ...arm,
    },
  };
};

/** A policy file: `spec` as YAML, indented by two. */
export const policy = (name: string, spec: string): string => `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: ${name}, owner: backup-team@contoso.example }
spec:
${spec.replace(/^\n/, '').trimEnd()}
`;

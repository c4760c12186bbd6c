import { guidFrom } from '../../src/emulator/make-id.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import type { BackupRow, RowGrant } from './azure-backup-rows.ts';

const tenantId = guidFrom('tenant of the rows');
const subscription = `/subscriptions/${guidFrom('subscription of the rows')}`;
const guards = `/subscriptions/${guidFrom('subscription of the guards')}`;
const guard = `${guards}/resourceGroups/rg-guards/providers/Microsoft.DataProtection/resourceGuards/guard`;

/** Where a row's things are: the group, the type and the name. */
const kinds: Readonly<Record<string, readonly [group: string, type: string]>> = {
  disk: ['source', 'Microsoft.Compute/disks'],
  machine: ['source', 'Microsoft.Compute/virtualMachines'],
  account: ['source', 'Microsoft.Storage/storageAccounts'],
  'other-account': ['other', 'Microsoft.Storage/storageAccounts'],
  'target-account': ['target', 'Microsoft.Storage/storageAccounts'],
  'staging-account': ['staging', 'Microsoft.Storage/storageAccounts'],
  cluster: ['source', 'Microsoft.ContainerService/managedClusters'],
  'target-cluster': ['target', 'Microsoft.ContainerService/managedClusters'],
  server: ['source', 'Microsoft.DBforPostgreSQL/flexibleServers'],
  'target-server': ['target', 'Microsoft.DBforPostgreSQL/flexibleServers'],
  san: ['source', 'Microsoft.ElasticSan/elasticSans'],
  'target-san': ['target', 'Microsoft.ElasticSan/elasticSans'],
  cosmos: ['source', 'Microsoft.DocumentDB/databaseAccounts'],
  'target-cosmos': ['target', 'Microsoft.DocumentDB/databaseAccounts'],
  secret: ['keys', 'Microsoft.KeyVault/vaults'],
};

/** The id of a row's thing; `rg-…` are its groups. */
export const placeIn = (row: number, place: string): string => {
  const group = (name: string): string => `${subscription}/resourceGroups/rg-${row}-${name}`;
  if (place === 'subscription') return subscription;
  if (place.startsWith('rg-')) return group(place.slice('rg-'.length));
  const [at, type] = kinds[place] ?? ['', ''];
  const id = `${group(at)}/providers/${type}/${place.replaceAll('-', '')}${row}`;
  return place === 'secret' ? `${id}/secrets/connection` : id;
};

const vaultIn = (row: number, { vault }: BackupRow): string =>
  `${subscription}/resourceGroups/rg-${row}-vault/providers/${vault === 'backup' ? 'Microsoft.DataProtection/backupVaults' : 'Microsoft.RecoveryServices/vaults'}/vault-${row}`;
const userIn = (row: number): string =>
  `${subscription}/resourceGroups/rg-${row}-vault/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${row}`;

/** The identity that a row's policy names, as reports call it. */
export const identityIn = (row: number, backup: BackupRow): string => {
  if (backup.identity === 'user') return userIn(row);
  return backup.identity === 'machine' ? placeIn(row, 'machine') : vaultIn(row, backup);
};

const principalIn = (row: number): string => guidFrom(`principal of row ${row}`);

const same = ([role, place]: RowGrant, other: RowGrant | string | undefined): boolean =>
  Array.isArray(other) && other[0] === role && other[1] === place;

/** What a row's identity holds: the least, or one of it missing, one too wide and one left from a restore. */
const heldIn = (backup: BackupRow, faulty: boolean): readonly RowGrant[] => {
  if (!faulty) return backup.least;
  const kept = backup.least.filter((grant) => !same(grant, backup.missing) && !same(grant, backup.wide.instead));
  return [...kept, backup.wide.grant, ...(typeof backup.left === 'string' ? [] : [backup.left.grant])];
};

/** A vault as well kept as can be. */
const vaultObject = (row: number, backup: BackupRow): object[] => {
  const id = vaultIn(row, backup);
  const principalId = principalIn(row);
  const identity =
    backup.identity === 'user'
      ? {
          type: 'UserAssigned',
          userAssignedIdentities: { [userIn(row)]: { principalId, clientId: guidFrom(`client ${row}`) } },
        }
      : { type: 'SystemAssigned', principalId: backup.identity === 'machine' ? guidFrom(`vault ${row}`) : principalId };
  const isBackup = backup.vault === 'backup';
  const properties = isBackup
    ? {
        storageSettings: [{ datastoreType: 'VaultStore', type: 'ZoneRedundant' }],
        isVaultProtectedByResourceGuard: true,
        securitySettings: {
          softDeleteSettings: { state: 'AlwaysOn', retentionDurationInDays: 14 },
          immutabilitySettings: { state: 'Locked' },
        },
        featureSettings: { crossSubscriptionRestoreSettings: { state: 'Disabled' } },
      }
    : {
        publicNetworkAccess: 'Disabled',
        redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Enabled' },
        securitySettings: {
          softDeleteSettings: { softDeleteState: 'AlwaysON', softDeleteRetentionPeriodInDays: 14 },
          immutabilitySettings: { state: 'Locked' },
          multiUserAuthorization: 'Enabled',
        },
        restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'PermanentlyDisabled' } },
      };
  const type = isBackup ? 'Microsoft.DataProtection/backupVaults' : 'Microsoft.RecoveryServices/vaults';
  const [child, item] = isBackup
    ? ['backupInstances', { currentProtectionState: 'ProtectionConfigured' }]
    : ['backupProtectedItems', { protectionState: 'Protected' }];
  return [
    { id, name: `vault-${row}`, type, location: 'westeurope', identity, properties },
    { id: `${id}/${child}/item`, name: 'item', type: `${type}/${child}`, properties: item },
    {
      id: `${id}/backupResourceGuardProxies/proxy`,
      name: 'proxy',
      type: `${type}/backupResourceGuardProxies`,
      properties: { resourceGuardResourceId: guard },
    },
    {
      id: `${id}/providers/Microsoft.Authorization/locks/keep`,
      name: 'keep',
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete' },
    },
  ];
};

const settingsOf = (type: string): object => {
  if (type === 'Microsoft.Storage/storageAccounts')
    return {
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
    };
  return type === 'Microsoft.KeyVault/vaults'
    ? { enableRbacAuthorization: true, enablePurgeProtection: true, accessPolicies: [] }
    : {};
};

const thingsIn = (row: number, backup: BackupRow): object[] => {
  const places = [
    ...new Set([...Object.values(backup.scopes).flat(), ...(backup.identity === 'machine' ? ['machine'] : [])]),
  ];
  const user = { id: userIn(row), name: `id-${row}`, type: 'Microsoft.ManagedIdentity/userAssignedIdentities' };
  const identities = backup.identity === 'user' ? [{ ...user, properties: { principalId: principalIn(row) } }] : [];
  const things = places.map((place) => {
    const id = placeIn(row, place).replace(/\/secrets\/connection$/, '');
    const type = kinds[place]?.[1] ?? 'Microsoft.Resources/resourceGroups';
    const isMachine = backup.identity === 'machine' && place === 'machine';
    const identity = isMachine ? { identity: { type: 'SystemAssigned', principalId: principalIn(row) } } : {};
    return { id, name: id.split('/').at(-1), type, location: 'westeurope', properties: settingsOf(type), ...identity };
  });
  return [...things, ...identities];
};

const principalOf = (row: number, backup: BackupRow): object => ({
  id: principalIn(row),
  appId: guidFrom(`app of row ${row}`),
  displayName: identityIn(row, backup).split('/').at(-1),
  accountEnabled: true,
  servicePrincipalType: 'ManagedIdentity',
  alternativeNames: [`isExplicit=${backup.identity === 'user'}`, identityIn(row, backup)],
  passwordCredentials: [],
  keyCredentials: [],
});

/** A tenant with a vault for each row, as it ought to be or with its three faults. */
export const rowsTenant = (rows: readonly BackupRow[], faulty: boolean): TenantState =>
  ({
    tenantId,
    name: 'rows.example',
    asOf: '2026-11-22T00:00:00Z',
    callers: [
      {
        appId: guidFrom('reader of the rows'),
        secret: 'a-secret',
        roles: ['Application.Read.All', 'Directory.Read.All', 'RoleManagement.Read.Directory'],
        armRoles: [{ role: 'Reader', scope: '/providers/Microsoft.Management/managementGroups/mg' }],
      },
    ],
    graph: { servicePrincipals: rows.map((backup, row) => principalOf(row, backup)) },
    arm: {
      managementGroups: [{ id: 'mg', parent: null }],
      subscriptions: [subscription, guards].map((id) => ({ subscriptionId: id.split('/')[2], managementGroup: 'mg' })),
      roleAssignments: rows.flatMap((backup, row) =>
        heldIn(backup, faulty).map(([roleName, place]) => ({
          scope: placeIn(row, place),
          roleName,
          principalId: principalIn(row),
          principalType: 'ServicePrincipal',
          createdOn: '2026-03-01T00:00:00Z',
        })),
      ),
      resources: rows.flatMap((backup, row) => [...vaultObject(row, backup), ...thingsIn(row, backup)]),
    },
  }) as TenantState;

const exceptionFor = (rule: string, subject: string): string => `  exceptions:
    - { rule: ${rule}, subject: ${subject}, reason: it moves in spring, approvedBy: octocat, expires: 2027-02-28 }
`;

/** The policy of a row: what it protects, with restores as elevations; `access` as further YAML. */
export const rowPolicy = (backup: BackupRow, row: number, access: string): string => {
  const vault = vaultIn(row, backup);
  const identity = {
    system: `{ vault: ${vault}, managedIdentity: system }`,
    user: `{ vault: ${vault}, managedIdentity: ${userIn(row)} }`,
    machine: `{ managedIdentity: ${placeIn(row, 'machine')} }`,
  }[backup.identity];
  const scopes = Object.entries(backup.scopes).map(
    ([purpose, places]) => `${purpose}: [${places.map((place) => placeIn(row, place)).join(', ')}]`,
  );
  return `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: row-${row}, owner: backup-team@contoso.example }
spec:
  product: azure-backup
  identities: [${identity}]
  protects:
    - workload: ${backup.workload}
      operations: [backup]
      scopes: { ${scopes.join(', ')} }
      elevations: [{ operation: restore, maxDuration: PT8H }]
${access}${backup.stale === undefined ? '' : exceptionFor(backup.stale, backup.workload)}`;
};

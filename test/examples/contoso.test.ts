import { describe, expect, test } from 'vitest';
import { named, type Row, readExample, rows, text } from './read-example.ts';

const { graph, arm, evidence } = readExample('examples/contoso/tenant.yaml');
const applications = rows(graph, 'applications');
const principals = rows(graph, 'servicePrincipals');
const grants = rows(graph, 'oauth2PermissionGrants');
const resources = rows(arm, 'resources');

const graphApi = '00000003-0000-0000-c000-000000000000';
const exchangeApi = '00000002-0000-0ff1-ce00-000000000000';
const sharePointApi = '00000003-0000-0ff1-ce00-000000000000';
const azureApi = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const principalOf = (displayName: string): string => text(named(principals, displayName), 'id');
const permissionsOf = (principal: string, api: string): readonly string[] =>
  rows(graph, 'appRoleAssignments').flatMap((row) =>
    row['principalId'] === principal && row['resourceAppId'] === api ? [text(row, 'appRole')] : [],
  );
/** Azure roles of a principal as `Role @ last part of the scope`. */
const azureRolesOf = (principal: string): readonly string[] =>
  rows(arm, 'roleAssignments').flatMap((row) =>
    row['principalId'] === principal ? [`${text(row, 'roleName')} @ ${text(row, 'scope').split('/').at(-1)}`] : [],
  );
const resource = (end: string): Row => {
  const [found, ...others] = resources.filter((row) => text(row, 'id').endsWith(end));
  if (found === undefined || others.length > 0)
    throw new Error(`\`${end}\` is there ${others.length + 1} times or not at all`);
  return found;
};
const identityOf = (vault: string): Row => resource(vault)['identity'] as Row;

describe('HubStor', () => {
  const principal = principalOf('HubStor Backup App');

  test('has a secret that never expires', () => {
    const ends = rows(named(applications, 'HubStor Backup App'), 'passwordCredentials').map(
      (row) => row['endDateTime'],
    );
    expect(ends).toEqual(['2299-12-31T00:00:00Z']);
  });

  test('has both delegated scopes, consented to for everybody', () => {
    const held = grants.filter((row) => row['clientId'] === principal);
    expect(held.map((row) => [row['resourceAppId'], row['scope'], row['consentType']])).toEqual([
      [graphApi, 'User.Read', 'AllPrincipals'],
      [azureApi, 'user_impersonation', 'AllPrincipals'],
    ]);
  });

  test('has three roles on each group, Owner for premium storage, and a group that was forgotten', () => {
    expect(azureRolesOf(principal)).toEqual([
      'Contributor @ rg-finance-prod',
      'Storage Account Contributor @ rg-finance-prod',
      'Storage Blob Data Contributor @ rg-finance-prod',
      'Contributor @ rg-orders-prod',
      'Storage Account Contributor @ rg-orders-prod',
      'Storage Blob Data Contributor @ rg-orders-prod',
      'Owner @ rg-media-prod',
      'Storage Account Contributor @ rg-media-prod',
      'Contributor @ rg-crm-2019',
      'Storage Account Contributor @ rg-crm-2019',
      'Storage Blob Data Contributor @ rg-crm-2019',
    ]);
  });
});

describe('Catalogic vPlus', () => {
  const app = named(applications, 'vPlus Microsoft 365');
  const principal = principalOf('vPlus Microsoft 365');

  test('asks in its manifest for the 46 rows of the table', () => {
    const asked = rows(app, 'requiredResourceAccess').map((api) => [
      api['resourceAppId'],
      rows(api, 'resourceAccess').filter((row) => row['type'] === 'Role').length,
    ]);
    expect(asked).toEqual([
      [graphApi, 39],
      [exchangeApi, 1],
      [sharePointApi, 5],
      ['00000002-0000-0000-c000-000000000000', 1],
    ]);
  });

  test('holds the 45 of them that can be granted', () => {
    expect(permissionsOf(principal, graphApi)).toHaveLength(39);
    expect(permissionsOf(principal, exchangeApi)).toEqual(['full_access_as_app']);
    expect(permissionsOf(principal, sharePointApi)).toHaveLength(5);
    expect(
      rows(graph, 'appRoleAssignments').filter(
        (row) => row['resourceAppId'] === '00000002-0000-0000-c000-000000000000',
      ),
    ).toEqual([]);
  });

  test('opened SharePoint, and left a principal there that Entra does not show', () => {
    expect(graph['sharepointSettings']).toEqual({ isLegacyAuthProtocolsEnabled: true });
    expect(evidence['Get-SPOTenant']).toEqual({
      LegacyAuthProtocolsEnabled: true,
      DisableCustomAppAuthentication: false,
    });
    expect(rows(evidence, 'Get-PnPAzureACSPrincipal').map((row) => row['ClientId'])).toEqual([app['appId']]);
  });
});

describe('NinjaOne', () => {
  const subApps = [1, 2, 3].map((number) => principalOf(`NinjaOne Backup Sub-App ${number}`));
  const vendor = named(principals, 'NinjaOne SaaS Backup');

  test('has the nineteen rows of the table: fourteen on the sub-applications, five on the vendor’s', () => {
    const application = new Set(subApps.flatMap((id) => permissionsOf(id, graphApi)));
    const delegated = new Set(
      grants.flatMap((row) => (row['clientId'] === vendor['id'] ? text(row, 'scope').split(' ') : [])),
    );
    expect([application.size, delegated.size]).toEqual([14, 5]);
  });

  test('has a vendor’s application that lives elsewhere', () => {
    expect(vendor['appOwnerOrganizationId']).not.toBe(readExample('examples/contoso/tenant.yaml').tenantId);
    expect(applications.filter((row) => row['appId'] === vendor['appId'])).toEqual([]);
  });

  test('has drifted: one permission too many, one too few, one principal made again', () => {
    expect(subApps.map((id) => permissionsOf(id, graphApi).length)).toEqual([14, 14, 13]);
    expect(permissionsOf(subApps[0] ?? '', exchangeApi)).toEqual(['Exchange.ManageAsApp']);
    const gone = rows(graph, 'deletedItems').map((row) => row['appId']);
    expect(gone).toEqual([named(principals, 'NinjaOne Backup Sub-App 3')['appId']]);
  });

  test('left its old administrator and registration behind', () => {
    const admins = rows(graph, 'roleAssignments').map((row) => row['principalId']);
    const backupAdmin = rows(graph, 'users').find((row) => row['userPrincipalName'] === 'backupadmin@contoso.example');
    expect(admins).toContain(backupAdmin?.['id']);
    expect(named(applications, 'NinjaOne SaaS Backup (legacy)')['owners']).toEqual([backupAdmin?.['id']]);
  });
});

describe('Azure Backup', () => {
  test('has vaults of both sorts, with every sort of identity', () => {
    const vaults = resources.filter((row) => row['identity'] !== undefined);
    expect(vaults.map((row) => [row['type'], row['name'], (row['identity'] as Row)['type']])).toEqual([
      ['Microsoft.DataProtection/backupVaults', 'bv-disks-prod', 'SystemAssigned'],
      ['Microsoft.DataProtection/backupVaults', 'bv-disks-prod', 'SystemAssigned'],
      ['Microsoft.DataProtection/backupVaults', 'bv-blobs-prod', 'SystemAssigned, UserAssigned'],
      ['Microsoft.DataProtection/backupVaults', 'bv-postgres-prod', 'UserAssigned'],
      ['Microsoft.RecoveryServices/vaults', 'rsv-machines-prod', 'SystemAssigned'],
    ]);
  });

  test('left a restore role and a role on a whole subscription with the disk vault', () => {
    const subscription = text(rows(arm, 'subscriptions')[0], 'subscriptionId');
    expect(
      azureRolesOf(
        text(
          identityOf('/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-disks-prod'),
          'principalId',
        ),
      ),
    ).toEqual([
      'Disk Backup Reader @ rg-finance-prod',
      'Disk Snapshot Contributor @ rg-snapshots-prod',
      'Backup Contributor @ rg-backup-prod',
      `Disk Snapshot Contributor @ ${subscription}`,
      'Disk Restore Operator @ rg-restore-prod',
    ]);
  });

  test('shares one identity between two vaults, and holds a role twice on one of them', () => {
    const shared = (vault: string): readonly string[] =>
      Object.keys(identityOf(vault)['userAssignedIdentities'] as object).map((id) => id.split('/').at(-1) ?? '');
    expect(shared('/bv-blobs-prod')).toEqual(['id-backup-shared']);
    expect(shared('/bv-postgres-prod')).toEqual(['id-backup-postgres', 'id-backup-shared']);
    const role = 'Storage Account Backup Contributor @ stcontosodocsprod';
    expect(azureRolesOf(principalOf('bv-blobs-prod'))).toContain(role);
    expect(azureRolesOf(principalOf('id-backup-shared'))).toContain(role);
  });

  test('gives the machine vault Contributor on the three groups of its endpoints', () => {
    expect(azureRolesOf(principalOf('rsv-machines-prod'))).toEqual([
      'Contributor @ rg-network-prod',
      'Contributor @ rg-endpoints-prod',
      'Contributor @ rg-dns-prod',
      'Key Vault Crypto Service Encryption User @ vault-encryption',
    ]);
  });
});

test('what is not backup is there too, to be left alone', () => {
  expect(azureRolesOf(principalOf('Web Shop Deployment'))).toEqual(['Contributor @ rg-webshop-prod']);
  const held = new Set(rows(arm, 'roleAssignments').map((row) => row['scope']));
  const lookAlikes = ['/rg-finance-prod-dr', '/rg-orders', '/rg-media-prod-2'].map((end) => text(resource(end), 'id'));
  expect(lookAlikes.filter((id) => held.has(id))).toEqual([]);
});

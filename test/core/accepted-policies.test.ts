import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import schema from '../../schemas/backup-access-policy.v1.schema.json' with { type: 'json' };
import { parsePolicy } from '../../src/core/parse-policy.ts';
import { change, samplePolicy, withAccess, withSpec } from './broken/sample-policy.ts';

const context = {
  asOf: new Date('2026-11-22T00:00:00Z'),
  ruleIds: ['standing-restore-access'],
  productIds: ['azure-backup', 'catalogic-vplus', 'hubstor', 'ninjaone'],
};

const guid = '6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10';
const other = '0d3b7f3a-5c1e-4f0e-8d7e-2b9a6c4f1e22';
const group = '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app';
const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-prod`;
const userAssigned = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup`;
const exception =
  'rule: standing-restore-access, subject: Disk Restore Operator, reason: test, approvedBy: ciso@contoso.example';
const identity = (entry: string): string => change(`- appId: ${guid}`, `- ${entry}`);
const scope = (text: string): string => change(group, text);
const scopes = (text: string): string => change(`[${group}]`, text);
const mail = (text: string): string => change('azure-vm-disk', 'exchange-mail', scopes(text));
const protects = (lines: string): string => change('      operations: [backup]\n', `${lines}\n`);

const accepted: Readonly<Record<string, string>> = {
  'the sample': samplePolicy,
  'a byte order mark in front': `\ufeff${samplePolicy}`,
  'Windows line ends': samplePolicy.replaceAll('\n', '\r\n'),
  'no line end at the end': samplePolicy.trimEnd(),
  'a document marker in front': `---\n${samplePolicy}`,
  'a comment, then a document marker': `# yaml-language-server: $schema=x\n---\n${samplePolicy}`,
  'a document end behind': `${samplePolicy}...\n`,
  'comments in other scripts': `# Sicherung für Büro, 備份\n${samplePolicy}`,
  'equals signs in a comment': `# =======\n# <<<<<<< not a conflict\n${samplePolicy}`,
  'everything in one line': `{apiVersion: backup-access/v1, kind: BackupAccessPolicy, metadata: {name: a, owner: b}, spec: {identities: [{appId: ${guid}}]}}`,
  'quoted keys and values': samplePolicy.replace('name: hubstor-prod', '"name": "hubstor-prod"'),
  'a name in single quotes': change('hubstor-prod', "'hubstor-prod'"),
  'a quoted number as a name': change('hubstor-prod', '"010"'),
  'a quoted date as a name': change('hubstor-prod', '"2026-11-22"'),
  'a quoted switch as a name': change('hubstor-prod', '"on"'),
  'a name in upper case': change('hubstor-prod', 'HUBSTOR_Prod.1'),
  'an owner in another script': change('backup-team@contoso.example', 'Équipe de sauvegarde'),
  'an owner that is a team': change('backup-team@contoso.example', '"@contoso/backup-owners"'),
  'a description over several lines': change('  owner:', '  description: |\n    First.\n    Second.\n  owner:'),
  'a folded description': change('  owner:', '  description: >-\n    First\n    second.\n  owner:'),
  'a description with emoji': change('  owner:', '  description: "done 🎉"\n  owner:'),
  'a description with a colon in quotes': change('  owner:', '  description: "note: one"\n  owner:'),
  'an integration': change('  owner:', '  integration: hubstor\n  owner:'),
  'a tenant': change('  owner:', '  tenant: contoso\n  owner:'),
  'a review date': change('  owner:', '  reviewBy: 2027-03-31\n  owner:'),
  'a quoted review date': change('  owner:', '  reviewBy: "2028-02-29"\n  owner:'),
  'a review date in the past': change('  owner:', '  reviewBy: 2020-01-01\n  owner:'),
  'a retired policy': withSpec('  state: retired'),
  'an active policy': withSpec('  state: active'),
  'no access at all': change('  access:\n    azureRoles: []\n', ''),
  'minimal access': change('  access:\n    azureRoles: []', '  access: minimal'),
  'an access map without a plane': withAccess('    {}').replace('access:\n    {}', 'access: {}'),
  'nothing protected': change(
    samplePolicy.slice(samplePolicy.indexOf('  protects'), samplePolicy.indexOf('  access')),
    '',
  ),
  'an empty list of protected things': change(
    samplePolicy.slice(samplePolicy.indexOf('  protects'), samplePolicy.indexOf('  access')),
    '  protects: []\n',
  ),
  'an app with its object id': identity(`{ appId: ${guid}, objectId: ${other} }`),
  'a quoted app id': identity(`appId: "${guid}"`),
  'a vault with its own identity': identity(`{ vault: ${vault}, managedIdentity: system }`),
  'a Recovery Services vault': identity(
    `{ vault: ${group}/providers/Microsoft.RecoveryServices/vaults/rsv, managedIdentity: system }`,
  ),
  'a vault spelled in lower case': identity(`{ vault: ${vault.toLowerCase()}, managedIdentity: system }`),
  'a vault with a user-assigned identity': identity(`{ vault: ${vault}, managedIdentity: ${userAssigned} }`),
  'a user-assigned identity alone': identity(`managedIdentity: ${userAssigned}`),
  'a machine that owns its identity': identity(
    `managedIdentity: ${group}/providers/Microsoft.Compute/virtualMachines/vm-1`,
  ),
  'a machine of Azure Arc': identity(`managedIdentity: ${group}/providers/Microsoft.HybridCompute/machines/srv-1`),
  'a user': identity(`user: ${other}`),
  'several identities': identity(`appId: ${guid}\n    - user: ${other}`),
  'all operations': change('[backup]', '[discover, backup, restore, onboard]'),
  'operations as a block': change('[backup]', '\n        - backup\n        - discover'),
  'elevations beside operations': change(
    '[backup]',
    '[backup]\n      elevations: [{ operation: restore, maxDuration: PT8H }]',
  ),
  'elevations alone': protects('      elevations: [{ operation: restore, maxDuration: P1D }]'),
  'no elevations': change('[backup]', '[backup]\n      elevations: []'),
  'scopes by purpose': scopes(
    `{ source: [${group}], snapshots: [${group}], target: [${group}], staging: [${group}], key: [${group}] }`,
  ),
  'a subscription': scope('/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c'),
  'a subscription id in upper case': scope('/subscriptions/6ED70176-8B1F-42F8-ADC4-928FA2DB414C'),
  'a management group': scope('/providers/Microsoft.Management/managementGroups/mg-prod'),
  'a disk': scope(`${group}/providers/Microsoft.Compute/disks/data1`),
  'a resource within a resource': scope(
    `${group}/providers/Microsoft.Storage/storageAccounts/st1/blobServices/default`,
  ),
  'a provider below a resource': scope(`${group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-1`),
  'a resource group in other letters': scope(
    '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-(büro)_1.x',
  ),
  'a resource group spelled in lower case': scope(group.toLowerCase()),
  'no scopes': change(`      scopes: [${group}]\n`, ''),
  'mail by group': mail(`[${guid}]`),
  'mail by application scope': mail('[Finance mailboxes]'),
  'mail by a name with a number in quotes': mail('["2026"]'),
  'a site': change('azure-vm-disk', 'sharepoint', scopes('[https://contoso.sharepoint.com/sites/finance]')),
  'a site with a slash at the end': change(
    'azure-vm-disk',
    'sharepoint',
    scopes('[https://contoso.sharepoint.com/sites/finance/]'),
  ),
  'the same workload twice': change(
    '[backup]',
    '[backup]\n    - workload: azure-vm-disk\n      operations: [discover]',
  ),
  'no application permissions': withAccess('    applicationPermissions: {}'),
  'an API that may hold nothing': withAccess('    applicationPermissions: { Microsoft Graph: [] }'),
  'an API by app id': withAccess('    applicationPermissions: { "00000003-0000-0000-c000-000000000000": [Mail.Read] }'),
  'an API by app id without quotes': withAccess(
    '    delegatedPermissions: { 797f4846-ba00-4fd7-ba43-dac1f8f63013: [user_impersonation] }',
  ),
  'a permission with its purpose': withAccess(
    '    applicationPermissions: { Microsoft Graph: [{ permission: Mail.Read, purpose: reads mail }] }',
  ),
  'both forms of permission': withAccess(
    '    delegatedPermissions: { Microsoft Graph: [openid, { permission: profile }] }',
  ),
  'an API with a name like a method': withAccess('    applicationPermissions: { toString: [], hasOwnProperty: [] }'),
  'directory roles in both forms': withAccess(
    `    directoryRoles: [Global Reader, { role: User Administrator, scope: ${guid}, eligible: true }]`,
  ),
  'one directory role, active and eligible': withAccess(
    '    directoryRoles: [Global Reader, { role: Global Reader, eligible: true }]',
  ),
  'an Azure role with everything': withAccess(
    `    azureRoles: [{ role: Reader, scope: ${group}, condition: "x", eligible: false, purpose: reads }]`,
  ),
  'an Azure role by id': withAccess(`    azureRoles: [{ roleId: ${guid}, scope: ${group} }]`),
  'one Azure role at two scopes': withAccess(
    `    azureRoles: [{ role: Reader, scope: ${group} }, { role: Reader, scope: ${group}-dr }]`,
  ),
  'Exchange roles in each scope': withAccess(
    `    exchangeRoles: [{ role: Application Mail.Read, scope: organization }, { role: Application Mail.Read, scope: Finance }, { role: Application Mail.Read, scope: { group: ${guid} } }, { role: Application Mail.Read, scope: { administrativeUnit: ${other} } }]`,
  ),
  'a key vault': withAccess(
    `    keyVaultAccess: [{ vault: ${group}/providers/Microsoft.KeyVault/vaults/kv-1, permissions: { keys: [get, wrapKey], secrets: [], certificates: [get], storage: [] } }]`,
  ),
  'a key vault without permissions': withAccess(
    `    keyVaultAccess: [{ vault: ${group}/providers/Microsoft.KeyVault/vaults/kv-1, permissions: {} }]`,
  ),
  groups: withAccess(`    groups: [${guid}, ${other}]`),
  'all planes empty': withAccess(
    '    { applicationPermissions: {}, delegatedPermissions: {}, directoryRoles: [], azureRoles: [], exchangeRoles: [], siteGrants: [], keyVaultAccess: [], groups: [] }',
  ),
  'terms for credentials': withSpec(
    '  credentials: { allow: [federated, certificate, secret], maxLifetime: P180D, renewBefore: P14D }',
  ),
  'no credentials at all': withSpec('  credentials: { allow: [] }'),
  'one term for credentials': withSpec('  credentials: { maxLifetime: P2W }'),
  'apps and users that must be there': withSpec(
    `  mustExist: [{ appId: ${guid}, purpose: sub-app }, { userPrincipalName: a@contoso.example }]`,
  ),
  'apps and users that must be gone': withSpec(
    `  mustNotExist: [{ appId: ${other} }, { userPrincipalName: old@contoso.example, purpose: legacy }]`,
  ),
  'an exception for a year': withSpec(`  exceptions: [{ ${exception}, expires: 2027-11-22 }]`),
  'an exception that is over': withSpec(`  exceptions: [{ ${exception}, expires: 2025-01-01 }]`),
  'an exception for one identity': withSpec(`  exceptions: [{ ${exception}, identity: ${guid}, expires: 2026-12-31 }]`),
  'lists of nothing': withSpec('  mustExist: []\n  mustNotExist: []\n  exceptions: []\n  tenantSettings: {}'),
};

const says = (text: string): readonly string[] => {
  const result = parsePolicy('policies/a.yaml', text, context);
  return result.ok ? [] : result.error.map(({ code, message }) => `${code}: ${message}`);
};

describe('accepted policies', () => {
  it.each(Object.entries(accepted))('%s', (_, text) => expect(says(text)).toEqual([]));

  it.each(schema.$defs.workload.enum)('the workload %s', (workload) => {
    const text = change('azure-vm-disk', workload, scopes('{ source: [x] }')).replace(
      '      scopes: { source: [x] }\n',
      '',
    );
    expect(says(text)).toEqual([]);
  });

  it.each(['report', 'additive', 'authoritative'])('enforcement %s', (value) => {
    expect(says(withSpec(`  enforcement: ${value}`))).toEqual([]);
  });
  it.each(context.productIds)('the product %s', (id) => expect(says(withSpec(`  product: ${id}`))).toEqual([]));
  it.each(['read', 'write', 'manage', 'fullcontrol'])('the site role %s', (role) => {
    expect(
      says(withAccess(`    siteGrants: [{ site: "https://contoso.sharepoint.com/sites/a", role: ${role} }]`)),
    ).toEqual([]);
  });
  it.each(['P180D', 'P1Y', 'P6M', 'P2W', 'PT8H', 'PT30M', 'P1DT12H', 'P1Y2M3DT4H5M6S'])(
    'the duration %s',
    (duration) => {
      expect(says(withSpec(`  credentials: { maxLifetime: ${duration} }`))).toEqual([]);
    },
  );
  it.each(
    Object.entries(schema.$defs.tenantSettings.properties).flatMap(([name, { enum: values }]) =>
      values.map((value) => [name, value]),
    ),
  )('the setting %s: %s', (name, value) => {
    expect(says(withSpec(`  tenantSettings: { ${name}: ${value} }`))).toEqual([]);
  });
});

const folder = new URL('../../../shared/acceptance/', import.meta.url);
const examples = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /policies\/[^/]+\.yaml$/.test(path))
  : [];

describe.skipIf(examples.length === 0)('examples beside the repository, absent in a clone of it alone', () => {
  it.each(examples)('the example %s', (path) => expect(says(readFileSync(new URL(path, folder), 'utf8'))).toEqual([]));
});

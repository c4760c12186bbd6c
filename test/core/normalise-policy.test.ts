import { expect, it } from 'vitest';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Policy } from '../../src/core/policy.ts';

const sub = '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c';
const vault = `${sub}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod`;
const guid = '6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10';

const parsed = (text: string): Policy => {
  const result = parsePolicy('policies/disks.yaml', text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** The text that a place marks, so that places can be read in expectations. */
const marked = (policy: Policy, { line, column, endLine, endColumn }: Policy['place']): string =>
  line === endLine
    ? (policy.lines[line - 1] ?? '').slice(column - 1, endColumn - 1)
    : `${line}:${column} to ${endLine}:${endColumn}`;

const disks = `# yaml-language-server: $schema=../schemas/backup-access-policy.v1.schema.json
apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: disks-prod, integration: azure-backup, tenant: contoso, owner: backup-team@contoso.example, reviewBy: 2027-03-31, description: Disks. }
spec:
  product: azure-backup
  state: active
  enforcement: authoritative
  identities:
    - { vault: ${vault}, managedIdentity: system }
  protects:
    - workload: azure-disk
      operations: [backup]
      scopes: { source: [${sub}/resourceGroups/rg-app/providers/Microsoft.Compute/disks/data1], snapshots: [${sub}/resourceGroups/rg-snapshots], target: [${sub}/resourceGroups/rg-restore] }
      elevations: [{ operation: restore, maxDuration: PT8H }]
  access: minimal
`;

it("the format's own example becomes a policy with everything in its place", () => {
  const policy = parsed(disks);
  const { lines, identities, protects, ...rest } = policy;
  expect(lines).toEqual(disks.split('\n'));
  expect(identities.map(({ place, ...identity }) => ({ ...identity, at: marked(policy, place) }))).toEqual([
    { type: 'vault-system', id: vault, vault, at: `{ vault: ${vault}, managedIdentity: system }` },
  ]);
  expect(protects.map(({ place, ...each }) => ({ ...each, at: marked(policy, place) }))).toEqual([
    {
      workload: 'azure-disk',
      operations: ['backup'],
      elevations: [{ operation: 'restore', maxDuration: 'PT8H' }],
      scopes: [
        { purpose: 'source', scope: `${sub}/resourceGroups/rg-app/providers/Microsoft.Compute/disks/data1` },
        { purpose: 'snapshots', scope: `${sub}/resourceGroups/rg-snapshots` },
        { purpose: 'target', scope: `${sub}/resourceGroups/rg-restore` },
      ],
      at: '12:7 to 15:62',
    },
  ]);
  expect(rest).toEqual({
    name: 'disks-prod',
    file: 'policies/disks.yaml',
    place: { file: 'policies/disks.yaml', line: 4, column: 19, endLine: 4, endColumn: 29 },
    integration: 'azure-backup',
    tenant: {
      value: 'contoso',
      place: { file: 'policies/disks.yaml', line: 4, column: 66, endLine: 4, endColumn: 73 },
    },
    owner: 'backup-team@contoso.example',
    reviewBy: '2027-03-31',
    description: 'Disks.',
    product: {
      value: 'azure-backup',
      place: { file: 'policies/disks.yaml', line: 6, column: 12, endLine: 6, endColumn: 24 },
    },
    state: 'active',
    enforcement: 'authoritative',
    access: 'minimal',
    credentials: null,
    tenantSettings: [],
    mustExist: [],
    mustNotExist: [],
    exceptions: [],
  });
});

const small = (spec: string): string => `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: a, owner: b }
spec:
  identities: [{ appId: ${guid} }]
${spec}
`;

it('what is left out has its default, and an absent plane differs from an empty one', () => {
  expect(parsed(small(''))).toMatchObject({
    state: 'active',
    enforcement: 'report',
    access: null,
    protects: [],
    product: null,
    tenant: null,
  });
  expect(parsed(small('  access: {}')).access).toEqual({
    applicationPermissions: null,
    delegatedPermissions: null,
    azureRoles: null,
    directoryRoles: null,
    exchangeRoles: null,
    siteGrants: null,
    keyVaultAccess: null,
    groups: null,
  });
  const { access } = parsed(small('  access: { applicationPermissions: {}, azureRoles: [], groups: [] }'));
  expect(access).toMatchObject({ applicationPermissions: [], azureRoles: [], groups: [], directoryRoles: null });
});

it('shorthand and long forms become one', () => {
  const policy = parsed(
    small(`  protects: [{ workload: sharepoint, operations: [backup], scopes: [https://contoso.sharepoint.com/sites/a] }]
  access:
    applicationPermissions:
      Microsoft Graph: [Mail.Read, { permission: User.Read.All, purpose: lists users }]
    directoryRoles: [Global Reader, { role: User Administrator, scope: ${guid}, eligible: true }]
    azureRoles: [{ roleId: ${guid}, scope: ${sub} }]
    exchangeRoles:
      - { role: Application Mail.Read, scope: organization }
      - { role: Application Mail.Read, scope: { group: ${guid} } }
      - { role: Application Mail.Read, scope: { administrativeUnit: ${guid} } }
    keyVaultAccess: [{ vault: ${sub}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv, permissions: { keys: [get] } }]
  tenantSettings: { exchange.ews: allow-list }
  mustExist: [{ appId: ${guid}, purpose: sub-app }]
  mustNotExist: [{ userPrincipalName: old@contoso.example }]
  credentials: { maxLifetime: P180D }
  exceptions: [{ rule: r, subject: s, reason: x, approvedBy: ciso, expires: 2026-12-31 }]`),
  );
  const plain = JSON.parse(JSON.stringify(policy, (key, value) => (key === 'place' ? undefined : value)));
  expect(plain.protects[0].scopes).toEqual([{ purpose: 'source', scope: 'https://contoso.sharepoint.com/sites/a' }]);
  expect(plain.access.applicationPermissions).toEqual([
    {
      api: 'Microsoft Graph',
      permissions: [
        { name: 'Mail.Read', purpose: null },
        { name: 'User.Read.All', purpose: 'lists users' },
      ],
    },
  ]);
  expect(plain.access.directoryRoles).toEqual([
    { role: 'Global Reader', scope: null, eligible: false },
    { role: 'User Administrator', scope: guid, eligible: true },
  ]);
  expect(plain.access.azureRoles).toEqual([
    { role: null, roleId: guid, scope: sub, condition: null, eligible: false, purpose: null },
  ]);
  expect(plain.access.exchangeRoles.map((role: { scope: string }) => role.scope)).toEqual([
    'organization',
    `group:${guid}`,
    `administrativeUnit:${guid}`,
  ]);
  expect(plain.access.keyVaultAccess[0].permissions).toEqual({ keys: ['get'] });
  expect(plain.tenantSettings).toEqual([{ name: 'exchange.ews', value: 'allow-list' }]);
  expect(plain.mustExist).toEqual([{ appId: guid, userPrincipalName: null, purpose: 'sub-app' }]);
  expect(plain.mustNotExist).toEqual([{ appId: null, userPrincipalName: 'old@contoso.example', purpose: null }]);
  expect(plain.credentials).toEqual({ allow: null, maxLifetime: 'P180D', renewBefore: null });
  expect(plain.exceptions).toEqual([
    { rule: 'r', subject: 's', identity: null, reason: 'x', approvedBy: 'ciso', expires: '2026-12-31' },
  ]);
});

it("a permission's place is the permission, an API's place its name, a setting's both key and value", () => {
  const policy = parsed(
    small(
      '  access: { delegatedPermissions: { Microsoft Graph: [openid] } }\n  tenantSettings: { exchange.ews: disabled }',
    ),
  );
  const [api] = policy.access === 'minimal' ? [] : (policy.access?.delegatedPermissions ?? []);
  const [permission] = api?.permissions ?? [];
  expect([api, permission, policy.tenantSettings[0]].map((part) => part && marked(policy, part.place))).toEqual([
    'Microsoft Graph',
    'openid',
    'exchange.ews: disabled',
  ]);
});

it.each([
  [`appId: ${guid}`, { type: 'app', id: guid, appId: guid, objectId: null }],
  [`{ user: ${guid} }`, { type: 'user', id: guid, objectId: guid }],
  [
    `{ vault: ${vault}, managedIdentity: ${sub}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id }`,
    { type: 'vault-user', vault },
  ],
  [
    `managedIdentity: ${sub}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`,
    { type: 'managed-identity' },
  ],
])('identity %s', (written, expected) => {
  const text = small('').replace(`  identities: [{ appId: ${guid} }]`, `  identities:\n    - ${written}`);
  expect(parsed(text).identities).toMatchObject([expected]);
});

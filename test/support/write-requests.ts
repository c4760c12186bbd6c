import type { WriteRequest } from '../../src/core/write.ts';
import { backupObject, group, subscription } from './facts.ts';

const resource = '00000003-1111-4111-8111-000000000003';
const role = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
const guid = '9d0f0f5e-0000-4000-8000-00000000000a';
const graphId = 'LyJ0bC1AAUWf1dRUUCBdUw-8bGBxEEpHpqjXEQcEaDo';
const keyVaultId = `${group('rg-backup')}/providers/Microsoft.KeyVault/vaults/kv-backup`;
const assignmentAt = (scope: string, name = guid): string =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
const policiesAt = (operation: string, vault = keyVaultId): string =>
  `${vault}/accessPolicies/${operation}?api-version=2023-07-01`;

type Request = WriteRequest & { readonly body: NonNullable<WriteRequest['body']> };
const graphApi = { api: 'graph' as const };
const azure = { api: 'resourceManager' as const };

export const assign: Request = {
  ...graphApi,
  method: 'POST',
  path: `/v1.0/servicePrincipals/${resource}/appRoleAssignedTo`,
  body: { principalId: backupObject, resourceId: resource, appRoleId: role },
};
export const unassign: WriteRequest = {
  ...graphApi,
  method: 'DELETE',
  path: `${assign.path}/${graphId}`,
  body: null,
};
export const consent: Request = {
  ...graphApi,
  method: 'POST',
  path: '/v1.0/oauth2PermissionGrants',
  body: {
    clientId: backupObject,
    consentType: 'AllPrincipals',
    principalId: null,
    resourceId: resource,
    scope: 'User.Read',
  },
};
const rescope: Request = {
  ...graphApi,
  method: 'PATCH',
  path: `${consent.path}/${graphId}`,
  body: { scope: 'User.Read Mail.Read' },
};
const unconsent: WriteRequest = { ...rescope, method: 'DELETE', body: null };
export const giveRole: Request = {
  ...azure,
  method: 'PUT',
  path: assignmentAt(group('rg-app')),
  body: {
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: backupObject,
      principalType: 'ServicePrincipal',
    },
  },
};
const takeRole: WriteRequest = { ...giveRole, method: 'DELETE', body: null };
const policyEntry = { tenantId: guid, objectId: backupObject, permissions: { keys: ['get', 'wrapkey'] } };
const policyOf = (more: object = {}): Request['body'] => ({
  properties: { accessPolicies: [{ ...policyEntry, ...more }] },
});
const giveKey: Request = { ...azure, method: 'PUT', path: policiesAt('add'), body: policyOf() };
const changeKey: Request = { ...giveKey, path: policiesAt('replace') };
const takeKey: Request = { ...giveKey, path: policiesAt('remove') };

const longest = { condition: "@Resource[x] StringEquals 'y'", conditionVersion: '2.0', description: 'Kept' };
const propertiesOf = (more: object): Request['body'] => ({
  properties: { ...(giveRole.body['properties'] as object), ...more },
});
const giveRoleWith = (more: object): Request => ({ ...giveRole, body: propertiesOf(more) });

/** Every form that may leave, in every spelling that it may have. */
export const requestsThatLeave: readonly WriteRequest[] = [
  assign,
  unassign,
  consent,
  { ...consent, body: { ...consent.body, consentType: 'Principal', principalId: guid } },
  rescope,
  unconsent,
  giveRole,
  giveRoleWith({ ...longest, principalType: 'User', delegatedManagedIdentityResourceId: keyVaultId }),
  ...[
    '',
    subscription,
    '/providers/Microsoft.Management/managementGroups/mg-prod',
    group('rg (größe)_1.x'),
    keyVaultId,
    `${keyVaultId}/keys/disk-key`,
    `${group('rg')}/providers/Microsoft.Storage/storageAccounts/st1/blobServices/default/containers/$web`,
    `${subscription}/providers/Microsoft.Security/pricings/x`,
    group('rg-app').toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'),
  ].map((scope): WriteRequest => ({ ...takeRole, path: assignmentAt(scope) })),
  giveKey,
  changeKey,
  takeKey,
  { ...giveKey, body: policyOf({ permissions: {} }) },
];

/** What looks like one of them, and is another request, by what is wrong with it. */
export const requestsThatStay: readonly (readonly [string, WriteRequest])[] = [
  ['another API', { ...assign, api: 'resourceManager' }],
  ['another API', { ...giveRole, api: 'graph' }],
  ...(['PUT', 'PATCH'] as const).map((method) => ['another method', { ...assign, method }] as const),
  ['another method', { ...consent, method: 'PUT' }],
  ['another method', { ...giveRole, method: 'POST' }],
  ['another method', { ...giveKey, method: 'DELETE' }],
  ['another method', { ...giveKey, method: 'PATCH' }],
  ['another method', { ...assign, method: 'post' as 'POST' }],
  ['another version', { ...assign, path: assign.path.replace('v1.0', 'beta') }],
  ['another spelling', { ...assign, path: assign.path.replace('servicePrincipals', 'ServicePrincipals') }],
  ['another collection', { ...assign, path: assign.path.replace('appRoleAssignedTo', 'appRoleAssignments') }],
  ['another collection', { ...assign, path: `/v1.0/servicePrincipals/${resource}/addPassword` }],
  ['another collection', { ...unassign, path: `/v1.0/servicePrincipals/${resource}` }],
  ['another collection', { ...unassign, path: `/v1.0/applications/${resource}` }],
  ['another collection', { ...rescope, path: `/v1.0/servicePrincipals/${resource}` }],
  ['another collection', { ...consent, path: '/v1.0/$batch' }],
  ['a name for an id', { ...assign, path: assign.path.replace(resource, 'graph') }],
  ['a name for an id', { ...takeRole, path: assignmentAt(group('rg-app'), 'mine') }],
  ['no id', { ...unconsent, path: `${consent.path}/` }],
  ['no id', { ...rescope, path: consent.path }],
  ['an id that is to come', { ...rescope, path: `${consent.path}/{id of the grant made before}` }],
  ['more behind it', { ...unassign, path: `${unassign.path}/` }],
  ['more behind it', { ...unassign, path: `${unassign.path}/$ref` }],
  ['more behind it', { ...unassign, path: `${unassign.path}\n` }],
  ['more before it', { ...consent, path: ` ${consent.path}` }],
  ['more before it', { ...consent, path: `.example.com${consent.path}` }],
  ['another host', { ...consent, path: `@evil.example${consent.path}` }],
  ['another host', { ...consent, path: `//evil.example${consent.path}` }],
  ['another host', { ...consent, path: `https://evil.example${consent.path}` }],
  ['a way up', { ...unassign, path: `${assign.path}/../${graphId}` }],
  ['a way up', { ...unassign, path: `${assign.path}/..` }],
  ['a way up', { ...takeRole, path: assignmentAt(`${group('rg-app')}/..`) }],
  ['a way up', { ...takeRole, path: assignmentAt(group('..')) }],
  ['a way up', { ...takeRole, path: assignmentAt(group('.')) }],
  ['an encoded way up', { ...unassign, path: `${assign.path}/%2e%2e` }],
  ['an encoded way up', { ...takeRole, path: assignmentAt(group('%2E%2E')) }],
  ['an encoded way up', { ...takeRole, path: assignmentAt(group('.%2e')) }],
  ['an encoded slash', { ...takeRole, path: assignmentAt(group('a%2Fb')) }],
  ['a slash of the other kind', { ...takeRole, path: assignmentAt(group('a\\b')) }],
  ['a tab', { ...takeRole, path: assignmentAt(group('.\t.')) }],
  ['two slashes', { ...consent, path: `/${consent.path}` }],
  ['two slashes', { ...takeRole, path: assignmentAt(`/${group('rg-app')}`) }],
  ['two slashes', { ...takeRole, path: assignmentAt(`${group('rg-app')}/`) }],
  ['a fragment', { ...unassign, path: `${unassign.path}#x` }],
  ['a fragment', { ...takeRole, path: assignmentAt(group('a#b')) }],
  ['a query', { ...unassign, path: `${unassign.path}?x=1` }],
  ['a query', { ...takeRole, path: assignmentAt(group('a?b')) }],
  ['no version', { ...takeRole, path: takeRole.path.replace(/\?.*/, '') }],
  ['another version', { ...takeRole, path: takeRole.path.replace('2022-04-01', '2020-10-01-preview') }],
  ['another version', { ...giveKey, path: giveKey.path.replace('2023-07-01', '2022-04-01') }],
  ['more of a query', { ...takeRole, path: `${takeRole.path}&$filter=x` }],
  ['more of a query', { ...giveKey, path: `${giveKey.path}&api-version=2019-09-01` }],
  ['another operation', { ...giveKey, path: policiesAt('merge') }],
  ['no vault', { ...giveKey, path: policiesAt('add', group('rg-app')) }],
  ['the vault itself', { ...giveKey, path: `${keyVaultId}?api-version=2023-07-01` }],
  ['another type', { ...takeRole, path: takeRole.path.replace('roleAssignments', 'roleDefinitions') }],
  [
    'another type',
    {
      ...takeRole,
      path: takeRole.path.replace('Microsoft.Authorization/roleAssignments', 'Microsoft.Authorization/locks'),
    },
  ],
  ['a resource', { ...takeRole, path: `${keyVaultId}?api-version=2022-04-01` }],
  ['a subscription by name', { ...takeRole, path: assignmentAt('/subscriptions/production') }],
  ['a body for a delete', { ...unassign, body: {} }],
  ['a body for a delete', { ...takeRole, body: giveRole.body }],
  ['no body', { ...assign, body: null }],
  ['no body', { ...giveKey, body: null }],
  ['another API in its body', { ...assign, body: { ...assign.body, resourceId: guid } }],
  ['a field too few', { ...assign, body: { principalId: backupObject, resourceId: resource } }],
  ['a field too many', { ...assign, body: { ...assign.body, principalType: 'User' } }],
  ['a field too many', { ...rescope, body: { ...rescope.body, consentType: 'AllPrincipals' } }],
  ['no scope', { ...rescope, body: { scope: '' } }],
  ['no scope', { ...consent, body: { ...consent.body, scope: '' } }],
  ['a consent of no kind', { ...consent, body: { ...consent.body, consentType: 'Everybody' } }],
  ['a consent of nobody', { ...consent, body: { ...consent.body, consentType: 'Principal' } }],
  ['a consent of somebody for all', { ...consent, body: { ...consent.body, principalId: guid } }],
  ['no type of principal', giveRoleWith({ principalType: undefined })],
  ['a group for a principal', giveRoleWith({ principalType: 'Group' })],
  ['a field too many', giveRoleWith({ scope: '/' })],
  ['a field too many', { ...giveRole, body: { ...giveRole.body, identity: {} } }],
  ['another language of conditions', giveRoleWith({ condition: 'x', conditionVersion: '1.0' })],
  ['no properties', { ...giveRole, body: { properties: null } }],
  ['no tenant', { ...giveKey, body: policyOf({ tenantId: null }) }],
  ['a field too many', { ...giveKey, body: policyOf({ applicationId: guid }) }],
  ['permissions of no list', { ...giveKey, body: policyOf({ permissions: { keys: 'all' } }) }],
  ['permissions of no text', { ...giveKey, body: policyOf({ permissions: { keys: [1] } }) }],
  ['two policies', { ...giveKey, body: { properties: { accessPolicies: [policyEntry, policyEntry] } } }],
  ['a list for an object', { ...giveKey, body: { properties: [] } }],
];

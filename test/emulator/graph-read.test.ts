import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, send, start, tokenFor } from './connect.ts';
import { BACKUP, BACKUP_SP, GRAPH, GROUP, MAIL_READ, OWNER, READER, SECRET, WEAK } from './tenant.ts';

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

const namesIn = (body: { value: { displayName: string }[] }) => body.value.map((row) => row.displayName);

describe('a collection', () => {
  test.each<[string, string, string[]]>([
    ['eq on an indexed property', `/servicePrincipals?$filter=appId eq '${BACKUP}'`, ['Backup App']],
    ['eq without case', `/servicePrincipals?$filter=appId eq '${BACKUP.toUpperCase()}'`, ['Backup App']],
    ['in', `/servicePrincipals?$filter=appId in ('${BACKUP}', '${GRAPH}')`, ['Backup App', 'Microsoft Graph']],
    [
      'or',
      `/servicePrincipals?$filter=appId eq '${BACKUP}' or displayName eq 'Microsoft Graph'`,
      ['Backup App', 'Microsoft Graph'],
    ],
    [
      'and',
      `/servicePrincipals?$filter=appId eq '${BACKUP}' and servicePrincipalType eq 'Application'`,
      ['Backup App'],
    ],
    [
      'and that excludes',
      `/servicePrincipals?$filter=appId eq '${BACKUP}' and servicePrincipalType eq 'ManagedIdentity'`,
      [],
    ],
    ['startswith', "/servicePrincipals?$filter=startswith(displayName,'backup')", ['Backup App']],
    ['a quote in a literal', "/servicePrincipals?$filter=displayName eq 'Bob''s vault'", ["Bob's vault"]],
    ['a type', "/servicePrincipals?$filter=servicePrincipalType eq 'ManagedIdentity'", ["Bob's vault"]],
    ['any', "/servicePrincipals?$filter=alternativeNames/any(n: n eq 'isExplicit=False')", ["Bob's vault"]],
    [
      'a lambda with a longer name',
      "/servicePrincipals?$filter=alternativeNames/any(name:name eq 'isExplicit=False')",
      ["Bob's vault"],
    ],
    ['options without $', `/servicePrincipals?filter=appId eq '${BACKUP}'`, ['Backup App']],
    ['the myorganization alias', `/myorganization/servicePrincipals?$filter=appId eq '${BACKUP}'`, ['Backup App']],
    ['an id', `/applications?$filter=appId eq '${BACKUP}'`, ['Backup App']],
    ['deleted items', '/directory/deletedItems/microsoft.graph.application', ['Gone']],
    ['deleted items of another type', '/directory/deletedItems/microsoft.graph.servicePrincipal', []],
    [
      'transitive groups, and Entra roles',
      `/servicePrincipals/${BACKUP_SP}/transitiveMemberOf`,
      ['Backup group', 'Outer group', 'Exchange Administrator'],
    ],
    ['direct groups', `/servicePrincipals/${BACKUP_SP}/memberOf`, ['Backup group', 'Exchange Administrator']],
    ['members', `/groups/${GROUP}/members`, ['Backup App']],
    ['owners', `/applications(appId='${BACKUP}')/owners`, ['Owner']],
    ['groups in order', '/groups?$orderby=displayName desc', ['Outer group', 'Backup group']],
    [
      'a role by name',
      "/roleManagement/directory/roleDefinitions?$filter=displayName eq 'Global Administrator'",
      ['Global Administrator'],
    ],
  ])('filters by %s', async (_, path, names) => {
    const { status, body } = await askGraph(tenant, path);
    expect([status, namesIn(body)]).toEqual([200, names]);
  });

  test('names app role assignments as Microsoft does', async () => {
    const { body } = await askGraph(tenant, `/servicePrincipals/${BACKUP_SP}/appRoleAssignments`);
    expect(body.value).toHaveLength(1);
    expect(body.value[0]).toMatchObject({
      appRoleId: MAIL_READ,
      createdDateTime: '2024-01-02T00:00:00Z',
      principalDisplayName: 'Backup App',
      principalId: BACKUP_SP,
      principalType: 'ServicePrincipal',
      resourceDisplayName: 'Microsoft Graph',
    });
    const bytes = Buffer.from(body.value[0].id, 'base64url');
    expect([bytes.length, bytes.subarray(8, 16).toString('hex')]).toEqual([
      32,
      BACKUP_SP.replaceAll('-', '').slice(16),
    ]);
    const other = await askGraph(tenant, `/servicePrincipals(appId='${GRAPH}')/appRoleAssignedTo`);
    expect(other.body.value.map((row: { id: string }) => row.id)).toContain(body.value[0].id);
  });

  test('makes grant ids of the ids that they join', async () => {
    const { body } = await askGraph(tenant, `/oauth2PermissionGrants?$filter=clientId eq '${BACKUP_SP}'`);
    const [grant] = body.value;
    expect(grant).toMatchObject({
      clientId: BACKUP_SP,
      consentType: 'AllPrincipals',
      principalId: null,
      scope: 'User.Read offline_access',
    });
    expect(Buffer.from(grant.id, 'base64url')).toHaveLength(32);
  });

  test('pages with an absolute link that keeps the other options', async () => {
    const first = await askGraph(tenant, '/servicePrincipals?$top=3&$select=id,appId');
    expect(first.body['@odata.nextLink']).toMatch(
      /^https:\/\/localhost:\d+\/v1\.0\/servicePrincipals\?\$top=3&\$select=id%2CappId&\$skiptoken=/,
    );
    const next = await send(first.body['@odata.nextLink'], await tokenFor(tenant, 'graph'));
    expect(next.body.value).toHaveLength(3);
    expect(next.body.value.map((row: { id: string }) => row.id)).not.toContain(first.body.value[0].id);
  });

  test('counts on the first page, for eventual reads only', async () => {
    const eventual = { headers: { ConsistencyLevel: 'eventual' } };
    const first = await askGraph(tenant, '/groups?$count=true&$top=1', eventual);
    expect(first.body['@odata.count']).toBe(2);
    const token = await tokenFor(tenant, 'graph');
    expect('@odata.count' in (await send(first.body['@odata.nextLink'], token, eventual)).body).toBe(false);
    expect('@odata.count' in (await askGraph(tenant, '/groups?$count=true')).body).toBe(false);
    expect((await askGraph(tenant, '/groups/$count', eventual)).body).toBe(2);
  });

  test('runs advanced filters with the header', async () => {
    const eventual = { headers: { ConsistencyLevel: 'eventual' } };
    const { body } = await askGraph(tenant, "/groups?$filter=displayName ne 'Outer group'&$count=true", eventual);
    expect(namesIn(body)).toEqual(['Backup group']);
    const found = await askGraph(tenant, '/groups?$search="displayName:outer"', eventual);
    expect(namesIn(found.body)).toEqual(['Outer group']);
  });

  test('expands twenty of many, without a word', async () => {
    const base = Array.from({ length: 21 }, (_, index) => `Role.${index}`);
    const api = { appId: GRAPH, appRoles: [...base, 'Application.Read.All'].map((value) => ({ value })) };
    const rows = base.map((appRole) => ({ principalId: BACKUP_SP, resourceAppId: GRAPH, appRole }));
    const many = await start({
      tenant: {
        tenantId: (await import('./tenant.ts')).TENANT,
        callers: [{ appId: READER, secret: SECRET, roles: ['Application.Read.All'] }],
        apis: [api],
        graph: {
          servicePrincipals: [{ id: BACKUP_SP, appId: BACKUP, displayName: 'Backup App' }],
          appRoleAssignments: rows,
        },
      },
    });
    const { body } = await askGraph(many, `/servicePrincipals?$filter=appId eq '${BACKUP}'&$expand=appRoleAssignments`);
    expect(body.value[0].appRoleAssignments).toHaveLength(20);
    expect((await askGraph(many, `/servicePrincipals/${BACKUP_SP}/appRoleAssignments`)).body.value).toHaveLength(21);
    await many.close();
  });
});

describe('an object', () => {
  test('never shows a secret', async () => {
    const { body } = await askGraph(
      tenant,
      `/applications(appId='${BACKUP}')?$select=passwordCredentials,keyCredentials`,
    );
    expect(body.passwordCredentials.map((row: { secretText: null }) => row.secretText)).toEqual([null, null]);
  });

  test('keeps what only the state file knows to itself', async () => {
    const { body } = await askGraph(tenant, `/applications(appId='${BACKUP}')`);
    expect(['owners', 'federatedIdentityCredentials'].filter((key) => key in body)).toEqual([]);
    expect(body).toMatchObject({
      appId: BACKUP,
      signInAudience: 'AzureADMyOrg',
      requiredResourceAccess: [],
      deletedDateTime: null,
    });
  });

  test.each([
    ['user', `/users/${OWNER}`, 'Owner'],
    ['user by name', '/users/owner@contoso.example', 'Owner'],
    ['group', `/groups/${GROUP}`, 'Backup group'],
    ['service principal in parentheses', `/servicePrincipals('${BACKUP_SP}')`, 'Backup App'],
    ['directory object', `/directoryObjects/${BACKUP_SP}`, 'Backup App'],
    ['organization', '/organization', undefined],
  ])('of type %s', async (_, path, name) => {
    const { status, body } = await askGraph(tenant, path);
    expect([status, body.displayName]).toEqual([200, name]);
  });

  test('is found by id among others, unknown ids left out', async () => {
    const ids = [BACKUP_SP, OWNER, '00000000-0000-4000-8000-000000000000'];
    const { body } = await askGraph(tenant, '/directoryObjects/getByIds', {
      method: 'POST',
      body: JSON.stringify({ ids, types: ['servicePrincipal'] }),
    });
    expect(body.value.map((row: Record<string, unknown>) => [row['@odata.type'], row['displayName']])).toEqual([
      ['#microsoft.graph.servicePrincipal', 'Backup App'],
    ]);
  });

  test('of settings fills what the state leaves out', async () => {
    expect((await askGraph(tenant, '/admin/sharepoint/settings')).body).toMatchObject({
      isLegacyAuthProtocolsEnabled: true,
    });
    expect((await askGraph(tenant, '/policies/defaultAppManagementPolicy')).body).toMatchObject({ isEnabled: false });
  });
});

describe('sites and Exchange', () => {
  test('grants on a site are listed without roles, and read one by one with them', async () => {
    const { body } = await askGraph(tenant, '/sites/contoso.sharepoint.com,1,2/permissions');
    expect('roles' in body.value[0]).toBe(false);
    expect(Buffer.from(body.value[0].id, 'base64').toString()).toBe(
      `i:0i.t|ms.sp.ext|${BACKUP}@11111111-1111-4111-8111-111111111111`,
    );
    const one = await askGraph(
      tenant,
      `/sites/contoso.sharepoint.com,1,2/permissions/${encodeURIComponent(body.value[0].id)}`,
    );
    expect(one.body.roles).toEqual(['fullcontrol']);
  });

  test('Exchange roles are there in beta only', async () => {
    const path = 'roleManagement/exchange/roleAssignments';
    const token = await tokenFor(tenant, 'graph');
    const beta = await send(`${tenant.cloud.graph}/beta/${path}?$expand=roleDefinition($select=displayName)`, token);
    expect(beta.body.value[0]).toMatchObject({
      principalId: `/ServicePrincipals/${BACKUP_SP}`,
      directoryScopeId: '/',
      roleDefinition: { displayName: 'Application Mail.Read' },
    });
    const stable = await send(`${tenant.cloud.graph}/v1.0/${path}`, token);
    expect([stable.status, stable.body.error.message]).toEqual([
      405,
      'Specified HTTP method is not allowed for the request target.',
    ]);
  });
});

describe('a refusal', () => {
  const DENIED = [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'];
  test.each<[string, string, unknown[]]>([
    ['unknown segment', '/fooBar', [400, 'BadRequest', "Resource not found for the segment 'fooBar'."]],
    [
      'unknown relation',
      `/servicePrincipals/${BACKUP_SP}/fooBar`,
      [400, 'BadRequest', "Resource not found for the segment 'fooBar'."],
    ],
    [
      'missing object',
      '/applications/00000000-0000-4000-8000-000000000000',
      [
        404,
        'Request_ResourceNotFound',
        "Resource '00000000-0000-4000-8000-000000000000' does not exist or one of its queried reference-property objects are not present.",
      ],
    ],
    [
      'missing app id',
      "/applications(appId='00000000-0000-4000-8000-000000000000')",
      [
        404,
        'Request_ResourceNotFound',
        "Resource '00000000-0000-4000-8000-000000000000' does not exist or one of its queried reference-property objects are not present.",
      ],
    ],
    [
      'relation of a missing object',
      '/servicePrincipals/00000000-0000-4000-8000-000000000000/owners',
      [
        404,
        'Request_ResourceNotFound',
        "Resource '00000000-0000-4000-8000-000000000000' does not exist or one of its queried reference-property objects are not present.",
      ],
    ],
    ['missing site', '/sites/none/permissions', [404, 'itemNotFound', 'Item not found']],
    [
      'too large page',
      '/servicePrincipals?$top=1000',
      [400, 'Request_UnsupportedQuery', "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."],
    ],
    [
      'unknown option',
      '/servicePrincipals?foo=1',
      [400, 'Request_BadRequest', "Unrecognized query argument specified: 'foo'."],
    ],
    ['$skip', '/servicePrincipals?$skip=1', [400, 'Request_BadRequest', "'$skip' is not supported by the service."]],
    [
      'option given twice',
      '/servicePrincipals?$top=1&$top=2',
      [400, 'BadRequest', "Query option '$top' was specified more than once, but it must be specified at most once."],
    ],
    [
      'unknown property in $select',
      '/servicePrincipals?$select=foo',
      [
        400,
        'BadRequest',
        "Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.servicePrincipal'.",
      ],
    ],
    [
      'unknown relation in $expand',
      '/servicePrincipals?$expand=foo',
      [
        400,
        'BadRequest',
        "Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.servicePrincipal'.",
      ],
    ],
    [
      'property that can not be filtered on',
      "/servicePrincipals?$filter=notes eq 'x'",
      [
        400,
        'Request_UnsupportedQuery',
        "Unsupported or invalid query filter clause specified for property 'notes' of resource 'servicePrincipal'.",
      ],
    ],
    [
      'broken filter',
      '/servicePrincipals?$filter=appId eq',
      [400, 'Request_BadRequest', "Invalid filter clause: unexpected '' in 'appId eq'."],
    ],
    [
      'too many alternatives',
      `/servicePrincipals?$filter=appId in (${Array.from({ length: 16 }, (_, index) => `'${index}'`).join(',')})`,
      [
        400,
        'Request_UnsupportedQuery',
        "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
      ],
    ],
    [
      'advanced filter without the header',
      "/servicePrincipals?$filter=displayName ne 'x'",
      [
        400,
        'Request_UnsupportedQuery',
        'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
      ],
    ],
    [
      'made-up page token',
      '/servicePrincipals?$skiptoken=abc',
      [
        400,
        'Directory_ExpiredPageToken',
        'The specified page token value has expired and can no longer be included in your request.',
      ],
    ],
    [
      'filter on one object',
      `/servicePrincipals/${BACKUP_SP}?$filter=appId eq 'x'`,
      [
        400,
        'BadRequest',
        "The query specified in the URI is not valid. The query option '$filter' can only be applied on collections.",
      ],
    ],
    [
      'roles of site grants by $expand',
      '/sites/contoso.sharepoint.com,1,2/permissions?$expand=roles',
      [
        400,
        'BadRequest',
        "Parsing OData Select and Expand failed: Could not find a property named 'roles' on type 'microsoft.graph.permission'.",
      ],
    ],
  ])('of an %s', async (_, path, expected) => {
    const { status, body } = await askGraph(tenant, path);
    expect([status, body.error.code, body.error.message]).toEqual(expected);
    expect(Object.keys(body.error.innerError)).toEqual(['date', 'request-id', 'client-request-id']);
  });

  test.each([
    '/servicePrincipals',
    '/applications',
    `/servicePrincipals/${BACKUP_SP}/appRoleAssignments`,
    '/oauth2PermissionGrants',
    '/roleManagement/directory/roleAssignments',
    '/roleManagement/directory/roleEligibilityScheduleInstances',
    '/admin/sharepoint/settings',
    '/policies/defaultAppManagementPolicy',
    '/sites/contoso.sharepoint.com,1,2/permissions',
    '/users',
    '/groups',
    '/servicePrincipals/00000000-0000-4000-8000-000000000000',
  ])('of %s to a caller without roles', async (path) => {
    const { status, body } = await askGraph(tenant, path, {}, [WEAK, 'weak-secret']);
    expect([status, body.error.code, body.error.message]).toEqual(DENIED);
  });

  test('of grants to a caller that may only read applications', async () => {
    const only = await start({
      tenant: {
        tenantId: '11111111-1111-4111-8111-111111111111',
        callers: [{ appId: READER, secret: SECRET, roles: ['Application.Read.All'] }],
      },
      knownApis: [{ appId: GRAPH, appRoles: [{ value: 'Application.Read.All' }] }],
    });
    expect((await askGraph(only, '/servicePrincipals')).status).toBe(200);
    expect((await askGraph(only, '/oauth2PermissionGrants')).status).toBe(403);
    await only.close();
  });

  test.each<[string, string | null, string]>([
    ['no token', null, 'Access token is empty.'],
    ['no JWT', 'abc', 'CompactToken parsing failed with error code: 80049217'],
  ])('of a request with %s', async (_, token, message) => {
    const { status, body, headers } = await send(`${tenant.cloud.graph}/v1.0/servicePrincipals`, token);
    expect([status, body.error.code, body.error.message]).toEqual([401, 'InvalidAuthenticationToken', message]);
    expect(headers.get('www-authenticate')).toContain('authorization_uri');
  });

  test('of a token for another API', async () => {
    const { body } = await send(
      `${tenant.cloud.graph}/v1.0/servicePrincipals`,
      await tokenFor(tenant, 'resourceManager'),
    );
    expect(body.error.message).toBe('Access token validation failure. Invalid audience.');
  });

  test('of a wrong method', async () => {
    expect((await askGraph(tenant, '/servicePrincipals', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('throttling', () => {
  test('refuses when the units are used up, and says how long to wait', async () => {
    const slow = await start({ throttle: { units: 2, seconds: 10 } });
    const token = await tokenFor(slow, 'graph');
    const ask = () => send(`${slow.cloud.graph}/v1.0/servicePrincipals?$select=id`, token);
    expect((await ask()).headers.get('x-ms-resource-unit')).toBe('1');
    await ask();
    const { status, headers, body } = await ask();
    expect([status, headers.get('retry-after'), headers.get('x-ms-throttle-information')]).toEqual([
      429,
      '5',
      'ResourceUnitLimitExceeded',
    ]);
    expect(body.error.message).toBe('Your request is throttled temporarily. Please try after 5 seconds.');
    await slow.close();
  });
});

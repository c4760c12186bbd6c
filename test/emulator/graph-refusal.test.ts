import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askArm, askGraph, send, start, tokenFor } from './connect.ts';
import { BACKUP_SP, GRAPH, READER, SECRET, SUBSCRIPTION, WEAK } from './tenant.ts';

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

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
    const slow = await start({ throttle: { graph: { units: 2, seconds: 10 } } });
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

  test.each<[string, string, RequestInit, string, string]>([
    [
      'reads of ARM',
      `/subscriptions/${SUBSCRIPTION}?api-version=2022-12-01`,
      {},
      'SubscriptionRequestsThrottled',
      'x-ms-ratelimit-remaining-subscription-reads',
    ],
    [
      'queries',
      '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01',
      { method: 'POST', body: '{"query":"resources"}' },
      'RateLimiting',
      'x-ms-user-quota-remaining',
    ],
  ])('refuses %s when they are used up, and tells what is left', async (_, path, init, code, header) => {
    const bucket = { units: 2, seconds: 10 };
    const slow = await start({ throttle: { arm: bucket, queries: bucket } });
    const left = [await askArm(slow, path, init), await askArm(slow, path, init)].map(({ headers }) =>
      headers.get(header),
    );
    const late = await askArm(slow, path, init);
    expect([left, late.status, late.body.error.code, late.headers.get('retry-after')]).toEqual([
      ['1', '0'],
      429,
      code,
      '5',
    ]);
    await slow.close();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, send, start, tokenFor } from './connect.ts';
import { BACKUP, BACKUP_SP, GRAPH, GROUP, MAIL_READ, OWNER, READER, SECRET } from './tenant.ts';

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

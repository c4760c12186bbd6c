import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { checkTenant } from '../../src/emulator/tenant-file.ts';
import { askGraph, credential, send, start, tokenFor } from './connect.ts';
import { BACKUP, BACKUP_SP, GRAPH, OWNER, READER, SECRET, state, WEAK } from './tenant.ts';

const ROLES = [
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'RoleManagement.ReadWrite.Directory',
  'RoleManagement.ReadWrite.Exchange',
  'SharePointTenantSettings.ReadWrite.All',
];
const APP = `/applications(appId='${BACKUP}')`;
const certificate = {
  keyId: 'abababab-abab-4bab-8bab-abababababab',
  displayName: 'cert',
  endDateTime: '2027-01-01T00:00:00Z',
  key: 'AAAA',
};

let tenant: Emulator;
beforeEach(async () => {
  const base = state();
  tenant = await start({
    tenant: checkTenant({
      ...base,
      apis: [
        { appId: GRAPH, appRoles: [...ROLES, 'Mail.Read'].map((value) => ({ value })), oauth2PermissionScopes: [] },
      ],
      callers: [
        { appId: READER, secret: SECRET, roles: ROLES.filter((name) => name !== 'Application.ReadWrite.OwnedBy') },
        { appId: WEAK, secret: 'weak-secret', roles: ['Application.ReadWrite.OwnedBy'] },
      ],
      graph: {
        ...base.graph,
        applications: base.graph?.applications?.map((row) => ({ ...row, keyCredentials: [certificate] })),
      },
    }),
  });
});
afterEach(() => tenant.close());

const write = (method: string, path: string, body?: unknown, as?: readonly [string, string]) =>
  askGraph(tenant, path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, as);
const application = async () => (await askGraph(tenant, APP)).body;

describe('a secret', () => {
  test('is shown once, works, and goes', async () => {
    const made = await write('POST', `${APP}/addPassword`, { passwordCredential: { displayName: 'new' } });
    expect([made.status, made.body.displayName, made.body.hint]).toEqual([
      200,
      'new',
      made.body.secretText.slice(0, 3),
    ]);
    const kept = (await application()).passwordCredentials.find(
      (row: { keyId: string }) => row.keyId === made.body.keyId,
    );
    expect(kept.secretText).toBeNull();
    await credential(tenant, BACKUP, made.body.secretText).getToken('https://graph.microsoft.com/.default');
    expect((await write('POST', `${APP}/removePassword`, { keyId: made.body.keyId })).status).toBe(204);
    await expect(
      credential(tenant, BACKUP, made.body.secretText).getToken('https://graph.microsoft.com/.default'),
    ).rejects.toThrow(/7000215/);
  });

  test('that is not there can not go', async () => {
    const { status, body } = await write('POST', `${APP}/removePassword`, { keyId: OWNER });
    expect([status, body.error.message]).toEqual([400, `No password credential found with keyId '${OWNER}'.`]);
  });
});

describe('a certificate', () => {
  test('goes when a PATCH leaves it out', async () => {
    expect((await write('PATCH', APP, { keyCredentials: [] })).status).toBe(204);
    expect((await application()).keyCredentials).toEqual([]);
  });

  test('stays when it is sent again, without its key too', async () => {
    expect((await write('PATCH', APP, { keyCredentials: [{ ...certificate, key: null }] })).status).toBe(204);
    expect((await askGraph(tenant, `${APP}?$select=keyCredentials`)).body.keyCredentials).toEqual([certificate]);
  });

  test('can not be changed', async () => {
    const { status, body } = await write('PATCH', APP, {
      keyCredentials: [{ ...certificate, endDateTime: '2030-01-01T00:00:00Z' }],
    });
    expect([status, body.error.code, body.error.message]).toEqual([
      400,
      'KeyNotUpdatable',
      `Update to existing credential with KeyId '${certificate.keyId}' is not allowed.`,
    ]);
  });
});

describe('a federated credential', () => {
  const wish = {
    name: 'new',
    issuer: 'https://issuer.example',
    subject: 's',
    audiences: ['api://AzureADTokenExchange'],
  };

  test('is added, found and removed by name', async () => {
    expect((await write('POST', `${APP}/federatedIdentityCredentials`, wish)).status).toBe(201);
    expect((await askGraph(tenant, `${APP}/federatedIdentityCredentials/new`)).body).toMatchObject(wish);
    expect((await write('DELETE', `${APP}/federatedIdentityCredentials/new`)).status).toBe(204);
    expect((await write('DELETE', `${APP}/federatedIdentityCredentials/new`)).status).toBe(404);
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ['name', { name: 'ci' }, 409, 'FederatedIdentityCredential with name ci already exists.'],
    [
      'issuer and subject',
      { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:Contoso/Backup:ref:refs/heads/main' },
      409,
      'FederatedIdentityCredential with name new already exists.',
    ],
    ['two audiences', { audiences: ['a', 'b'] }, 400, 'A federated identity credential needs exactly one audience.'],
  ])('is refused for its %s', async (_, change, status, message) => {
    const answer = await write('POST', `${APP}/federatedIdentityCredentials`, { ...wish, ...change });
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  });
});

describe('an object', () => {
  test('can be switched off, and deleted softly', async () => {
    expect((await write('PATCH', `/servicePrincipals/${BACKUP_SP}`, { accountEnabled: false })).status).toBe(204);
    await expect(
      credential(tenant, BACKUP, 'live-secret').getToken('https://graph.microsoft.com/.default'),
    ).rejects.toThrow(/7000112/);
    expect((await write('DELETE', `/servicePrincipals/${BACKUP_SP}`)).status).toBe(204);
    expect((await askGraph(tenant, `/servicePrincipals/${BACKUP_SP}`)).status).toBe(404);
    const gone = await askGraph(tenant, '/directory/deletedItems/microsoft.graph.servicePrincipal');
    expect(gone.body.value.map((row: { id: string }) => row.id)).toEqual([BACKUP_SP]);
  });

  test('that the caller does not own stays with `Application.ReadWrite.OwnedBy` alone', async () => {
    expect((await write('POST', `${APP}/addPassword`, {}, [WEAK, 'weak-secret'])).status).toBe(403);
    expect((await askGraph(tenant, APP, {}, [WEAK, 'weak-secret'])).status).toBe(200);
  });

  test('has properties that no PATCH sets', async () => {
    const { status, body } = await write('PATCH', APP, { appId: OWNER });
    expect([status, body.error.message]).toEqual([400, "Property 'appId' is read-only and cannot be set."]);
  });
});

describe('a role', () => {
  const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
  const PATH = '/roleManagement/directory/roleAssignments';

  test('of Entra is assigned once', async () => {
    const wish = { principalId: BACKUP_SP, roleDefinitionId: GLOBAL_READER, directoryScopeId: '/' };
    const made = await write('POST', PATH, wish);
    expect([made.status, made.body]).toMatchObject([201, wish]);
    const again = await write('POST', PATH, wish);
    expect([again.status, again.body.error.message]).toEqual([
      400,
      'A conflicting object with one or more of the specified property values is present in the directory.',
    ]);
    expect((await write('DELETE', `${PATH}/${made.body.id}`)).status).toBe(204);
    expect((await write('DELETE', `${PATH}/${made.body.id}`)).status).toBe(404);
  });

  test('of Exchange is assigned in beta', async () => {
    const url = `${tenant.cloud.graph}/beta/roleManagement/exchange/roleAssignments`;
    const token = await tokenFor(tenant, 'graph');
    const [held] = (await send(url, token)).body.value;
    const made = await send(url, token, {
      method: 'POST',
      body: JSON.stringify({ ...held, directoryScopeId: '/Groups/1' }),
    });
    expect([made.status, made.body.directoryScopeId]).toEqual([201, '/Groups/1']);
    expect((await send(`${url}/${made.body.id}`, token, { method: 'DELETE' })).status).toBe(204);
  });
});

test('a SharePoint setting is changed for the next reader', async () => {
  expect((await write('PATCH', '/admin/sharepoint/settings', { isLegacyAuthProtocolsEnabled: false })).status).toBe(
    200,
  );
  expect((await askGraph(tenant, '/admin/sharepoint/settings')).body.isLegacyAuthProtocolsEnabled).toBe(false);
});

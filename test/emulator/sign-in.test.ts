import { ClientAssertionCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, credential, send, start } from './connect.ts';
import { BACKUP, BACKUP_SP, READER, SECRET, state, TENANT, WEAK } from './tenant.ts';

const SUBJECT = 'repo:contoso/access:environment:prod';
const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
let tenant: Emulator;
beforeAll(async () => {
  tenant = await start({ github: { subject: SUBJECT, requestToken: 'run-token' } });
});
afterAll(() => tenant.close());

const post = async (form: Record<string, string>, who = TENANT) => {
  const response = await fetch(`${tenant.cloud.authority}/${who}/oauth2/v2.0/token?client-request-id=1`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: GRAPH_SCOPE, ...form }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

const idToken = async (audience: string): Promise<string> => {
  const { body } = await send(
    `${tenant.github.oidcUrl}&audience=${encodeURIComponent(audience)}`,
    tenant.github.requestToken,
  );
  return body.value;
};

const unsigned = (claims: Record<string, unknown>): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');

const assertion = (token: string) => ({
  client_assertion: token,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
});

describe('discovery', () => {
  test('names the endpoints that MSAL needs', async () => {
    const { body } = await send(`${tenant.cloud.authority}/${TENANT}/v2.0/.well-known/openid-configuration`, null);
    const base = `${tenant.cloud.authority}/${TENANT}`;
    expect(body).toMatchObject({
      issuer: `${base}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    });
    expect((await send(body.jwks_uri, null)).body.keys).toHaveLength(1);
  });
});

describe('a token', () => {
  test('carries the roles that the caller holds on the API, and who it is', async () => {
    const { token } = await credential(tenant).getToken(GRAPH_SCOPE);
    expect(claimsOf(token)).toMatchObject({
      tid: TENANT,
      appid: READER,
      aud: 'https://graph.microsoft.com',
      idtyp: 'app',
    });
    expect(claimsOf(token).roles).toContain('Application.Read.All');
  });

  test('has no roles claim where the caller holds none', async () => {
    const { token } = await credential(tenant, WEAK, 'weak-secret').getToken(GRAPH_SCOPE);
    expect('roles' in claimsOf(token)).toBe(false);
  });

  test('is given to an application with a secret of its own', async () => {
    const { token } = await credential(tenant, BACKUP, 'live-secret').getToken(GRAPH_SCOPE);
    expect(claimsOf(token)).toMatchObject({ oid: BACKUP_SP, roles: ['Mail.Read'] });
  });

  test('is given for the assertion of a workflow run', async () => {
    const fromRun = new ClientAssertionCredential(TENANT, READER, () => idToken(tenant.cloud.audience), {
      authorityHost: tenant.cloud.authority,
      disableInstanceDiscovery: true,
    });
    const { token } = await fromRun.getToken(`${tenant.cloud.resourceManager}/.default`);
    expect(claimsOf(token)).toMatchObject({ appid: READER, aud: tenant.cloud.resourceManager, appidacr: '2' });
  });

  test.each([
    ['GUID', '00000003-0000-0000-c000-000000000000/.default'],
    ['address of the embedded API', null],
    ['sovereign host', 'https://graph.microsoft.us/.default'],
  ])('can be asked for by %s', async (_, scope) => {
    const { status } = await post({
      client_id: READER,
      client_secret: SECRET,
      scope: scope ?? `${tenant.cloud.graph}/.default`,
    });
    expect(status).toBe(200);
  });
});

describe('the id token service', () => {
  test('answers as GitHub does', async () => {
    const { body } = await send(`${tenant.github.oidcUrl}&audience=me`, 'run-token');
    expect(Object.keys(body)).toEqual(['count', 'value']);
    expect(claimsOf(body.value)).toMatchObject({
      sub: SUBJECT,
      aud: 'me',
      iss: 'https://token.actions.githubusercontent.com',
    });
  });

  test('wants the token of the run', async () => {
    expect((await send(`${tenant.github.oidcUrl}&audience=me`, 'guessed')).status).toBe(401);
  });
});

const ISSUER = 'https://token.actions.githubusercontent.com';
const reader = (form: Record<string, string>) => ({ client_id: READER, ...form });
const own = (claims: Record<string, unknown>) => ({ client_id: BACKUP, ...assertion(unsigned(claims)) });
const AUDIENCE = 'api://AzureADTokenExchange';

describe('a refusal', () => {
  test.each<[string, Record<string, string>, number, string, number, string]>([
    [
      'app that is not there',
      { client_id: '00000000-0000-4000-8000-000000000000', client_secret: 'x' },
      400,
      'unauthorized_client',
      700016,
      "Application with identifier '00000000-0000-4000-8000-000000000000' was not found in the directory 'contoso.example'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
    ],
    [
      'wrong secret',
      reader({ client_secret: 'x' }),
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${READER}'.`,
    ],
    [
      'expired secret',
      { client_id: BACKUP, client_secret: 'dead-secret' },
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${BACKUP}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    ],
    [
      'no proof',
      reader({}),
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ],
    [
      'scope without .default',
      reader({ client_secret: SECRET, scope: 'https://graph.microsoft.com/User.Read' }),
      400,
      'invalid_scope',
      70011,
      "The provided value for the input parameter 'scope' is not valid. The scope https://graph.microsoft.com/User.Read is not valid.",
    ],
    [
      'two scopes',
      reader({ client_secret: SECRET, scope: `${GRAPH_SCOPE} https://management.azure.com/.default` }),
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope ${GRAPH_SCOPE} https://management.azure.com/.default is not valid.`,
    ],
    [
      'resource that is not there',
      reader({ client_secret: SECRET, scope: 'https://foo.microsoft.com/.default' }),
      400,
      'invalid_scope',
      70011,
      "The provided value for the input parameter 'scope' is not valid. The scope https://foo.microsoft.com/.default is not valid.",
    ],
    [
      'other grant',
      reader({ grant_type: 'password' }),
      400,
      'unsupported_grant_type',
      70003,
      "The app requested an unsupported grant type 'password'.",
    ],
    [
      'other issuer',
      own({ iss: 'https://evil.example', sub: 'x', aud: AUDIENCE }),
      401,
      'invalid_client',
      700211,
      "No matching federated identity record found for presented assertion issuer 'https://evil.example'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
    ],
    [
      'other subject',
      own({ iss: ISSUER, sub: 'repo:x/y', aud: AUDIENCE }),
      401,
      'invalid_client',
      700213,
      "No matching federated identity record found for presented assertion subject 'repo:x/y'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
    ],
    [
      'subject in other case',
      own({ iss: ISSUER, sub: 'repo:contoso/backup:ref:refs/heads/main', aud: AUDIENCE }),
      401,
      'invalid_client',
      7002138,
      "No matching federated identity record found for presented assertion subject 'repo:contoso/backup:ref:refs/heads/main'. The subject matches a federated identity credential only without case. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion.",
    ],
    [
      'other audience',
      own({ iss: ISSUER, sub: 'repo:Contoso/Backup:ref:refs/heads/main', aud: 'x' }),
      401,
      'invalid_client',
      700212,
      "No matching federated identity record found for presented assertion audience 'x'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
    ],
    [
      'old assertion',
      own({ iss: ISSUER, sub: 'repo:Contoso/Backup:ref:refs/heads/main', aud: AUDIENCE, exp: 1 }),
      401,
      'invalid_client',
      700024,
      'Client assertion is not within its valid time range. Please review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.',
    ],
    [
      'no JWT',
      { client_id: BACKUP, ...assertion('abc') },
      400,
      'invalid_request',
      50027,
      'JWT token is invalid or malformed.',
    ],
  ])('of an %s', async (_, form, status, error, code, text) => {
    const answer = await post(form);
    expect([answer.status, answer.body['error'], answer.body['error_codes']]).toEqual([status, error, [code]]);
    expect(String(answer.body['error_description']).split('\r\n')[0]).toBe(`AADSTS${code}: ${text}`);
  });

  test('of a tenant that is not there', async () => {
    const { status, body } = await post({}, '00000000-0000-4000-8000-000000000009');
    expect([status, body['error'], body['error_codes']]).toEqual([400, 'invalid_request', [90002]]);
  });

  test('of a forged assertion of the embedded GitHub', async () => {
    const good = await idToken(AUDIENCE);
    const [head = '', claims = ''] = good.split('.');
    const forged = `${head}.${claims}.${Buffer.alloc(64, 1).toString('base64url')}`;
    expect((await post({ client_id: READER, ...assertion(forged) })).body['error_codes']).toEqual([50013]);
    expect((await post({ client_id: READER, ...assertion(good) })).status).toBe(200);
  });

  test('reaches the SDK with its number', async () => {
    await expect(credential(tenant, READER, 'wrong').getToken(GRAPH_SCOPE)).rejects.toThrow(/7000215/);
  });

  test('of a disabled service principal', async () => {
    const base = state();
    const graph = {
      ...base.graph,
      servicePrincipals: base.graph?.servicePrincipals?.map((row) => ({ ...row, accountEnabled: false })) ?? [],
    };
    const other = await start({ tenant: { ...base, graph } });
    await expect(credential(other, BACKUP, 'live-secret').getToken(GRAPH_SCOPE)).rejects.toThrow(/7000112/);
    await other.close();
  });
});

describe('a token that ran out', () => {
  test("is refused by the tenant's own clock", async () => {
    let time = Date.parse('2026-11-22T00:00:00Z');
    const clock = await start({ now: () => new Date(time) });
    expect((await askGraph(clock, '/servicePrincipals')).status).toBe(200);
    const { token } = await credential(clock).getToken(GRAPH_SCOPE);
    time += 2 * 3_600_000;
    const { status, body } = await send(`${clock.cloud.graph}/v1.0/servicePrincipals`, token);
    expect([status, body.error.code, body.error.message]).toEqual([
      401,
      'InvalidAuthenticationToken',
      'Lifetime validation failed, the token is expired.',
    ]);
    await clock.close();
  });
});

import { describe, expect, it } from 'vitest';
import { createHttp } from '../../src/adapters/http.ts';
import { createCredential, type SignIn } from '../../src/adapters/sign-in.ts';
import { createTokens } from '../../src/adapters/tokens.ts';
import { CallError } from '../../src/core/call-error.ts';
import { cloudOf, dial, quickBudget, startServer } from '../support/https-server.ts';

const by = { type: 'secret', secret: 'canary-secret' } as const;
const tenantId = '11111111-1111-4111-8111-111111111111';
const server = { origin: 'https://localhost:1', ca: '', seen: [], close: async () => undefined };
const create = (signIn: SignIn) =>
  createCredential(signIn, cloudOf(server, null), createHttp(cloudOf(server, null), quickBudget()));

describe('a call that can’t sign in is told so, without the secret', () => {
  it.each([
    { name: 'no tenant', signIn: { tenantId: '', clientId: 'c', by } },
    { name: 'no client', signIn: { tenantId, clientId: '', by } },
    { name: 'no secret', signIn: { tenantId, clientId: 'c', by: { ...by, secret: '' } } },
    { name: 'a tenant that is none', signIn: { tenantId: 'a b/c', clientId: 'c', by } },
  ])('$name', async ({ signIn }) => {
    const error = await create(signIn).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallError);
    expect((error as Error).message).toMatch(
      new RegExp(`^sign-in as \`${signIn.clientId}\` in tenant \`${signIn.tenantId}\` is not possible: \\S.*$`),
    );
    expect((error as Error).message).not.toContain('canary-secret');
  });
});

describe('what stands in the way later is a failed sign-in', () => {
  const failing: readonly SignIn['by'][] = [
    { type: 'certificate', path: 'nowhere.pem' },
    { type: 'federated-file', path: 'nowhere.txt' },
    {
      type: 'federated',
      assertion: () => Promise.reject(new TypeError("Cannot read properties of undefined (reading 'message')")),
    },
  ];
  it.each(failing)('$type', async (way) => {
    const authority = await startServer(() => ({ body: {} }));
    const { cloud, http, budget } = dial(authority);
    const credential = await createCredential({ tenantId, clientId: 'c', by: way }, cloud, http);
    const answer = await createTokens(credential, budget).get(cloud.graphScope);
    await authority.close();
    expect(answer).toMatchObject({
      ok: false,
      error: { reason: 'unauthenticated', detail: expect.stringMatching(/^\S.*$/) },
    });
  });

  it('an authority that sends elsewhere, which gets nothing', async () => {
    const foreign = await startServer(() => ({ body: {} }));
    const authority = await startServer(() => ({ status: 307, headers: { location: `${foreign.origin}/x` } }));
    const { cloud, http, budget } = dial(authority);
    const credential = await createCredential({ tenantId, clientId: 'c', by }, cloud, http);
    const answer = await createTokens(credential, budget).get(cloud.graphScope);
    await Promise.all([authority.close(), foreign.close()]);
    expect([answer.ok, foreign.seen]).toEqual([false, []]);
  });

  it('an authority that names another one to ask, which gets nothing', async () => {
    const foreign = await startServer(() => ({ body: {} }));
    const authority = await startServer(() => ({
      body: {
        token_endpoint: `${foreign.origin}/token`,
        issuer: `${foreign.origin}/`,
        authorization_endpoint: `${foreign.origin}/a`,
        jwks_uri: `${foreign.origin}/k`,
        end_session_endpoint: `${foreign.origin}/e`,
      },
    }));
    const { cloud, http, budget } = dial(authority);
    const credential = await createCredential({ tenantId, clientId: 'c', by }, cloud, http);
    const answer = await createTokens(credential, budget).get(cloud.graphScope);
    await Promise.all([authority.close(), foreign.close()]);
    expect([answer.ok, foreign.seen]).toEqual([false, []]);
  });
});

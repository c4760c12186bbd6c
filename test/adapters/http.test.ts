import { request } from 'node:https';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp, RefusedRequest } from '../../src/adapters/http.ts';
import { cloudOf, dial, quickBudget, type Server, startServer } from '../support/https-server.ts';

let server: Server;
let foreign: Server;
beforeAll(async () => {
  server = await startServer(() => ({ body: {} }));
  foreign = await startServer(() => ({ body: {} }));
});
afterAll(async () => {
  await Promise.all([server.close(), foreign.close()]);
});

type Api = 'graph' | 'resourceManager' | 'token';
const send = async (api: Api, method: string, url: string, body?: string) => {
  const { http } = dial(server);
  const headers = createHttpHeaders({ 'content-type': 'application/json' });
  const asked = createPipelineRequest({
    url,
    method: method as 'GET',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return http.pipeline(api, server.origin).sendRequest(http.client, asked);
};
const batch = (...methods: string[]): string =>
  JSON.stringify({ requests: methods.map((method, id) => ({ id, method, url: '/x' })) });
const query = '/providers/Microsoft.ResourceGraph/resources';

describe('what may leave', () => {
  const cases: { api: Api; method: string; path: string; body?: string }[] = [
    { api: 'graph', method: 'GET', path: '/v1.0/servicePrincipals' },
    { api: 'resourceManager', method: 'GET', path: '/subscriptions/1?api-version=2022-04-01' },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch', body: batch('GET', 'GET') },
    { api: 'resourceManager', method: 'POST', path: `${query}?api-version=2022-10-01`, body: '{}' },
    { api: 'token', method: 'POST', path: '/tenant/oauth2/v2.0/token', body: 'x=1' },
  ];
  it.each(cases)('$api $method $path', async ({ api, method, path, body }) => {
    const before = server.seen.length;
    expect((await send(api, method, `${server.origin}${path}`, body)).status).toBe(200);
    expect(server.seen.length).toBe(before + 1);
  });
});

describe('what may not', () => {
  const cases: { api: Api; method: string; path: string; body?: string }[] = [
    ...(['graph', 'resourceManager'] as const).flatMap((api) =>
      ['DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'MERGE', 'get'].map((method) => ({ api, method, path: '/v1.0/x' })),
    ),
    { api: 'graph', method: 'POST', path: '/v1.0/servicePrincipals', body: '{}' },
    { api: 'graph', method: 'POST', path: '/v1.0/applications/1/addPassword', body: '{}' },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch/', body: batch('GET') },
    { api: 'graph', method: 'POST', path: '/x/../v1.0/$batchx', body: batch('GET') },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch', body: batch('GET', 'DELETE') },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch', body: batch('POST') },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch', body: batch('get') },
    { api: 'graph', method: 'POST', path: '/v1.0/$batch' },
    {
      api: 'resourceManager',
      method: 'POST',
      path: '/subscriptions/1/providers/Microsoft.Storage/storageAccounts/a/listKeys',
    },
    { api: 'resourceManager', method: 'POST', path: `/subscriptions/1${query}` },
  ];
  it.each(cases)('$api $method $path $body', async ({ api, method, path, body }) => {
    const before = server.seen.length;
    await expect(send(api, method, `${server.origin}${path}`, body)).rejects.toThrow(RefusedRequest);
    expect(server.seen.length).toBe(before);
  });

  it.each<Api>(['graph', 'resourceManager', 'token'])('anything of %s to another host', async (api) => {
    await expect(send(api, 'GET', `${foreign.origin}/v1.0/x`)).rejects.toThrow(
      `refused to send a request to ${foreign.origin}: only ${server.origin} is this API`,
    );
    await expect(send(api, 'GET', `${server.origin.replace('https', 'http')}/x`)).rejects.toThrow(RefusedRequest);
    expect(foreign.seen).toEqual([]);
  });
});

describe('another try', () => {
  const answering = async (statuses: readonly (number | null)[], total?: number) => {
    const flaky = await startServer((_, index) => {
      const status = statuses[Math.min(index, statuses.length - 1)];
      return status === null || status === undefined ? null : { status, headers: { 'retry-after': '2' }, body: {} };
    });
    const budget = quickBudget(total);
    const http = createHttp(cloudOf(flaky), budget);
    const asked = createPipelineRequest({ url: `${flaky.origin}/x`, method: 'GET' });
    const answer = await http
      .pipeline('graph', flaky.origin)
      .sendRequest(http.client, asked)
      .then(
        ({ status }) => status,
        (error: Error) => error.name,
      );
    await flaky.close();
    return { answer, tries: flaky.seen.length, counted: http.counts.graph, waits: budget.waits };
  };
  const cases = [
    { statuses: [200], answer: 200, tries: 1 },
    { statuses: [429, 200], answer: 200, tries: 2 },
    { statuses: [500, 503, 200], answer: 200, tries: 3 },
    { statuses: [null, 200], answer: 200, tries: 2 },
    { statuses: [429], answer: 429, tries: 4 },
    { statuses: [null], answer: 'RestError', tries: 4 },
    { statuses: [403], answer: 403, tries: 1 },
    { statuses: [404, 200], answer: 404, tries: 1 },
  ];
  it.each(cases)('$statuses ends with $answer after $tries', async ({ statuses, answer, tries }) => {
    const run = await answering(statuses);
    expect(run).toMatchObject({ answer, tries, counted: tries });
    expect(run.waits).toHaveLength(tries - 1);
  });

  it('is not made where the service asks for more patience than there is', async () => {
    expect(await answering([429, 200], 1_999)).toMatchObject({ answer: 429, tries: 1, waits: [] });
  });
});

it('a certificate authority of a cloud file is trusted for its hosts, and by nobody else in this process', async () => {
  await send('graph', 'GET', `${server.origin}/trusted`);
  const plain = new Promise((done, fail) => request(`${server.origin}/plain`, done).once('error', fail).end());
  await expect(plain).rejects.toMatchObject({
    code: expect.stringMatching(/^(SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET)/),
  });
  await expect(fetch(`${server.origin}/plain`)).rejects.toThrow('fetch failed');
  const untrusting = createHttp(cloudOf(server, null), quickBudget());
  const asked = createPipelineRequest({ url: `${server.origin}/x`, method: 'GET' });
  await expect(untrusting.pipeline('graph', server.origin).sendRequest(untrusting.client, asked)).rejects.toThrow();
  expect(server.seen.filter(({ path }) => path === '/plain')).toEqual([]);
});

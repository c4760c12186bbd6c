import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSender } from '../../src/adapters/sender.ts';
import { retryAfterOf } from '../../src/adapters/sender-answer.ts';
import { createTokens } from '../../src/adapters/tokens.ts';
import type { WriteRequest } from '../../src/core/write.ts';
import { canary, cloudOf, dial, quickBudget, type Reply, type Server, startServer } from '../support/https-server.ts';
import { assign, consent, giveRole, requestsThatLeave, requestsThatStay, unassign } from '../support/write-requests.ts';

let server: Server;
let next: Reply = { status: 204 };
beforeAll(async () => {
  server = await startServer(() => next);
});
afterAll(() => server.close());

/** Sends one request to a server that answers so; with what arrived there. */
const send = async (request: WriteRequest, reply: Reply = { status: 204 }, timeout = 2_000) => {
  next = reply;
  const before = server.seen.length;
  const { cloud, http, tokens } = dial(server);
  const answer = await createSender(cloud, http, tokens, timeout).send(request);
  return { answer, seen: server.seen.slice(before), counts: http.counts };
};
const error = (code: string, message: string) => ({ error: { code, message } });
const refusal = error('Request_BadRequest', 'Permission being assigned already exists on the object');
const came = { came: true, code: '', message: '', retryAfter: null, requestId: null } as const;
const lost = (detail: string) => ({ came: false, detail });

describe('a request', () => {
  it.each(requestsThatLeave.map((request) => [request.method, request.path, request] as const))(
    '%s %s leaves as it is',
    async (method, path, request) => {
      const { answer, seen, counts } = await send(request);
      const body = request.body === null ? '' : JSON.stringify(request.body);
      expect(seen).toEqual([{ method, path, authorization: `Bearer ${canary}`, body }]);
      expect(answer).toEqual({ ...came, status: 204 });
      expect(counts).toEqual({ graph: 0, resourceManager: 0, token: 0, [request.api]: 1 });
    },
  );

  it.each(requestsThatStay.map(([why, request]) => [why, request.method, request.path, request] as const))(
    'with %s stays: %s %s',
    async (_, method, path, request) => {
      const before = server.seen.length;
      await expect(send(request)).rejects.toMatchObject({
        name: 'RefusedRequest',
        message: `refused to send ${method} ${path}: no such request is among those that may change a tenant`,
      });
      expect(server.seen.length).toBe(before);
    },
  );

  it('goes to the API that it is for, with a token for it', async () => {
    const azure = await startServer(() => ({ status: 201, body: {} }));
    const cloud = { ...cloudOf(server), resourceManager: azure.origin, resourceManagerScope: 'azure/.default' };
    const credential = {
      getToken: async (scope: string | string[]) => ({
        token: `for ${scope}`,
        expiresOnTimestamp: Date.now() + 3_600_000,
      }),
    };
    const sender = createSender(cloud, dial(server).http, createTokens(credential, quickBudget()));
    next = { status: 204 };
    const before = server.seen.length;
    await sender.send(assign);
    expect(server.seen.slice(before).map(({ authorization }) => authorization)).toEqual([
      `Bearer for ${cloud.graphScope}`,
    ]);
    expect(await sender.send(giveRole)).toEqual({ ...came, status: 201 });
    expect(azure.seen.map(({ authorization }) => authorization)).toEqual(['Bearer for azure/.default']);
    await azure.close();
  });

  it('is not sent where sign-in fails', async () => {
    const before = server.seen.length;
    const { cloud, http } = dial(server);
    const credential = {
      getToken: () => Promise.reject(new Error('AADSTS7000215: Invalid client secret. Trace ID: x')),
    };
    const sender = createSender(cloud, http, createTokens(credential, quickBudget()));
    expect(await sender.send(assign)).toEqual(
      lost('nothing was sent, as sign-in failed: AADSTS7000215: Invalid client secret.'),
    );
    expect([server.seen.length - before, http.counts.graph]).toEqual([0, 0]);
  });

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    const { http, tokens } = dial(server);
    const before = server.seen.length;
    expect(await createSender(cloudOf(server, null), http, tokens).send(assign)).toMatchObject({
      came: false,
      detail: expect.stringMatching(/^no answer: .*certificate/),
    });
    expect(server.seen.length).toBe(before);
  });
});

describe('an answer', () => {
  const long = 'x'.repeat(2_000_000);
  const cases: readonly (readonly [string, Reply, object])[] = [
    ['of a creation', { status: 201, body: { id: 'x' } }, { ...came, status: 201 }],
    ['of something done that says nothing', { status: 200, text: '' }, { ...came, status: 200 }],
    ['of something done that is no JSON', { status: 200, text: '<html>' }, { ...came, status: 200 }],
    ['of something done that breaks off', 'half', { ...came, status: 200 }],
    ['of something done that is too long', { status: 200, text: long }, { ...came, status: 200 }],
    [
      'of something taken on',
      { status: 202, headers: { 'retry-after': '10' } },
      { ...came, status: 202, retryAfter: 10_000 },
    ],
    [
      'of a refusal',
      { status: 400, headers: { 'request-id': 'g-1' }, body: refusal },
      { ...came, status: 400, ...refusal.error, requestId: 'g-1' },
    ],
    [
      'of Azure without a wrapper',
      { status: 403, headers: { 'x-ms-request-id': 'a-1' }, body: refusal.error },
      { ...came, status: 403, ...refusal.error, requestId: 'a-1' },
    ],
    ['with an empty code', { status: 404, body: error('', 'gone') }, { ...came, status: 404, message: 'gone' }],
    [
      'that quotes the token, on two lines',
      { status: 401, body: error('X', 'the token eyJhbGciOi.eyJzdWIi.c2ln\r\n  is bad') },
      { ...came, status: 401, code: 'X', message: 'the token (token) is bad' },
    ],
    [
      'that says much',
      { status: 400, body: error('c'.repeat(999), 'm'.repeat(999)) },
      { ...came, status: 400, code: 'c'.repeat(100), message: 'm'.repeat(300) },
    ],
    [
      'that asks to wait',
      { status: 429, headers: { 'retry-after': '7' }, body: error('TooManyRequests', 'slow down') },
      { ...came, status: 429, code: 'TooManyRequests', message: 'slow down', retryAfter: 7_000 },
    ],
    ...[429, 500, 502, 503, 504].map(
      (status) =>
        [
          `${status} that says nothing`,
          { status, headers: { 'retry-after': '3' }, text: '<html>' },
          { ...came, status, message: 'the answer does not say why', retryAfter: 3_000 },
        ] as const,
    ),
    ...[400, 401, 403, 404, 409].flatMap((status) =>
      ['', '<html>', 'null', '[]', '{"error":"no"}', '{"error":{"code":1,"message":"x"}}'].map(
        (text) =>
          [
            `${status} of ${text === '' ? 'nothing' : text}`,
            { status, text },
            lost(`HTTP ${status} came without the error that the API documents`),
          ] as const,
      ),
    ),
    [
      'of a refusal that is too long',
      { status: 400, text: JSON.stringify({ ...refusal, long }) },
      lost('HTTP 400 came without the error that the API documents'),
    ],
    [
      'that leads elsewhere',
      { status: 307, headers: { location: '/v1.0/elsewhere' } },
      lost('HTTP 307 came without the error that the API documents'),
    ],
    ['that never comes', null, lost('no answer: socket hang up')],
    ['that is waited for too long', 'hang', lost('no answer within 0.3 seconds')],
  ];
  it.each(cases)('%s, after one request', async (_, reply, answer) => {
    const result = await send(assign, reply, 300);
    expect(result.answer).toEqual(answer);
    expect(result.seen).toHaveLength(1);
    expect(result.counts.graph).toBe(1);
  });

  it.each([unassign, consent, giveRole])(
    'to $method $path that never comes is not asked for again',
    async (request) => {
      const { answer, seen } = await send(request, null);
      expect([answer, seen.length]).toEqual([lost('no answer: socket hang up'), 1]);
    },
  );
});

it.each<[string | undefined, number | null]>([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Sun, 22 Nov 2026 00:00:30 GMT', 30_000],
  ['Sat, 21 Nov 2026 00:00:00 GMT', 0],
  [undefined, null],
  ['', null],
  ['soon', null],
  ['-5', null],
  ['1.5', null],
  ['1e3', null],
  ['99999999999', null],
])('Retry-After of %j is %j', (text, milliseconds) =>
  expect(retryAfterOf(text, Date.parse('2026-11-22T00:00:00Z'))).toBe(milliseconds),
);

it('only a connection opens a sender', () => {
  const files = globSync('src/**/*.ts');
  const naming = files.filter((file) => /[/'](?:sender|sender-shapes)\.ts'/.test(readFileSync(file, 'utf8')));
  expect(naming.sort()).toEqual(['src/adapters/connect.ts', 'src/adapters/sender.ts']);
});

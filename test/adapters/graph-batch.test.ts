import { afterEach, describe, expect, it } from 'vitest';
import { createGraph } from '../../src/adapters/graph.ts';
import type { GraphPort } from '../../src/core/ports.ts';
import { canary, dial, type Reply, type Server, startServer } from '../support/https-server.ts';

interface Inner {
  readonly id: string;
  readonly method: string;
  readonly url: string;
}
type Answer = (inner: Inner, attempt: number) => object | null;

const started: Server[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

const innerOf = (body: string): Inner[] => (JSON.parse(body) as { requests: Inner[] }).requests;
const found = ({ id, url }: Inner): object => ({ id, status: 200, body: { asked: url } });

/** A Graph whose inner answers are as told; `null`: none. Those of a batch come back in reverse. */
const graph = async (answer: Answer, total?: number) => {
  const attempts = new Map<string, number>();
  const server = await startServer(({ body }) => {
    const responses = innerOf(body).flatMap((inner) => {
      const attempt = (attempts.get(inner.url) ?? 0) + 1;
      attempts.set(inner.url, attempt);
      return answer(inner, attempt) ?? [];
    });
    return { body: { responses: responses.toReversed() } };
  });
  started.push(server);
  const { cloud, http, tokens, budget } = dial(server, total === undefined ? {} : { total });
  return { server, http, budget, port: createGraph(cloud, http, tokens) };
};

/** A Graph that answers a whole batch as told. */
const outer = async (reply: Reply): Promise<{ port: GraphPort; server: Server }> => {
  const server = await startServer(() => reply);
  started.push(server);
  const { cloud, http, tokens } = dial(server, { timeout: 300, total: 0 });
  return { server, port: createGraph(cloud, http, tokens) };
};

describe('calls travel together', () => {
  it.each([
    { calls: 1, batches: 1 },
    { calls: 20, batches: 1 },
    { calls: 21, batches: 2 },
    { calls: 100, batches: 5 },
    { calls: 205, batches: 11 },
  ])('$calls of one turn in $batches batches, each with its own answer', async ({ calls, batches }) => {
    const { server, http, port } = await graph(found);
    const paths = Array.from({ length: calls }, (_, index) => `/things/${index}`);
    const answers = await Promise.all(paths.map((path) => port.get(path)));
    expect(answers).toEqual(paths.map((asked) => ({ ok: true, value: { asked } })));
    expect(server.seen).toHaveLength(batches);
    expect(http.counts).toEqual({ graph: batches, resourceManager: 0, token: 0 });
    for (const { method, path, authorization, body } of server.seen) {
      expect([method, path, authorization]).toEqual(['POST', '/v1.0/$batch', `Bearer ${canary}`]);
      expect(innerOf(body).every((inner) => inner.method === 'GET')).toBe(true);
    }
  });

  it('not of different turns, and both are answered', async () => {
    const { server, port } = await graph(found);
    const first = port.get('/a');
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(await Promise.all([first, port.get('/b')])).toEqual([
      { ok: true, value: { asked: '/a' } },
      { ok: true, value: { asked: '/b' } },
    ]);
    expect(server.seen).toHaveLength(2);
  });
});

describe('an inner answer', () => {
  const error = (status: number, headers = {}) => ({
    status,
    headers,
    body: { error: { code: 'Code', message: 'words' } },
  });
  const passing = [
    { name: 'throttled, then found', bad: error(429, { 'Retry-After': '7' }), waits: [7_000] },
    { name: 'throttled with a header in lower case', bad: error(429, { 'retry-after': 3 }), waits: [3_000] },
    { name: 'failed, then found', bad: error(500), waits: [null] },
    { name: 'unavailable, then found', bad: error(503), waits: [null] },
  ];
  it.each(passing)('$name, is asked for again alone', async ({ bad, waits }) => {
    const { server, port, budget } = await graph((inner, attempt) =>
      inner.url === '/bad' && attempt === 1 ? { id: inner.id, ...bad } : found(inner),
    );
    const answers = await Promise.all([port.get('/good'), port.get('/bad'), port.get('/fine')]);
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true]);
    expect(server.seen.map(({ body }) => innerOf(body).map(({ url }) => url))).toEqual([
      ['/good', '/bad', '/fine'],
      ['/bad'],
    ]);
    expect(budget.waits).toEqual(waits.map((wait) => wait ?? expect.any(Number)));
  });

  const failing = [
    { name: '403', bad: error(403), is: { reason: 'forbidden', status: 403, detail: 'HTTP 403, Code: words' } },
    { name: '404', bad: error(404), is: { reason: 'not-found', status: 404, detail: 'HTTP 404, Code: words' } },
    { name: '401', bad: error(401), is: { reason: 'unauthenticated', status: 401, detail: 'HTTP 401, Code: words' } },
    {
      name: '429 without end',
      bad: error(429),
      is: { reason: 'throttled', status: 429, detail: 'HTTP 429, Code: words' },
    },
    {
      name: '500 without end',
      bad: error(500),
      is: { reason: 'server-error', status: 500, detail: 'HTTP 500, Code: words' },
    },
    { name: '400 without words', bad: { status: 400 }, is: { reason: 'malformed', status: 400, detail: 'HTTP 400' } },
    { name: '204', bad: { status: 204 }, is: { reason: 'malformed', status: 204, detail: 'HTTP 204' } },
    { name: 'no status', bad: {}, is: { reason: 'malformed', status: Number.NaN, detail: 'HTTP NaN' } },
    {
      name: 'words of several lines',
      bad: { status: 403, body: { error: { code: 'A', message: 'one\n\ttwo' } } },
      is: { reason: 'forbidden', status: 403, detail: 'HTTP 403, A: one two' },
    },
  ];
  it.each(failing)('$name is a failure of that call alone', async ({ bad, is }) => {
    const { port } = await graph((inner) => (inner.url === '/bad' ? { id: inner.id, ...bad } : found(inner)));
    const [good, failed] = await Promise.all([port.get('/good'), port.get('/bad')]);
    expect(good).toEqual({ ok: true, value: { asked: '/good' } });
    expect(failed).toEqual({ ok: false, error: { request: 'GET /bad', ...is } });
  });

  it('that is missing is a failure', async () => {
    const { port } = await graph((inner) => (inner.url === '/bad' ? null : found(inner)));
    const [good, failed] = await Promise.all([port.get('/good'), port.get('/bad')]);
    expect(good.ok).toBe(true);
    expect(failed).toEqual({
      ok: false,
      error: {
        reason: 'malformed',
        status: null,
        request: 'GET /bad',
        detail: 'the batch came back without an answer to this request',
      },
    });
  });

  it('throttled for longer than the budget is not waited for', async () => {
    const { server, port } = await graph(
      (inner) => ({ id: inner.id, ...error(429, { 'Retry-After': '120' }) }),
      60_000,
    );
    expect(await port.get('/bad')).toMatchObject({ ok: false, error: { reason: 'throttled' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a batch that is no batch is a failure of every call', () => {
  const cases: { name: string; reply: Reply; is: object }[] = [
    { name: 'a list', reply: { body: [] }, is: { reason: 'malformed' } },
    { name: 'a text', reply: { body: 'text' }, is: { reason: 'malformed' } },
    { name: 'null', reply: { text: 'null' }, is: { reason: 'malformed' } },
    { name: 'no JSON', reply: { text: '<html>' }, is: { reason: 'malformed' } },
    { name: 'nothing', reply: { text: '' }, is: { reason: 'malformed' } },
    { name: 'responses that are no list', reply: { body: { responses: 'x' } }, is: { reason: 'malformed' } },
    { name: 'an inner answer that is none', reply: { body: { responses: [null] } }, is: { reason: 'malformed' } },
    {
      name: 'a page',
      reply: { text: '<html></html>', headers: { 'content-type': 'text/html' } },
      is: { reason: 'malformed' },
    },
    {
      name: 'a picture',
      reply: { text: 'GIF', headers: { 'content-type': 'image/gif' } },
      is: { reason: 'malformed' },
    },
    {
      name: 'plain text',
      reply: { text: 'ok', headers: { 'content-type': 'text/plain' } },
      is: { reason: 'malformed' },
    },
    { name: '204', reply: { status: 204 }, is: { reason: 'malformed' } },
    { name: '205', reply: { status: 205 }, is: { reason: 'malformed' } },
    { name: '304', reply: { status: 304 }, is: { reason: 'malformed' } },
    {
      name: '400',
      reply: { status: 400, body: { error: { code: 'BadRequest', message: 'no' } } },
      is: { reason: 'malformed', status: 400, detail: 'HTTP 400, BadRequest: no' },
    },
    { name: '401', reply: { status: 401, body: {} }, is: { reason: 'unauthenticated', status: 401 } },
    { name: '500', reply: { status: 500, text: 'oops' }, is: { reason: 'server-error' } },
    { name: 'a status that HTTP has not', reply: { status: 799, text: '{}' }, is: { reason: 'unreachable' } },
    { name: 'a cut connection', reply: null, is: { reason: 'unreachable' } },
    { name: 'silence', reply: 'hang', is: { reason: 'unreachable', detail: 'no whole answer within 0.3 seconds' } },
    {
      name: 'half an answer',
      reply: 'half',
      is: { reason: 'unreachable', detail: 'no whole answer within 0.3 seconds' },
    },
  ];
  it.each(cases)('$name', async ({ reply, is }) => {
    const { port } = await outer(reply);
    const answers = await Promise.all([port.get('/a'), port.list('/b')]);
    expect(answers).toMatchObject([
      { ok: false, error: { ...is, request: 'GET /a' } },
      { ok: false, error: { ...is, request: 'GET /b' } },
    ]);
    for (const answer of answers) expect(answer.ok ? '' : answer.error.detail).toMatch(/^\S.*$/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { createGraph } from '../../src/adapters/graph.ts';
import { dial, type Server, startServer } from '../support/https-server.ts';

const started: Server[] = [];
const keep = (server: Server): Server => {
  started.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

/** A collection in pages: what follows a page is told by its number. */
const collection = async (pages: (page: number, origin: string) => object) => {
  let origin = '';
  const server = keep(
    await startServer(({ body }) => {
      const { requests } = JSON.parse(body) as { requests: { id: string; url: string }[] };
      const responses = requests.map(({ id, url }) => ({
        id,
        status: 200,
        body: pages(Number(/page=(\d+)/.exec(url)?.[1] ?? 0), origin),
      }));
      return { body: { responses } };
    }),
  );
  origin = server.origin;
  const { cloud, http, tokens } = dial(server);
  return { server, port: createGraph(cloud, http, tokens) };
};

const link = (origin: string, page: number): object => ({ '@odata.nextLink': `${origin}/v1.0/things?page=${page}` });

describe('a collection', () => {
  it('is read over many pages, empty ones in between', async () => {
    const { port, server } = await collection((page, origin) => ({
      value: page % 3 === 1 ? [] : [page],
      ...(page < 30 ? link(origin, page + 1) : {}),
    }));
    const wanted = Array.from({ length: 31 }, (_, page) => page).filter((page) => page % 3 !== 1);
    expect(await port.list('/things')).toEqual({ ok: true, value: wanted });
    expect(server.seen).toHaveLength(31);
  });

  it.each([{ end: {} }, { end: { '@odata.nextLink': null } }])('ends with $end', async ({ end }) => {
    const { port } = await collection(() => ({ value: [1], ...end }));
    expect(await port.list('/things')).toEqual({ ok: true, value: [1] });
  });

  it('of more rows than a call takes arguments', async () => {
    const { port } = await collection(() => ({ value: Array.from({ length: 200_000 }, () => 0) }));
    const answer = await port.list('/things');
    expect(answer.ok && answer.value.length).toBe(200_000);
  });

  const cases = [
    {
      name: 'that leads to itself',
      pages: (_: number, origin: string) => ({ value: [1], ...link(origin, 0) }),
      detail: 'the next page is one that was read already',
    },
    {
      name: 'that leads in a circle',
      pages: (page: number, origin: string) => ({ value: [], ...link(origin, (page + 1) % 3) }),
      detail: 'the next page is one that was read already',
    },
    {
      name: 'that leads to another version',
      pages: (_: number, origin: string) => ({ value: [1], '@odata.nextLink': `${origin}/beta/things` }),
      detail: /^the next page lies at localhost:\d+, which is not this API$/,
    },
    {
      name: 'that leads nowhere',
      pages: () => ({ value: [1], '@odata.nextLink': '' }),
      detail: 'the next page lies at no address at all, which is not this API',
    },
    {
      name: 'that leads on by a number',
      pages: () => ({ value: [1], '@odata.nextLink': 7 }),
      reason: 'malformed',
      detail: 'the next link of the answer is no text',
    },
    { name: 'without rows', pages: () => ({}), reason: 'malformed', detail: 'the answer holds no list `value`' },
    {
      name: 'of null',
      pages: () => ({ value: null }),
      reason: 'malformed',
      detail: 'the answer holds no list `value`',
    },
    { name: 'that is a list', pages: () => [], reason: 'malformed', detail: 'the answer holds no list `value`' },
    {
      name: 'whose second page is none',
      pages: (page: number, origin: string) => (page === 0 ? { value: [1], ...link(origin, 1) } : { value: {} }),
      reason: 'malformed',
      detail: 'the answer holds no list `value`',
    },
  ];
  it.each(cases)('$name is a failure, never a part', async ({ pages, detail, reason = 'incomplete' }) => {
    const { port } = await collection(pages);
    const answer = await port.list('/things');
    expect(answer).toMatchObject({ ok: false, error: { reason, status: 200, request: 'GET /things' } });
    if (!answer.ok) expect(answer.error.detail).toMatch(detail);
  });
});

describe('another host gets nothing', () => {
  const foreign = async () => keep(await startServer(() => ({ body: { value: ['stolen'] } })));
  const attempts = [
    { name: 'in a next link', to: (origin: string) => `${origin}/v1.0/things` },
    {
      name: 'in a next link with our host as its user name',
      to: (origin: string, own: string) => `${own}@${origin.replace('https://', '')}/v1.0/things`,
    },
    {
      name: 'in a next link that begins with our host',
      to: (origin: string, own: string) => `${own}.example/${origin}`,
    },
    {
      name: 'in a next link without TLS',
      to: (_: string, own: string) => `${own.replace('https', 'http')}/v1.0/things`,
    },
  ];
  it.each(attempts)('$name', async ({ to }) => {
    const other = await foreign();
    const { port, server } = await collection((_, origin) => ({
      value: [1],
      '@odata.nextLink': to(other.origin, origin),
    }));
    expect(await port.list('/things')).toMatchObject({ ok: false, error: { reason: 'incomplete' } });
    expect([other.seen, server.seen.length]).toEqual([[], 1]);
  });

  it.each([301, 302, 303, 307, 308])('by a redirect with %i', async (status) => {
    const other = await foreign();
    const server = keep(await startServer(() => ({ status, headers: { location: `${other.origin}/v1.0/$batch` } })));
    const { cloud, http, tokens } = dial(server);
    expect(await createGraph(cloud, http, tokens).list('/things')).toMatchObject({
      ok: false,
      error: { request: 'GET /things', status },
    });
    expect([other.seen, server.seen.length]).toEqual([[], 1]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { createArm } from '../../src/adapters/arm.ts';
import { createTokens } from '../../src/adapters/tokens.ts';
import { canary, dial, quickBudget, type Reply, type Seen, type Server, startServer } from '../support/https-server.ts';

const started: Server[] = [];
const serve = async (answer: (request: Seen, index: number) => Reply): Promise<Server> => {
  const server = await startServer(answer);
  started.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

const scope = '/subscriptions/11111111-1111-4111-8111-111111111111';
const armOf = (server: Server, total = 600_000) => {
  const { cloud, http, tokens } = dial(server, { total, timeout: 300 });
  return createArm(cloud, http, tokens);
};
const assignment = (number: number): object => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${number}`,
  properties: {
    principalId: 'P',
    roleDefinitionId: '/r',
    scope,
    createdOn: '2026-01-01T00:00:00.1234567Z',
    condition: null,
  },
});

/** A list in pages, by the number in its address. */
const pages = async (page: (number: number, origin: string) => unknown) => {
  let origin = '';
  const server = await serve(({ path }) => ({ body: page(Number(/page=(\d+)/.exec(path)?.[1] ?? 0), origin) }));
  origin = server.origin;
  return { server, arm: armOf(server) };
};
const next = (origin: string, number: number): object => ({ nextLink: `${origin}${scope}/more?page=${number}` });

describe('role assignments', () => {
  it('are asked for by their scope, with the token, and come as ARM spells them', async () => {
    const { server, arm } = await pages(() => ({ value: [assignment(1)] }));
    expect(await arm.listRoleAssignments(scope, null)).toEqual({ ok: true, value: [assignment(1)] });
    expect(server.seen).toEqual([
      {
        method: 'GET',
        path: `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`,
        authorization: `Bearer ${canary}`,
        body: '',
      },
    ]);
  });

  it('of one principal', async () => {
    const { server, arm } = await pages(() => ({ value: [] }));
    await arm.listRoleAssignments(scope, 'p-1');
    expect(server.seen[0]?.path).toContain("$filter=principalId eq 'p-1'");
  });

  it.each([
    [null, ''],
    ['p-1', "&$filter=principalId eq 'p-1'"],
  ])('at the root, of %s, have one slash before the provider', async (principal, filter) => {
    const { server, arm } = await pages(() => ({ value: [assignment(1)] }));
    expect(await arm.listRoleAssignments('/', principal)).toEqual({ ok: true, value: [assignment(1)] });
    expect(server.seen.map(({ path }) => path)).toEqual([
      `/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01${filter}`,
    ]);
  });

  it('are read over many pages, empty ones in between', async () => {
    const { arm } = await pages((page, origin) => ({
      value: page % 2 === 0 ? [assignment(page)] : [],
      ...(page < 250 ? next(origin, page + 1) : {}),
    }));
    const answer = await arm.listRoleAssignments(scope, null);
    expect(answer.ok && answer.value.length).toBe(126);
  });

  const broken: { name: string; body: unknown; reason?: string }[] = [
    { name: 'without rows', body: {} },
    { name: 'of null', body: { value: null } },
    { name: 'of a text', body: { value: 'x' } },
    { name: 'that is a list', body: [] },
    { name: 'that is a text', body: 'x' },
    { name: 'that is null', body: null },
    {
      name: 'that leads to itself with rows',
      body: { value: [assignment(1)], nextLink: 'same' },
      reason: 'incomplete',
    },
  ];
  it.each(broken)('a list $name is a failure', async ({ body, reason = 'malformed' }) => {
    const { arm } = await pages((_, origin) =>
      JSON.parse(JSON.stringify(body).replace('"same"', `"${origin}${scope}/more?page=1"`)),
    );
    expect(await arm.listRoleAssignments(scope, null)).toMatchObject({
      ok: false,
      error: { reason, request: `GET ${scope}/providers/Microsoft.Authorization/roleAssignments` },
    });
  });

  it.each([
    { name: 'null', row: null },
    { name: 'a number', row: 7 },
    { name: 'without properties', row: { id: 'x' } },
    { name: 'with a date that is none', row: { id: 'x', properties: { scope, createdOn: 'soon' } } },
  ])('a row that is $name is handed on or refused, and breaks nothing', async ({ row }) => {
    const { arm } = await pages(() => ({ value: [row] }));
    const answer = await arm.listRoleAssignments(scope, null);
    if (answer.ok) expect(answer.value).toEqual([row]);
    else expect(answer.error.reason).toBe('malformed');
  });
});

describe('role assignments that are refused', () => {
  const cases = [
    { statuses: [403], tries: 1, reason: 'forbidden', waits: [] },
    { statuses: [404], tries: 1, reason: 'not-found', waits: [] },
    { statuses: [429, 200], tries: 2, reason: null, waits: [7_000] },
    { statuses: [503, 503, 200], tries: 3, reason: null, waits: [7_000, 7_000] },
    { statuses: [500], tries: 4, reason: 'server-error', waits: [7_000, 7_000, 7_000] },
  ];
  it.each(cases)('with $statuses, are asked for $tries times', async ({ statuses, tries, reason, waits }) => {
    const server = await serve((_, index) => {
      const status = statuses[Math.min(index, statuses.length - 1)] ?? 200;
      return {
        status,
        headers: { 'retry-after': '7' },
        body: status === 200 ? { value: [] } : { error: { code: 'C' } },
      };
    });
    const { cloud, http, tokens, budget } = dial(server);
    const answer = await createArm(cloud, http, tokens).listRoleAssignments(scope, null);
    expect(answer.ok ? null : answer.error.reason).toBe(reason);
    expect([server.seen.length, budget.waits]).toEqual([tries, waits]);
  });
});

describe('one resource', () => {
  it('is asked for as written', async () => {
    const server = await serve(() => ({ body: { id: 'x' } }));
    expect(await armOf(server).get(`${scope}/resourceGroups/rg`, '2024-04-01')).toEqual({
      ok: true,
      value: { id: 'x' },
    });
    expect(server.seen[0]?.path).toBe(`${scope}/resourceGroups/rg?api-version=2024-04-01`);
  });

  const failing: { name: string; reply: Reply; is: object }[] = [
    {
      name: '403',
      reply: { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } },
      is: { reason: 'forbidden', status: 403, detail: 'HTTP 403, AuthorizationFailed: no' },
    },
    { name: '404', reply: { status: 404, body: {} }, is: { reason: 'not-found', status: 404, detail: 'HTTP 404' } },
    { name: '204', reply: { status: 204 }, is: { reason: 'malformed', status: 204 } },
    {
      name: 'no JSON',
      reply: { text: '<html>' },
      is: { reason: 'malformed', detail: 'the answer is not JSON of the documented shape' },
    },
    { name: 'a redirect', reply: { status: 302, headers: { location: 'https://localhost:1/x' } }, is: { status: 302 } },
    { name: 'a cut connection', reply: null, is: { reason: 'unreachable', status: null } },
    { name: 'silence', reply: 'hang', is: { reason: 'unreachable', detail: 'no whole answer within 0.3 seconds' } },
    {
      name: 'half an answer',
      reply: 'half',
      is: { reason: 'unreachable', detail: 'no whole answer within 0.3 seconds' },
    },
  ];
  it.each(failing)('$name is a failure', async ({ reply, is }) => {
    const arm = armOf(await serve(() => reply), 0);
    expect(await arm.get('/x', '1')).toMatchObject({ ok: false, error: { request: 'GET /x', ...is } });
    expect(await arm.listRoleAssignments(scope, null)).toMatchObject({ ok: false });
  });

  it('needs a sign-in', async () => {
    const server = await serve(() => ({ body: {} }));
    const { cloud, http, budget } = dial(server);
    const refused = { getToken: () => Promise.reject(new Error('AADSTS7000215: wrong')) };
    const arm = createArm(cloud, http, createTokens(refused, budget));
    const error = { reason: 'unauthenticated', detail: 'AADSTS7000215: wrong' };
    for (const answer of [
      await arm.get('/x', '1'),
      await arm.principal(),
      await arm.query('x'),
      await arm.listRoleAssignments(scope, null),
    ])
      expect(answer).toMatchObject({ ok: false, error });
    expect(server.seen).toEqual([]);
  });
});

describe('Resource Graph', () => {
  it('is read page by page', async () => {
    const server = await serve((_, index) => ({
      body: { data: [index], resultTruncated: 'false', ...(index < 4 ? { $skipToken: `t${index}` } : {}) },
    }));
    expect(await armOf(server).query('resources')).toEqual({ ok: true, value: [0, 1, 2, 3, 4] });
    expect(server.seen.map(({ body }) => JSON.parse(body).options)).toEqual(
      [null, 't0', 't1', 't2', 't3'].map((token) => ({
        $top: 1000,
        resultFormat: 'objectArray',
        authorizationScopeFilter: 'AtScopeAboveAndBelow',
        ...(token === null ? {} : { $skipToken: token }),
      })),
    );
  });

  const cases = [
    { name: 'cut without a way on', body: { data: [1], resultTruncated: 'true' }, reason: 'incomplete' },
    { name: 'cut, said by a boolean', body: { data: [1], resultTruncated: true }, reason: 'incomplete' },
    { name: 'that leads to itself', body: { data: [1], $skipToken: 'again' }, reason: 'incomplete' },
    { name: 'that leads on by a number', body: { data: [1], $skipToken: 7 }, reason: 'malformed' },
    { name: 'as a table', body: { data: { columns: [], rows: [] } }, reason: 'malformed' },
    { name: 'without rows', body: {}, reason: 'malformed' },
    { name: 'that is null', body: null, reason: 'malformed' },
  ];
  it.each(cases)('an answer $name is a failure', async ({ body, reason }) => {
    const arm = armOf(await serve(() => ({ body })));
    expect(await arm.query('resources')).toMatchObject({ ok: false, error: { reason } });
  });
});

describe('another host gets nothing', () => {
  it('in a next link', async () => {
    const foreign = await serve(() => ({ body: { value: [] } }));
    const { arm } = await pages(() => ({ value: [assignment(1)], nextLink: `${foreign.origin}${scope}/more` }));
    const answer = await arm.listRoleAssignments(scope, null);
    expect(answer).toMatchObject({ ok: false, error: { reason: 'incomplete' } });
    expect(foreign.seen).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('by a redirect with %i', async (status) => {
    const foreign = await serve(() => ({ body: { value: [], data: [] } }));
    const server = await serve(() => ({ status, headers: { location: `${foreign.origin}/x` } }));
    const arm = armOf(server);
    for (const answer of [await arm.listRoleAssignments(scope, null), await arm.get('/x', '1'), await arm.query('x')])
      expect(answer).toMatchObject({ ok: false, error: { status } });
    expect([foreign.seen, server.seen.length]).toEqual([[], 3]);
  });
});

it('a token that is kept is not asked for again', async () => {
  const server = await serve(() => ({ body: { value: [], data: [] } }));
  const { cloud, http } = dial(server);
  let asked = 0;
  const credential = {
    getToken: async () => {
      asked += 1;
      return { token: canary, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const arm = createArm(cloud, http, createTokens(credential, quickBudget()));
  await Promise.all([arm.principal(), arm.query('x'), arm.get('/x', '1'), arm.listRoleAssignments(scope, null)]);
  expect(asked).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { checkFaults } from '../../src/emulator/fault-file.ts';
import { type Fault, type FaultMatch, type FaultTarget, makeFaults } from '../../src/emulator/faults.ts';
import { askArm, askGraph, credential, send, start, tokenFor } from './connect.ts';
import { SUBSCRIPTION } from './tenant.ts';

const request = (more: Partial<FaultTarget> = {}): FaultTarget => ({
  api: 'graph',
  method: 'GET',
  target: "/v1.0/servicePrincipals?$filter=appId%20eq%20'x'",
  inner: false,
  index: 3,
  ...more,
});

describe('a match', () => {
  test.each<[FaultMatch, boolean]>([
    [{}, true],
    [{ index: 3 }, true],
    [{ index: 4 }, false],
    [{ api: 'graph', method: 'get' }, true],
    [{ api: 'resourceManager' }, false],
    [{ method: 'POST' }, false],
    [{ path: 'servicePrincipals' }, true],
    [{ path: "appId eq 'x'" }, true],
    [{ path: '/SERVICEprincipals\\?/' }, true],
    [{ path: 'applications' }, false],
    [{ path: '/^\\/beta/' }, false],
    [{ inner: true }, false],
    [{ after: 1 }, false],
  ])('%j: %s', (match, expected) => {
    expect(makeFaults([{ match, answer: { cut: true } }])(request()) !== null).toBe(expected);
  });

  test.each<[FaultMatch, string]>([
    [{}, 'x...'],
    [{ times: 2 }, 'xx..'],
    [{ times: 'always' }, 'xxxx'],
    [{ after: 2 }, '..x.'],
    [{ after: 1, times: 2 }, '.xx.'],
  ])('strikes in time: %j', (match, expected) => {
    const fault = makeFaults([{ match, answer: { cut: true } }]);
    expect([0, 1, 2, 3].map(() => (fault(request()) === null ? '.' : 'x')).join('')).toBe(expected);
  });

  test('throttles for ever', () => {
    const fault = makeFaults([{ match: {}, answer: { throttle: 'forever' } }]);
    expect([1, 2, 3].map(() => fault(request()))).toEqual(Array(3).fill({ throttle: 'forever' }));
  });
});

describe('a script', () => {
  test.each<[unknown, string]>([
    [{}, 'a fault script must be a list'],
    [[{}], 'fault 0 has no `match`'],
    [
      [{ match: { url: 'x' }, answer: { cut: true } }],
      'fault 0 matches by `url`, which is none of index, api, method, path, inner, times, after',
    ],
    [
      [{ match: {}, answer: { explode: true } }],
      'fault 0 has no `answer` with one of status, cut, lost, garbage, emptyPageWithNext, hang, redirect, nextLink, throttle',
    ],
  ])('%j is refused', (script, message) => {
    expect(() => checkFaults(script)).toThrow(message);
  });

  test('passes as it is', () => {
    const script: Fault[] = [{ match: { path: '/x/', times: 'always' }, answer: { status: 500 } }];
    expect(checkFaults(script)).toBe(script);
  });
});

const onGraph = (answer: Fault['answer'], more: FaultMatch = {}): Fault => ({
  match: { api: 'graph', times: 'always', ...more },
  answer,
});

describe('an answer', () => {
  test.each<[number, string]>([
    [401, 'InvalidAuthenticationToken'],
    [403, 'Authorization_RequestDenied'],
    [404, 'Request_ResourceNotFound'],
    [429, 'TooManyRequests'],
    [500, 'UnknownError'],
    [503, 'ServiceUnavailable'],
  ])("of status %i has Graph's own body", async (status, code) => {
    const tenant = await start({ faults: [onGraph({ status, retryAfter: 7 })] });
    const answer = await askGraph(tenant, '/groups');
    expect([answer.status, answer.body.error.code, answer.headers.get('retry-after')]).toEqual([status, code, '7']);
    await tenant.close();
  });

  test.each<[number, string]>([
    [403, 'AuthorizationFailed'],
    [429, 'SubscriptionRequestsThrottled'],
    [500, 'InternalServerError'],
  ])("of status %i has ARM's own body", async (status, code) => {
    const tenant = await start({ faults: [{ match: { api: 'resourceManager' }, answer: { status } }] });
    const path = `/subscriptions/${SUBSCRIPTION}?api-version=2022-12-01`;
    const answer = await askArm(tenant, path);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect((await askArm(tenant, path)).status).toBe(200);
    await tenant.close();
  });

  test('can be one that the script wrote', async () => {
    const tenant = await start({ faults: [onGraph({ status: 418, headers: { 'x-a': 'b' }, body: { tea: true } })] });
    const answer = await askGraph(tenant, '/groups');
    expect([answer.status, answer.headers.get('x-a'), answer.body]).toEqual([418, 'b', { tea: true }]);
    await tenant.close();
  });

  test('can be a cut connection, which the log tells', async () => {
    const tenant = await start({ faults: [onGraph({ cut: true })] });
    await expect(askGraph(tenant, '/groups')).rejects.toThrow();
    expect(tenant.requests().at(-1)).toMatchObject({ api: 'graph', status: 0 });
    await tenant.close();
  });

  test('can be garbage', async () => {
    const tenant = await start({ faults: [onGraph({ garbage: true })] });
    await expect(askGraph(tenant, '/groups')).rejects.toThrow(SyntaxError);
    await tenant.close();
  });

  test('can be an empty page that leads to itself', async () => {
    const tenant = await start({ faults: [onGraph({ emptyPageWithNext: true })] });
    const first = await askGraph(tenant, '/groups');
    expect([first.status, first.body.value, first.body['@odata.nextLink']]).toEqual([
      200,
      [],
      `${tenant.cloud.graph}/v1.0/groups`,
    ]);
    await tenant.close();
  });

  test('can be the real one with a next link elsewhere', async () => {
    const tenant = await start({ faults: [onGraph({ nextLink: 'https://evil.example/x' })] });
    const { body } = await askGraph(tenant, '/groups');
    expect([body.value.length, body['@odata.nextLink']]).toEqual([2, 'https://evil.example/x']);
    await tenant.close();
  });

  test('can be a redirect', async () => {
    const tenant = await start({ faults: [onGraph({ redirect: 'https://evil.example/x' })] });
    const token = await tokenFor(tenant, 'graph');
    const response = await fetch(`${tenant.cloud.graph}/v1.0/groups`, {
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://evil.example/x']);
    await tenant.close();
  });

  test('can be late', async () => {
    const tenant = await start({ faults: [onGraph({ hang: 80 })] });
    const started = performance.now();
    expect((await askGraph(tenant, '/groups')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(75);
    await tenant.close();
  });

  test('can hit one request of a batch alone', async () => {
    const tenant = await start({ faults: [onGraph({ status: 429, retryAfter: 3 }, { inner: true, path: 'groups' })] });
    const requests = [
      { id: '1', method: 'GET', url: '/groups' },
      { id: '2', method: 'GET', url: '/users' },
    ];
    const { status, body } = await askGraph(tenant, '/$batch', { method: 'POST', body: JSON.stringify({ requests }) });
    const of = (id: string) => body.responses.find((each: { id: string }) => each.id === id);
    expect([status, of('1').status, of('1').headers['retry-after'], of('2').status]).toEqual([200, 429, '3', 200]);
    await tenant.close();
  });

  test('can hit the token endpoint', async () => {
    const tenant = await start({
      faults: [
        {
          match: { api: 'authority', method: 'POST' },
          answer: { status: 400, body: { error: 'unauthorized_client', error_description: 'AADSTS700016: gone' } },
        },
      ],
    });
    await expect(credential(tenant).getToken('https://graph.microsoft.com/.default')).rejects.toThrow(/700016/);
    await tenant.close();
  });

  test('can hit the id token service', async () => {
    const tenant = await start({ faults: [{ match: { api: 'github' }, answer: { status: 503 } }] });
    expect((await send(tenant.github.oidcUrl, tenant.github.requestToken)).status).toBe(503);
    await tenant.close();
  });

  test('that is lost was carried out', async () => {
    const tenant = await start({ faults: [onGraph({ lost: true }, { times: 1 })] });
    await expect(askGraph(tenant, '/groups')).rejects.toThrow();
    expect((await askGraph(tenant, '/groups')).status).toBe(200);
    await tenant.close();
  });
});

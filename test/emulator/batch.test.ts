import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, start, tokenFor } from './connect.ts';
import { BACKUP_SP, WEAK } from './tenant.ts';

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

const batch = (requests: unknown, emulator = tenant, as?: readonly [string, string]) =>
  askGraph(emulator, '/$batch', { method: 'POST', body: JSON.stringify({ requests }) }, as);
const get = (id: string, url: string, more = {}) => ({ id, method: 'GET', url, ...more });
const statuses = (body: { responses: { id: string; status: number }[] }) =>
  Object.fromEntries(body.responses.map(({ id, status }) => [id, status]).toSorted());

describe('a batch', () => {
  test('hides inner failures behind a 200, in an order of its own', async () => {
    const { status, body } = await batch([
      get('a', `/servicePrincipals/${BACKUP_SP}?$select=id`),
      get('b', '/servicePrincipals/00000000-0000-4000-8000-000000000000'),
      get('c', 'nothing'),
    ]);
    expect([status, statuses(body)]).toEqual([200, { a: 200, b: 404, c: 400 }]);
    expect(body.responses.map(({ id }: { id: string }) => id)).not.toEqual(['a', 'b', 'c']);
    const answer = body.responses.find(({ id }: { id: string }) => id === 'a');
    expect(answer.body.id).toBe(BACKUP_SP);
    expect(answer.headers['Content-Type']).toBe('application/json');
  });

  test('judges permissions request by request', async () => {
    const { status, body } = await batch([get('1', '/applications')], tenant, [WEAK, 'weak-secret']);
    expect([status, statuses(body)]).toEqual([200, { 1: 403 }]);
  });

  test('fails what depends on a failed request', async () => {
    const { body } = await batch([
      get('2', '/groups', { dependsOn: ['1'] }),
      get('1', '/nothing'),
      get('3', '/groups', { dependsOn: ['2'] }),
    ]);
    expect(statuses(body)).toEqual({ 1: 400, 2: 424, 3: 424 });
  });

  test('carries bodies and headers of its requests', async () => {
    const json = { 'Content-Type': 'application/json' };
    const { body } = await batch([
      { id: '1', method: 'POST', url: '/directoryObjects/getByIds', headers: json, body: { ids: [BACKUP_SP] } },
      get('2', '/groups?$count=true&$top=1', { headers: { ConsistencyLevel: 'eventual' } }),
    ]);
    const of = (id: string) => body.responses.find((each: { id: string }) => each.id === id).body;
    expect(of('1').value).toHaveLength(1);
    expect(of('2')['@odata.count']).toBe(2);
    expect(of('2')['@odata.nextLink']).toMatch(/^https:\/\/localhost:\d+\/v1\.0\/groups\?/);
  });

  test('throttles one request alone', async () => {
    const slow = await start({ throttle: { graph: { units: 2, seconds: 10 } } });
    const { status, body } = await batch([get('1', '/groups'), get('2', '/groups'), get('3', '/groups')], slow);
    expect([status, statuses(body)]).toEqual([200, { 1: 200, 2: 200, 3: 429 }]);
    const late = body.responses.find((each: { id: string }) => each.id === '3');
    expect([late.headers['retry-after'], late.body.error.message]).toEqual([
      '5',
      'Your request is throttled temporarily. Please try after 5 seconds.',
    ]);
    await slow.close();
  });

  test.each<[string, unknown, string]>([
    [
      '21 requests',
      Array.from({ length: 21 }, (_, index) => get(String(index), '/groups')),
      'Number of batch request steps exceeds the maximum value of 20.',
    ],
    ['none', [], 'Invalid batch payload format.'],
    [
      'ids that differ in case only',
      [get('a', '/groups'), get('A', '/groups')],
      'Invalid batch payload: request ids must be unique.',
    ],
    ['no id', [{ method: 'GET', url: '/groups' }], "Invalid batch payload: each request needs an 'id'."],
    [
      'an absolute url',
      [get('1', 'https://graph.microsoft.com/v1.0/groups')],
      "Invalid batch payload: the url of request '1' must be relative.",
    ],
    [
      'a body without a type',
      [{ id: '1', method: 'POST', url: '/x', body: {} }],
      "Invalid batch payload: request '1' has a body but no Content-Type header.",
    ],
    [
      'a stray dependency',
      [get('1', '/groups', { dependsOn: ['9'] })],
      "Invalid batch payload: dependsOn names '9', which is no request.",
    ],
    [
      'a circle',
      [get('1', '/groups', { dependsOn: ['2'] }), get('2', '/groups', { dependsOn: ['1'] })],
      'Invalid batch payload: dependsOn goes round in a circle.',
    ],
  ])('is refused whole with %s', async (_, requests, message) => {
    const { status, body } = await batch(requests);
    expect([status, body.error.code, body.error.message]).toEqual([400, 'BadRequest', message]);
  });

  test('is refused without a token', async () => {
    const response = await fetch(`${tenant.cloud.graph}/v1.0/$batch`, { method: 'POST', body: '{"requests":[]}' });
    expect(response.status).toBe(401);
  });
});

describe('the request log', () => {
  test('has one line for the request and one for each inside it', async () => {
    const own = await start();
    await tokenFor(own, 'graph');
    await batch([get('x', '/groups'), { id: 'y', method: 'DELETE', url: '/oauth2PermissionGrants/z' }], own);
    const lines = own.requests().filter(({ api }) => api === 'graph');
    expect(
      lines.map(({ method, path, status, batch: id, index, write }) => [method, path, status, id, index, write]),
    ).toEqual([
      ['GET', '/v1.0/groups', 200, '4/x', 0, false],
      ['DELETE', '/v1.0/oauth2PermissionGrants/z', 403, '4/y', 1, true],
      ['POST', '/v1.0/$batch', 200, null, 4, false],
    ]);
    await own.close();
  });
});

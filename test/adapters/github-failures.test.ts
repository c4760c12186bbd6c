import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import { accessTo, jobToken } from '../support/github-rig.ts';
import { quickBudget } from '../support/https-server.ts';
import { failureOf, servedGitHub } from '../support/served-github.ts';

const serve = servedGitHub();

const limit = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' };
const soon = String(Math.floor(Date.now() / 1000) + 30);
const later = String(Math.floor(Date.now() / 1000) + 3_000);

describe('limits and failures of GitHub', () => {
  it.each<readonly [string, Fault['answer'], number, number]>([
    ['429 with a time', { status: 429, retryAfter: 7 }, 7_000, 8_000],
    ['403 with a time', { status: 403, retryAfter: 7, body: limit }, 7_000, 8_000],
    ['a secondary limit without a word', { status: 403, body: limit }, 60_000, 60_000],
    [
      'a spent hour',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': soon }, body: {} },
      1,
      31_000,
    ],
  ])('%s: a write waits and is sent again', async (_, answer, least, most) => {
    const server = await serve({ faults: [{ match: { method: 'POST' }, answer }] });
    const budget = quickBudget();
    expect(await createGitHub(accessTo(server, { budget })).createComment(7, 'x')).toMatchObject({ ok: true });
    expect(server.comments(7)).toHaveLength(1);
    expect(budget.waits).toHaveLength(1);
    expect(budget.waits[0]).toBeGreaterThanOrEqual(least);
    expect(budget.waits[0]).toBeLessThanOrEqual(most);
  });

  it.each<readonly [string, Fault['answer'], string]>([
    [
      'a limit for an hour',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': later } },
      'throttled',
    ],
    ['a limit that never ends', { throttle: 'forever' }, 'throttled'],
    ['a server that never answers well', { status: 502 }, 'server-error'],
    ['an address that has moved', { redirect: 'https://elsewhere.invalid/' }, 'unreachable'],
    ['a cut connection', { cut: true }, 'unreachable'],
    ['no JSON', { garbage: true }, 'server-error'],
    ['an object where a list belongs', { status: 200, body: {} }, 'server-error'],
    ['a row without an id', { status: 200, body: [{ body: 'x', user: null }] }, 'server-error'],
    [
      'an id beyond whole numbers',
      { status: 200, body: '[{"id":9007199254740993,"body":"x"}]', headers: { 'content-type': 'application/json' } },
      'server-error',
    ],
  ])('%s ends a read as %s', async (_, answer, reason) => {
    const server = await serve({ faults: [{ match: { times: 'always' }, answer }] });
    const budget = quickBudget(60_000);
    expect(failureOf(await createGitHub(accessTo(server, { budget })).listComments(7)).reason).toBe(reason);
    expect(server.exchanges().length).toBeLessThanOrEqual(3);
  });

  it.each<readonly [string, Fault['answer']]>([
    ['502', { status: 502 }],
    ['503 with a time', { status: 503, retryAfter: 1 }],
    ['a cut connection', { cut: true }],
  ])('%s: a read is sent again', async (_, answer) => {
    const server = await serve({ faults: [{ match: { times: 2 }, answer }] });
    server.addComment(7, 'ada', 'x');
    const listed = await createGitHub(accessTo(server, { budget: quickBudget() })).listComments(7);
    expect(listed.ok && listed.value.length).toBe(1);
    expect(server.exchanges()).toHaveLength(3);
  });

  it.each<readonly [string, Fault['answer'], number]>([
    ['502', { status: 502 }, 0],
    ['a lost answer', { lost: true }, 1],
    ['a cut connection', { cut: true }, 0],
    ['a redirect', { redirect: 'http://localhost:9/' }, 0],
  ])('%s: a write is not sent again', async (_, answer, comments) => {
    const server = await serve({ faults: [{ match: {}, answer }] });
    expect((await createGitHub(accessTo(server, { budget: quickBudget() })).createComment(7, 'x')).ok).toBe(false);
    expect(server.exchanges()).toHaveLength(1);
    expect(server.comments(7)).toHaveLength(comments);
  });

  it('an answer that takes too long is told', async () => {
    const server = await serve({ faults: [{ match: {}, answer: { hang: 5_000 } }] });
    const access = accessTo(server, { timeout: 50, budget: quickBudget(0) });
    expect(failureOf(await createGitHub(access).listComments(7))).toMatchObject({
      reason: 'unreachable',
      status: null,
    });
  });

  it('an answer that breaks off is none: a read is sent again, a write is told', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('[', () => response.destroy());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    let requests = 0;
    server.on('request', () => {
      requests += 1;
    });
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const github = createGitHub({ token: jobToken, owner: 'a', repo: 'b', apiUrl, budget: quickBudget() });
    expect(failureOf(await github.listComments(7))).toMatchObject({ reason: 'unreachable', status: null });
    expect(requests).toBe(3);
    expect(failureOf(await github.deleteSuggestion(7))).toMatchObject({ reason: 'unreachable', status: null });
    expect(requests).toBe(4);
    server.closeAllConnections();
    server.close();
  });

  it('a server that is not there is told', async () => {
    const server = await serve();
    const access = accessTo(server, { apiUrl: 'http://127.0.0.1:9', budget: quickBudget(0) });
    expect(failureOf(await createGitHub(access).createComment(7, 'x'))).toMatchObject({
      reason: 'unreachable',
      status: null,
      request: 'POST /repos/…/issues/7/comments',
      needs: 'pull-requests: write',
    });
  });
});

describe('the token', () => {
  it('never leaves for another host, by a redirect or a next page', async () => {
    const stranger = await serve();
    const next = `${stranger.apiUrl}/repos/contoso/backup-access/issues/7/comments?page=2`;
    const server = await serve({
      faults: [
        { match: { index: 0 }, answer: { nextLink: next } },
        { match: { index: 1 }, answer: { redirect: next } },
      ],
    });
    const github = createGitHub(accessTo(server));
    expect(failureOf(await github.listComments(7)).detail).toBe('the next page lies on another host');
    expect(failureOf(await github.listComments(7)).detail).toBe(
      'HTTP 302: the answer leads to another address, which is not followed',
    );
    expect(stranger.exchanges()).toEqual([]);
  });

  it.each(['not an address', 'file:///etc/passwd', '//elsewhere.invalid/x'])('nor for %s', async (nextLink) => {
    const server = await serve({ faults: [{ match: {}, answer: { nextLink } }] });
    expect(failureOf(await createGitHub(accessTo(server)).listComments(7)).reason).toBe('server-error');
    expect(server.exchanges()).toHaveLength(1);
  });

  it('nor is it in what is told, though an answer quotes it', async () => {
    const body = { message: `no ${jobToken}`, errors: ['ghp_other1234', { message: 'eyJhbGciOi.eyJzdWIi.x' }] };
    const server = await serve({ faults: [{ match: {}, answer: { status: 422, body } }] });
    expect(failureOf(await createGitHub(accessTo(server)).createComment(7, 'x')).detail).toBe(
      'HTTP 422, no (token): (token), (token)',
    );
  });

  it('nor is a next page read that was read already', async () => {
    const server = await serve({ faults: [{ match: { times: 'always' }, answer: { emptyPageWithNext: true } }] });
    expect(failureOf(await createGitHub(accessTo(server)).listComments(7)).detail).toBe(
      'the next page is one that was read already',
    );
    expect(server.exchanges()).toHaveLength(2);
  });
});

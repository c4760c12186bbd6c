import { describe, expect, it } from 'vitest';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { type Asked, askGitHub } from '../support/ask-github.ts';
import { servedGitHub } from '../support/served-github.ts';

const start = servedGitHub();
const serve = (options: Parameters<typeof start>[0] = {}) =>
  start({ permissions: { deployments: 'write' }, now: () => new Date('2026-11-25T12:00:00.789Z'), ...options });

const ref = '1'.repeat(40);
const idOf = ({ body }: Asked): number => (body as { readonly id: number }).id;
const message = ({ body }: Asked): string => (body as { readonly message: string }).message;
const create = (server: GitHubServer, more: object = {}): Promise<Asked> =>
  askGitHub(server, 'POST', '/deployments', { ref, ...more });
const statesOf = (server: GitHubServer): readonly (readonly string[])[] =>
  server.deployments().map(({ statuses }) => statuses.map(({ state }) => state));

describe('deployments of the embedded GitHub', () => {
  it('are made, and listed by what is asked for, newest first', async () => {
    const server = await serve();
    const first = await create(server, { task: 'ours', payload: { a: [1] }, environment: 'backup', description: 'x' });
    expect(first).toMatchObject({
      status: 201,
      body: {
        task: 'ours',
        sha: ref,
        environment: 'backup',
        description: 'x',
        payload: { a: [1] },
        created_at: '2026-11-25T12:00:00Z',
        creator: { login: 'github-actions[bot]' },
      },
    });
    const second = await create(server, { task: 'ours' });
    const third = await create(server);
    const listed = async (query: string): Promise<readonly number[]> =>
      ((await askGitHub(server, 'GET', `/deployments${query}`)).body as { readonly id: number }[]).map(({ id }) => id);
    expect(await listed('')).toEqual([third, second, first].map(idOf));
    expect(await listed('?task=ours')).toEqual([second, first].map(idOf));
    expect(await listed('?task=ours&environment=production')).toEqual([idOf(second)]);
    expect(await listed('?per_page=1&page=2')).toEqual([idOf(second)]);
    expect(await listed('?task=none')).toEqual([third, second, first].map(idOf));
  });

  it('success retires those before in the same environment, unless told not to', async () => {
    const server = await serve();
    const made: number[] = [];
    for (const environment of ['backup', 'other', 'backup', 'production', 'production'])
      made.push(idOf(await create(server, { environment })));
    const succeed = (at: number, more: object = {}): Promise<Asked> =>
      askGitHub(server, 'POST', `/deployments/${made[at]}/statuses`, { state: 'success', ...more });
    expect(await succeed(2, { auto_inactive: false })).toMatchObject({ status: 201, body: { state: 'success' } });
    expect(statesOf(server)).toEqual([[], [], ['success'], [], []]);
    await succeed(2);
    await succeed(4);
    expect(statesOf(server)).toEqual([['inactive'], [], ['success', 'success'], [], ['success']]);
  });

  it('statuses are listed newest first', async () => {
    const server = await serve();
    const at = `/deployments/${idOf(await create(server))}/statuses`;
    for (const [state, more] of [
      ['in_progress', {}],
      ['failure', { log_url: 'https://x.example/', description: 'd' }],
    ] as const)
      expect(await askGitHub(server, 'POST', at, { state, ...more })).toMatchObject({ status: 201 });
    expect((await askGitHub(server, 'GET', at)).body).toMatchObject([
      { state: 'failure', log_url: 'https://x.example/', description: 'd' },
      { state: 'in_progress', log_url: '', description: '' },
    ]);
  });

  it.each<readonly [string, object, string]>([
    ['no ref', {}, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
    ['a ref that is no commit', { ref: 'nowhere' }, 'No ref found for: nowhere'],
    ['a payload without end', { ref, payload: 'x'.repeat(65_536) }, 'Validation Failed'],
  ])('refuses %s', async (_, body, text) => {
    const answer = await askGitHub(await serve(), 'POST', '/deployments', body);
    expect([answer.status, message(answer)]).toEqual([422, text]);
  });

  it.each<readonly [string, object, string]>([
    ['no state', {}, 'Invalid request.\n\n"state" wasn\'t supplied.'],
    [
      'a state that is none',
      { state: 'done' },
      'done is not a member of error, failure, inactive, in_progress, queued, pending, success.',
    ],
    [
      'a description without end',
      { state: 'error', description: 'x'.repeat(141) },
      'description is too long (maximum is 140 characters)',
    ],
  ])('refuses a status with %s', async (_, body, text) => {
    const server = await serve();
    const answer = await askGitHub(server, 'POST', `/deployments/${idOf(await create(server))}/statuses`, body);
    expect([answer.status, message(answer)]).toEqual([422, text]);
    expect(statesOf(server)).toEqual([[]]);
  });

  it('knows no others', async () => {
    const server = await serve();
    expect(await askGitHub(server, 'GET', '/deployments/1/statuses')).toMatchObject({ status: 404 });
    expect(await askGitHub(server, 'POST', '/deployments/x/statuses', { state: 'error' })).toMatchObject({
      status: 404,
    });
  });

  it('writes need a token that may', async () => {
    const server = await serve({ permissions: { deployments: 'read' } });
    expect(await create(server)).toMatchObject({ status: 403 });
    expect(await askGitHub(server, 'GET', '/deployments')).toMatchObject({ status: 200, body: [] });
  });
});

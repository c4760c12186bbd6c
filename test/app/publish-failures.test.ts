import { afterEach, describe, expect, it, test } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import { publish } from '../../src/app/publish.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { accessTo, jobPermissions, serveGitHub } from '../support/github-rig.ts';
import { type Parts, publication, run, suggestion } from '../support/publications.ts';

let server: GitHubServer;
afterEach(() => server.close());

const serve = async (options: Parameters<typeof serveGitHub>[0] = {}): Promise<void> => {
  server = await serveGitHub(options);
};
const tell = (parts: Parts) => publish(createGitHub(accessTo(server)), publication(parts));

const without = (...left: readonly string[]) =>
  Object.fromEntries(Object.entries(jobPermissions).filter(([name]) => !left.includes(name)));

describe('a part that fails stops no other', () => {
  test.each<[string, Parameters<typeof serveGitHub>[0], readonly string[], readonly string[]]>([
    ['nothing', {}, [], ['comment', 'check run', 'suggestions']],
    [
      'no pull-requests: write',
      { permissions: { ...without(), 'pull-requests': 'read' } },
      ['comment forbidden', 'suggestions forbidden'],
      ['check run'],
    ],
    ['no checks: write', { permissions: without('checks') }, ['check run forbidden'], ['comment', 'suggestions']],
    [
      'a token that only reads',
      { permissions: { contents: 'read', 'pull-requests': 'read', checks: 'read' } },
      ['comment forbidden', 'check run forbidden', 'suggestions forbidden'],
      [],
    ],
    [
      'comments fail',
      { faults: [{ match: { path: '/issues/', times: 'always' }, answer: { status: 502 } }] },
      ['comment server-error'],
      ['check run', 'suggestions'],
    ],
    [
      'check runs are refused',
      {
        faults: [{ match: { path: '/check-runs', times: 'always' }, answer: { status: 422, body: { message: 'no' } } }],
      },
      ['check run invalid'],
      ['comment', 'suggestions'],
    ],
    [
      'reviews are refused',
      {
        faults: [
          {
            match: { path: '/reviews', method: 'POST', times: 'always' },
            answer: { status: 422, body: { message: 'no' } },
          },
        ],
      },
      ['suggestions invalid'],
      ['comment', 'check run'],
    ],
    [
      'the list of files fails',
      { faults: [{ match: { path: '/files', times: 'always' }, answer: { status: 404 } }] },
      ['suggestions not-found'],
      ['comment', 'check run'],
    ],
  ])('%s', async (_name, options, fails, told) => {
    await serve(options);
    const result = await tell({ comment: 'first', checkRun: run, suggestions: [suggestion(1)] });
    expect(result.notTold.map(({ what, reason }) => `${what} ${reason}`)).toEqual(fails);
    const done = {
      comment: result.comment,
      'check run': result.checkRun,
      suggestions: result.suggestions?.posted === 1 ? 1 : null,
    };
    expect(Object.entries(done).flatMap(([name, value]) => (value === null ? [] : [name]))).toEqual(told);
  });

  it('GitHub is down', async () => {
    await serve();
    await server.close();
    const { notTold } = await tell({ comment: 'first', checkRun: run, suggestions: [suggestion(1)] });
    expect(notTold.map(({ what, reason }) => `${what} ${reason}`)).toEqual([
      'comment unreachable',
      'check run unreachable',
      'suggestions unreachable',
    ]);
    await serve();
  });

  it('a suggestion that cannot be made is our fault, and said', async () => {
    await serve();
    const broken = { ...publication({ comment: 'first', suggestions: [] }) };
    const of = () => {
      throw new Error('no such line');
    };
    const told = await publish(createGitHub(accessTo(server)), {
      ...broken,
      suggestions: { marker: 'm', settled: true, of },
    });
    expect(told.notTold).toEqual([{ what: 'suggestions', reason: 'broken', needs: '', detail: 'no such line' }]);
    expect(told.comment?.how).toBe('created');
  });
});

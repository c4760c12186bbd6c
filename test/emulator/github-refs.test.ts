import { describe, expect, it } from 'vitest';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { askGitHub } from '../support/ask-github.ts';
import { gitRepository } from '../support/git-repository.ts';
import { servedGitHub } from '../support/served-github.ts';

const start = servedGitHub();
const serve = (options: Parameters<typeof start>[0] = {}) =>
  start({ permissions: { contents: 'write' }, now: () => new Date('2026-11-25T12:00:00.789Z'), ...options });

const ref = 'refs/backup-access-guard/lock-x';
const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const commit = async (server: GitHubServer, message: string, ...parents: readonly string[]): Promise<string> => {
  const made = await askGitHub(server, 'POST', '/git/commits', { message, tree, parents });
  expect(made.status).toBe(201);
  return (made.body as { readonly sha: string }).sha;
};
const message = (answer: { readonly body: unknown }): string => (answer.body as { readonly message: string }).message;

describe('commits and refs of the embedded GitHub', () => {
  it('a ref is made once, read, and moved forward only', async () => {
    const server = await serve();
    const first = await commit(server, 'first');
    const second = await commit(server, 'second', first);
    const rival = await commit(server, 'rival', first);
    expect(await askGitHub(server, 'GET', `/git/${ref.replace('refs/', 'ref/')}`)).toMatchObject({ status: 404 });
    expect(await askGitHub(server, 'POST', '/git/refs', { ref, sha: first })).toMatchObject({
      status: 201,
      body: { ref, object: { type: 'commit', sha: first } },
    });
    const again = await askGitHub(server, 'POST', '/git/refs', { ref, sha: first });
    expect([again.status, message(again)]).toEqual([422, 'Reference already exists']);
    expect(await askGitHub(server, 'PATCH', `/git/${ref}`, { sha: second })).toMatchObject({
      status: 200,
      body: { ref, object: { sha: second } },
    });
    for (const sha of [first, rival]) {
      const back = await askGitHub(server, 'PATCH', `/git/${ref}`, { sha, force: false });
      expect([back.status, message(back)]).toEqual([422, 'Update is not a fast forward']);
    }
    expect(await askGitHub(server, 'PATCH', `/git/${ref}`, { sha: second })).toMatchObject({ status: 200 });
    expect(server.refs().get(ref)).toMatchObject({ sha: second, message: 'second', parents: [first] });
    expect(await askGitHub(server, 'PATCH', `/git/${ref}`, { sha: rival, force: true })).toMatchObject({ status: 200 });
    expect(await askGitHub(server, 'DELETE', `/git/${ref}`)).toMatchObject({ status: 204 });
    for (const method of ['DELETE', 'PATCH']) {
      const gone = await askGitHub(server, method, `/git/${ref}`, method === 'PATCH' ? { sha: first } : undefined);
      expect([gone.status, message(gone)]).toEqual([422, 'Reference does not exist']);
    }
  });

  it('of many that move a ref at once, one does', async () => {
    const server = await serve();
    const first = await commit(server, 'first');
    await askGitHub(server, 'POST', '/git/refs', { ref, sha: first });
    const rivals = await Promise.all([1, 2, 3, 4, 5].map((run) => commit(server, `run ${run}`, first)));
    const moved = await Promise.all(rivals.map((sha) => askGitHub(server, 'PATCH', `/git/${ref}`, { sha })));
    expect(moved.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422]);
  });

  it('a commit has the id that Git gives it', async () => {
    const { folder, git, write, commit: put } = gitRepository();
    const head = put({ a: 'a' });
    const files = git('rev-parse', 'HEAD^{tree}');
    const server = await serve({ git: folder });
    const read = await askGitHub(server, 'GET', `/git/commits/${head}`);
    expect(read).toMatchObject({ status: 200, body: { sha: head, tree: { sha: files }, message: 'change\n' } });
    const body = { message: 'a lease\n', tree: files, parents: [head] };
    const made = await askGitHub(server, 'POST', '/git/commits', body);
    const who = `github-actions[bot] <github-actions[bot]@users.noreply.github.com> ${Date.UTC(2026, 10, 25, 12) / 1000} +0000`;
    write({ object: `tree ${files}\nparent ${head}\nauthor ${who}\ncommitter ${who}\n\na lease\n` });
    const sha = git('hash-object', '-t', 'commit', `${folder}/object`);
    expect(made).toMatchObject({ status: 201, body: { sha, message: 'a lease\n', parents: [{ sha: head }] } });
    const wrong = await askGitHub(server, 'POST', '/git/commits', { ...body, tree: head });
    expect([wrong.status, message(wrong)]).toEqual([422, 'Tree SHA does not exist']);
    write({ 'b.md': 'b\n', 'a.md': 'ä\n' });
    git('rm', '-r', '--cached', '--quiet', '.');
    git('add', 'a.md', 'b.md');
    const entry = { mode: '100644', type: 'blob' };
    const entries = [
      { ...entry, path: 'b.md', content: 'b\n' },
      { ...entry, path: 'a.md', content: 'ä\n' },
    ];
    const own = await askGitHub(server, 'POST', '/git/trees', { tree: entries });
    expect(own).toMatchObject({
      status: 201,
      body: { sha: git('write-tree'), tree: [{ path: 'a.md' }, { path: 'b.md' }] },
    });
    const { sha: ownTree } = own.body as { readonly sha: string };
    expect(await askGitHub(server, 'POST', '/git/commits', { ...body, tree: ownTree })).toMatchObject({ status: 201 });
    const orphan = await askGitHub(server, 'POST', '/git/commits', { ...body, parents: ['1'.repeat(40)] });
    expect([orphan.status, message(orphan)]).toEqual([422, 'Parent SHA does not exist or is not a commit object']);
    expect(await askGitHub(server, 'GET', `/git/commits/${'1'.repeat(40)}`)).toMatchObject({ status: 404 });
  });

  it.each<readonly [string, string, string, object, number, string]>([
    [
      'a commit without a message',
      'POST',
      '/git/commits',
      { tree },
      422,
      'Invalid request.\n\n"message" wasn\'t supplied.',
    ],
    ['a tree that is none', 'POST', '/git/commits', { message: 'x', tree: 'main' }, 422, 'Tree SHA does not exist'],
    [
      'a name that is no ref',
      'POST',
      '/git/refs',
      { ref: 'main', sha: '1'.repeat(40) },
      422,
      "Reference name must start with 'refs/'.",
    ],
    ['a commit that is none', 'POST', '/git/refs', { ref, sha: 'main' }, 422, 'Object does not exist'],
    ['a tree of nothing', 'POST', '/git/trees', { tree: [] }, 422, 'Invalid tree info'],
    [
      'a tree with a folder in a name',
      'POST',
      '/git/trees',
      { tree: [{ path: 'a/b', mode: '100644', type: 'blob', content: 'x' }] },
      422,
      'Invalid tree info',
    ],
  ])('refuses %s', async (_, method, path, body, status, text) => {
    const answer = await askGitHub(await serve(), method, path, body);
    expect([answer.status, message(answer)]).toEqual([status, text]);
  });

  it('writes need a token that may', async () => {
    const server = await serve({ permissions: { contents: 'read' } });
    expect(await askGitHub(server, 'POST', '/git/commits', { message: 'x', tree })).toMatchObject({ status: 403 });
    expect(await askGitHub(server, 'POST', '/git/refs', { ref, sha: '1'.repeat(40) })).toMatchObject({ status: 403 });
    expect(await askGitHub(server, 'GET', `/git/commits/${'1'.repeat(40)}`)).toMatchObject({ status: 200 });
  });
});

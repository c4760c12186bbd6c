import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { askGitHub } from '../support/ask-github.ts';
import { gitRepository } from '../support/git-repository.ts';
import { openPull } from '../support/github-rig.ts';
import { answerProblems, requestProblems } from '../support/github-schemas.ts';
import { servedGitHub } from '../support/served-github.ts';

const served = servedGitHub();
const permissions = {
  contents: 'read',
  'pull-requests': 'write',
  checks: 'write',
  'security-events': 'write',
} as const;
const serve = (options: Parameters<typeof served>[0] = {}) => served({ permissions, ...options });

const comments = '/issues/7/comments';

describe('what the embedded GitHub serves', () => {
  it('pages with links', async () => {
    const server = await serve();
    for (let at = 0; at < 65; at += 1) server.addComment(7, 'ada', `${at}`);
    const first = await askGitHub(server, 'GET', comments);
    expect((first.body as unknown[]).length).toBe(30);
    const at = `${server.apiUrl}/repos/contoso/backup-access${comments}`;
    expect(first.headers['link']).toBe(`<${at}?page=2>; rel="next", <${at}?page=3>; rel="last"`);
    const last = await askGitHub(server, 'GET', `${comments}?per_page=30&page=3`);
    expect((last.body as unknown[]).length).toBe(5);
    expect(last.headers['link']).toBe(`<${at}?per_page=30&page=2>; rel="prev"`);
  });

  it('a pull request from a fork, as far as it is told', async () => {
    const server = await serve({ pulls: [openPull({ fork: 'mallory/backup-access' })] });
    const answer = await askGitHub(server, 'GET', '/pulls/7');
    expect(answer.body).toMatchObject({
      number: 7,
      head: { ref: 'backup-of-mail', repo: { full_name: 'mallory/backup-access' } },
      base: { ref: 'main', repo: { full_name: 'contoso/backup-access' } },
    });
    for (const exchange of server.exchanges()) expect(answerProblems(exchange, false)).toEqual([]);
  });

  it('the files of a pull request since it left its base', async () => {
    const repository = gitRepository();
    const start = repository.commit({ 'a.yaml': 'a\nb\n', 'b c.yaml': 'x\n' });
    repository.git('checkout', '--quiet', '-b', 'topic');
    const head = repository.commit({ 'a.yaml': 'a\nB\n', 'b c.yaml': null });
    repository.git('checkout', '--quiet', 'main');
    const base = repository.commit({ 'later.yaml': 'on main alone\n' });
    expect(base).not.toBe(start);
    const server = await serve({ git: repository.folder, pulls: [openPull({ baseSha: base, headSha: head })] });
    const answer = await askGitHub(server, 'GET', '/pulls/7/files');
    expect(answer.body).toMatchObject([
      { filename: 'a.yaml', status: 'modified', additions: 1, deletions: 1, patch: '@@ -1,2 +1,2 @@\n a\n-b\n+B' },
      { filename: 'b c.yaml', status: 'removed', additions: 0, deletions: 1, sha: null },
    ]);
    for (const exchange of server.exchanges()) expect(answerProblems(exchange, true)).toEqual([]);
  });

  it('an upload of SARIF, which it keeps', async () => {
    const server = await serve();
    const sarif = gzipSync(JSON.stringify({ version: '2.1.0', runs: [] })).toString('base64');
    const body = { commit_sha: '1'.repeat(40), ref: 'refs/heads/main', sarif };
    expect((await askGitHub(server, 'POST', '/code-scanning/sarifs', body)).status).toBe(202);
    expect(server.sarifs().map(({ id: _, ...rest }) => rest)).toEqual([
      { commit: body.commit_sha, ref: body.ref, sarif },
    ]);
    for (const exchange of server.exchanges())
      expect([requestProblems(exchange), answerProblems(exchange, true)]).toEqual([[], []]);
  });

  it('what people do meanwhile', async () => {
    const server = await serve();
    const comment = server.addComment(7, 'ada', 'x');
    server.deleteComment(comment.id);
    expect((await askGitHub(server, 'GET', comments)).body).toEqual([]);
    server.putPull(openPull({ number: 9 }));
    expect((await askGitHub(server, 'GET', '/issues/9/comments')).status).toBe(200);
  });
});

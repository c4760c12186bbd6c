import { describe, expect, it } from 'vitest';
import { askGitHub } from '../support/ask-github.ts';
import { approvedMerge, gatePermissions, mergedRepository } from '../support/gate-rig.ts';
import { at, checkName } from '../support/gate-world.ts';
import { gitRepository } from '../support/git-repository.ts';
import { jobToken, openPull } from '../support/github-rig.ts';
import { servedGitHub } from '../support/served-github.ts';

const served = servedGitHub();
const serve = (options: Parameters<typeof served>[0] = {}) => served({ permissions: gatePermissions, ...options });
const rowsIn = (body: unknown): readonly Record<string, unknown>[] => body as readonly Record<string, unknown>[];

describe('what the embedded GitHub tells of a merge', () => {
  it.each<readonly [string, string, string]>([
    ['GET', '', 'metadata=read'],
    ['GET', '/branches/main', 'contents=read'],
    ['GET', '/commits', 'contents=read'],
    [`GET`, `/commits/${'1'.repeat(40)}/pulls`, 'pull_requests=read'],
    [`GET`, `/commits/${'1'.repeat(40)}/check-runs`, 'checks=read'],
    ['GET', '/pulls/7/commits', 'pull_requests=read'],
    ['GET', '/pulls/7/reviews', 'pull_requests=read'],
    ['GET', '/activity', 'contents=read'],
    ['GET', '/collaborators/bob/permission', 'metadata=read'],
    ['GET', '/environments/production', 'actions=read'],
    ['GET', '/actions/runs/99', 'actions=read'],
    ['GET', '/actions/runs/99/approvals', 'actions=read'],
  ])('%s %s takes %s', async (method, path, accepts) => {
    const at = `/repos/contoso/backup-access${path}`;
    const { status, headers } = await askGitHub(await serve({ permissions: {} }), method, at);
    expect(headers['x-accepted-github-permissions'] ?? 'metadata=read').toBe(accepts);
    expect(status === 403).toBe(accepts !== 'metadata=read');
  });

  it('of an organisation only to a token that may know', async () => {
    const settings = { teams: { 'Contoso/Owners': ['Bob'] } };
    const ask = async (permissions: typeof gatePermissions, login: string): Promise<number> =>
      (await askGitHubAt(await serve({ settings, permissions }), `/orgs/contoso/teams/owners/memberships/${login}`))
        .status;
    expect([await ask({}, 'bob'), await ask(gatePermissions, 'bob'), await ask(gatePermissions, 'eve')]).toEqual([
      403, 200, 404,
    ]);
  });

  it.each([
    ['admin', 'admin'],
    ['maintain', 'write'],
    ['write', 'write'],
    ['triage', 'read'],
    ['read', 'read'],
  ] as const)('%s as %s', async (role, permission) => {
    const server = await serve();
    server.setRole('Bob', role);
    const { body } = await askGitHub(server, 'GET', '/collaborators/bob/permission');
    expect(body).toMatchObject({ permission, role_name: role, user: { login: 'Bob' } });
    server.setRole('bob', null);
    expect((await askGitHub(server, 'GET', '/collaborators/bob/permission')).status).toBe(404);
  });

  it('every push, newest first, and pushes of pull requests by themselves', async () => {
    const server = await serve({ now: () => new Date(at('08:00')) });
    server.putPull(openPull({ headSha: '2'.repeat(40) }));
    server.putPull(openPull({ headSha: '2'.repeat(40), author: 'eve' }));
    server.addPush({ ref: 'refs/heads/next', before: '0', after: '1', at: at('09:00'), by: null, type: 'push' });
    const { body } = await askGitHub(server, 'GET', '/activity?ref=backup-of-mail');
    expect(rowsIn(body).map(({ after, activity_type: type, timestamp }) => [after, type, timestamp])).toEqual([
      ['2'.repeat(40), 'push', at('08:00')],
      ['1'.repeat(40), 'branch_creation', at('08:00')],
    ]);
    expect(rowsIn((await askGitHub(server, 'GET', '/activity')).body).map(({ ref }) => ref)).toEqual([
      'refs/heads/next',
      'refs/heads/backup-of-mail',
      'refs/heads/backup-of-mail',
    ]);
  });

  it('the first 250 commits of a pull request, though it counts all', async () => {
    const repository = gitRepository();
    const base = repository.commit({ a: 'a' });
    for (let count = 0; count < 252; count += 1) repository.git('commit', '--quiet', '--allow-empty', '--message', 'x');
    const headSha = repository.git('rev-parse', 'HEAD');
    const server = await serve({ git: repository.folder, pulls: [openPull({ headSha, baseSha: base })] });
    const last = await askGitHub(server, 'GET', '/pulls/7/commits?per_page=100&page=3');
    expect(rowsIn(last.body)).toHaveLength(50);
    expect((await askGitHub(server, 'GET', '/pulls/7')).body).toMatchObject({
      commits: 252,
      merged: false,
      merged_at: null,
    });
  }, 30_000);

  it('the newest check run of a name, or all of them', async () => {
    const server = await approvedMerge(served, mergedRepository());
    const head = server.checkRuns()[0]?.headSha ?? '';
    const output = { title: 'x', summary: 'x' };
    await askGitHub(server, 'POST', '/check-runs', { name: checkName, head_sha: head, conclusion: 'success', output });
    await askGitHub(server, 'POST', '/check-runs', { name: 'other', head_sha: head, conclusion: 'success', output });
    const count = async (query: string): Promise<unknown> =>
      ((await askGitHub(server, 'GET', `/commits/${head}/check-runs${query}`)).body as { total_count: unknown })
        .total_count;
    const named = `?check_name=${encodeURIComponent(checkName)}`;
    expect([await count(''), await count(named), await count(`${named}&filter=all`)]).toEqual([2, 1, 2]);
  });

  it('reviews as they were written through it', async () => {
    const server = await serve();
    await askGitHub(server, 'POST', '/pulls/7/reviews', { event: 'APPROVE', body: 'fine' });
    server.putReview({ pull: 7, author: null, state: 'PENDING', commit: null, submittedAt: null });
    const { body } = await askGitHub(server, 'GET', '/pulls/7/reviews');
    expect(body).toMatchObject([
      { state: 'APPROVED', body: 'fine', user: { login: 'github-actions[bot]' }, commit_id: openPull().headSha },
      { state: 'PENDING', user: null, commit_id: null },
    ]);
    expect(rowsIn(body)[1]).not.toHaveProperty('submitted_at');
  });
});

const askGitHubAt = async (server: { readonly apiUrl: string }, path: string): Promise<Response> =>
  fetch(server.apiUrl + path, { headers: { authorization: `Bearer ${jobToken}` } });

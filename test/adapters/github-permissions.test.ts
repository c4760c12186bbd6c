import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import { createRepositoryFiles } from '../../src/adapters/github-files.ts';
import type { GitHubAccess } from '../../src/adapters/github-requests.ts';
import type { Told } from '../../src/core/github.ts';
import type { GitHubPermissions, GitHubServer } from '../../src/emulator/github-state.ts';
import { gitRepository } from '../support/git-repository.ts';
import { accessTo, jobAuthor } from '../support/github-rig.ts';
import { answerProblems } from '../support/github-schemas.ts';
import { failureOf, servedGitHub } from '../support/served-github.ts';

const serve = servedGitHub();

const sha = '1'.repeat(40);
const told = { title: 'x', summary: 'x', text: null, externalId: null, annotations: [] };
const checkRun = { name: 'x', headSha: sha, conclusion: 'neutral', ...told } as const;
const suggestion = { path: 'a.yaml', startLine: 1, line: 1, body: 'x' };
const repository = gitRepository();
const commit = repository.commit({ 'a.yaml': 'a' });
const blob = repository.git('rev-parse', 'HEAD:a.yaml');

/** Everything that can be asked, on a server that holds one comment and one suggestion. */
const asked: Readonly<Record<string, (access: GitHubAccess, server: GitHubServer) => Promise<Told<unknown>>>> = {
  listComments: (access) => createGitHub(access).listComments(7),
  createComment: (access) => createGitHub(access).createComment(7, 'x'),
  updateComment: (access, server) => createGitHub(access).updateComment(server.comments(7)[0]?.id ?? 0, 'x'),
  createCheckRun: (access) => createGitHub(access).createCheckRun({ ...checkRun, headSha: commit }),
  listChangedFiles: (access) => createGitHub(access).listChangedFiles(7),
  listSuggestions: (access) => createGitHub(access).listSuggestions(7),
  createReview: (access) => createGitHub(access).createReview(8, commit, [suggestion]),
  deleteSuggestion: (access, server) => createGitHub(access).deleteSuggestion(server.reviewComments(7)[0]?.id ?? 0),
  listFiles: (access) => createRepositoryFiles(access).list(commit),
  readFile: (access) => createRepositoryFiles(access).read(blob),
};

const serveWith = async (permissions: GitHubPermissions): Promise<GitHubServer> => {
  const root = repository.git('commit-tree', '-m', 'empty', repository.git('mktree', '--missing'));
  const pull = { author: 'ada', headRef: 'topic', baseRef: 'main', fork: null };
  const pulls = [7, 8].map((number) => ({ ...pull, number, headSha: commit, baseSha: root }));
  const server = await serve({ permissions, git: repository.folder, pulls });
  server.addComment(7, jobAuthor, 'x');
  const at = { review: 1, pull: 7, author: jobAuthor, commit, startLine: null };
  server.addReviewComment({ ...at, ...suggestion, startLine: null });
  return server;
};

const everything: GitHubPermissions = { contents: 'read', 'pull-requests': 'write', checks: 'write' };
type Case = readonly [name: string, needs: string, enough: GitHubPermissions];
const cases: readonly Case[] = [
  ['listComments', 'pull-requests: read', { 'pull-requests': 'read' }],
  ['listComments', 'pull-requests: read', { issues: 'read' }],
  ['createComment', 'pull-requests: write', { 'pull-requests': 'write' }],
  ['createComment', 'pull-requests: write', { issues: 'write' }],
  ['updateComment', 'pull-requests: write', { 'pull-requests': 'write' }],
  ['createCheckRun', 'checks: write', { checks: 'write' }],
  ['listChangedFiles', 'pull-requests: read', { 'pull-requests': 'read' }],
  ['listSuggestions', 'pull-requests: read', { 'pull-requests': 'write' }],
  ['createReview', 'pull-requests: write', { 'pull-requests': 'write' }],
  ['deleteSuggestion', 'pull-requests: write', { 'pull-requests': 'write' }],
  ['listFiles', 'contents: read', { contents: 'read' }],
  ['readFile', 'contents: read', { contents: 'read' }],
];

describe('the permissions of a token', () => {
  it.each(cases)('%s needs %s, %o is enough', async (name, _, enough) => {
    const server = await serveWith(enough);
    expect(await asked[name]?.(accessTo(server), server)).toMatchObject({ ok: true });
  });

  it.each(cases)('%s without %s is told', async (name, needs, enough) => {
    const [held = ''] = Object.keys(enough);
    const lacking = name.startsWith('list') || name === 'readFile' ? {} : { [held]: 'read' as const };
    const server = await serveWith({ ...lacking, 'security-events': 'write' });
    const failure = failureOf((await asked[name]?.(accessTo(server), server)) ?? { ok: true, value: null });
    expect(failure).toEqual({
      reason: 'forbidden',
      status: 403,
      request: failure.request,
      needs,
      detail: 'HTTP 403, Resource not accessible by integration',
    });
    expect(server.exchanges()).toHaveLength(1);
    const [exchange] = server.exchanges();
    if (exchange !== undefined && name === 'createComment') expect(answerProblems(exchange, true)).toEqual([]);
  });

  it.each(Object.keys(asked))('%s by an unknown token is told, without the token', async (name) => {
    const server = await serveWith(everything);
    const told = (await asked[name]?.(accessTo(server, { token: 'ghs_stranger' }), server)) ?? {
      ok: true,
      value: null,
    };
    expect(failureOf(told)).toMatchObject({ reason: 'forbidden', status: 401, detail: 'HTTP 401, Bad credentials' });
    expect(JSON.stringify(told)).not.toContain('stranger');
  });

  it.each([
    ['organization_projects=admin; checks=write', 'checks: write'],
    ['contents=write,workflows=write; administration=write', 'contents: write, workflows: write'],
    ['', 'checks: write'],
    ['</b>=write', 'checks: write'],
    [`${'x'.repeat(99)}=write`, 'checks: write'],
  ])('GitHub asking for `%s` is told as %s', async (accepts, needs) => {
    const headers = { 'x-accepted-github-permissions': accepts };
    const server = await serve({ faults: [{ match: {}, answer: { status: 403, headers, body: { message: 'no' } } }] });
    expect(failureOf(await createGitHub(accessTo(server)).createCheckRun(checkRun)).needs).toBe(needs);
  });
});

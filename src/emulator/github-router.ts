import { type ApiRequest, json, type Reply } from './api-request.ts';
import type { GitHubCall, GitHubContext } from './github-call.ts';
import { createCheckRun, updateCheckRun } from './github-checks.ts';
import { createComment, listComments, updateComment } from './github-comments.ts';
import {
  createDeployment,
  createDeploymentStatus,
  listDeploymentStatuses,
  listDeployments,
} from './github-deployments.ts';
import { readBlob, readTree } from './github-git.ts';
import { listCommits, listPullCommits, listPullsOfCommit, readBranch } from './github-history.ts';
import { listFiles, readPull } from './github-pulls.ts';
import { createCommit, createRef, createTree, deleteRef, moveRef, readCommit, readRef } from './github-refs.ts';
import { GitHubRefusal, gitHubErrorBody, gitHubErrorOfStatus, notFoundOnGitHub } from './github-refusal.ts';
import { listActivity, readMembership, readPermission, readRepository } from './github-repository.ts';
import { createReview, deleteReviewComment, listReviewComments, listReviews } from './github-reviews.ts';
import { listCheckRuns, listRunReviews, readEnvironment, readRun } from './github-runs.ts';
import { uploadSarif } from './github-sarif.ts';
import type { GitHubPermissions, GitHubToken } from './github-state.ts';
import type { Api } from './http.ts';

interface Operation {
  readonly method: string;
  /** Below the repository, each variable part as `{}`. */
  readonly path: string;
  /** Sets of permissions, each of which is enough (source: docs.github.com, permissions required for GitHub Apps). */
  readonly accepts: string;
  readonly run: (call: GitHubCall) => Reply | Promise<Reply>;
}

const writesComments = 'issues=write; pull_requests=write';
const operations: readonly Operation[] = [
  { method: 'GET', path: '/issues/{}/comments', accepts: 'issues=read; pull_requests=read', run: listComments },
  { method: 'POST', path: '/issues/{}/comments', accepts: writesComments, run: createComment },
  { method: 'PATCH', path: '/issues/comments/{}', accepts: writesComments, run: updateComment },
  { method: 'POST', path: '/check-runs', accepts: 'checks=write', run: createCheckRun },
  { method: 'PATCH', path: '/check-runs/{}', accepts: 'checks=write', run: updateCheckRun },
  { method: 'POST', path: '/pulls/{}/reviews', accepts: 'pull_requests=write', run: createReview },
  { method: 'GET', path: '/pulls/{}/comments', accepts: 'pull_requests=read', run: listReviewComments },
  { method: 'DELETE', path: '/pulls/comments/{}', accepts: 'pull_requests=write', run: deleteReviewComment },
  { method: 'GET', path: '/pulls/{}/files', accepts: 'pull_requests=read', run: listFiles },
  { method: 'GET', path: '/pulls/{}', accepts: 'pull_requests=read', run: readPull },
  { method: 'GET', path: '/git/trees/{}', accepts: 'contents=read', run: readTree },
  { method: 'GET', path: '/git/blobs/{}', accepts: 'contents=read', run: readBlob },
  { method: 'POST', path: '/git/trees', accepts: 'contents=write', run: createTree },
  { method: 'GET', path: '/git/commits/{}', accepts: 'contents=read', run: readCommit },
  { method: 'POST', path: '/git/commits', accepts: 'contents=write', run: createCommit },
  { method: 'GET', path: '/git/ref/{}/{}', accepts: 'contents=read', run: readRef },
  { method: 'POST', path: '/git/refs', accepts: 'contents=write', run: createRef },
  { method: 'PATCH', path: '/git/refs/{}/{}', accepts: 'contents=write', run: moveRef },
  { method: 'DELETE', path: '/git/refs/{}/{}', accepts: 'contents=write', run: deleteRef },
  { method: 'GET', path: '/deployments', accepts: 'deployments=read', run: listDeployments },
  { method: 'POST', path: '/deployments', accepts: 'deployments=write', run: createDeployment },
  { method: 'GET', path: '/deployments/{}/statuses', accepts: 'deployments=read', run: listDeploymentStatuses },
  { method: 'POST', path: '/deployments/{}/statuses', accepts: 'deployments=write', run: createDeploymentStatus },
  { method: 'GET', path: '', accepts: 'metadata=read', run: readRepository },
  { method: 'GET', path: '/branches/{}', accepts: 'contents=read', run: readBranch },
  { method: 'GET', path: '/commits', accepts: 'contents=read', run: listCommits },
  { method: 'GET', path: '/commits/{}/pulls', accepts: 'pull_requests=read', run: listPullsOfCommit },
  { method: 'GET', path: '/commits/{}/check-runs', accepts: 'checks=read', run: listCheckRuns },
  { method: 'GET', path: '/pulls/{}/commits', accepts: 'pull_requests=read', run: listPullCommits },
  { method: 'GET', path: '/pulls/{}/reviews', accepts: 'pull_requests=read', run: listReviews },
  { method: 'GET', path: '/activity', accepts: 'contents=read', run: listActivity },
  { method: 'GET', path: '/collaborators/{}/permission', accepts: 'metadata=read', run: readPermission },
  { method: 'GET', path: '/environments/{}', accepts: 'actions=read', run: readEnvironment },
  { method: 'GET', path: '/actions/runs/{}', accepts: 'actions=read', run: readRun },
  { method: 'GET', path: '/actions/runs/{}/approvals', accepts: 'actions=read', run: listRunReviews },
  { method: 'POST', path: '/code-scanning/sarifs', accepts: 'security_events=write', run: uploadSarif },
];

/** Of an organisation, whoever owns the repository. */
const outside: readonly Operation[] = [
  { method: 'GET', path: '/orgs/{}/teams/{}/memberships/{}', accepts: 'members=read', run: readMembership },
];

const grants = (permissions: GitHubPermissions, accepts: string): boolean =>
  accepts.split('; ').some((set) =>
    set.split(',').every((wanted) => {
      const [name = '', level] = wanted.split('=');
      const held = permissions[name.replaceAll('_', '-')];
      // Every token may know of the repository.
      return wanted === 'metadata=read' || held === 'write' || held === level;
    }),
  );

const partsOf = (pattern: string, path: string): readonly string[] | null => {
  const [wanted, found] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== found.length) return null;
  const fits = wanted.every((part, at) => part === '{}' || part === found[at]);
  return fits ? found.filter((_, at) => wanted[at] === '{}').map(decodeURIComponent) : null;
};

const tokenOf = (context: GitHubContext, request: ApiRequest): GitHubToken | null => {
  const [, shown] = /^(?:token|bearer) (.+)$/i.exec(request.headers['authorization'] ?? '') ?? [];
  return context.options.tokens.find(({ token }) => token === shown) ?? null;
};

const answer = async (context: GitHubContext, request: ApiRequest): Promise<Reply> => {
  const token = tokenOf(context, request);
  if (token === null) {
    if (request.headers['authorization'] === undefined) throw notFoundOnGitHub();
    throw new GitHubRefusal(401, 'Bad credentials');
  }
  const { basePath = '', repository } = context.options;
  const prefix = `${basePath}/repos/${repository}`;
  const isHere = `${request.path}/`.toLowerCase().startsWith(`${prefix}/`.toLowerCase());
  const path = request.path.slice(isHere ? prefix.length : basePath.length);
  for (const { method, path: pattern, accepts, run } of isHere ? operations : outside) {
    const parts = method === request.method ? partsOf(pattern, path) : null;
    if (parts === null) continue;
    const headers = { 'x-accepted-github-permissions': accepts };
    if (!grants(token.permissions, accepts))
      return json(gitHubErrorBody(403, 'Resource not accessible by integration'), 403, headers);
    const reply = await run({ context, request, token, parts });
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }
  throw notFoundOnGitHub();
};

/** The REST API of one repository on GitHub. */
export const makeGitHubApi = (context: GitHubContext): Api => ({
  handle: async (request) => {
    try {
      return await answer(context, request);
    } catch (error) {
      if (!(error instanceof GitHubRefusal)) throw error;
      return json(gitHubErrorBody(error.status, error.message, error.errors), error.status);
    }
  },
  callerOf: (request) => tokenOf(context, request)?.author ?? null,
  errorBody: gitHubErrorOfStatus,
  emptyPage: () => [],
  addressOf: (target) => `${new URL(context.url).origin}${target}`,
});

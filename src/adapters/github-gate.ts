import type { GatePort, StoredPlan } from '../core/gate-port.ts';
import type { Told } from '../core/github.ts';
import { ok } from '../core/result.ts';
import { MalformedAnswer, objectOf, requiredListOf } from '../core/wire.ts';
import { readTree } from './github-files.ts';
import {
  environmentOf,
  isActive,
  mergedNumberOf,
  pathCommitOf,
  permissionOf,
  pullCommitOf,
  pullOf,
  pushOf,
  repositoryOf,
  reviewOf,
  runOf,
  runReviewOf,
  storedPlanOf,
  tipOf,
} from './github-gate-rows.ts';
import { createGitHubRequests, type GitHubAccess } from './github-requests.ts';
import { numberOf } from './github-rows.ts';

/** What a workflow has to grant (source: docs.github.com, permissions required for GitHub Apps). */
const needs = {
  repository: 'metadata: read',
  contents: 'contents: read',
  pulls: 'pull-requests: read',
  checks: 'checks: read',
  actions: 'actions: read',
  members: 'members: read',
} as const;

/** Rows of a page, and pages of check runs: GitHub tells of the last 1,000 suites only (source: GitHub REST API). */
const rowsAtOnce = 100;
const pagesAtMost = 10;
const commitsAtMost = 10;

const rowsOf = <T>(body: unknown, read: (row: unknown) => T): readonly T[] => {
  if (!Array.isArray(body)) throw new MalformedAnswer('the answer is not the list that was asked for');
  return body.map(read);
};

/** What isn't there is told as `absent`: nothing else that goes wrong is. */
const orAbsent = <T, A>(told: Told<T>, absent: A): Told<T | A> =>
  !told.ok && told.error.status === 404 ? ok(absent) : told;

const present = <T>(told: Told<readonly (T | null)[]>): Told<readonly T[]> =>
  told.ok ? ok(told.value.filter((row) => row !== null)) : told;

/** What the gate reads: it has no request that writes. */
export const createGitHubGate = (access: GitHubAccess): GatePort => {
  const { ask, askAll } = createGitHubRequests(access);

  const listPlans = async (commit: string, name: string): Promise<Told<readonly StoredPlan[]>> => {
    const plans: StoredPlan[] = [];
    for (let page = 1; ; page += 1) {
      const told = await ask(
        'GET /repos/{owner}/{repo}/commits/{commit}/check-runs',
        { commit, check_name: name, filter: 'all', per_page: rowsAtOnce, page },
        needs.checks,
        (body) => {
          const answer = objectOf(body, 'the answer');
          const total = numberOf(answer, 'total_count');
          const rows = requiredListOf(answer, 'check_runs').map(storedPlanOf);
          if (rows.length === 0 && plans.length < total) throw new MalformedAnswer('check runs are missing');
          if (page >= pagesAtMost && plans.length + rows.length < total)
            throw new MalformedAnswer('there are more check runs than anybody can look through');
          return { total, rows };
        },
      );
      if (!told.ok) return told;
      plans.push(...told.value.rows);
      if (plans.length >= told.value.total) return ok(plans);
    }
  };

  return {
    readRepository: () => ask('GET /repos/{owner}/{repo}', {}, needs.repository, repositoryOf),
    readBranch: (branch) =>
      ask('GET /repos/{owner}/{repo}/branches/{branch}', { branch }, needs.contents, (body) => tipOf(body, branch)),
    listPullsOf: async (commit) =>
      present(
        await askAll('GET /repos/{owner}/{repo}/commits/{commit}/pulls', { commit }, needs.pulls, mergedNumberOf),
      ),
    readPull: (pull) =>
      ask('GET /repos/{owner}/{repo}/pulls/{pull}', { pull }, needs.pulls, (body) => pullOf(body, pull)),
    listCommits: (pull) =>
      askAll('GET /repos/{owner}/{repo}/pulls/{pull}/commits', { pull }, needs.pulls, pullCommitOf),
    listReviews: (pull) => askAll('GET /repos/{owner}/{repo}/pulls/{pull}/reviews', { pull }, needs.pulls, reviewOf),
    readPermission: async (login) =>
      orAbsent(
        await ask('GET /repos/{owner}/{repo}/collaborators/{login}/permission', { login }, needs.repository, (body) =>
          permissionOf(body, login),
        ),
        null,
      ),
    isTeamMember: async (org, team, login) =>
      orAbsent(
        await ask(
          'GET /orgs/{org}/teams/{team}/memberships/{login}',
          { owner: undefined, repo: undefined, org, team, login },
          needs.members,
          isActive,
        ),
        false,
      ),
    listPushes: async (branch) => {
      const ref = `refs/heads/${branch}`;
      return present(
        await askAll('GET /repos/{owner}/{repo}/activity', { ref }, needs.contents, (row) => pushOf(row, ref)),
      );
    },
    listFiles: (commit) =>
      ask('GET /repos/{owner}/{repo}/git/trees/{commit}', { commit, recursive: '1' }, needs.contents, readTree),
    listPlans,
    listCommitsOf: (commit, path) =>
      ask('GET /repos/{owner}/{repo}/commits', { sha: commit, path, per_page: commitsAtMost }, needs.contents, (body) =>
        rowsOf(body, pathCommitOf),
      ),
    readEnvironment: async (name) =>
      orAbsent(
        await ask('GET /repos/{owner}/{repo}/environments/{name}', { name }, needs.actions, (body) =>
          environmentOf(body, name),
        ),
        null,
      ),
    readRun: (run) =>
      ask('GET /repos/{owner}/{repo}/actions/runs/{run}', { run }, needs.actions, (body) => runOf(body, run)),
    listRunReviews: (run) =>
      ask('GET /repos/{owner}/{repo}/actions/runs/{run}/approvals', { run }, needs.actions, (body) =>
        rowsOf(body, runReviewOf),
      ),
  };
};

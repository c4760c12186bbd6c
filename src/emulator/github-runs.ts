import { json, type Reply } from './api-request.ts';
import { type GitHubCall, type GitHubContext, idIn, partOf } from './github-call.ts';
import type { GitHubEnvironment, GitHubRun } from './github-gate-state.ts';
import { notFoundOnGitHub } from './github-refusal.ts';
import { checkRunRow, repoUrl, userRow } from './github-rows.ts';
import type { Json } from './json.ts';

const environmentHead = (context: GitHubContext, name: string): Json => ({
  id: 161_088_068,
  node_id: Buffer.from(`EN${name}`).toString('base64url'),
  name,
  url: `${repoUrl(context)}/environments/${encodeURIComponent(name)}`,
  html_url: `https://github.com/${context.options.repository}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
});

const environmentRow = (context: GitHubContext, { name, reviewers, branches }: GitHubEnvironment): Json => {
  const asked = reviewers.map((reviewer) => {
    const [, team] = /^@[^/]+\/(.+)$/.exec(reviewer) ?? [];
    return team === undefined
      ? { type: 'User', reviewer: userRow(context, reviewer) }
      : { type: 'Team', reviewer: { id: 1, slug: team, name: team } };
  });
  const ofPeople = {
    id: 3736,
    node_id: 'R1',
    type: 'required_reviewers',
    prevent_self_review: false,
    reviewers: asked,
  };
  const ofBranches = { id: 3755, node_id: 'R2', type: 'branch_policy' };
  return {
    ...environmentHead(context, name),
    protection_rules: [...(reviewers.length > 0 ? [ofPeople] : []), ...(branches === 'all' ? [] : [ofBranches])],
    deployment_branch_policy:
      branches === 'all'
        ? null
        : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'named' },
  };
};

/** `GET …/environments/{name}`. */
export const readEnvironment = (call: GitHubCall): Reply => {
  const found = call.context.store.gate.environments.get(partOf(call, 0).toLowerCase());
  if (found === undefined) throw notFoundOnGitHub();
  return json(environmentRow(call.context, found));
};

const runIn = (call: GitHubCall): GitHubRun => {
  const run = call.context.store.gate.runs.get(idIn(call, 0));
  if (run === undefined) throw notFoundOnGitHub();
  return run;
};

/** `GET …/actions/runs/{id}`: only what tells what started it, and who. */
export const readRun = (call: GitHubCall): Reply => {
  const { context } = call;
  const { id, event, sha, attempt, startedAt, actor, starter } = runIn(call);
  return json({
    id,
    event,
    head_branch: context.store.gate.defaultBranch,
    head_sha: sha,
    run_attempt: attempt,
    run_started_at: startedAt,
    created_at: startedAt,
    status: 'in_progress',
    conclusion: null,
    url: `${repoUrl(context)}/actions/runs/${id}`,
    html_url: `https://github.com/${context.options.repository}/actions/runs/${id}`,
    actor: userRow(context, actor),
    triggering_actor: userRow(context, starter),
  });
};

/** `GET …/actions/runs/{id}/approvals`. */
export const listRunReviews = (call: GitHubCall): Reply => {
  const { context } = call;
  const rows = runIn(call).reviews.map(({ by, state, environments }) => ({
    state,
    comment: '',
    environments: environments.map((name) => environmentHead(context, name)),
    user: by === null ? null : userRow(context, by),
  }));
  return json(rows);
};

/** `GET …/commits/{sha}/check-runs?check_name=&filter=`, newest first. */
export const listCheckRuns = (call: GitHubCall): Reply => {
  const { context, request } = call;
  const { query } = request;
  const sha = partOf(call, 0);
  const name = query.get('check_name');
  const all = [...context.store.checkRuns.values()]
    .filter((run) => run.headSha === sha && (name === null || run.name === name))
    .reverse();
  const latest = all.filter((run, at) => all.findIndex((one) => one.name === run.name && one.app === run.app) === at);
  const shown = query.get('filter') === 'all' ? all : latest;
  const asked = Math.min(100, Number(query.get('per_page') ?? 30));
  const size = Math.min(asked, context.options.pageSize ?? asked);
  const page = Number(query.get('page') ?? 1);
  const rows = shown.slice((page - 1) * size, page * size).map((run) => checkRunRow(context, run));
  return json({ total_count: shown.length, check_runs: rows });
};

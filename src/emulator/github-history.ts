import { json, type Reply } from './api-request.ts';
import { type GitHubCall, type GitHubContext, partOf } from './github-call.ts';
import { pullIn } from './github-comments.ts';
import { commitRow, commitsOf, logOf } from './github-commits.ts';
import { askGit, commitExists } from './github-git.ts';
import { pageReply } from './github-page.ts';
import { pullRow } from './github-pulls.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { repoUrl } from './github-rows.ts';
import type { GitHubPull } from './github-state.ts';

/** GitHub lists no more of a pull request's commits (source: GitHub REST API, pull requests). */
const commitsAtMost = 250;

/** `GET …/pulls/{number}/commits`. */
export const listPullCommits = async (call: GitHubCall): Promise<Reply> => {
  const commits = await commitsOf(call.context, pullIn(call, 0));
  if (commits === null) throw notFoundOnGitHub();
  return pageReply(call, commits.slice(0, commitsAtMost), (commit) => commitRow(call.context, commit));
};

/** Did a pull request bring a commit: its own, the merge, or what a rebase made of its own? */
const isOf = async (context: GitHubContext, pull: GitHubPull, sha: string): Promise<boolean> => {
  if (sha === pull.merge?.commit || pull.merge?.copies?.includes(sha) === true) return true;
  return (await commitsOf(context, pull))?.some((commit) => commit.sha === sha) === true;
};

/** `GET …/commits/{sha}/pulls`. */
export const listPullsOfCommit = async (call: GitHubCall): Promise<Reply> => {
  const { context } = call;
  const sha = partOf(call, 0);
  if (!(await commitExists(context.options.git, sha))) throw new GitHubRefusal(422, `No commit found for SHA: ${sha}`);
  const found: GitHubPull[] = [];
  for (const pull of context.store.pulls.values()) if (await isOf(context, pull, sha)) found.push(pull);
  return pageReply(call, found, (pull) => pullRow(context, pull));
};

/** `GET …/commits?sha=&path=`, newest first. */
export const listCommits = async (call: GitHubCall): Promise<Reply> => {
  const { query } = call.request;
  const { git } = call.context.options;
  const path = query.get('path');
  const from = query.get('sha') ?? call.context.store.gate.defaultBranch;
  const place = path === null ? [] : ['--', `:(literal)${path}`];
  const commits = git === undefined || from.startsWith('-') ? null : await logOf(git, from, ...place);
  if (commits === null) throw notFoundOnGitHub();
  return pageReply(call, commits, (commit) => commitRow(call.context, commit));
};

/** `GET …/branches/{branch}`. */
export const readBranch = async (call: GitHubCall): Promise<Reply> => {
  const { context } = call;
  const name = partOf(call, 0);
  const { git } = context.options;
  const told = git === undefined ? null : await askGit(git, 'rev-parse', '--verify', `refs/heads/${name}^{commit}`);
  const sha = context.store.gate.branches.get(name) ?? told?.toString('utf8').trim();
  if (sha === undefined) throw new GitHubRefusal(404, 'Branch not found');
  const url = `${repoUrl(context)}/branches/${encodeURIComponent(name)}`;
  return json({
    name,
    commit: { sha, url: `${repoUrl(context)}/commits/${sha}` },
    _links: { self: url, html: `https://github.com/${context.options.repository}/tree/${name}` },
    protected: true,
    protection_url: `${url}/protection`,
  });
};

import { json, type Reply } from './api-request.ts';
import type { GitHubCall, GitHubContext } from './github-call.ts';
import { pullIn } from './github-comments.ts';
import { commitsOf } from './github-commits.ts';
import { type DiffFile, diffOf } from './github-diff.ts';
import { pageReply } from './github-page.ts';
import { pullPage, repoUrl, userRow } from './github-rows.ts';
import type { GitHubPull } from './github-state.ts';
import type { Json } from './json.ts';

const side = (context: GitHubContext, repository: string, ref: string, sha: string): Json => {
  const [owner = '', name = ''] = repository.split('/');
  const repo = { name, full_name: repository, fork: repository !== context.options.repository };
  return { label: `${owner}:${ref}`, ref, sha, user: userRow(context, owner), repo };
};

/** A pull request as lists show it: only what tells whose it is, what it compares and what became of it. */
export const pullRow = (context: GitHubContext, pull: GitHubPull): Json => ({
  url: `${repoUrl(context)}/pulls/${pull.number}`,
  html_url: pullPage(context, pull.number),
  number: pull.number,
  state: pull.merge === undefined ? 'open' : 'closed',
  draft: false,
  user: userRow(context, pull.author),
  head: side(context, pull.fork ?? context.options.repository, pull.headRef, pull.headSha),
  base: side(context, context.options.repository, pull.baseRef, pull.baseSha),
  merged_at: pull.merge?.at ?? null,
  merge_commit_sha: pull.merge?.commit ?? null,
});

/** `GET …/pulls/{number}`. */
export const readPull = async (call: GitHubCall): Promise<Reply> => {
  const { context } = call;
  const pull = pullIn(call, 0);
  const commits = await commitsOf(context, pull);
  return json({ ...pullRow(context, pull), merged: pull.merge !== undefined, commits: commits?.length ?? 1 });
};

const fileRow = (context: GitHubContext, pull: GitHubPull, file: DiffFile): Json => {
  const page = `https://github.com/${context.options.repository}`;
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const starting = (sign: string): number =>
    (file.patch ?? '').split('\n').filter((line) => line.startsWith(sign)).length;
  const [additions, deletions] = [starting('+'), starting('-')];
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${page}/blob/${pull.headSha}/${path}`,
    raw_url: `${page}/raw/${pull.headSha}/${path}`,
    contents_url: `${repoUrl(context)}/contents/${path}?ref=${pull.headSha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  };
};

/** `GET …/pulls/{number}/files`. */
export const listFiles = async (call: GitHubCall): Promise<Reply> => {
  const pull = pullIn(call, 0);
  const { git } = call.context.options;
  const files = git === undefined ? [] : await diffOf(git, pull);
  return pageReply(call, files, (file) => fileRow(call.context, pull, file));
};

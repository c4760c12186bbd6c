import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openGit, parentsOfMerge } from './adapters/git.ts';
import type { GitHubAccess } from './adapters/github-requests.ts';
import { type BaseFiles, baseFromGitHub } from './core/base-files.ts';
import { ok, type Result } from './core/result.ts';

/** The two commits of a pull request, or of a group in a merge queue. */
export interface ComparedCommits {
  readonly baseSha: string;
  readonly headSha: string;
}

/** The folder in which the repository of a path is checked out; `fallback` where no Git is around it. */
export const checkoutOf = (path: string, fallback: string): string => {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return resolve(fallback);
  }
};

/** Opens the files of a commit, from the checkout where that holds it, else from GitHub. `head`: what they are held against. */
export const openCommit = async (
  commit: string,
  head: string,
  root: string,
  access: GitHubAccess | null,
): Promise<Result<BaseFiles, string>> => {
  const local = await openGit(commit, root);
  if (local.ok) return ok({ ...local.value, head });
  if (access === null) return local;
  const { createRepositoryFiles } = await import('./adapters/github-files.ts');
  return ok(baseFromGitHub(createRepositoryFiles(access), { base: commit, head, root }));
};

/**
 * Opens what a pull request is compared with: from the checkout where that holds the commit, else from GitHub. Where the
 * merge is checked out, its base's side counts: the event may tell an older one, and what others merged since would
 * look like this pull request's doing.
 */
export const openBase = async (
  { baseSha, headSha }: ComparedCommits,
  root: string,
  access: GitHubAccess | null,
): Promise<Result<BaseFiles, string>> => {
  const [first, second] = await parentsOfMerge(root);
  const base = first !== undefined && second === headSha ? first : baseSha;
  // Lines are told, and led to, on the pull request's own commit: a merge that was only tried is soon forgotten.
  return openCommit(base, headSha, root, access);
};

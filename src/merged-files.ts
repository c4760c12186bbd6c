import { openGit } from './adapters/git.ts';
import type { GitHubAccess } from './adapters/github-requests.ts';
import type { Refusal } from './core/apply.ts';
import { baseFromGitHub } from './core/base-files.ts';
import type { Config } from './core/config.ts';
import { err, ok, type Result } from './core/result.ts';
import { loadBase } from './load-base.ts';
import { loadFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';

/** The commits of a push, and where their files are. */
export interface PushedCommits {
  /** Commit that the branch was at before the push. */
  readonly before: string;
  /** Commit that it is at since: what is to be applied. */
  readonly after: string;
  readonly root: string;
  readonly access: GitHubAccess;
}

/** What of a push matters: its files that govern, and what governed before. */
export interface MergedFiles {
  /** Files that govern the run and were changed by the push. */
  readonly changed: readonly string[];
  /** The configuration as it was before: nobody lowers the bar by which he is measured. */
  readonly config: Config;
}

const refusal = (code: string, why: string, wayForward: string): Refusal => ({ code, why, wayForward });

const open = async (commit: string, { root, access, after }: PushedCommits) => {
  const local = await openGit(commit, root);
  if (local.ok) return local.value;
  const { createRepositoryFiles } = await import('./adapters/github-files.ts');
  return baseFromGitHub(createRepositoryFiles(access), { base: commit, head: after, root });
};

/**
 * Compares what is checked out with the commit that was pushed, byte by byte as Git has it, and with the one before: only
 * what is merged is ever applied.
 */
export const mergedFiles = async (
  commits: PushedCommits,
  options: CheckOptions,
): Promise<Result<MergedFiles, Refusal>> => {
  const files = await loadFiles(options);
  const pushed = await loadBase(await open(commits.after, commits), files, options);
  if (!pushed.ok || pushed.value.files.length > 0)
    return err(
      refusal(
        'checkout-differs',
        pushed.ok
          ? `\`${pushed.value.files[0]}\` is not as the pushed commit has it`
          : `the files of the pushed commit can't be read: ${pushed.error}`,
        'check out the commit of the event with `actions/checkout`, and have no step before this one change policies',
      ),
    );
  const earlier = await loadBase(await open(commits.before, commits), files, options);
  if (!earlier.ok)
    return err(
      refusal(
        'base-unreadable',
        `what governed before the push can't be read: ${earlier.error}`,
        'mend it by a pull request of its own, whose plan is empty, and merge the change after it',
      ),
    );
  const { files: changed, parsed } = earlier.value;
  return ok({ changed, config: parsed?.config ?? files.config });
};

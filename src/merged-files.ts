import type { GitHubAccess } from './adapters/github-requests.ts';
import type { Refusal } from './core/apply.ts';
import type { Config } from './core/config.ts';
import { err, ok, type Result } from './core/result.ts';
import { type LoadedBase, loadBase } from './load-base.ts';
import type { LoadedFiles } from './load-files.ts';
import { openCommit } from './open-base.ts';
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

/**
 * Compares the files as they were read with the commit that was pushed, byte by byte as Git has it, and with the one before:
 * only what is merged is ever applied.
 */
export const mergedFiles = async (
  { before, after, root, access }: PushedCommits,
  files: LoadedFiles,
  options: CheckOptions,
): Promise<Result<MergedFiles, Refusal>> => {
  const load = async (commit: string): Promise<Result<LoadedBase, string>> => {
    const opened = await openCommit(commit, after, root, access);
    return opened.ok ? loadBase(opened.value, files, options) : opened;
  };
  const pushed = await load(after);
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
  const earlier = await load(before);
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

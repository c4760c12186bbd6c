import type { GitHubFailure, RepositoryFile, RepositoryFiles } from './github.ts';
import { err, ok, type Result } from './result.ts';

/** The files of the commit that a pull request is compared with. A refusal is one sentence that a report can hold. */
export interface BaseFiles {
  /** Commit id. */
  readonly base: string;
  /** Commit that is checked out; `null` where that isn't known. */
  readonly head: string | null;
  /** Where the repository's files lie on this disk, absolute. */
  readonly root: string;
  /** What lies at these paths of the repository, and below them. */
  readonly list: (under: readonly string[]) => Promise<Result<readonly RepositoryFile[], string>>;
  /** A file's text by the `sha` of the list. */
  readonly read: (sha: string) => Promise<Result<string, string>>;
}

/** Does a path of a repository lie at, or below, another one? The empty one is the repository itself. */
export const isAtOrBelow = (path: string, under: string): boolean =>
  under === '' || path === under || path.startsWith(`${under}/`);

const tell = ({ request, detail, needs, reason }: GitHubFailure): string =>
  `GitHub did not tell the files of the base (\`${request}\`: ${detail})${reason === 'forbidden' ? `, which needs \`${needs}\`` : ''}`;

/** The same from GitHub, for a checkout that doesn't hold the commit. */
export const baseFromGitHub = (
  files: RepositoryFiles,
  { base, head, root }: Pick<BaseFiles, 'base' | 'head' | 'root'>,
): BaseFiles => ({
  base,
  head,
  root,
  list: async (under) => {
    const listed = await files.list(base);
    if (!listed.ok) return err(tell(listed.error));
    return ok(listed.value.filter(({ path }) => under.some((one) => isAtOrBelow(path, one))));
  },
  read: async (sha) => {
    const text = await files.read(sha);
    return text.ok ? text : err(tell(text.error));
  },
});

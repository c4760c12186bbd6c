import type { GitHubContext } from './github-call.ts';
import { askGit } from './github-git.ts';
import { repoUrl, userRow } from './github-rows.ts';
import type { GitHubPull } from './github-state.ts';
import type { Json } from './json.ts';

interface Author {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** A commit as Git tells of it. */
export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Author;
  readonly committer: Author;
  readonly message: string;
}

const form = ['%H', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x1f');

/** Commits as Git lists them; `null` where it fails. */
export const logOf = async (folder: string, ...words: readonly string[]): Promise<readonly Commit[] | null> => {
  const listed = await askGit(folder, 'log', '-z', `--format=${form}`, ...words);
  if (listed === null) return null;
  const told = listed.toString('utf8');
  return told === ''
    ? []
    : told
        .split('\0')
        .filter((one) => one !== '')
        .map(commitOf);
};

const commitOf = (told: string): Commit => {
  const [sha = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', ...message] = told.split('\x1f');
  const date = (text: string): string => `${new Date(text).toISOString().slice(0, 19)}Z`;
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, date: date(ad) },
    committer: { name: cn, email: ce, date: date(cd) },
    message: message.join('\x1f').trimEnd(),
  };
};

/** The account that GitHub takes an address for; `null` for none. */
const loginOf = ({ store }: GitHubContext, email: string): string | null =>
  store.gate.addresses.get(email.toLowerCase()) ??
  /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(email)?.[1] ??
  (email === 'noreply@github.com' ? 'web-flow' : null);

/** A commit as GitHub shows it. */
export const commitRow = (context: GitHubContext, commit: Commit): Json => {
  const account = ({ email }: Author): Json | null => {
    const login = loginOf(context, email);
    return login === null ? null : userRow(context, login);
  };
  const url = `${repoUrl(context)}/commits/${commit.sha}`;
  const page = `https://github.com/${context.options.repository}/commit`;
  return {
    url,
    sha: commit.sha,
    node_id: Buffer.from(`C${commit.sha}`).toString('base64url'),
    html_url: `${page}/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${repoUrl(context)}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.sha, url: `${repoUrl(context)}/git/trees/${commit.sha}` },
    },
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${repoUrl(context)}/commits/${sha}`,
      html_url: `${page}/${sha}`,
    })),
  };
};

/** Without a repository a pull request has one commit, of its author. */
const lone = ({ headSha, baseSha, author }: GitHubPull): Commit => {
  const who = { name: author, email: `${author}@users.noreply.github.com`, date: '2026-01-01T00:00:00Z' };
  return { sha: headSha, parents: [baseSha], author: who, committer: who, message: 'change' };
};

/** Commits of a pull request, oldest first; `null`: Git doesn't know them. */
export const commitsOf = async (context: GitHubContext, pull: GitHubPull): Promise<readonly Commit[] | null> => {
  const { git } = context.options;
  if (git === undefined) return [lone(pull)];
  return logOf(git, '--reverse', '--topo-order', pull.headSha, `^${pull.baseSha}`);
};

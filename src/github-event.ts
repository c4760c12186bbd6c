import { UsageError } from './options.ts';

/** A commit on a branch of a repository. */
export interface EventSide {
  readonly sha: string;
  /** Name of the branch. */
  readonly ref: string;
  /** `owner/name`; `null` for a fork that is deleted. */
  readonly repository: string | null;
}

/** A pull request was opened or pushed to, or something else happened to it. */
export interface PullRequestEvent {
  readonly kind: 'pull-request';
  readonly action: string;
  readonly number: number;
  readonly head: EventSide;
  readonly base: EventSide;
  /** Does the head come from another repository? */
  readonly fork: boolean;
  /** Login of whoever opened it. */
  readonly author: string;
  /** Did Dependabot cause this run? It gets no secrets, and a token that only reads unless the job's `permissions` say more. */
  readonly dependabot: boolean;
}

/** A pull request waits in the merge queue: `head` is what the branch would be. */
export interface MergeGroupEvent {
  readonly kind: 'merge-group';
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** Commits were pushed; `before` is `null` for a new branch, `after` for a deleted one. */
export interface PushEvent {
  readonly kind: 'push';
  readonly before: string | null;
  readonly after: string | null;
  readonly ref: string;
}

/** What started a workflow, as far as it matters here. */
export type GitHubEvent =
  | PullRequestEvent
  | MergeGroupEvent
  | PushEvent
  | { readonly kind: 'other'; readonly name: string };

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A payload in which fields are told by their whole path. */
const reader = (event: string, payload: unknown) => {
  const fail = (path: string, what: string): never => {
    throw new UsageError(`the payload of \`${event}\` has no ${what} at \`${path}\``);
  };
  const at = (path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>((value, key) => (isJson(value) && Object.hasOwn(value, key) ? value[key] : undefined), payload);
  const text = (path: string, pattern: RegExp, what: string): string => {
    const value = at(path);
    return typeof value === 'string' && pattern.test(value) ? value : fail(path, what);
  };
  return {
    at,
    sha: (path: string) => text(path, /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'commit'),
    // Names of branches hold neither blanks nor control characters (source: git-check-ref-format).
    ref: (path: string) => text(path, /^[^\s\p{Cc}]{1,1024}$/u, 'branch'),
    repository: (path: string) => text(path, /^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'repository'),
    login: (path: string) => text(path, /^[\w.-]{1,100}(?:\[bot\])?$/, 'login'),
    word: (path: string) => text(path, /^[a-z_]{1,60}$/, 'word'),
    number: (path: string): number => {
      const value = at(path);
      return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : fail(path, 'number');
    },
  };
};

type Reader = ReturnType<typeof reader>;

const dependabot = 'dependabot[bot]';

const pullRequest = (read: Reader): PullRequestEvent => {
  const side = (name: 'head' | 'base'): EventSide => {
    const at = `pull_request.${name}`;
    const gone = name === 'head' && (read.at(`${at}.repo`) ?? null) === null;
    const repository = gone ? null : read.repository(`${at}.repo.full_name`);
    return { sha: read.sha(`${at}.sha`), ref: read.ref(`${at}.ref`), repository };
  };
  const [head, base] = [side('head'), side('base')];
  // Whose account is deleted has none: GitHub shows it as `ghost`.
  const author = (read.at('pull_request.user') ?? null) === null ? 'ghost' : read.login('pull_request.user.login');
  const sender = read.at('sender.login');
  return {
    kind: 'pull-request',
    action: read.word('action'),
    number: read.number('pull_request.number'),
    head,
    base,
    fork: head.repository?.toLowerCase() !== base.repository?.toLowerCase(),
    author,
    dependabot: (typeof sender === 'string' ? sender : author) === dependabot,
  };
};

const push = (read: Reader): PushEvent => {
  const commit = (path: string): string | null => (/^0+$/.test(read.sha(path)) ? null : read.sha(path));
  return { kind: 'push', before: commit('before'), after: commit('after'), ref: read.ref('ref') };
};

/** Reads what started a workflow. Throws `UsageError` where the payload lacks what the event always has. */
export const parseGitHubEvent = (name: string, payload: unknown): GitHubEvent => {
  const read = reader(name, payload);
  if (name === 'pull_request') return pullRequest(read);
  if (name === 'push') return push(read);
  if (name !== 'merge_group') return { kind: 'other', name };
  return {
    kind: 'merge-group',
    headSha: read.sha('merge_group.head_sha'),
    baseSha: read.sha('merge_group.base_sha'),
    baseRef: read.ref('merge_group.base_ref'),
  };
};

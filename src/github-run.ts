import { readFile } from 'node:fs/promises';
import type { GitHubAccess } from './adapters/github-requests.ts';
import { type GitHubEvent, parseGitHubEvent } from './github-event.ts';

/** What a workflow run is about: a pull request, or a group of them in a merge queue. */
export interface ChangeUnderReview {
  /** Number of the pull request; `null` in a merge queue. */
  readonly pull: number | null;
  readonly headSha: string;
  readonly baseSha: string;
  /** Is it by GitHub's design that the token of such a run may only read: a fork's, or one that Dependabot caused? */
  readonly onlyReads: boolean;
}

/** The repository that a run belongs to, and how to reach it. */
export interface RepositoryOfRun {
  readonly access: GitHubAccess;
  readonly repositoryUrl: string;
  readonly runUrl: string | null;
}

const changeOf = (event: GitHubEvent): ChangeUnderReview | null => {
  if (event.kind === 'merge-group')
    return { pull: null, headSha: event.headSha, baseSha: event.baseSha, onlyReads: false };
  if (event.kind !== 'pull-request') return null;
  const { number: pull, head, base, fork, dependabot } = event;
  return { pull, headSha: head.sha, baseSha: base.sha, onlyReads: fork || dependabot };
};

/** What the run is about, by the event's file that the runner wrote; `null`: neither. Throws `UsageError`. */
export const readChange = async (environment: NodeJS.ProcessEnv): Promise<ChangeUnderReview | null> => {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  if (event !== 'pull_request' && event !== 'merge_group') return null;
  return changeOf(parseGitHubEvent(event, JSON.parse(await readFile(environment['GITHUB_EVENT_PATH'] ?? '', 'utf8'))));
};

/** The repository by the runner's own variables, so that every GitHub is its own; `null` without a token. */
export const readRepository = (environment: NodeJS.ProcessEnv, token: string): RepositoryOfRun | null => {
  const [owner = '', repo = ''] = (environment['GITHUB_REPOSITORY'] ?? '').split('/');
  const apiUrl = environment['GITHUB_API_URL'] ?? '';
  if ([token, owner, repo, apiUrl].includes('')) return null;
  const repositoryUrl = `${environment['GITHUB_SERVER_URL'] ?? ''}/${owner}/${repo}`;
  const run = environment['GITHUB_RUN_ID'] ?? '';
  return {
    access: { token, owner, repo, apiUrl },
    repositoryUrl,
    runUrl: /^\d+$/.test(run) ? `${repositoryUrl}/actions/runs/${run}` : null,
  };
};

import type { Refusal } from '../core/apply.ts';
import type { GitHubFailure } from '../core/github.ts';

const mostNamed = 5;

/** Some things by name, and how many more there are. */
export const nameSome = (names: readonly string[]): string => {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (more > 0 ? `, and ${more} more` : '');
};

export const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const refuse = (code: string, why: string, wayForward: string): Refusal => ({ code, why, wayForward });

/** A token of a workflow can't have it, whatever the job grants (source: docs.github.com, permissions of GITHUB_TOKEN). */
const ofOrganisation = 'members: read';

const wayOf = ({ reason, needs }: GitHubFailure): string => {
  if (reason === 'forbidden' && needs === ofOrganisation)
    return "name people instead of teams as approvers, or hand the action a GitHub App's token with `members: read`: a job's own can't have it";
  if (reason === 'forbidden') return `give the token of the job \`${needs}\`, then run the job again`;
  if (reason === 'not-found')
    return `see that it is there, and that the token of the job has \`${needs}\`, then run the job again`;
  return 'run the job again; if it goes on, see https://www.githubstatus.com';
};

/** Something that the gate judges by could not be read: it stays closed. */
export const unreadable = (failure: GitHubFailure): Refusal =>
  refuse(
    'gate-unreadable',
    `GitHub did not tell what the approval hangs on: \`${failure.request}\`: ${failure.detail} (it takes \`${failure.needs}\`)`,
    wayOf(failure),
  );

import type { Refusal } from '../core/apply.ts';
import type { GitHubFailure } from '../core/github.ts';

/** A failure in one line: what was asked, and what came of it. */
export const tellFailure = ({ request, detail }: GitHubFailure): string => `\`${request}\` failed: ${detail}`;

const wayForwardOf = ({ reason, needs }: GitHubFailure): string => {
  if (reason === 'forbidden' || reason === 'not-found')
    return `grant the job \`${needs}\` under \`permissions\` of the workflow, then apply again`;
  if (reason === 'throttled') return 'apply again when GitHub takes requests again, within an hour';
  return 'apply again; if it stays so, look at githubstatus.com and at the message above';
};

/** Nothing may be written because GitHub didn't do what was asked: `doing` says what that was for. */
export const gitHubRefusal = (code: string, doing: string, failure: GitHubFailure): Refusal => ({
  code,
  why: `${doing}: ${tellFailure(failure)}`,
  wayForward: wayForwardOf(failure),
});

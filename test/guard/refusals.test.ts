import { describe, expect, it } from 'vitest';
import type { GitHubFailure } from '../../src/core/github.ts';
import { nameSome, unreadable } from '../../src/guard/refusals.ts';

const failure = (reason: GitHubFailure['reason'], needs = 'actions: read'): GitHubFailure => ({
  ...{ reason, status: 403, request: 'GET /repos/…/actions/runs/99', needs, detail: 'HTTP 403, no' },
});

describe('what could not be read', () => {
  it.each<readonly [string, GitHubFailure, string]>([
    ['forbidden', failure('forbidden'), 'give the token of the job `actions: read`, then run the job again'],
    [
      'of the organisation',
      failure('forbidden', 'members: read'),
      "name people instead of teams as approvers, or hand the action a GitHub App's token with `members: read`: a job's own can't have it",
    ],
    [
      'not there',
      failure('not-found'),
      'see that it is there, and that the token of the job has `actions: read`, then run the job again',
    ],
    [
      'not there, of the organisation',
      failure('not-found', 'members: read'),
      'see that it is there, and that the token of the job has `members: read`, then run the job again',
    ],
    ['throttled', failure('throttled'), 'run the job again; if it goes on, see https://www.githubstatus.com'],
    ['broken', failure('server-error'), 'run the job again; if it goes on, see https://www.githubstatus.com'],
  ])('%s: what to do', (_, given, wayForward) => {
    expect(unreadable(given)).toEqual({
      code: 'gate-unreadable',
      why: `GitHub did not tell what the approval hangs on: \`GET /repos/…/actions/runs/99\`: HTTP 403, no (it takes \`${given.needs}\`)`,
      wayForward,
    });
  });
});

it.each<readonly [readonly string[], string]>([
  [['a'], 'a'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e, and 2 more'],
])('names %j', (names, told) => {
  expect(nameSome(names)).toBe(told);
});

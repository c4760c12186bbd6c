import { describe, expect, it } from 'vitest';
import {
  environmentOf,
  isActive,
  mergedNumberOf,
  permissionOf,
  pullCommitOf,
  pullOf,
  pushOf,
  reviewOf,
  runOf,
  runReviewOf,
  storedPlanOf,
  tipOf,
} from '../../src/adapters/github-gate-rows.ts';
import { at, shaOf } from '../support/gate-world.ts';

const sha = shaOf('a');
const user = { login: 'ada', type: 'User' };
const repo = { full_name: 'contoso/x' };
const pull = {
  ...{ number: 7, user, merged: true, merged_at: at('10:00'), merge_commit_sha: sha, commits: 1 },
  ...{ base: { ref: 'main', repo }, head: { sha, ref: 'mail', repo } },
};
const told = { author: { email: 'a@x.example' }, committer: { email: '' }, message: '' };
const review = { id: 1, user, state: 'APPROVED', commit_id: sha, submitted_at: at('09:00') };
const push = { ref: 'refs/heads/mail', after: sha, timestamp: at('08:00'), actor: user, activity_type: 'push' };
const run = {
  ...{ id: 99, event: 'schedule', head_sha: sha, run_attempt: 1, run_started_at: at('08:00') },
  ...{ actor: null, triggering_actor: user },
};
const plan = {
  ...{ id: 1, name: 'x', head_sha: sha, app: null, status: 'in_progress', external_id: '' },
  output: { text: null },
};

describe('rows of the gate', () => {
  it.each<readonly [string, unknown, unknown]>([
    ['a pull request that isn’t merged', pullOf({ ...pull, merged: false, merged_at: null }, 7).mergeCommit, null],
    ['an author who is gone', pullOf({ ...pull, user: null }, 7).author, null],
    ['a fork that is gone', pullOf({ ...pull, head: { ...pull.head, repo: null } }, 7).headRepository, null],
    ['a bot', pullOf({ ...pull, user: { login: 'x[bot]', type: 'Bot' } }, 7).author?.isBot, true],
    ['an open pull request', mergedNumberOf({ number: 8, merged_at: null }), null],
    [
      'addresses without accounts',
      pullCommitOf({ sha, commit: told, author: null, committer: {} }).committer,
      { login: null, email: '' },
    ],
    [
      'a review that isn’t submitted',
      reviewOf({ ...review, state: 'PENDING', submitted_at: undefined }).submittedAt,
      null,
    ],
    ['a reviewed commit that is gone', reviewOf({ ...review, commit_id: null }).commit, null],
    ['a membership that isn’t accepted', isActive({ state: 'pending' }), false],
    [
      'the deletion of a branch',
      pushOf({ ...push, activity_type: 'branch_deletion', after: shaOf('0') }, push.ref),
      null,
    ],
    ['a change of a kind to come', pushOf({ ...push, activity_type: 'teleport' }, push.ref)?.after, sha],
    ['a check that runs', storedPlanOf(plan).completedAt, null],
    [
      'an environment for all',
      environmentOf(
        { name: 'Prod', protection_rules: [{ type: 'wait_timer' }], deployment_branch_policy: null },
        'prod',
      ),
      { reviewers: 0, limitsBranches: false },
    ],
    ['whoever caused a run and is gone', runOf(run, '99').actor, null],
  ])('%s', (_, value, wanted) => {
    expect(value).toEqual(wanted);
  });

  it.each<readonly [string, () => unknown, string]>([
    ['no object', () => pullOf(null, 7), 'the pull request is null where an object belongs'],
    ['another pull request', () => pullOf(pull, 8), 'the answer tells of another pull request'],
    [
      'a merge that contradicts itself',
      () => pullOf({ ...pull, merged: false }, 7),
      '`merged` and `merged_at` contradict each other',
    ],
    ['a short commit', () => pullOf({ ...pull, merge_commit_sha: 'abc' }, 7), '`merge_commit_sha` is no commit'],
    [
      'a moment without a time',
      () => mergedNumberOf({ number: 8, merged_at: '2026-11-24' }),
      '`merged_at` is no moment',
    ],
    [
      'a moment that never was',
      () => reviewOf({ ...review, submitted_at: '2026-13-24T09:00:00Z' }),
      '`submitted_at` is no moment',
    ],
    [
      'a state to come',
      () => reviewOf({ ...review, state: 'BLESSED' }),
      '`state` is none of APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED, PENDING',
    ],
    ['no word of the author', () => reviewOf({ ...review, user: undefined }), '`user` is missing'],
    ['another branch', () => tipOf({ name: 'next', commit: { sha } }, 'main'), 'the answer tells of another branch'],
    ['a push to another branch', () => pushOf(push, 'refs/heads/main'), 'the answer tells of another branch'],
    [
      'another account',
      () => permissionOf({ permission: 'admin', user }, 'bob'),
      'the answer tells of another account',
    ],
    [
      'another environment',
      () => environmentOf({ name: 'test', protection_rules: [] }, 'production'),
      'the answer tells of another environment',
    ],
    ['another run', () => runOf(run, '98'), 'the answer tells of another run'],
    ['a membership to come', () => isActive({ state: 'invited' }), '`state` is none of active, pending'],
    [
      'a consent to come',
      () => runReviewOf({ user, state: 'maybe', environments: [] }),
      '`state` is none of approved, rejected, pending',
    ],
    [
      'an end that is missing',
      () => storedPlanOf({ ...plan, status: 'completed', completed_at: null }),
      '`completed_at` is null where a text belongs',
    ],
    [
      'a message that is none',
      () => pullCommitOf({ sha, commit: { ...told, message: null }, author: null, committer: null }),
      '`message` is no text',
    ],
  ])('%s is malformed', (_, read, message) => {
    expect(read).toThrow(message);
  });
});

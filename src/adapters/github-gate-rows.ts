import type {
  BranchPush,
  CommitPerson,
  GateEnvironment,
  GatePull,
  GateRepository,
  GateRun,
  PathCommit,
  Person,
  PullCommit,
  Review,
  RunReview,
  StoredPlan,
} from '../core/gate-port.ts';
import {
  MalformedAnswer,
  objectOf,
  requiredBooleanOf,
  requiredListOf,
  stringOf,
  type WireObject,
} from '../core/wire.ts';
import { numberOf } from './github-rows.ts';

// Nothing has a default here: what an answer leaves out is unknown, and the gate stays closed.

const shaForm = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const momentForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const shaOf = (row: WireObject, field: string): string => {
  const sha = stringOf(row, field);
  if (shaForm.test(sha)) return sha;
  throw new MalformedAnswer(`\`${field}\` is no commit`);
};

const momentOf = (row: WireObject, field: string): string => {
  const moment = stringOf(row, field);
  if (momentForm.test(moment) && !Number.isNaN(Date.parse(moment))) return moment;
  throw new MalformedAnswer(`\`${field}\` is no moment`);
};

/** A text that may be empty. */
const textOf = (row: WireObject, field: string): string => {
  const text = row[field];
  if (typeof text === 'string') return text;
  throw new MalformedAnswer(`\`${field}\` is no text`);
};

const wordOf = <T extends string>(row: WireObject, field: string, words: readonly T[]): T => {
  const text = stringOf(row, field);
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  throw new MalformedAnswer(`\`${field}\` is none of ${words.join(', ')}`);
};

/** `null` where the answer says `null`; where it says nothing, it is malformed. */
const nullable = <T>(row: WireObject, field: string, read: () => T): T | null => {
  if (row[field] === undefined) throw new MalformedAnswer(`\`${field}\` is missing`);
  return row[field] === null ? null : read();
};

const inside = (row: WireObject, field: string): WireObject => objectOf(row[field], `\`${field}\``);

const personOf = (row: WireObject, field: string): Person | null =>
  nullable(row, field, () => {
    const user = inside(row, field);
    return { login: stringOf(user, 'login'), isBot: stringOf(user, 'type') !== 'User' };
  });

const loginOf = (row: WireObject, field: string): string | null =>
  nullable(row, field, () => stringOf(inside(row, field), 'login'));

export const repositoryOf = (body: unknown): GateRepository => {
  const row = objectOf(body, 'the repository');
  return { fullName: stringOf(row, 'full_name'), defaultBranch: stringOf(row, 'default_branch') };
};

/** Commit at the tip of the branch that was asked for. */
export const tipOf = (body: unknown, branch: string): string => {
  const row = objectOf(body, 'the branch');
  if (stringOf(row, 'name') !== branch) throw new MalformedAnswer('the answer tells of another branch');
  return shaOf(inside(row, 'commit'), 'sha');
};

/** Number of a pull request that was merged; `null` for one that wasn't. */
export const mergedNumberOf = (value: unknown): number | null => {
  const row = objectOf(value, 'a pull request');
  const number = numberOf(row, 'number');
  return nullable(row, 'merged_at', () => momentOf(row, 'merged_at')) === null ? null : number;
};

export const pullOf = (body: unknown, asked: number): GatePull => {
  const row = objectOf(body, 'the pull request');
  const number = numberOf(row, 'number');
  if (number !== asked) throw new MalformedAnswer('the answer tells of another pull request');
  const [base, head] = [inside(row, 'base'), inside(row, 'head')];
  const mergedAt = nullable(row, 'merged_at', () => momentOf(row, 'merged_at'));
  if (requiredBooleanOf(row, 'merged') !== (mergedAt !== null))
    throw new MalformedAnswer('`merged` and `merged_at` contradict each other');
  const mergeCommit = nullable(row, 'merge_commit_sha', () => shaOf(row, 'merge_commit_sha'));
  return {
    number,
    author: personOf(row, 'user'),
    mergedAt,
    // Before a merge it is a trial that GitHub made.
    mergeCommit: mergedAt === null ? null : mergeCommit,
    base: stringOf(base, 'ref'),
    baseRepository: stringOf(inside(base, 'repo'), 'full_name'),
    head: shaOf(head, 'sha'),
    headRef: stringOf(head, 'ref'),
    headRepository: nullable(head, 'repo', () => stringOf(inside(head, 'repo'), 'full_name')),
    commits: numberOf(row, 'commits'),
  };
};

const commitPersonOf = (row: WireObject, commit: WireObject, field: 'author' | 'committer'): CommitPerson => {
  const email = textOf(inside(commit, field), 'email');
  const login = nullable(row, field, () => {
    const user = inside(row, field);
    // GitHub shows an address that it doesn't know so, too.
    return Object.keys(user).length === 0 ? null : stringOf(user, 'login');
  });
  return { login, email };
};

export const pullCommitOf = (value: unknown): PullCommit => {
  const row = objectOf(value, 'a commit');
  const commit = inside(row, 'commit');
  return {
    sha: shaOf(row, 'sha'),
    author: commitPersonOf(row, commit, 'author'),
    committer: commitPersonOf(row, commit, 'committer'),
    message: textOf(commit, 'message'),
  };
};

const reviewStates = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'] as const;

export const reviewOf = (value: unknown): Review => {
  const row = objectOf(value, 'a review');
  const state = wordOf(row, 'state', reviewStates);
  return {
    id: numberOf(row, 'id'),
    author: personOf(row, 'user'),
    state,
    commit: nullable(row, 'commit_id', () => shaOf(row, 'commit_id')),
    submittedAt: state === 'PENDING' ? null : momentOf(row, 'submitted_at'),
  };
};

/** What the account that was asked for may do. */
export const permissionOf = (body: unknown, login: string): string => {
  const row = objectOf(body, 'the permission');
  if (stringOf(inside(row, 'user'), 'login').toLowerCase() !== login.toLowerCase())
    throw new MalformedAnswer('the answer tells of another account');
  return stringOf(row, 'permission');
};

export const isActive = (body: unknown): boolean =>
  wordOf(objectOf(body, 'the membership'), 'state', ['active', 'pending']) === 'active';

/** A change of the branch; `null` for its deletion. */
export const pushOf = (value: unknown, ref: string): BranchPush | null => {
  const row = objectOf(value, 'an activity');
  if (stringOf(row, 'ref') !== ref) throw new MalformedAnswer('the answer tells of another branch');
  const push = { after: shaOf(row, 'after'), at: momentOf(row, 'timestamp'), by: loginOf(row, 'actor') };
  return stringOf(row, 'activity_type') === 'branch_deletion' ? null : push;
};

export const storedPlanOf = (value: unknown): StoredPlan => {
  const row = objectOf(value, 'a check run');
  const output = inside(row, 'output');
  const isCompleted = stringOf(row, 'status') === 'completed';
  return {
    id: numberOf(row, 'id'),
    name: stringOf(row, 'name'),
    head: shaOf(row, 'head_sha'),
    app: nullable(row, 'app', () => stringOf(inside(row, 'app'), 'slug')),
    completedAt: isCompleted ? momentOf(row, 'completed_at') : null,
    externalId: nullable(row, 'external_id', () => textOf(row, 'external_id')),
    text: nullable(output, 'text', () => textOf(output, 'text')),
  };
};

export const pathCommitOf = (value: unknown): PathCommit => {
  const row = objectOf(value, 'a commit');
  return { sha: shaOf(row, 'sha'), committedAt: momentOf(inside(inside(row, 'commit'), 'committer'), 'date') };
};

const reviewersIn = (value: unknown): number => {
  const rule = objectOf(value, 'a protection rule');
  if (stringOf(rule, 'type') !== 'required_reviewers') return 0;
  return requiredListOf(rule, 'reviewers').map((one) => stringOf(objectOf(one, 'a reviewer'), 'type')).length;
};

export const environmentOf = (body: unknown, name: string): GateEnvironment => {
  const row = objectOf(body, 'the environment');
  if (stringOf(row, 'name').toLowerCase() !== name.toLowerCase())
    throw new MalformedAnswer('the answer tells of another environment');
  const reviewers = requiredListOf(row, 'protection_rules').map(reviewersIn);
  const limitsBranches = nullable(row, 'deployment_branch_policy', () => {
    const policy = inside(row, 'deployment_branch_policy');
    const [own, named] = ['protected_branches', 'custom_branch_policies'].map((field) =>
      requiredBooleanOf(policy, field),
    );
    return own === true || named === true;
  });
  return { reviewers: reviewers.reduce((sum, count) => sum + count, 0), limitsBranches: limitsBranches ?? false };
};

export const runOf = (body: unknown, asked: string): GateRun => {
  const row = objectOf(body, 'the run');
  if (String(numberOf(row, 'id')) !== asked) throw new MalformedAnswer('the answer tells of another run');
  return {
    event: stringOf(row, 'event'),
    sha: shaOf(row, 'head_sha'),
    attempt: numberOf(row, 'run_attempt'),
    startedAt: momentOf(row, 'run_started_at'),
    actor: loginOf(row, 'actor'),
    starter: loginOf(row, 'triggering_actor'),
  };
};

export const runReviewOf = (value: unknown): RunReview => {
  const row = objectOf(value, 'an approval');
  return {
    by: personOf(row, 'user'),
    state: wordOf(row, 'state', ['approved', 'rejected', 'pending']),
    environments: requiredListOf(row, 'environments').map((one) => stringOf(objectOf(one, 'an environment'), 'name')),
  };
};

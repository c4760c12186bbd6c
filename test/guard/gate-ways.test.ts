import { describe, expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { judge, ofPull, two, withCommits, withPlans, withReviews } from '../support/gate-judge.ts';
import {
  at,
  commit,
  evidence,
  otherGoverned,
  planOf,
  question,
  restoring,
  review,
  runEvidence,
  shaOf,
  storedPlan,
  who,
} from '../support/gate-world.ts';

/** The way forward by code, of the refusals that are told. */
const waysOf = (asked: GateQuestion, known: GateEvidence): Readonly<Record<string, string>> => {
  const verdict = judge(asked, known);
  return verdict.open ? {} : Object.fromEntries(verdict.refusals.map(({ code, wayForward }) => [code, wayForward]));
};

const anew = 'open a pull request that touches the policies, and have it approved before it is merged';
const checkAnew =
  'run the check of the pull request again and approve its plan, or open a pull request that touches the policies';
const unreadable = 'run the job again';

describe('what to do about a merge that the gate keeps out', () => {
  const noApprovers = 'name `approval.approvers` and merge that first: it holds from the next merge on';
  it.each<readonly [string, GateQuestion, GateEvidence, string]>([
    [
      'other-event',
      question({ event: 'pull_request' as 'push' }),
      evidence(),
      'run it on `push`, or mode `remediate` on `workflow_dispatch`',
    ],
    ['no-approvers', question({ approval: { ...two.approval, approvers: [] } }), evidence(), noApprovers],
    ['no-approvers', question({ approval: { ...two.approval, required: 1.5 } }), evidence(), noApprovers],
    [
      'other-repository',
      question({ repository: 'x/y' }),
      evidence(),
      'start the job anew in the repository as it is called now',
    ],
    ['other-branch', question({ ref: 'refs/heads/x' }), evidence(), 'merge into `main`'],
    [
      'overtaken',
      question(),
      evidence({ governed: otherGoverned }),
      'nothing: the job of the newer merge carries out what holds now',
    ],
    [
      'no-pull-request',
      question(),
      evidence({ pulls: [], pull: null }),
      `run the job again in some minutes; if there was none, ${anew}`,
    ],
    ['several-pull-requests', question(), evidence({ pulls: [7, 8], pull: null }), anew],
    ['gate-unreadable', question(), evidence({ pull: null }), unreadable],
    ['not-merged', question(), ofPull({ mergedAt: null }), `merge it, or ${anew}`],
    ['other-base', question(), ofPull({ base: 'next' }), anew],
    ['other-commit', question({ sha: shaOf('c') }), evidence(), anew],
    ['not-as-reviewed', question(), ofPull({}, { reviewed: [] }), `${anew}; bring its branch up to date first`],
    [
      'unknown-push',
      question(),
      ofPull({}, { push: null }),
      'push to a branch of this repository, not of a fork, and have that pull request approved',
    ],
    [
      'too-many-commits',
      question(),
      ofPull({ commits: 251 }),
      'split it into smaller pull requests, or make its commits fewer, and have it approved',
    ],
    ['commits-unknown', question(), ofPull({ commits: 2 }), unreadable],
    [
      'unknown-author',
      question(),
      withCommits(commit({ author: who(null, 'x@y.example') })),
      'let authors add the address to their accounts, or commit under the address that GitHub gave them',
    ],
    [
      'changes-requested',
      question(),
      withReviews(review('bob'), review('cyd', { state: 'CHANGES_REQUESTED' })),
      'settle it with them: their approval, or the dismissal of their review, takes it back',
    ],
    [
      'approvals-missing',
      question(),
      withReviews(),
      'have a pull request that touches the policies approved by more of the approvers before it is merged',
    ],
    ['plan-unknown', question(), withPlans(), checkAnew],
    ['plan-unknown', question(), withPlans(storedPlan({ text: null })), checkAnew],
    [
      'plans-differ',
      question(),
      withPlans(storedPlan(), storedPlan({ id: 2 }, planOf('2'))),
      'let them approve again, now that the plan is the same for all',
    ],
  ])('%s', (code, asked, known, way) => {
    expect(waysOf(asked, known)[code]).toBe(way);
  });
});

describe('what to do about a run that the gate keeps out', () => {
  const startAnew = 'start mode `remediate` anew, and let an approver let it into its environment';
  const set = 'give the environment `production` required reviewers, and let only the default branch deploy to it';
  const known = (run: Parameters<typeof runEvidence>[0] = {}, more: Parameters<typeof runEvidence>[1] = {}) =>
    evidence({ run: runEvidence(run, more) });
  const by = (login: string, state: 'approved' | 'rejected') => ({
    reviews: [{ by: { login, isBot: false }, state, environments: ['production'] }],
  });
  it.each<readonly [string, GateQuestion, GateEvidence, string]>([
    ['gate-unreadable', restoring(), evidence(), unreadable],
    [
      'overtaken',
      restoring(),
      evidence({ run: runEvidence(), tip: shaOf('c') }),
      'start mode `remediate` anew on what is merged now',
    ],
    ['no-plan-named', restoring({ planDigest: null }), known(), `${startAnew}, with its plan-digest`],
    ['other-run', restoring(), known({ event: 'push' }), startAnew],
    ['run-again', restoring(), known({ attempt: 2 }), startAnew],
    ['run-too-old', restoring(), known({ startedAt: at('08:00') }), startAnew],
    [
      'environment-open',
      restoring({ environment: null }),
      known(),
      'name the protected environment in the job, and in `backup-access.yaml` as `apply.environment` of the tenant',
    ],
    ['environment-open', restoring(), known({}, { environment: null }), set],
    ['environment-open', restoring(), known({}, { environment: { reviewers: 0, limitsBranches: true } }), set],
    ['environment-open', restoring(), known({}, { environment: { reviewers: 1, limitsBranches: false } }), set],
    ['no-consent', restoring(), known({}, { reviews: [] }), startAnew],
    ['consent-refused', restoring(), known({}, by('bob', 'rejected')), startAnew],
  ])('%s', (code, asked, all, way) => {
    expect(waysOf(asked, all)[code]).toBe(way);
  });
});

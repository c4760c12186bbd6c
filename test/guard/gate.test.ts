import { describe, expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { judge, two, withCommits, withPlans, withReviews } from '../support/gate-judge.ts';
import {
  at,
  commit,
  evidence,
  otherGoverned,
  plan,
  planOf,
  pullEvidence,
  question,
  review,
  shaOf,
  storedPlan,
  who,
} from '../support/gate-world.ts';

describe('an approved merge', () => {
  it('opens the gate for what was shown to those who approved', () => {
    expect(judge(question(), evidence())).toEqual({
      open: true,
      pull: 7,
      head: shaOf('a'),
      approvers: ['bob'],
      reviewed: plan,
    });
  });

  it.each<readonly [string, GateQuestion, GateEvidence, readonly string[]]>([
    ['two approvals', question(two), withReviews(review('cyd'), review('bob')), ['bob', 'cyd']],
    [
      'a comment after the approval',
      question(),
      withReviews(review('bob'), review('bob', { id: 11, state: 'COMMENTED', submittedAt: at('09:30') })),
      ['bob'],
    ],
    [
      'changes that were asked for and settled',
      question(),
      withReviews(review('bob', { id: 9, state: 'CHANGES_REQUESTED', submittedAt: at('08:40') }), review('bob')),
      ['bob'],
    ],
    [
      'changes that nobody of weight asks for',
      question(),
      withReviews(review('bob'), review('eve', { state: 'CHANGES_REQUESTED' })),
      ['bob'],
    ],
    ['an approval on its last day', question({ now: new Date('2026-12-01T09:00:00Z') }), evidence(), ['bob']],
    ['names in other letters', question({ repository: 'Contoso/Backup-Access' }), withReviews(review('BOB')), ['BOB']],
    ['a later tip with the same governed files', question(), evidence({ tip: shaOf('c') }), ['bob']],
    ['an approval after the merge', question(), withReviews(review('bob', { submittedAt: at('10:03') })), ['bob']],
    [
      'a check that ran again and found the same',
      question(),
      withPlans(storedPlan(), storedPlan({ id: 2, completedAt: at('08:50') })),
      ['bob'],
    ],
    [
      'another check by the same name of another app',
      question(),
      withPlans(storedPlan(), storedPlan({ id: 2, app: 'evil', completedAt: at('08:50') }, planOf('2'))),
      ['bob'],
    ],
    [
      'a plan that came after the approval',
      question(),
      withPlans(storedPlan(), storedPlan({ id: 2, completedAt: at('09:01') }, planOf('2'))),
      ['bob'],
    ],
    [
      'commits of a co-author whose address GitHub gave',
      question(),
      withCommits(commit({ message: 'x\n\nCo-authored-by: Dan <5+dan@users.noreply.github.com>' })),
      ['bob'],
    ],
    [
      'an address that another commit gives an account',
      question(),
      withCommits(
        commit({ author: who('dan', 'dan@contoso.example') }),
        commit({ author: who(null, 'Dan@contoso.example') }),
      ),
      ['bob'],
    ],
    [
      'two commits, the last of which is the head',
      question(),
      withCommits(commit({ sha: shaOf('c') }), commit()),
      ['bob'],
    ],
    ['250 commits', question(), withCommits(...Array(250).fill(commit())), ['bob']],
    [
      'an approver of the role maintain',
      question(),
      evidence({ people: new Map([['bob', { permission: 'maintain', isApprover: true }]]) }),
      ['bob'],
    ],
  ])('%s', (_, asked, known, approvers) => {
    expect(judge(asked, known)).toEqual({ open: true, pull: 7, head: shaOf('a'), approvers, reviewed: plan });
  });
});

it('says which pull request it is about, where one is known', () => {
  expect(judge(question({ ref: 'x' }), evidence())).toMatchObject({ open: false, pull: 7 });
  expect(judge(question(), evidence({ pulls: [7, 8], pull: null }))).toMatchObject({ open: false, pull: null });
});

it('says of every refusal what to do', () => {
  const asked = question({
    ref: 'x',
    repository: 'x/y',
    sha: shaOf('d'),
    approval: { required: 2, approvers: [], maxAge: 'x' },
  });
  const verdict = judge(
    asked,
    evidence({
      governed: otherGoverned,
      pull: pullEvidence({ base: 'x', mergedAt: null }, { push: null, reviewed: otherGoverned }),
    }),
  );
  const refusals = verdict.open ? [] : verdict.refusals;
  expect(refusals.map(({ code }) => code)).toEqual([
    ...['no-approvers', 'other-repository', 'other-branch', 'overtaken', 'not-merged', 'other-base', 'other-commit'],
    ...['not-as-reviewed', 'unknown-push', 'approvals-missing'],
  ]);
  for (const { wayForward } of refusals) expect(wayForward).toMatch(/^[a-z].*[^.]$/);
});

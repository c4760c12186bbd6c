import { describe, expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { lacks, ofPull, two, whyClosed, withCommits, withReviews } from '../support/gate-judge.ts';
import { at, commit, evidence, pullEvidence, question, review, shaOf, who } from '../support/gate-world.ts';

describe('approvals', () => {
  const none = new Map<string, { permission: string | null; isApprover: boolean }>();
  it.each<readonly [string, GateQuestion, GateEvidence, readonly string[]]>([
    ['none', question(), withReviews(), [lacks('')]],
    ['too few', question(two), evidence(), [lacks('', 2, 1)]],
    ['twice the same person', question(two), withReviews(review('bob'), review('Bob', { id: 11 })), [lacks('', 2, 1)]],
    ['of the author', question(), withReviews(review('ada')), [lacks(': `ada` had a hand in what is to be approved')]],
    [
      'of the last pusher',
      question(),
      ofPull({}, { push: { after: shaOf('a'), at: at('08:00'), by: 'bob' } }),
      [lacks(': `bob` had a hand in what is to be approved')],
    ],
    [
      'of a committer',
      question(),
      withCommits(commit({ committer: who('bob', 'x@contoso.example') })),
      [lacks(': `bob` had a hand in what is to be approved')],
    ],
    [
      'of a co-author',
      question(),
      withCommits(commit({ message: 'x\n\nCo-authored-by: B <Bob@users.noreply.github.com>\n' })),
      [lacks(': `bob` had a hand in what is to be approved')],
    ],
    [
      'of whoever’s address a commit bears beside another account',
      question(),
      withCommits(commit({ author: who('dan', 'bob@users.noreply.github.com') })),
      [lacks(': `bob` had a hand in what is to be approved')],
    ],
    [
      'of nobody can tell whom',
      question(),
      withCommits(commit({ author: who(null, 'x@contoso.example') })),
      ['unknown-author: nobody can tell whose account wrote commits of #7: `x@contoso.example`'],
    ],
    [
      'beside a co-author of an unknown address',
      question(),
      withCommits(commit({ message: 'x\nco-authored-by: B <b@contoso.example>\nCo-Authored-By: C' })),
      ['unknown-author: nobody can tell whose account wrote commits of #7: `b@contoso.example`, `c`'],
    ],
    [
      'of another commit',
      question(),
      withReviews(review('bob', { commit: shaOf('c') })),
      [lacks(': `bob` approved another commit than the last one')],
    ],
    [
      'of a commit that is gone',
      question(),
      withReviews(review('bob', { commit: null })),
      [lacks(': `bob` approved another commit than the last one')],
    ],
    [
      'before the last push',
      question(),
      withReviews(review('bob', { submittedAt: at('07:59') })),
      [lacks(': `bob` approved before the last push')],
    ],
    [
      'in the second of the last push',
      question(),
      withReviews(review('bob', { submittedAt: at('08:00') })),
      [lacks(': `bob` approved before the last push')],
    ],
    [
      'too old',
      question({ now: new Date('2026-12-01T09:00:01Z') }),
      evidence(),
      [lacks(': `bob` approved too long ago: an approval holds for P7D')],
    ],
    [
      'of no age that can be told',
      question({ approval: { ...question().approval, maxAge: 'soon' } }),
      evidence(),
      [lacks(': `bob` approved too long ago: an approval holds for soon')],
    ],
    [
      'of a program',
      question(),
      withReviews(review('bob', { author: { login: 'bob', isBot: true } })),
      [lacks(': `bob` is a program')],
    ],
    [
      'of an app by its name',
      question(),
      evidence({
        pull: pullEvidence({}, { reviews: [review('bob[bot]')] }),
        people: new Map([['bob[bot]', { permission: 'write', isApprover: true }]]),
      }),
      [lacks(': `bob[bot]` is a program')],
    ],
    [
      'of somebody who is no approver',
      question(),
      evidence({ people: new Map([['bob', { permission: 'admin', isApprover: false }]]) }),
      [lacks(': `bob` is not among the approvers')],
    ],
    ['of somebody unknown', question(), evidence({ people: none }), [lacks(': `bob` is not among the approvers')]],
    [
      'of somebody who may only read now',
      question(),
      evidence({ people: new Map([['bob', { permission: 'read', isApprover: true }]]) }),
      [lacks(': `bob` may not write to the repository now')],
    ],
    [
      'of somebody who left',
      question(),
      evidence({ people: new Map([['bob', { permission: null, isApprover: true }]]) }),
      [lacks(': `bob` may not write to the repository now')],
    ],
    ['of an account that is gone', question(), withReviews(review('bob', { author: null })), [lacks('')]],
    ['that were never submitted', question(), withReviews(review('bob', { submittedAt: null })), [lacks('')]],
    ['that were dismissed', question(), withReviews(review('bob', { state: 'DISMISSED' })), [lacks('')]],
    [
      'that a dismissed objection followed',
      question(),
      withReviews(review('bob'), review('bob', { id: 11, state: 'DISMISSED', submittedAt: at('09:30') })),
      [lacks('')],
    ],
    [
      'that an objection followed',
      question(),
      withReviews(review('bob', { id: 11, state: 'CHANGES_REQUESTED' }), review('bob')),
      ['changes-requested: `bob` asked for changes in #7, and still does', lacks('')],
    ],
    [
      'that an objection followed in the same second',
      question(),
      withReviews(review('bob'), review('bob', { id: 11, state: 'CHANGES_REQUESTED' })),
      ['changes-requested: `bob` asked for changes in #7, and still does', lacks('')],
    ],
    [
      'that an older objection, listed later, does not stand against',
      question(two),
      withReviews(review('bob'), review('bob', { id: 11, state: 'CHANGES_REQUESTED', submittedAt: at('08:40') })),
      [lacks('', 2, 1)],
    ],
    [
      'that a later objection, listed first, stands against',
      question(),
      withReviews(review('bob', { id: 9, state: 'CHANGES_REQUESTED', submittedAt: at('09:30') }), review('bob')),
      ['changes-requested: `bob` asked for changes in #7, and still does', lacks('')],
    ],
    [
      'that were dismissed while pages of them were read',
      question(),
      withReviews(review('bob'), review('bob', { state: 'DISMISSED' })),
      [lacks('')],
    ],
    [
      'beside two objections',
      question(),
      withReviews(
        ...['cyd', 'bob'].map((login) => review(login, { state: 'CHANGES_REQUESTED' })),
        review('dan'),
        review('ada'),
      ),
      [
        'changes-requested: `bob`, `cyd` asked for changes in #7, and still does',
        lacks(': `ada` had a hand in what is to be approved, `dan` is not among the approvers'),
      ],
    ],
    [
      'beside an objection',
      question(),
      withReviews(review('bob'), review('cyd', { state: 'CHANGES_REQUESTED', commit: shaOf('c') })),
      ['changes-requested: `cyd` asked for changes in #7, and still does'],
    ],
    [
      'where nobody may approve',
      question({ approval: { required: 1, approvers: [], maxAge: 'P7D' } }),
      evidence({ people: none }),
      [
        'no-approvers: before this merge, `backup-access.yaml` named nobody whose approval would count',
        lacks(': `bob` is not among the approvers'),
      ],
    ],
    [
      'where none is asked for',
      question({ approval: { ...question().approval, required: 0 } }),
      evidence(),
      [
        'no-approvers: before this merge, `backup-access.yaml` named nobody whose approval would count',
        lacks('', 0, 1),
      ],
    ],
  ])('%s', (_, asked, known, found) => {
    expect(whyClosed(asked, known)).toEqual(found);
  });
});

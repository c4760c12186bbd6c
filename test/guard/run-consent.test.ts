import { describe, expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { consentTo } from '../../src/guard/run-consent.ts';
import { judge, lacks, whyClosed } from '../support/gate-judge.ts';
import {
  evidence,
  otherGoverned,
  people,
  planOf,
  pullEvidence,
  restoring,
  runEvidence,
  shaOf,
} from '../support/gate-world.ts';

describe('a remediation', () => {
  const known = (run: Parameters<typeof runEvidence>[0] = {}, more: Parameters<typeof runEvidence>[1] = {}) =>
    evidence({ run: runEvidence(run, more) });
  const reviewsOf = (login: string, state: 'approved' | 'rejected' = 'approved', environment = 'production') => ({
    reviews: [{ by: { login, isBot: false }, state, environments: [environment] }],
  });
  const noConsent = (told = ''): string => `no-consent: no approver let this run into \`production\`${told}`;

  it.each<readonly [string, GateQuestion, GateEvidence]>([
    ['by hand', restoring(), known()],
    ['on schedule', restoring({ event: 'schedule' }), known({ event: 'schedule', actor: 'cyd', starter: 'cyd' })],
  ])('opens %s for the digest that was named, a month after the merge', (_, asked, all) => {
    const { digest } = planOf('9');
    expect(judge(asked, all)).toEqual({
      ...{ open: true, pull: 7, head: shaOf('a'), approvers: ['bob', 'cyd'] },
      reviewed: { digest, steps: new Map() },
    });
  });

  it.each<readonly [string, GateQuestion, GateEvidence, readonly string[]]>([
    [
      'nothing of the run',
      restoring(),
      evidence(),
      ['gate-unreadable: GitHub did not tell all that the approval hangs on'],
    ],
    [
      'an older commit',
      restoring(),
      evidence({ run: runEvidence(), tip: shaOf('c') }),
      ['overtaken: `main` has moved on since this run began'],
    ],
    [
      'files that nobody reviewed',
      restoring(),
      evidence({ run: runEvidence(), governed: otherGoverned }),
      ['not-as-reviewed: what is merged is not what was reviewed in #7: `backup-access.yaml`'],
    ],
    [
      'an approval that was old at the merge',
      restoring(),
      evidence({ run: runEvidence(), pull: pullEvidence({ mergedAt: '2026-12-02T10:00:00Z' }) }),
      [lacks(': `bob` approved too long ago: an approval holds for P7D')],
    ],
    [
      'an approver who left',
      restoring(),
      evidence({ run: runEvidence(), people: new Map([...people]).set('bob', { permission: null, isApprover: true }) }),
      [lacks(': `bob` may not write to the repository now')],
    ],
    [
      'no digest',
      restoring({ planDigest: null }),
      known(),
      ['no-plan-named: no digest says which plan is to be carried out'],
    ],
    [
      'another event',
      restoring(),
      known({ event: 'push' }),
      ['other-run: GitHub tells of this run another event or commit than the job does'],
    ],
    [
      'another commit of the run',
      restoring(),
      known({ sha: shaOf('c') }),
      ['other-run: GitHub tells of this run another event or commit than the job does'],
    ],
    [
      'a run that was run again',
      restoring(),
      known({ attempt: 2 }),
      ['run-again: this run was run again: whose consent it has is what an earlier attempt had'],
    ],
    [
      'an old run',
      restoring({ now: new Date('2026-12-31T08:00:01Z') }),
      known(),
      ['run-too-old: this run was started too long ago: consent holds for P7D'],
    ],
    [
      'a run of no age that can be told',
      restoring({ approval: { ...restoring().approval, maxAge: 'soon' } }),
      known(),
      [
        lacks(': `bob` approved too long ago: an approval holds for soon'),
        'run-too-old: this run was started too long ago: consent holds for soon',
      ],
    ],
    [
      'a pull request that left nothing',
      restoring(),
      evidence({ run: runEvidence(), pull: pullEvidence({ mergeCommit: null }) }),
      ['other-commit: the commit of the job is not what the merge of #7 left behind'],
    ],
    [
      'a pull request that was never merged',
      restoring(),
      evidence({ run: runEvidence(), pull: pullEvidence({ mergedAt: null }) }),
      ["not-merged: #7 isn't merged", lacks(': `bob` approved too long ago: an approval holds for P7D')],
    ],
    [
      'files that the merge changed, and others since',
      restoring(),
      evidence({ run: runEvidence(), governed: [], pull: pullEvidence({}, { reviewed: otherGoverned }) }),
      ['not-as-reviewed: what is merged is not what was reviewed in #7: `backup-access.yaml`'],
    ],
    [
      'no environment of the job',
      restoring({ environment: null }),
      known(),
      ['environment-open: the job runs in no protected environment'],
    ],
    [
      'no such environment',
      restoring(),
      known({}, { environment: null }),
      ['environment-open: there is no environment `production` that keeps the job'],
    ],
    [
      'an environment that asks nobody',
      restoring(),
      known({}, { environment: { reviewers: 0, limitsBranches: true } }),
      ['environment-open: the environment `production` asks nobody before it lets a job in'],
    ],
    [
      'an environment of all branches',
      restoring(),
      known({}, { environment: { reviewers: 2, limitsBranches: false } }),
      ['environment-open: the environment `production` lets in jobs of every branch'],
    ],
    ['no consent', restoring(), known({}, { reviews: [] }), [noConsent()]],
    ['consent of whoever started it', restoring(), known({ starter: 'CYD' }), [noConsent(' (`cyd` started the run)')]],
    ['consent of whoever caused it', restoring(), known({ actor: 'cyd' }), [noConsent(' (`cyd` started the run)')]],
    [
      'consent of no approver',
      restoring(),
      known({}, reviewsOf('eve')),
      [noConsent(' (`eve` is not among the approvers)')],
    ],
    ['consent to another environment', restoring(), known({}, reviewsOf('cyd', 'approved', 'test')), [noConsent()]],
    [
      'consent of an account that is gone',
      restoring(),
      known({}, { reviews: [{ by: null, state: 'approved', environments: ['production'] }] }),
      [noConsent()],
    ],
    [
      'consent that is asked for still',
      restoring(),
      known({}, { reviews: [{ by: { login: 'cyd', isBot: false }, state: 'pending', environments: ['production'] }] }),
      [noConsent()],
    ],
    [
      'consent that is asked of no approver still',
      restoring(),
      known({}, { reviews: [{ by: { login: 'eve', isBot: false }, state: 'pending', environments: ['production'] }] }),
      [noConsent()],
    ],
    [
      'an approver who kept it out, and nobody who let it in',
      restoring(),
      known({}, reviewsOf('bob', 'rejected')),
      [noConsent(), 'consent-refused: `bob` kept this run out of `production`'],
    ],
    [
      'two approvers who kept it out, of whom one is enough to tell',
      restoring(),
      known({}, { reviews: [...reviewsOf('cyd', 'rejected').reviews, ...reviewsOf('bob', 'rejected').reviews] }),
      [noConsent(), 'consent-refused: `cyd` kept this run out of `production`'],
    ],
    [
      'an approver who kept it out',
      restoring(),
      known({}, { reviews: [...reviewsOf('cyd').reviews, ...reviewsOf('bob', 'rejected').reviews] }),
      ['consent-refused: `bob` kept this run out of `production`'],
    ],
  ])('%s', (_, asked, all, found) => {
    expect(whyClosed(asked, all)).toEqual(found);
  });

  it.each([
    ['on its last moment', restoring({ now: new Date('2026-12-31T08:00:00Z') }), known()],
    ['where nobody knows any more who started it', restoring(), known({ actor: null, starter: null })],
  ])('opens %s', (_, asked, all) => {
    expect(whyClosed(asked, all)).toEqual([]);
  });

  it('names everybody once who approved it or let it in, and who of them did not count', () => {
    const reviews = ['cyd', 'bob', 'ada', 'cyd'].flatMap((login) => reviewsOf(login).reviews);
    const verdict = judge(restoring(), known({}, { reviews }));
    expect(verdict.open && verdict.approvers).toEqual(['ada', 'bob', 'cyd']);
    const [first, second] = [reviewsOf('dan').reviews, reviewsOf('eve').reviews];
    expect(whyClosed(restoring(), known({}, { reviews: [...first, ...second] }))).toEqual([
      noConsent(' (`dan` is not among the approvers, `eve` is not among the approvers)'),
    ]);
  });

  it('has the consent of those who let it in, by name; of nobody without an environment', () => {
    const { reviews } = reviewsOf('cyd');
    const run = runEvidence({}, { reviews: [...reviews, ...reviewsOf('ada').reviews, ...reviews] });
    expect(consentTo(run, people, restoring())).toEqual({ by: ['ada', 'cyd'], refusals: [] });
    expect(consentTo(run, people, restoring({ environment: null })).by).toEqual([]);
  });

  it('is not kept out by somebody of no weight', () => {
    const reviews = [...reviewsOf('cyd').reviews, ...reviewsOf('eve', 'rejected').reviews];
    expect(whyClosed(restoring(), known({}, { reviews }))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import { lacks, ofPull, whyClosed, withCommits } from '../support/gate-judge.ts';
import { commit, evidence, otherGoverned, question, shaOf } from '../support/gate-world.ts';

describe('the place of a merge', () => {
  it.each<readonly [string, GateQuestion, GateEvidence, readonly string[]]>([
    [
      'another event',
      question({ event: 'pull_request' as 'push' }),
      evidence(),
      [
        'other-event: the job runs on `pull_request`',
        'gate-unreadable: GitHub did not tell all that the approval hangs on',
      ],
    ],
    [
      'another branch',
      question({ ref: 'refs/heads/next' }),
      evidence(),
      ['other-branch: the job runs for `refs/heads/next`, and only what is merged into `main` is carried out'],
    ],
    [
      'a tag of the branch’s name',
      question({ ref: 'refs/tags/main' }),
      evidence(),
      ['other-branch: the job runs for `refs/tags/main`, and only what is merged into `main` is carried out'],
    ],
    [
      'another repository',
      question({ repository: 'contoso/old' }),
      evidence(),
      ['other-repository: the job says that it runs in `contoso/old`, and GitHub says `contoso/backup-access`'],
    ],
    [
      'a direct push',
      question(),
      evidence({ pulls: [], pull: null }),
      ['no-pull-request: no pull request into `main` is known that brought these governed files'],
    ],
    [
      'several pull requests',
      question(),
      evidence({ pulls: [7, 8], pull: null }),
      ['several-pull-requests: more than one pull request brought this commit: #7, #8'],
    ],
    [
      'one of which nothing is known',
      question(),
      evidence({ pull: null }),
      ['gate-unreadable: GitHub did not tell all that the approval hangs on'],
    ],
    [
      'another base',
      question(),
      ofPull({ base: 'next' }),
      ['other-base: #7 was merged into `next` of `contoso/backup-access`, not into `main`'],
    ],
    [
      'another base repository',
      question(),
      ofPull({ baseRepository: 'eve/backup-access' }),
      ['other-base: #7 was merged into `main` of `eve/backup-access`, not into `main`'],
    ],
    [
      'another commit',
      question({ sha: shaOf('c') }),
      evidence(),
      ['other-commit: the commit of the job is not what the merge of #7 left behind'],
    ],
    [
      'no merge',
      question(),
      ofPull({ mergedAt: null, mergeCommit: null }),
      ["not-merged: #7 isn't merged", 'other-commit: the commit of the job is not what the merge of #7 left behind'],
    ],
    [
      'files that the merge changed',
      question(),
      ofPull({}, { reviewed: otherGoverned }),
      ['not-as-reviewed: what is merged is not what was reviewed in #7: `backup-access.yaml`'],
    ],
    [
      'a newer merge',
      question(),
      evidence({ governed: otherGoverned }),
      ['overtaken: `main` has moved on since this merge, with other governed files (`backup-access.yaml`)'],
    ],
    [
      'a file made executable',
      question(),
      ofPull({}, { reviewed: evidence().governed.map((file) => ({ ...file, mode: '100755' })) }),
      ['not-as-reviewed: what is merged is not what was reviewed in #7: `backup-access.yaml`, `policies/mail.yaml`'],
    ],
    [
      'an unknown push',
      question(),
      ofPull({}, { push: null }),
      [
        "unknown-push: GitHub doesn't tell who pushed the last commit of #7",
        lacks(': `bob` approved before the last push'),
      ],
    ],
    [
      '251 commits',
      question(),
      ofPull({ commits: 251 }),
      ["too-many-commits: #7 has 251 commits, of which GitHub lists 250: who wrote the others can't be told"],
    ],
    [
      'a commit that is not listed',
      question(),
      ofPull({ commits: 2 }),
      ['commits-unknown: GitHub lists other commits of #7 than it counts'],
    ],
    [
      'a list without the head',
      question(),
      withCommits(commit({ sha: shaOf('c') })),
      ['commits-unknown: GitHub lists other commits of #7 than it counts'],
    ],
  ])('%s', (_, asked, known, found) => {
    expect(whyClosed(asked, known)).toEqual(found);
  });
});

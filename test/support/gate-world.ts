import { sha256 } from '../../src/adapters/hash.ts';
import type { GateQuestion, ReviewedPlan } from '../../src/core/gate.ts';
import type { GateEvidence, PullEvidence, RunEvidence } from '../../src/core/gate-evidence.ts';
import type { CommitPerson, PullCommit, Review, StoredPlan } from '../../src/core/gate-port.ts';
import { reviewedText } from '../../src/core/reviewed-plan.ts';

/** A merge that the gate lets through, and a remediation of it: tests change what they are about. */

export const shaOf = (digit: string): string => digit.repeat(40);
export const head = shaOf('a');
export const mergeCommit = shaOf('b');
export const checkName = 'Backup access';
export const rules = { checkName, hash: sha256 };

/** A moment on the day of the merge. */
export const at = (time: string): string => `2026-11-24T${time}:00Z`;

export const planOf = (digit: string, steps: ReviewedPlan['steps'] = new Map([['x/create/y', digit.repeat(64)]])) => ({
  digest: `sha256:${digit.repeat(64)}`,
  steps,
});
export const plan: ReviewedPlan = planOf('1');

export const storedPlan = (more: Partial<StoredPlan> = {}, of: ReviewedPlan = plan): StoredPlan => ({
  id: 1,
  name: checkName,
  head,
  app: 'github-actions',
  completedAt: at('08:30'),
  externalId: of.digest,
  text: reviewedText(of, sha256),
  ...more,
});

export const review = (login: string, more: Partial<Review> = {}): Review => ({
  id: 10,
  author: { login, isBot: false },
  state: 'APPROVED',
  commit: head,
  submittedAt: at('09:00'),
  ...more,
});

export const who = (login: string | null, email = `1+${login}@users.noreply.github.com`): CommitPerson => ({
  login,
  email,
});

export const commit = (more: Partial<PullCommit> = {}): PullCommit => ({
  sha: head,
  author: who('ada'),
  committer: who('web-flow', 'noreply@github.com'),
  message: 'Let mail backup read less',
  ...more,
});

const file = { path: 'policies/mail.yaml', sha: shaOf('1'), mode: '100644' };
export const governed = [file, { ...file, path: 'backup-access.yaml', sha: shaOf('2') }];
export const otherGoverned = [file, { ...file, path: 'backup-access.yaml', sha: shaOf('3') }];

export const pullEvidence = (
  pull: Partial<PullEvidence['pull']> = {},
  more: Partial<PullEvidence> = {},
): PullEvidence => ({
  pull: {
    number: 7,
    author: { login: 'ada', isBot: false },
    mergedAt: at('10:00'),
    mergeCommit,
    base: 'main',
    baseRepository: 'contoso/backup-access',
    head,
    headRef: 'mail',
    headRepository: 'contoso/backup-access',
    commits: 1,
    ...pull,
  },
  commits: [commit()],
  reviews: [review('bob')],
  push: { after: head, at: at('08:00'), by: 'ada' },
  plans: [storedPlan()],
  reviewed: governed,
  merged: governed,
  ...more,
});

const writes = { permission: 'write', isApprover: true };
export const people: GateEvidence['people'] = new Map([
  ['bob', writes],
  ['cyd', { permission: 'admin', isApprover: true }],
  ['ada', writes],
]);

export const evidence = (more: Partial<GateEvidence> = {}): GateEvidence => ({
  repository: { fullName: 'contoso/backup-access', defaultBranch: 'main' },
  tip: mergeCommit,
  governed,
  pulls: [7],
  pull: pullEvidence(),
  people,
  run: null,
  ...more,
});

export const question = (more: Partial<GateQuestion> = {}): GateQuestion => ({
  event: 'push',
  repository: 'contoso/backup-access',
  ref: 'refs/heads/main',
  sha: mergeCommit,
  runId: '99',
  approval: { required: 1, approvers: ['bob', 'cyd', 'ada'], maxAge: 'P7D' },
  environment: 'production',
  planDigest: null,
  now: new Date(at('10:05')),
  ...more,
});

export const runEvidence = (run: Partial<RunEvidence['run']> = {}, more: Partial<RunEvidence> = {}): RunEvidence => ({
  run: {
    event: 'workflow_dispatch',
    sha: mergeCommit,
    attempt: 1,
    startedAt: '2026-12-24T08:00:00Z',
    actor: 'dan',
    starter: 'dan',
    ...run,
  },
  environment: { reviewers: 1, limitsBranches: true },
  reviews: [{ by: { login: 'cyd', isBot: false }, state: 'approved', environments: ['production'] }],
  ...more,
});

/** A month after the merge somebody restores what it brought. */
export const restoring = (more: Partial<GateQuestion> = {}): GateQuestion =>
  question({
    event: 'workflow_dispatch',
    planDigest: planOf('9').digest,
    now: new Date('2026-12-24T09:00:00Z'),
    ...more,
  });

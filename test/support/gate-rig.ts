import { createGitHub } from '../../src/adapters/github.ts';
import { createGitHubGate } from '../../src/adapters/github-gate.ts';
import { sha256 } from '../../src/adapters/hash.ts';
import type { GatePorts } from '../../src/app/gather-evidence.ts';
import type { GateQuestion } from '../../src/core/gate.ts';
import { reviewedText } from '../../src/core/reviewed-plan.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { GitHubRun } from '../../src/emulator/github-gate-state.ts';
import type { GitHubPermissions, GitHubServer } from '../../src/emulator/github-state.ts';
import { at, checkName, plan, question, restoring } from './gate-world.ts';
import { type GitRepository, gitRepository } from './git-repository.ts';
import { accessTo, openPull } from './github-rig.ts';
import { quickBudget } from './https-server.ts';
import type { servedGitHub } from './served-github.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** A repository in which branch `mail` was merged. */
export interface MergedRepository {
  readonly repository: GitRepository;
  readonly base: string;
  readonly head: string;
  readonly merge: string;
}

/** Two commits to a policy, merged by one of GitHub's three methods; `between`: files that came onto `main` before it. */
export const mergedRepository = (
  method: MergeMethod = 'squash',
  between: Readonly<Record<string, string>> | null = null,
): MergedRepository => {
  const repository = gitRepository();
  const { git, commit } = repository;
  const base = commit({ 'policies/mail.yaml': 'a\n', 'backup-access.yaml': 'x\n', 'README.md': 'x\n' });
  git('checkout', '--quiet', '-b', 'mail');
  commit({ 'policies/mail.yaml': 'b\n' });
  const head = commit({ 'policies/mail.yaml': 'c\n' });
  git('checkout', '--quiet', 'main');
  if (between !== null) commit(between);
  if (method === 'merge') git('merge', '--quiet', '--no-ff', '--no-edit', 'mail');
  if (method === 'squash') {
    git('merge', '--quiet', '--squash', 'mail');
    git('commit', '--quiet', '--message', 'mail (#7)');
  }
  if (method === 'rebase') git('cherry-pick', '--allow-empty', `${base}..mail`);
  return { repository, base, head, merge: git('rev-parse', 'HEAD') };
};

export const gatePermissions: GitHubPermissions = {
  contents: 'read',
  'pull-requests': 'write',
  checks: 'write',
  actions: 'read',
  members: 'read',
};

const isGoverned = (path: string): boolean => path === 'backup-access.yaml' || path.startsWith('policies/');

const pullOf = ({ base, head }: MergedRepository) =>
  openPull({ headSha: head, baseSha: base, headRef: 'mail', author: 'ada' });

/** A merge that was shown, approved and made, on an embedded GitHub; nobody else has anything to say. */
export const approvedMerge = async (
  serve: ReturnType<typeof servedGitHub>,
  merged: MergedRepository,
  more: { readonly faults?: FaultScript; readonly permissions?: GitHubPermissions; readonly pageSize?: number } = {},
): Promise<GitHubServer> => {
  let clock = at('08:00');
  const server = await serve({
    ...{ git: merged.repository.folder, now: () => new Date(clock), permissions: gatePermissions },
    ...more,
    pulls: [pullOf(merged)],
    settings: {
      collaborators: { ada: 'write', bob: 'maintain' },
      teams: { 'contoso/owners': ['bob'] },
      addresses: { 'test@contoso.example': 'ada' },
      environments: [{ name: 'production', reviewers: ['@contoso/owners'], branches: 'protected' }],
      runs: [runOf(merged)],
    },
  });
  clock = at('08:30');
  const told = await createGitHub(accessTo(server)).createCheckRun({
    ...{ name: checkName, headSha: merged.head, conclusion: 'action_required', title: 'x', summary: 'x' },
    ...{ text: reviewedText(plan, sha256), externalId: plan.digest, annotations: [] },
  });
  if (!told.ok) throw new Error(told.error.detail);
  server.putReview({ pull: 7, author: 'bob', state: 'APPROVED', commit: merged.head, submittedAt: at('09:00') });
  server.putPull({ ...pullOf(merged), merge: { at: at('10:00'), commit: merged.merge } });
  clock = at('10:05');
  return server;
};

/** Run 99 restores: dan started it, and bob let it in. */
export const runOf = ({ merge }: MergedRepository): GitHubRun => ({
  ...{ id: 99, event: 'workflow_dispatch', sha: merge, attempt: 1, startedAt: '2026-12-24T08:00:00Z' },
  ...{ actor: 'dan', starter: 'dan' },
  reviews: [{ by: 'bob', state: 'approved', environments: ['production'] }],
});

const approval = { required: 1, approvers: ['@contoso/owners'], maxAge: 'P7D' };
export const asked = ({ merge }: MergedRepository, more: Partial<GateQuestion> = {}): GateQuestion =>
  question({ sha: merge, approval, ...more });
export const askedToRestore = ({ merge }: MergedRepository, more: Partial<GateQuestion> = {}): GateQuestion =>
  restoring({ sha: merge, approval, ...more });

/** What the gate asks with, and how long it waited. */
export const gatePorts = (
  server: GitHubServer,
  timeout = 5_000,
): GatePorts & { readonly hash: typeof sha256; readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    github: createGitHubGate(accessTo(server, { budget: quickBudget(), timeout })),
    pause: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    isGoverned,
    checkName,
    hash: sha256,
    waits,
  };
};

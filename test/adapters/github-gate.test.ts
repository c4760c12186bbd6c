import { beforeAll, describe, expect, it } from 'vitest';
import { createGitHubGate } from '../../src/adapters/github-gate.ts';
import type { GatePort } from '../../src/core/gate-port.ts';
import type { Told } from '../../src/core/github.ts';
import { approvedMerge, type MergedRepository, mergedRepository } from '../support/gate-rig.ts';
import { at, checkName, plan } from '../support/gate-world.ts';
import { accessTo } from '../support/github-rig.ts';
import { quickBudget } from '../support/https-server.ts';
import { failureOf, servedGitHub } from '../support/served-github.ts';

const serve = servedGitHub();
let merged: MergedRepository;
beforeAll(() => {
  merged = mergedRepository();
});

type Read = (port: GatePort, of: MergedRepository) => Promise<Told<unknown>>;

/** Each read: what it tells, the end of its path, and the fields without which it tells nothing. */
const reads: readonly (readonly [string, Read, (of: MergedRepository) => unknown, RegExp, readonly string[]])[] = [
  [
    'the repository',
    (port) => port.readRepository(),
    () => ({ fullName: 'contoso/backup-access', defaultBranch: 'main' }),
    /backup-access$/,
    ['full_name', 'default_branch'],
  ],
  ['a branch', (port) => port.readBranch('main'), ({ merge }) => merge, /main$/, ['name', 'commit', 'commit.sha']],
  [
    'pull requests of a commit',
    (port, { merge }) => port.listPullsOf(merge),
    () => [7],
    /pulls\?/,
    ['0.number', '0.merged_at'],
  ],
  [
    'a pull request',
    (port) => port.readPull(7),
    ({ head, merge }) => ({
      ...{ number: 7, author: { login: 'ada', isBot: false }, mergedAt: at('10:00'), mergeCommit: merge, base: 'main' },
      ...{ baseRepository: 'contoso/backup-access', head, headRef: 'mail', headRepository: 'contoso/backup-access' },
      commits: 2,
    }),
    /pulls\/7$/,
    [
      ...['number', 'user', 'user.login', 'user.type', 'merged', 'merged_at', 'merge_commit_sha', 'commits'],
      ...['base', 'base.ref', 'base.repo', 'base.repo.full_name'],
      ...['head', 'head.sha', 'head.ref', 'head.repo', 'head.repo.full_name'],
    ],
  ],
  [
    'commits of a pull request',
    async (port) => {
      const told = await port.listCommits(7);
      return told.ok ? { ok: true, value: told.value.at(-1) } : told;
    },
    ({ head }) => {
      const ada = { login: 'ada', email: 'test@contoso.example' };
      return { sha: head, author: ada, committer: ada, message: 'change' };
    },
    /commits\?/,
    [
      ...['0.sha', '0.author', '0.author.login', '0.committer', '0.commit', '0.commit.message'],
      ...['0.commit.author', '0.commit.author.email', '0.commit.committer.email'],
    ],
  ],
  [
    'reviews',
    (port) => port.listReviews(7),
    ({ head }) => [
      {
        ...{ id: expect.any(Number), author: { login: 'bob', isBot: false }, state: 'APPROVED', commit: head },
        submittedAt: at('09:00'),
      },
    ],
    /reviews\?/,
    ['0.id', '0.user', '0.user.login', '0.user.type', '0.state', '0.commit_id', '0.submitted_at'],
  ],
  [
    'a permission',
    (port) => port.readPermission('Bob'),
    () => 'write',
    /permission$/,
    ['permission', 'user', 'user.login'],
  ],
  ['a membership', (port) => port.isTeamMember('contoso', 'owners', 'bob'), () => true, /memberships\/bob$/, ['state']],
  [
    'pushes',
    (port) => port.listPushes('mail'),
    ({ head }) => [{ after: head, at: at('08:00'), by: 'ada' }],
    /activity\?/,
    ['0.ref', '0.after', '0.timestamp', '0.actor', '0.actor.login', '0.activity_type'],
  ],
  [
    'plans',
    (port, { head }) => port.listPlans(head, checkName),
    ({ head }) => [
      {
        ...{ id: expect.any(Number), name: checkName, head, app: 'github-actions', completedAt: at('08:30') },
        ...{ externalId: plan.digest, text: expect.stringContaining(plan.digest) },
      },
    ],
    /check-runs\?/,
    [
      ...['total_count', 'check_runs', 'check_runs.0.id', 'check_runs.0.name', 'check_runs.0.head_sha'],
      ...['check_runs.0.app', 'check_runs.0.app.slug', 'check_runs.0.status', 'check_runs.0.completed_at'],
      ...['check_runs.0.external_id', 'check_runs.0.output', 'check_runs.0.output.text'],
    ],
  ],
  [
    'files',
    async (port, { merge }) => {
      const told = await port.listFiles(merge);
      return told.ok ? { ok: true, value: told.value.map(({ path, mode }) => `${mode} ${path}`) } : told;
    },
    () => ['100644 README.md', '100644 backup-access.yaml', '100644 policies/mail.yaml'],
    /trees/,
    ['tree', 'truncated', 'tree.0.path', 'tree.0.sha', 'tree.0.mode', 'tree.0.type'],
  ],
  [
    'commits to a path',
    async (port, { merge }) => {
      const told = await port.listCommitsOf(merge, 'policies');
      return told.ok ? { ok: true, value: told.value[0]?.sha } : told;
    },
    ({ merge }) => merge,
    /commits\?/,
    ['0.sha', '0.commit', '0.commit.committer', '0.commit.committer.date'],
  ],
  [
    'an environment',
    (port) => port.readEnvironment('production'),
    () => ({ reviewers: 1, limitsBranches: true }),
    /production$/,
    [
      ...['name', 'protection_rules', 'protection_rules.0.type', 'protection_rules.0.reviewers'],
      ...['deployment_branch_policy', 'deployment_branch_policy.protected_branches'],
      ...['deployment_branch_policy.custom_branch_policies', 'protection_rules.0.reviewers.0'],
    ],
  ],
  [
    'a run',
    (port) => port.readRun('99'),
    ({ merge }) => ({
      ...{ event: 'workflow_dispatch', sha: merge, attempt: 1, startedAt: '2026-12-24T08:00:00Z' },
      ...{ actor: 'dan', starter: 'dan' },
    }),
    /runs\/99$/,
    ['id', 'event', 'head_sha', 'run_attempt', 'run_started_at', 'actor', 'actor.login', 'triggering_actor'],
  ],
  [
    'who let a run in',
    (port) => port.listRunReviews('99'),
    () => [{ by: { login: 'bob', isBot: false }, state: 'approved', environments: ['production'] }],
    /approvals$/,
    ['0.user', '0.user.login', '0.user.type', '0.state', '0.environments', '0.environments.0.name'],
  ],
];

const portOf = (server: Parameters<typeof accessTo>[0]): GatePort =>
  createGitHubGate(accessTo(server, { budget: quickBudget() }));

const without = (body: unknown, path: string, put: unknown): unknown => {
  const bent = structuredClone(body);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<Record<string, unknown>>(
    (at, name) => at[name] as Record<string, unknown>,
    bent as Record<string, unknown>,
  );
  if (put === undefined) delete holder[last];
  else holder[last] = put;
  return bent;
};

describe('what the gate reads', () => {
  it.each(reads)('%s: whole, or not at all', async (_, read, value, path, fields) => {
    const server = await approvedMerge(serve, merged);
    expect(await read(portOf(server), merged)).toEqual({ ok: true, value: value(merged) });
    const body = server.exchanges().findLast((exchange) => path.test(exchange.path))?.responseBody;
    const bodies = fields.flatMap((field) => [without(body, field, undefined), without(body, field, ['x'])]);
    const faults = bodies.map((bent) => ({ match: { method: 'GET' }, answer: { status: 200, body: bent } }));
    const bent = await approvedMerge(serve, merged, { faults });
    const failed: string[] = [];
    for (const field of fields.flatMap((name) => [name, name])) {
      const { reason, status } = failureOf(await read(portOf(bent), merged));
      failed.push(`${field}: ${reason} ${status}`);
    }
    expect(failed).toEqual(fields.flatMap((name) => Array(2).fill(`${name}: server-error 200`)));
  });
});

describe('what isn’t there', () => {
  it.each<readonly [string, Read, unknown]>([
    ['no collaborator', (port) => port.readPermission('eve'), null],
    ['no member', (port) => port.isTeamMember('contoso', 'owners', 'eve'), false],
    ['no team', (port) => port.isTeamMember('contoso', 'none', 'bob'), false],
    ['no environment', (port) => port.readEnvironment('test'), null],
    ['no plan', (port, { merge }) => port.listPlans(merge, checkName), []],
    ['no push', (port) => port.listPushes('none'), []],
    ['no pull request', (port, { base }) => port.listPullsOf(base), []],
    ['no commit to a path', (port, { merge }) => port.listCommitsOf(merge, 'none'), []],
  ])('%s', async (_, read, value) => {
    expect(await read(portOf(await approvedMerge(serve, merged)), merged)).toEqual({ ok: true, value });
  });

  it.each<readonly [string, Read]>([
    ['a branch', (port) => port.readBranch('none')],
    ['a pull request', (port) => port.readPull(8)],
    ['a run', (port) => port.readRun('98')],
    ['files of no commit', (port) => port.listFiles('9'.repeat(40))],
  ])('%s is a failure', async (_, read) => {
    expect(failureOf(await read(portOf(await approvedMerge(serve, merged)), merged))).toMatchObject({ status: 404 });
  });
});

import { describe, expect, it } from 'vitest';
import { createGitHubDeployments } from '../../src/adapters/github-deployments.ts';
import { sha256 } from '../../src/adapters/hash.ts';
import { planToRun } from '../../src/app/authorise.ts';
import {
  type DeploymentQuestion,
  endDeployment,
  readEarlierRuns,
  startDeployment,
} from '../../src/app/deployment-record.ts';
import { parseDuration } from '../../src/core/duration.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { askGitHub } from '../support/ask-github.ts';
import { appRole } from '../support/facts.ts';
import { badAnswers } from '../support/github-faults.ts';
import { accessTo } from '../support/github-rig.ts';
import { quickBudget } from '../support/https-server.ts';
import { stepsOf } from '../support/plan-steps.ts';
import { servedGitHub } from '../support/served-github.ts';

const start = servedGitHub();
const serve = (options: Parameters<typeof start>[0] = {}) =>
  start({ permissions: { deployments: 'write' }, ...options });
const portAt = (server: GitHubServer) =>
  createGitHubDeployments(accessTo(server, { budget: quickBudget(), timeout: 300 }));

const tenant = '72f988bf-0000-4000-8000-000000000001';
const window = parseDuration('P7D');
if (window === null) throw new Error('P7D is a week');
const steps = stepsOf([
  { policy: 'mail', change: { action: 'create', cause: 'missing', before: null, after: appRole('Mail.Read') } },
  { policy: 'mail', change: { action: 'delete', cause: 'undeclared', before: appRole('Mail.ReadWrite'), after: null } },
]);
const plan = planToRun(tenant, 'sha256:abc', steps, sha256);
const question: DeploymentQuestion = {
  plan,
  commit: '1'.repeat(40),
  environment: 'backup',
  pull: null,
  approvers: [],
  logUrl: null,
};
const allDone = {
  results: steps.map(({ id }) => ({ step: id, state: 'done', detail: '', requestIds: [] }) as const),
  stopped: null,
};
const readAt = (server: GitHubServer) => readEarlierRuns(portAt(server), { tenant, window, now: new Date() });
const done = steps.map(({ id, change }) => ({ id, hash: plan.hashes.get(id), revokes: change.action === 'delete' }));

const runAt = async (server: GitHubServer): Promise<void> => {
  const record = await startDeployment(portAt(server), question);
  if (!record.ok) throw new Error(record.error.why);
  await endDeployment(portAt(server), record.value, allDone);
};

describe('the deployments of this program', () => {
  it('are made, closed and read back, and the later ones retire none of the earlier', async () => {
    const server = await serve({ pageSize: 2 });
    for (let runs = 0; runs < 5; runs += 1) await runAt(server);
    expect(server.deployments().map(({ statuses }) => statuses.map(({ state }) => state))).toEqual(
      Array(5).fill(['in_progress', 'success']),
    );
    const read = await readAt(server);
    expect(read.ok && read.value.map((run) => run.steps)).toEqual(Array(5).fill(done));
    const [made] = server.exchanges().filter(({ method, path }) => method === 'POST' && path.endsWith('/deployments'));
    expect(made?.requestBody).toMatchObject({
      task: 'backup-access-apply',
      ref: '1'.repeat(40),
      auto_merge: false,
      required_contexts: [],
    });
  });

  it('are told from those of others, and remembered when others retire them', async () => {
    const server = await serve();
    await runAt(server);
    const other = { ref: '1'.repeat(40), environment: 'backup', payload: 'x' };
    const made = await askGitHub(server, 'POST', '/deployments', other);
    const { id } = made.body as { readonly id: number };
    await askGitHub(server, 'POST', `/deployments/${id}/statuses`, { state: 'success' });
    expect(server.deployments()[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'success', 'inactive']);
    expect(await readAt(server)).toMatchObject({ ok: true, value: [{ steps: done }] });
  });

  it('are found whatever environment they were made for', async () => {
    const server = await serve();
    await startDeployment(portAt(server), { ...question, environment: 'before it was renamed' });
    expect(await readAt(server)).toMatchObject({ ok: true, value: [{ steps: [{}, {}] }] });
  });

  it.each([
    ['read', 'record-failed', 'deployments: write'],
    [undefined, 'memory-unreadable', 'deployments: read'],
  ] as const)('take a token that may: %s', async (held, code, needs) => {
    const server = await serve({ permissions: held === undefined ? {} : { deployments: held } });
    const told = held === undefined ? await readAt(server) : await startDeployment(portAt(server), question);
    expect(told).toMatchObject({
      ok: false,
      error: {
        code,
        wayForward: `grant the job \`${needs}\` under \`permissions\` of the workflow, then apply again`,
      },
    });
  });
});

const answers: Readonly<Record<string, Fault['answer']>> = {
  ...badAnswers,
  '403': { status: 403 },
  'a row that is none': { status: 200, body: [{}] },
  'a deployment of others': {
    status: 200,
    body: [{ id: 1, task: 'deploy', created_at: new Date().toISOString(), payload: {} }],
  },
  'a deployment of nobody knows when': { status: 200, body: [{ id: 1, task: 'backup-access-apply', created_at: 'x' }] },
  'a page that leads to itself': { emptyPageWithNext: true },
  'a next page elsewhere': { nextLink: 'https://elsewhere.invalid/' },
};

describe('every request behind the memory of the brake, with every answer', () => {
  const reads = { 'reading deployments': '/deployments?', 'reading statuses': '/statuses' } as const;
  const cells = Object.entries(reads).flatMap(([what, path]) =>
    Object.keys(answers).map((answer) => [what, answer, path] as const),
  );

  it.each(cells)('%s: %s', async (_, answer, path) => {
    const match = { method: 'GET', path, times: 'always' } as const;
    const server = await serve({ faults: [{ match, answer: answers[answer] ?? { cut: true } }] });
    await runAt(server);
    const read = await readAt(server);
    expect(read).toMatchObject({ ok: false, error: { code: 'memory-unreadable' } });
    expect(!read.ok && read.error.why).toMatch(
      /^nobody can tell what earlier runs took away: `GET \/repos\/….*` failed: ./,
    );
  });

  it.each(Object.keys(answers).filter((answer) => !/page/.test(answer)))('making a record: %s', async (answer) => {
    const match = { method: 'POST', path: '/deployments', times: 'always' } as const;
    const server = await serve({ faults: [{ match, answer: answers[answer] ?? { cut: true } }] });
    const begun = await startDeployment(portAt(server), question);
    expect(begun).toMatchObject({ ok: false, error: { code: 'record-failed' } });
    expect(!begun.ok && begun.error.why).toMatch(
      /^what is about to be done could not be written down: `POST \/repos\/…\/deployments` failed: ./,
    );
  });

  it.each(Object.keys(answers).filter((answer) => !/page/.test(answer)))('closing a record: %s', async (answer) => {
    const match = { method: 'POST', path: '/statuses', times: 'always' } as const;
    const server = await serve({ faults: [{ match, answer: answers[answer] ?? { cut: true } }] });
    const begun = await startDeployment(portAt(server), question);
    if (!begun.ok) throw new Error(begun.error.why);
    const ended = await endDeployment(portAt(server), begun.value, allDone);
    expect(!ended.ok && ended.error).toMatch(
      /^the deployment record could not be closed: `POST \/repos\/…\/deployments\/\d+\/statuses` failed: ./,
    );
    // What nobody wrote down counts as done.
    const read = await readAt(server);
    expect(read).toMatchObject({ ok: true, value: [{ steps: done.map(({ id, hash }) => ({ id, hash })) }] });
  });
});

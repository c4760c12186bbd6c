import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { planToRun } from '../../src/app/authorise.ts';
import {
  type DeploymentQuestion,
  endDeployment,
  readEarlierRuns,
  startDeployment,
} from '../../src/app/deployment-record.ts';
import type { StepState } from '../../src/core/apply.ts';
import type { PlanToRun } from '../../src/core/authority.ts';
import { parseDuration } from '../../src/core/duration.ts';
import { appRole, backupApp } from '../support/facts.ts';
import { failure, memoryDeployments } from '../support/memory-deployments.ts';
import { stepsOf } from '../support/plan-steps.ts';

const tenant = '72f988bf-0000-4000-8000-000000000001';
const day = 86_400_000;
const start = Date.parse('2026-11-25T12:00:00Z');
const week = parseDuration('P7D');
if (week === null) throw new Error('P7D is a week');

const planOf = (grants: number, revokes: number): PlanToRun => {
  const steps = stepsOf([
    ...Array.from({ length: grants }, (_, at) => ({
      policy: 'mail',
      change: { action: 'create', cause: 'missing', before: null, after: appRole(`Grant.${at}`) } as const,
    })),
    ...Array.from({ length: revokes }, (_, at) => ({
      policy: 'mail',
      change: { action: 'delete', cause: 'undeclared', before: appRole(`Revoke.${at}`), after: null } as const,
    })),
  ]);
  return planToRun(tenant, 'sha256:abc', steps, sha256);
};

const question = (plan: PlanToRun): DeploymentQuestion => ({
  plan,
  commit: '1'.repeat(40),
  environment: 'production',
  pull: 7,
  approvers: ['ada'],
  logUrl: 'https://github.com/contoso/backup-access/actions/runs/1',
});

const result = (state: StepState, at: number, requestIds: readonly string[] = []) => ({
  step: String(at),
  state,
  detail: 'x',
  requestIds,
});
const applied = (...states: readonly StepState[]) => ({
  results: states.map((state, at) => result(state, at)),
  stopped: null,
});

const rig = () => {
  let now = start;
  const memory = memoryDeployments(() => new Date(now));
  return {
    memory,
    forward: (milliseconds: number) => {
      now += milliseconds;
    },
    read: (of = tenant) => readEarlierRuns(memory.port, { tenant: of, window: week, now: new Date(now) }),
    begin: async (plan: PlanToRun) => {
      const begun = await startDeployment(memory.port, question(plan));
      if (!begun.ok) throw new Error(begun.error.why);
      return begun.value;
    },
  };
};

describe('the record of a run', () => {
  it('is there before the first write, with all that is about to be done', async () => {
    const { memory, begin } = rig();
    const plan = planOf(1, 1);
    expect(await begin(plan)).toEqual({ ids: [1], logUrl: question(plan).logUrl });
    const [grant = '', revoke = ''] = plan.steps.map(({ id }) => id);
    expect(memory.kept).toMatchObject([
      {
        commit: '1'.repeat(40),
        environment: 'production',
        description: 'Backup access: 2 steps',
        payload: {
          version: 1,
          tenant,
          digest: 'sha256:abc',
          pull: 7,
          approvers: ['ada'],
          steps: [
            [grant, plan.hashes.get(grant), 0],
            [revoke, plan.hashes.get(revoke), 1],
          ],
        },
        statuses: [{ state: 'in_progress', description: 'writing' }],
      },
    ]);
    expect(grant).toBe(
      `app-role-assignment/create/app-role-assignment/${backupApp}/00000003-0000-0000-c000-000000000000/Grant.0`,
    );
  });

  it('takes several where a plan is long, and none is too large', async () => {
    const { memory, begin, read } = rig();
    const plan = planOf(600, 400);
    const record = await begin(plan);
    expect(memory.kept.length).toBeGreaterThan(3);
    expect(memory.kept.map(({ description }) => description)).toEqual(
      memory.kept.map((_, at) => `Backup access: 1000 steps, part ${at + 1} of ${memory.kept.length}`),
    );
    for (const { payload } of memory.kept) expect(JSON.stringify(payload).length).toBeLessThan(60_000);
    await endDeployment(memory.port, record, applied('done'));
    const runs = await read();
    const steps = runs.ok ? runs.value.flatMap((run) => run.steps) : [];
    expect(new Map(steps.map(({ id, hash }) => [id, hash]))).toEqual(plan.hashes);
    expect(steps).toHaveLength(1_000);
  });

  it.each<readonly [string, Parameters<typeof endDeployment>[2], string, string]>([
    ['all done', applied('done', 'already'), 'success', 'all 2 steps hold: 1 written, 1 before'],
    ['nothing to do', applied(), 'success', 'all 0 steps hold: 0 written, 0 before'],
    ['one unknown', applied('done', 'unknown'), 'failure', '1 of 2 steps done, 1 unknown: apply again'],
    ['one refused', applied('done', 'not-done'), 'failure', '1 of 2 steps done, 0 unknown: apply again'],
    [
      'stopped half way',
      { ...applied('done', 'not-run'), stopped: 'x' },
      'failure',
      '1 of 2 steps done, 0 unknown: apply again',
    ],
    [
      'stopped at the end',
      { ...applied('done'), stopped: 'x' },
      'failure',
      '1 of 1 steps done, 0 unknown: apply again',
    ],
    ['stopped at once', { ...applied('not-run', 'not-run'), stopped: 'x' }, 'error', 'nothing was written'],
    [
      'one sent and not done',
      { results: [result('not-done', 0, ['id of a request'])], stopped: null },
      'failure',
      '0 of 1 steps done, 0 unknown: apply again',
    ],
  ])('is closed: %s', async (_, given, state, description) => {
    const { memory, begin } = rig();
    const record = await begin(planOf(1, 1));
    expect(await endDeployment(memory.port, record, given)).toEqual({ ok: true, value: undefined });
    expect(memory.kept[0]?.statuses[0]).toEqual({ state, description, logUrl: record.logUrl });
  });

  it('that can’t be made stops the run before it writes', async () => {
    const { memory } = rig();
    memory.fail = (call) => call === 'create 1';
    expect(await startDeployment(memory.port, question(planOf(1, 0)))).toEqual({
      ok: false,
      error: {
        code: 'record-failed',
        why: 'what is about to be done could not be written down: `POST /repos/…/deployments` failed: HTTP 502, Server Error',
        wayForward: 'apply again; if it stays so, look at githubstatus.com and at the message above',
      },
    });
  });

  it('of which a later part can’t be made says that nothing was written', async () => {
    const { memory, read } = rig();
    memory.fail = (call) => call === 'create 2';
    expect((await startDeployment(memory.port, question(planOf(600, 0)))).ok).toBe(false);
    expect(memory.kept.map(({ statuses }) => statuses.map(({ state }) => state))).toEqual([['error']]);
    expect(await read()).toEqual({ ok: true, value: [] });
  });

  it('that can’t be closed is told', async () => {
    const { memory, begin } = rig();
    const record = await begin(planOf(1, 0));
    memory.fail = (call) => call.startsWith('setStatus');
    expect(await endDeployment(memory.port, record, applied('done'))).toEqual({
      ok: false,
      error: 'the deployment record could not be closed: `POST /repos/…/deployments` failed: HTTP 502, Server Error',
    });
  });

  it('without a status is a record all the same', async () => {
    const { memory, begin } = rig();
    memory.fail = (call) => call.startsWith('setStatus');
    expect((await begin(planOf(1, 0))).ids).toEqual([1]);
  });
});

describe('what earlier runs did', () => {
  const plan = planOf(1, 1);
  const [grant = '', revoke = ''] = plan.steps.map(({ id }) => id);
  const steps = (isDoubtful: boolean) =>
    [grant, revoke].map((id) => ({
      id,
      hash: plan.hashes.get(id),
      revokes: id === revoke,
      ...(isDoubtful ? { isDoubtful: true } : {}),
    }));
  const ends: readonly (readonly [string, Parameters<typeof endDeployment>[2] | null, boolean | null])[] = [
    ['that ended well is done', applied('done', 'done'), false],
    ['that ended badly may be done', applied('done', 'unknown'), true],
    ['that died may be done', null, true],
    ['that wrote nothing is nothing', { ...applied('not-run'), stopped: 'x' }, null],
  ];

  it.each(ends)('%s', async (_, given, isDoubtful) => {
    const { memory, begin, read, forward } = rig();
    const record = await begin(plan);
    if (given !== null) await endDeployment(memory.port, record, given);
    forward(7 * day);
    const runs = isDoubtful === null ? [] : [{ at: '2026-11-25T12:00:00.000Z', steps: steps(isDoubtful) }];
    expect(await read()).toEqual({ ok: true, value: runs });
    // Other programs may retire a deployment: what was done stays done.
    memory.kept[0]?.statuses.unshift({ state: 'inactive', description: '', logUrl: null });
    expect(await read()).toEqual({ ok: true, value: runs });
    forward(1);
    expect(await read()).toEqual({ ok: true, value: [] });
  });

  it.each(['success', 'failure'] as const)(
    'that ended in %s is not forgotten when somebody says it wrote nothing',
    async (state) => {
      const { memory, begin, read } = rig();
      await begin(plan);
      await memory.port.setStatus(1, { state, description: '', logUrl: null });
      const before = await read();
      await memory.port.setStatus(1, { state: 'error', description: 'nothing was written', logUrl: null });
      expect(await read()).toEqual(before);
      expect(before).toMatchObject({ ok: true, value: [{ steps: [{ id: grant }, { id: revoke }] }] });
    },
  );

  it('is of this tenant alone, however it is spelt', async () => {
    const { begin, read } = rig();
    await begin(plan);
    expect(await read('72f988bf-0000-4000-8000-000000000002')).toEqual({ ok: true, value: [] });
    expect(await read(tenant.toUpperCase())).toEqual({
      ok: true,
      value: [{ at: '2026-11-25T12:00:00.000Z', steps: steps(true) }],
    });
  });

  it('is read where GitHub sends the payload as a text', async () => {
    const { memory, begin, read } = rig();
    await begin(plan);
    const [first] = memory.kept;
    if (first !== undefined) memory.kept[0] = { ...first, payload: JSON.stringify(first.payload) as never };
    expect(await read()).toMatchObject({ ok: true, value: [{ steps: steps(true) }] });
  });

  const whole = { version: 1, tenant, digest: 'x', pull: 7, approvers: [], steps: [[grant, 'a'.repeat(64), 1]] };
  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['a text', 'x'],
    ['an empty object', {}],
    ['another version', { ...whole, version: 2 }],
    ['no tenant', { ...whole, tenant: undefined }],
    ['no steps', { ...whole, steps: undefined }],
    ['a step that is none', { ...whole, steps: [grant] }],
    ['a step without a hash', { ...whole, steps: [[grant, '', 1]] }],
    ['a step that neither revokes nor not', { ...whole, steps: [[grant, 'a'.repeat(64), true]] }],
    ['a step with more', { ...whole, steps: [[grant, 'a'.repeat(64), 1, 1]] }],
  ])('is unknown where a record holds %s', async (_, payload) => {
    const { memory, read } = rig();
    await memory.port.create({ ...question(plan), description: 'x', payload: payload as never });
    expect(await read()).toEqual({
      ok: false,
      error: {
        code: 'memory-unreadable',
        why: 'nobody can tell what earlier runs took away: deployment 1 is none that this program wrote',
        wayForward:
          'find out who made it, delete it with `DELETE /repos/{owner}/{repo}/deployments/1`, and apply again',
      },
    });
  });

  it('is read where a record holds just that', async () => {
    const { memory, read } = rig();
    await memory.port.create({ ...question(plan), description: 'x', payload: whole });
    expect((await read()).ok).toBe(true);
  });

  it.each(['list 1', 'states 1', 'states 2'])('is unknown where GitHub fails at %s', async (call) => {
    const { memory, begin, read } = rig();
    await begin(plan);
    await begin(plan);
    memory.fail = (one) => one === call;
    expect(await read()).toMatchObject({
      ok: false,
      error: {
        code: 'memory-unreadable',
        why: `nobody can tell what earlier runs took away: \`${failure.request}\` failed: ${failure.detail}`,
      },
    });
  });
});

import { describe, expect, test } from 'vitest';
import { err, ok } from '../../src/core/result.ts';
import { fakeTenant } from '../support/fake-tenant.ts';
import { answered, emptyTruth } from '../support/fake-truth.ts';
import { after, before, details, first, newRole, oldRole, runOn, states, swap } from '../support/run-plan.ts';
import { azure, holdings, role, scope, stepsOf, truthWith } from '../support/write-steps.ts';

const tell = (notes: ReturnType<ReturnType<typeof fakeTenant>['notes']>): readonly string[] =>
  notes.map((entry) => {
    if (entry.type === 'intent') return `intent ${entry.attempt} ${entry.request.method}`;
    if (entry.type === 'answer') return `answer ${entry.attempt} ${entry.answer.came ? entry.answer.status : 'lost'}`;
    return entry.type === 'result' ? `result ${entry.result.state}` : entry.type;
  });

describe('a clean run', () => {
  test('grants, reads back five times, then revokes and reads back', async () => {
    const tenant = fakeTenant({ truth: before });
    expect(await runOn(tenant, swap)).toEqual({
      results: [
        {
          step: swap[0]?.id,
          state: 'done',
          detail: 'the request was accepted, and reads show it',
          requestIds: ['request-201'],
        },
        {
          step: swap[1]?.id,
          state: 'done',
          detail: 'the request was accepted, and reads show it',
          requestIds: ['request-204'],
        },
      ],
      stopped: null,
    });
    expect(holdings(tenant.truth())).toEqual(after);
    expect(tell(tenant.notes())).toEqual([
      'intent 1 POST',
      'answer 1 201',
      'result done',
      'intent 1 DELETE',
      'answer 1 204',
      'result done',
    ]);
  });

  test('a second run writes nothing', async () => {
    const tenant = fakeTenant({ truth: before });
    await runOn(tenant, swap);
    const sent = tenant.sent().length;
    expect(await runOn(tenant, swap)).toEqual({
      results: swap.map(({ id }) => ({ step: id, state: 'already', detail: 'it was so already', requestIds: [] })),
      stopped: null,
    });
    expect(tenant.sent()).toHaveLength(sent);
  });

  test('scopes of one consent are written one after the other, each with those before it and those beside it', async () => {
    const steps = stepsOf(scope('create', 'mail.read'), scope('create', 'files.read'), scope('delete', 'user.read'));
    const tenant = fakeTenant({ truth: truthWith([scope('delete', 'user.read')], ['openid']) });
    expect(states(await runOn(tenant, steps))).toEqual([
      'create files.read: done',
      'create mail.read: done',
      'delete user.read#held-grant: done',
    ]);
    expect(tenant.sent().map(({ method, body }) => [method, body?.['scope']])).toEqual([
      ['PATCH', 'openid user.read files.read'],
      ['PATCH', 'openid user.read files.read mail.read'],
      ['PATCH', 'openid files.read mail.read'],
    ]);
  });

  test('the same step for two policies runs once', async () => {
    const [grant] = stepsOf(newRole);
    if (grant === undefined) throw new Error('no step');
    const tenant = fakeTenant({ truth: emptyTruth });
    const run = await runOn(tenant, [grant, { ...grant, policy: 'other' }]);
    expect(states(run)).toEqual(['create sites.selected: done']);
    expect(tenant.sent()).toHaveLength(1);
  });

  test('one id that means two things does not run', async () => {
    const [grant] = stepsOf(newRole);
    const [other] = stepsOf(role('create', 'mail.read'));
    if (grant === undefined || other === undefined) throw new Error('no step');
    const tenant = fakeTenant({ truth: emptyTruth });
    const run = await runOn(tenant, [grant, { ...grant, target: other.target }]);
    expect(details(run)).toEqual(['two policies ask for it in different ways: let them ask for the same']);
    expect(tenant.sent()).toHaveLength(0);
  });

  test('grants that nobody waits for are read back together', async () => {
    const steps = stepsOf(...['a', 'b', 'c', 'd', 'e', 'f'].map((where) => azure('create', where)));
    const tenant = fakeTenant({ truth: emptyTruth });
    const begin = tenant.now().getTime();
    expect((await runOn(tenant, steps)).results.every(({ state }) => state === 'done')).toBe(true);
    expect(tenant.now().getTime() - begin).toBeLessThan(9_000);
  });
});

describe('what stands otherwise than approved', () => {
  test('is left alone, and whoever waits for it too', async () => {
    const tenant = fakeTenant({ truth: { ...before, roles: { other: Object.values(before.roles)[0] ?? '' } } });
    const run = await runOn(tenant, stepsOf(oldRole));
    expect(details(run)).toEqual([
      'another assignment gives the same permission now, `other`: a change of that needs a new approval',
    ]);
    expect(states(run)).toEqual(['delete sites.fullcontrol.all: not-done']);
    expect(tenant.sent()).toHaveLength(0);
  });

  test('three times is enough: the run ends', async () => {
    const wanted = ['a', 'b', 'c', 'd'].map((name) => role('delete', name));
    const { roles } = truthWith(wanted);
    const others = Object.fromEntries(
      Object.entries(roles).map(([id, row]) => [id === 'held-d' ? id : `new-${id}`, row]),
    );
    const tenant = fakeTenant({ truth: { ...emptyTruth, roles: others } });
    const run = await runOn(tenant, stepsOf(...wanted));
    expect(run.results.map(({ state }) => state)).toEqual(['not-done', 'not-done', 'not-done', 'not-run']);
    expect(run.stopped).toBe('3 steps met something else than was approved: somebody else is changing this tenant');
    expect(tenant.sent()).toHaveLength(0);
  });

  test('a step that waits for one which is not in the plan does not run', async () => {
    const [, revoke] = swap;
    if (revoke === undefined) throw new Error('no step');
    const tenant = fakeTenant({ truth: before });
    const run = await runOn(tenant, [revoke]);
    expect(details(run)).toEqual([`it waits for what was not seen to stand: ${swap[0]?.id}`]);
    expect(tenant.truth()).toEqual(before);
  });

  test('a grant that vanishes while it is read back keeps the revoke back', async () => {
    const tenant = fakeTenant({ truth: before });
    const run = await runOn(tenant, swap, {
      pause: async (milliseconds) => {
        await tenant.pause(milliseconds);
        if (holdings(tenant.truth()).length === 2) tenant.become(before);
      },
    });
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(details(run)[0]).toBe(
      "the request was accepted, but it was not seen to hold before the time was over: reads don't show it",
    );
  });
});

describe('a run that has to end', () => {
  test('before its first step', async () => {
    const tenant = fakeTenant({ truth: before });
    const run = await runOn(tenant, swap, { stopped: () => 'the job was cancelled' });
    expect(run.stopped).toBe('the job was cancelled');
    expect(details(run)).toEqual([
      'the run ended before its turn: the job was cancelled',
      'the run ended before its turn: the job was cancelled',
    ]);
    expect(tenant.sent()).toHaveLength(0);
  });

  test('in the middle: what was sent is read back quickly, and the rest left', async () => {
    const tenant = fakeTenant({ truth: before });
    const begin = tenant.now().getTime();
    const stopped = () => (tenant.sent().length > 0 ? 'the job was cancelled' : null);
    const run = await runOn(tenant, swap, { stopped });
    expect(states(run)).toEqual(['create sites.selected: done', 'delete sites.fullcontrol.all: not-run']);
    expect(run.stopped).toBe('the job was cancelled');
    expect(tenant.now().getTime() - begin).toBeLessThan(5_000);
  });

  test('in the middle, with replicas that are far behind: it ends all the same', async () => {
    const tenant = fakeTenant({ truth: before, lags: [900_000] });
    const begin = tenant.now().getTime();
    const stopped = () => (tenant.sent().length > 0 ? 'the job was cancelled' : null);
    const run = await runOn(tenant, swap, { stopped });
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.now().getTime() - begin).toBeLessThan(5_000);
  });

  test('after its last step: then it did not end before its end', async () => {
    const tenant = fakeTenant({ truth: before });
    const isDone = () => tenant.notes().filter(({ type }) => type === 'result').length === 2;
    const run = await runOn(tenant, swap, { stopped: () => (isDone() ? 'the job was cancelled' : null) });
    expect(run.stopped).toBe(null);
    expect(run.results.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('while it waits for a throttled service', async () => {
    const answer = answered(429, 'TooManyRequests', '', 60_000);
    const tenant = fakeTenant({ truth: before, mishap: first({ carriedOut: false, answer }) });
    const begin = tenant.now().getTime();
    const stopped = () => (tenant.now().getTime() - begin > 3_000 ? 'the job was cancelled' : null);
    const run = await runOn(tenant, swap, { stopped });
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.now().getTime() - begin).toBeLessThan(10_000);
  });

  test('when the lock is lost', async () => {
    const tenant = fakeTenant({ truth: before });
    const mayWrite = async () => (tenant.sent().length > 0 ? err('another run holds the lock') : ok(undefined));
    const run = await runOn(tenant, swap, { mayWrite });
    expect(run.stopped).toBe('another run holds the lock');
    expect(states(run)).toEqual(['create sites.selected: done', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(1);
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'when line %i of the journal fails: nothing is sent without its intent',
    async (note) => {
      const tenant = fakeTenant({ truth: before, failNote: (one) => one >= note });
      const run = await runOn(tenant, swap);
      expect(run.stopped).toBe("the journal can't be written: the disk is full");
      const intents = tenant.notes().filter(({ type }) => type === 'intent').length;
      expect(tenant.sent()).toHaveLength(intents);
      if (note < 3) expect(holdings(tenant.truth())).toContain(holdings(before)[0]);
    },
  );

  test('when its time is used up', async () => {
    const tenant = fakeTenant({ truth: before, lags: [400_000] });
    const run = await runOn(tenant, swap);
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    const late = await runOn(fakeTenant({ truth: before }), swap, { patience: 0 });
    expect(late.stopped).toBe('the time that a run may take was used up');
  });
});

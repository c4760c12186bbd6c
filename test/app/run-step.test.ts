import { describe, expect, test } from 'vitest';
import type { WriteAnswer } from '../../src/core/write.ts';
import { fakeTenant, type Mishap } from '../support/fake-tenant.ts';
import { answered, emptyTruth } from '../support/fake-truth.ts';
import { after, before, details, first, lostAnswer, newRole, runOn, states, swap } from '../support/run-plan.ts';
import { azure, holdings, stepsOf, truthWith } from '../support/write-steps.ts';

describe('an answer that leaves no doubt', () => {
  test.each([
    [
      answered(403, 'Authorization_RequestDenied', 'Insufficient privileges'),
      '403, Authorization_RequestDenied: Insufficient privileges',
    ],
    [answered(401, 'InvalidAuthenticationToken', 'expired'), '401, InvalidAuthenticationToken: expired'],
    [answered(400, 'Request_BadRequest', 'no such permission'), '400, Request_BadRequest: no such permission'],
  ])('%o ends the run', async (answer, told) => {
    const tenant = fakeTenant({ truth: before, mishap: first({ carriedOut: false, answer }) });
    const stopped = `a request was refused, and others would be too: the answer was ${told}`;
    const run = await runOn(tenant, swap);
    expect(run.stopped).toBe(stopped);
    expect(states(run)).toEqual(['create sites.selected: not-done', 'delete sites.fullcontrol.all: not-run']);
    expect(details(run)).toEqual([`the answer was ${told}`, `the run ended before its turn: ${stopped}`]);
    expect(tenant.sent()).toHaveLength(1);
    expect(tenant.truth()).toEqual(before);
  });

  test('a lock on one scope keeps that step back, and no other', async () => {
    const steps = stepsOf(azure('delete', 'a'), azure('delete', 'b'));
    const answer = answered(409, 'ScopeLocked', 'The scope is locked');
    const truth = truthWith([azure('delete', 'a'), azure('delete', 'b')]);
    const run = await runOn(fakeTenant({ truth, mishap: first({ carriedOut: false, answer }) }), steps);
    expect(run.results.map(({ state }) => state)).toEqual(['not-done', 'done']);
    expect(run.stopped).toBe(null);
  });

  test('a refusal after a lost answer is no proof that nothing was done', async () => {
    const mishap = (send: number): Mishap | null =>
      send === 0
        ? { carriedOut: false, answer: lostAnswer }
        : { carriedOut: false, answer: answered(403, 'Authorization_RequestDenied') };
    const run = await runOn(fakeTenant({ truth: before, mishap }), swap);
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(details(run)[0]).toBe(
      'the answer was 403, Authorization_RequestDenied; an earlier request may have done it',
    );
  });
});

describe('an answer that leaves a doubt', () => {
  const doubts: readonly WriteAnswer[] = [
    lostAnswer,
    answered(429, 'TooManyRequests'),
    answered(429, 'TooManyRequests', '', 30_000),
    answered(500),
    answered(503, 'ServiceUnavailable', '', 1_000),
    answered(504),
    answered(404, 'Directory_ObjectNotFound'),
    answered(409, 'Directory_ConcurrencyViolation'),
    { came: false, detail: 'the body is no JSON' },
  ];
  const cases = doubts.flatMap((answer) => [true, false].flatMap((done) => [0, 1].map((at) => ({ answer, done, at }))));
  test.each(cases)('$answer, carried out: $done, on request $at: never twice', async ({ answer, done, at }) => {
    const mishap = (send: number): Mishap | null => (send === at ? { carriedOut: done, answer } : null);
    const tenant = fakeTenant({ truth: before, mishap });
    const run = await runOn(tenant, swap);
    // A revoke that finds nothing says that it was so already.
    const isGone = at === 1 && done && answer.came && answer.status === 404;
    expect(run.results.map(({ state }) => state)).toEqual(['done', isGone ? 'already' : 'done']);
    expect(holdings(tenant.truth())).toEqual(after);
    expect(tenant.sent()).toHaveLength(done ? 2 : 3);
  });

  test('waits as long as the service asks before it sends again', async () => {
    const times: number[] = [];
    const answer = answered(429, 'TooManyRequests', '', 45_000);
    const tenant = fakeTenant({ truth: before, mishap: first({ carriedOut: false, answer }) });
    await runOn(tenant, stepsOf(newRole), {
      write: {
        send: (request) => {
          times.push(tenant.now().getTime());
          return tenant.write.send(request);
        },
      },
    });
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  test('a wait that is longer than the run may take ends it', async () => {
    const answer = answered(429, 'TooManyRequests', '', 3_600_000);
    const tenant = fakeTenant({ truth: before, mishap: first({ carriedOut: false, answer }) });
    const run = await runOn(tenant, swap);
    expect(run.stopped).toBe('the service asks to wait 3600 seconds, longer than this run may still take');
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(1);
  });

  test('five requests are the most, and then nobody knows', async () => {
    const tenant = fakeTenant({ truth: before, mishap: () => ({ carriedOut: false, answer: answered(503) }) });
    const run = await runOn(tenant, swap);
    expect(tenant.sent()).toHaveLength(5);
    expect(details(run)).toEqual([
      "the answer was 503; it was sent 5 times, and reads don't show it",
      `it waits for what was not seen to stand: ${swap[0]?.id}`,
    ]);
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
  });

  test('what was never carried out for certain is not done', async () => {
    const answer = answered(400, 'Request_BadRequest', 'Not a valid reference update.');
    const tenant = fakeTenant({ truth: before, mishap: () => ({ carriedOut: false, answer }) });
    expect(states(await runOn(tenant, swap))).toEqual([
      'create sites.selected: not-done',
      'delete sites.fullcontrol.all: not-run',
    ]);
  });
});

describe('"already exists"', () => {
  test('is believed where reads show what was wanted', async () => {
    // The first look goes to a replica that is behind.
    const tenant = fakeTenant({ truth: emptyTruth, lags: [5_000, 0], replica: (read) => (read === 0 ? 0 : 1) });
    tenant.become(truthWith([newRole]));
    const run = await runOn(tenant, stepsOf(newRole));
    expect(tenant.sent()).toHaveLength(1);
    expect(details(run)).toEqual([
      'the answer was 400, Request_BadRequest: Permission being assigned already exists on the object; reads show it',
    ]);
    expect(states(run)).toEqual(['create sites.selected: already']);
  });

  test('is not believed where they never do', async () => {
    const answer = answered(409, 'RoleAssignmentExists', 'The role assignment already exists.');
    const tenant = fakeTenant({ truth: emptyTruth, mishap: () => ({ carriedOut: false, answer }) });
    expect(states(await runOn(tenant, stepsOf(azure('create', 'a'))))[0]).toMatch(/: unknown$/);
  });
});

describe('reads that fail', () => {
  test('nothing is sent for what can not be read', async () => {
    const tenant = fakeTenant({ truth: before, failRead: () => true });
    const run = await runOn(tenant, swap);
    expect(details(run)[0]).toBe("its state can't be read: GET /fake failed, ServiceUnavailable");
    expect(states(run)).toEqual(['create sites.selected: unknown', 'delete sites.fullcontrol.all: not-run']);
    expect(tenant.sent()).toHaveLength(0);
  });

  test('two that fail are tried again', async () => {
    const tenant = fakeTenant({ truth: before, failRead: (read) => read < 2 });
    expect((await runOn(tenant, swap)).results.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('one between others counts for nothing', async () => {
    const tenant = fakeTenant({ truth: before, failRead: (read) => read % 7 === 4 });
    expect((await runOn(tenant, swap)).results.map(({ state }) => state)).toEqual(['done', 'done']);
  });
});

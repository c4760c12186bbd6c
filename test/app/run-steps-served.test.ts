import { afterEach, describe, expect, test } from 'vitest';
import { runSteps } from '../../src/app/run-steps.ts';
import type { RunInput } from '../../src/app/step-run.ts';
import type { Applied } from '../../src/core/apply.ts';
import { ok } from '../../src/core/result.ts';
import type { FaultAnswer } from '../../src/emulator/faults.ts';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { type ServedWrites, servedHoldings, servedSteps, servedWanted, serveWrites } from '../support/served-writes.ts';

const open: ServedWrites[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ emulator }) => emulator.close()));
});

const serve = async (options: Partial<EmulatorOptions> = {}): Promise<ServedWrites> => {
  const served = await serveWrites(options);
  open.push(served);
  return served;
};

class Killed extends Error {}

/** A run whose clock goes on only when somebody waits, killed at its nth event. */
const inputOf = (served: ServedWrites, killAt: number | null = null) => {
  let clock = 0;
  let events = 0;
  const event = (): void => {
    events += 1;
    if (events - 1 === killAt) throw new Killed();
  };
  const around = async <T>(what: () => Promise<T>): Promise<T> => {
    event();
    const value = await what();
    event();
    return value;
  };
  const input: Omit<RunInput, 'steps'> = {
    ports: served.ports,
    write: { send: (request) => around(() => served.write.send(request)) },
    journal: { write: () => around(async () => ok(undefined)), head: () => '' },
    pause: async (milliseconds) => {
      clock += milliseconds;
    },
    now: () => new Date(clock),
    stopped: () => null,
    mayWrite: async () => ok(undefined),
    patience: 600_000,
    progress: () => undefined,
  };
  return { input, events: () => events };
};

const isWhole = ({ results }: Applied): boolean =>
  results.every(({ state }) => state === 'done' || state === 'already');

/** Status of each write that was asked for, by method. */
const writes = ({ emulator }: ServedWrites) => emulator.requests().filter(({ write }) => write);

/** What takes access away comes after all that gives it. */
const expectNoGap = (served: ServedWrites): void => {
  const firstRevoke = writes(served).findIndex(({ method }) => method === 'DELETE');
  const lastGrant = writes(served).findLastIndex(({ method }) => method === 'POST' || method === 'PUT');
  expect(firstRevoke).toBeGreaterThan(lastGrant);
};

/** Paths of writes, which no read has. */
const anyWrite = '/appRoleAssignedTo|oauth2PermissionGrants(\\/|$)|roleAssignments\\/[0-9a-f-]{36}/';

describe('on the embedded tenant', () => {
  test.each([0, 1, 2, 3, 12])(
    'a plan is done, with reads that are %i behind, and a second run writes nothing',
    async (lag) => {
      const served = await serve({ replicationLag: lag });
      const steps = await servedSteps(served);
      const run = await runSteps({ steps, ...inputOf(served).input });
      expect(run).toMatchObject({ stopped: null, results: steps.map(({ id }) => ({ step: id, state: 'done' })) });
      expect(run.results.every(({ requestIds }) => requestIds.length === 1)).toBe(true);
      expect(await servedHoldings(served)).toEqual(servedWanted);
      expectNoGap(served);
      expect(writes(served)).toHaveLength(steps.length);
      const again = await runSteps({ steps, ...inputOf(served).input });
      expect(again.results.map(({ state }) => state)).toEqual(steps.map(() => 'already'));
      expect(writes(served)).toHaveLength(steps.length);
    },
  );

  const faults: readonly (readonly [name: string, answer: FaultAnswer])[] = [
    ['no connection', { cut: true }],
    ['a lost answer', { lost: true }],
    ['garbage', { garbage: true }],
    ['403', { status: 403 }],
    ['404', { status: 404 }],
    ['409', { status: 409 }],
    ['429', { status: 429 }],
    ['429 with a time', { status: 429, retryAfter: 30 }],
    ['429 with a long time', { status: 429, retryAfter: 90_000 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['redirect', { redirect: 'https://localhost:1/' }],
  ];
  test.each(faults)('%s on any write: a rerun ends as the plan says', { timeout: 120_000 }, async (_, answer) => {
    for (let after = 0; after < 8; after += 1) {
      const match = { path: anyWrite, after };
      const served = await serve({ faults: [{ match, answer }], replicationLag: 2 });
      const steps = await servedSteps(served);
      const first = await runSteps({ steps, ...inputOf(served).input });
      expect(writes(served).length).toBeGreaterThan(after);
      const last = isWhole(first) ? first : await runSteps({ steps, ...inputOf(served).input });
      expect(last.results.filter(({ state }) => state !== 'done' && state !== 'already')).toEqual([]);
      expect(await servedHoldings(served)).toEqual(servedWanted);
      await served.emulator.close();
      open.pop();
    }
  });

  test('killed at any request or line of the journal, a rerun ends as the plan says', {
    timeout: 120_000,
  }, async () => {
    const points = 8 * 4 * 2;
    const clean = await serve({ replicationLag: 2 });
    const counted = inputOf(clean);
    await runSteps({ steps: await servedSteps(clean), ...counted.input });
    // Before and after each intent, request, answer and result of eight steps.
    expect(counted.events()).toBeGreaterThanOrEqual(points);
    for (let killAt = 0; killAt < points; killAt += 1) {
      const served = await serve({ replicationLag: 2 });
      const steps = await servedSteps(served);
      await expect(runSteps({ steps, ...inputOf(served, killAt).input })).rejects.toThrow(Killed);
      const rerun = await runSteps({ steps, ...inputOf(served).input });
      expect(rerun.results.filter(({ state }) => state !== 'done' && state !== 'already')).toEqual([]);
      expect(await servedHoldings(served)).toEqual(servedWanted);
      expectNoGap(served);
      await served.emulator.close();
      open.pop();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Applied } from '../../src/core/apply.ts';
import { type PlannedWrite, principalOf } from '../../src/core/plan.ts';
import type { WriteAnswer } from '../../src/core/write.ts';
import { fakeTenant, Killed, type Mishap } from '../support/fake-tenant.ts';
import { answered, type Truth } from '../support/fake-truth.ts';
import { runOn } from '../support/run-plan.ts';
import { azure, holdings, role, scope, stepsOf, truthWith } from '../support/write-steps.ts';

const otherPrincipal = '0d3b0f5e-0000-4000-8000-0000000000bb';

const creates = [
  role('create', 'sites.selected'),
  role('create', 'mail.read'),
  role('create', 'mail.read', otherPrincipal),
  scope('create', 'files.read'),
  scope('create', 'mail.read'),
  azure('create', 'rg-new'),
];
const deletes = [
  role('delete', 'sites.fullcontrol.all'),
  role('delete', 'mail.readwrite', otherPrincipal),
  scope('delete', 'user.read'),
  scope('delete', 'directory.read.all'),
  azure('delete', 'rg-old'),
];

const answers: readonly (WriteAnswer | null)[] = [
  null,
  { came: false, detail: 'socket hang up' },
  { came: false, detail: 'the body is no JSON' },
  answered(200),
  answered(400, 'Request_BadRequest', 'Not a valid reference update.'),
  answered(400, 'Request_BadRequest', 'Permission being assigned already exists on the object'),
  answered(403, 'Authorization_RequestDenied'),
  answered(404, 'Directory_ObjectNotFound'),
  answered(409, 'Directory_ConcurrencyViolation'),
  answered(429, 'TooManyRequests', '', 10_000),
  answered(429, 'TooManyRequests'),
  answered(500),
  answered(503, 'ServiceUnavailable', '', 900_000),
];

/** Half of the answers are wrong both ways: done and refused, or not done and told as done. */
const mishap: fc.Arbitrary<Mishap | null> = fc.option(
  fc.record({ carriedOut: fc.boolean(), answer: fc.constantFrom(...answers) }),
);

const scenario = fc.record({
  creates: fc.subarray(creates),
  deletes: fc.subarray(deletes),
  beside: fc.subarray(['openid', 'offline_access']),
  mishaps: fc.array(mishap, { maxLength: 12 }),
  /** At which event each run is killed; `null`: not at all. */
  kills: fc.array(fc.option(fc.nat(120)), { maxLength: 4 }),
  lags: fc.array(fc.nat(6_000), { minLength: 1, maxLength: 4 }),
  replicas: fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }),
  badReads: fc.array(fc.nat(200), { maxLength: 4 }),
  rest: fc.nat(4_000),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

const differences = (history: readonly { readonly at: number; readonly truth: Truth }[]) =>
  history.slice(1).map(({ at, truth }, index) => {
    const before = holdings(history[index]?.truth ?? truth);
    const now = holdings(truth);
    return {
      at,
      added: now.filter((one) => !before.includes(one)),
      removed: before.filter((one) => !now.includes(one)),
    };
  });

const isWhole = ({ results }: Applied): boolean =>
  results.every(({ state }) => state === 'done' || state === 'already');

const runAll = async (what: Scenario) => {
  const writes: readonly PlannedWrite[] = [...what.creates, ...what.deletes];
  const steps = stepsOf(...writes);
  const start = truthWith(what.deletes, what.beside);
  let killAt: number | null = null;
  let events = 0;
  let healthy = false;
  const tenant = fakeTenant({
    truth: start,
    lags: what.lags,
    replica: (read) => what.replicas[read % what.replicas.length] ?? 0,
    mishap: (send) => (healthy ? null : (what.mishaps[send] ?? null)),
    kill: () => {
      events += 1;
      return killAt !== null && events - 1 === killAt;
    },
    failRead: (read) => !healthy && what.badReads.includes(read),
  });
  for (const kill of [null, ...what.kills]) {
    killAt = kill;
    events = 0;
    await runOn(tenant, steps).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    await tenant.pause(what.rest);
  }
  killAt = null;
  healthy = true;
  let runs = 0;
  let last = await runOn(tenant, steps);
  while (!isWhole(last) && runs < 3) {
    runs += 1;
    last = await runOn(tenant, steps);
  }
  return { tenant, writes, start, last, steps };
};

const wanted = ({ creates: made, deletes: gone, beside }: Scenario): readonly string[] => {
  const left = holdings(truthWith(gone, beside)).filter((one) => !holdings(truthWith(gone)).includes(one));
  return [...left, ...holdings(truthWith(made))].sort();
};

describe('whatever happens to requests, reads and the program', () => {
  test('a rerun ends as the plan says, with no second grant, nothing beside the plan and no gap', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (what) => {
        const { tenant, last, steps } = await runAll(what);
        expect(last.stopped).toBe(null);
        expect(last.results.filter(({ state }) => state !== 'done' && state !== 'already')).toEqual([]);
        expect(holdings(tenant.truth())).toEqual(wanted(what));

        const toCome = holdings(truthWith(what.creates));
        const toGo = holdings(truthWith(what.deletes));
        const slowest = Math.max(...what.lags);
        const all = differences(tenant.history());
        for (const { at, added, removed } of all) {
          expect(toCome).toEqual(expect.arrayContaining(added));
          expect(toGo).toEqual(expect.arrayContaining(removed));
          const shown = holdings(tenant.history().findLast((one) => one.at <= at - slowest)?.truth ?? tenant.truth());
          for (const gone of removed) {
            const [principal] = gone.split(' ');
            const needed = what.creates.filter(({ target }) => principalOf(target) === principal);
            expect(shown).toEqual(expect.arrayContaining([...holdings(truthWith(needed))]));
          }
        }
        const addedOnce = all.flatMap(({ added }) => added);
        expect(new Set(addedOnce).size).toBe(addedOnce.length);

        const intents = tenant
          .notes()
          .flatMap((entry) => (entry.type === 'intent' ? JSON.stringify(entry.request) : []));
        for (const request of tenant.sent()) {
          const found = intents.indexOf(JSON.stringify(request));
          expect(found).toBeGreaterThanOrEqual(0);
          intents.splice(0, found + 1);
        }
        const before = tenant.sent().length;
        expect((await runOn(tenant, steps)).results.every(({ state }) => state === 'already')).toBe(true);
        expect(tenant.sent()).toHaveLength(before);
      }),
      { numRuns: 600 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarlierRun } from '../../src/core/authority.ts';
import type { Drift } from '../../src/core/change.ts';
import { brake } from '../../src/guard/brake.ts';
import { daysAgo, hashed, names, now, runAt } from '../support/brake-case.ts';
import { brakeOracle } from '../support/brake-oracle.ts';
import { appRole, backupApp, otherApp } from '../support/facts.ts';

describe('the brake and its model', () => {
  const action = fc.constantFrom('create', 'delete');
  const drift = fc
    .record({
      action,
      name: fc.integer({ min: 0, max: 5 }),
      identity: fc.constantFrom(backupApp, otherApp),
      policy: fc.constantFrom('mail', 'files'),
    })
    .map(({ action: what, name, identity, policy }): Drift => {
      const fact = appRole(`Mail.${name}`, { identity });
      return what === 'create'
        ? { policy, change: { action: 'create', cause: 'missing', before: null, after: fact } }
        : { policy, change: { action: 'delete', cause: 'undeclared', before: fact, after: null } };
    });
  // One policy for each grant, as steps have it: what two policies share has its own row above.
  const steps = fc
    .record({
      drift: fc.uniqueArray(drift, {
        selector: ({ change }) => `${change.action} ${(change.before ?? change.after)?.key}`,
        maxLength: 8,
      }),
      version: fc.constantFrom('', ' again'),
    })
    .map((given) => hashed(given.drift, given.version));
  const run = fc
    .record({ steps, hours: fc.integer({ min: -30, max: 100 }), isDoubtful: fc.boolean() })
    .map((given) => runAt(daysAgo(given.hours / 24), given.steps, given.isDoubtful));
  const question = fc.record({
    steps,
    held: fc.subarray(names(9).flatMap((name) => [appRole(name).key, appRole(name, { identity: otherApp }).key])),
    limits: fc.record({
      revokes: fc.integer({ min: 0, max: 8 }),
      percent: fc.integer({ min: 0, max: 100 }),
      perIdentity: fc.integer({ min: 0, max: 5 }),
      window: fc.constantFrom('P1D', 'P2D', 'P3D'),
    }),
    memory: fc.array(run, { maxLength: 6 }),
    now: fc.constant(now),
  });

  it('say the same', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect([...brake(asked).map(({ code }) => code)].sort()).toEqual([...brakeOracle(asked)].sort());
      }),
      { numRuns: 2_000 },
    );
  });

  it('one more run in the window never lets more pass, and the order of runs and steps says nothing', () => {
    fc.assert(
      fc.property(question, run, (asked, more) => {
        const before = brake(asked).map(({ code }) => code);
        const after = brake({ ...asked, memory: [more, ...asked.memory] }).map(({ code }) => code);
        expect(after).toEqual(expect.arrayContaining(before));
        const turned = { ...asked, memory: [...asked.memory].reverse(), steps: [...asked.steps].reverse() };
        expect(brake(turned)).toEqual(brake(asked));
      }),
      { numRuns: 1_000 },
    );
  });

  it('what it lets pass keeps to all limits, in however many runs', () => {
    fc.assert(
      fc.property(question, fc.array(steps, { maxLength: 8 }), ({ limits: given }, runs) => {
        const passed: EarlierRun[] = [];
        for (const [at, wanted] of runs.entries()) {
          const isFree = brake({ steps: wanted, held: [], limits: given, memory: passed, now }).length === 0;
          if (isFree) passed.push(runAt(daysAgo((runs.length - at) / 100), wanted));
        }
        const taken = new Set(
          passed.flatMap((one) => one.steps.filter((step) => step.revokes).map(({ hash }) => hash)),
        );
        expect(taken.size).toBeLessThanOrEqual(given.revokes);
      }),
      { numRuns: 1_000 },
    );
  });
});

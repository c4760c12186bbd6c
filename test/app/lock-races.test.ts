import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/app/lock.ts';
import { clock, minutes, question } from '../support/lock-case.ts';
import { memoryLock } from '../support/memory-lock.ts';

describe('any number of runs, in any order of their requests', () => {
  const act = fc.constantFrom<'write' | 'wait' | 'release' | 'die'>(
    'write',
    'write',
    'write',
    'wait',
    'release',
    'die',
  );
  const length = 10 * minutes;

  it('write one after the other, by growing fence numbers', async () => {
    let writes = 0;
    let takings = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(act, { maxLength: 6 }), { minLength: 2, maxLength: 4 }),
        async (scheduler, runs) => {
          const { now, forward } = clock();
          const memory = memoryLock(
            (request) => scheduler.schedule(Promise.resolve(), `${request} arrives`),
            (request) => scheduler.schedule(Promise.resolve(), `${request} is answered`),
          );
          const fences: number[] = [];
          const run = async (acts: readonly string[], at: number): Promise<void> => {
            // Whoever finds it taken tries again later.
            for (let tries = 0; tries < 3; tries += 1) {
              const lock = await acquireLock(
                memory.port,
                question(now, `run ${at}`, { nonce: `${at} ${tries}`, lease: length }),
              );
              if (!lock.ok) {
                forward(4 * minutes);
                continue;
              }
              takings += 1;
              for (const what of acts) {
                const asked = now().getTime();
                if (what === 'die') return;
                if (what === 'release') {
                  await lock.value.release();
                  return;
                }
                if (what === 'wait') forward(7 * minutes);
                else if ((await lock.value.check()).ok && now().getTime() - asked < length / 2) {
                  // An answer within half a lease is what a check is good for.
                  fences.push(lock.value.fence);
                  writes += 1;
                }
              }
              await lock.value.release();
              return;
            }
          };
          const all = Promise.all(runs.map(run));
          await scheduler.waitFor(all);
          expect(fences).toEqual([...fences].sort((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
    expect(writes).toBeGreaterThan(500);
    expect(takings).toBeGreaterThan(500);
  });
});

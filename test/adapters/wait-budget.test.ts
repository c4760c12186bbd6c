import { describe, expect, it } from 'vitest';
import { isTransient, pauseBefore, waitBudget } from '../../src/adapters/wait-budget.ts';

const now = Date.parse('2026-11-22T00:00:00Z');

describe('the pause before another try', () => {
  const cases = [
    { name: 'no word, first try', attempt: 1, says: null, from: 225, to: 375 },
    { name: 'no word, third try', attempt: 3, says: undefined, from: 900, to: 1_500 },
    { name: 'no word, hundredth try', attempt: 100, says: '', from: 15_000, to: 25_000 },
    { name: 'seconds', attempt: 1, says: '7', from: 7_000, to: 7_000 },
    { name: 'parts of a second', attempt: 1, says: '1.5', from: 1_500, to: 1_500 },
    { name: 'a date', attempt: 1, says: 'Sun, 22 Nov 2026 00:00:09 GMT', from: 9_000, to: 9_000 },
    { name: 'a date that is over', attempt: 1, says: 'Sat, 21 Nov 2026 00:00:00 GMT', from: 225, to: 375 },
    { name: 'zero', attempt: 1, says: '0', from: 225, to: 375 },
    { name: 'less than nothing', attempt: 1, says: '-5', from: 225, to: 375 },
    { name: 'nonsense', attempt: 1, says: 'soon', from: 225, to: 375 },
    { name: 'without end', attempt: 1, says: 'Infinity', from: 225, to: 375 },
    { name: 'a day', attempt: 1, says: '86400', from: 86_400_000, to: 86_400_000 },
    { name: 'less than the growing pause', attempt: 6, says: '1', from: 7_200, to: 12_000 },
  ];
  it.each(cases)('$name', ({ attempt, says, from, to }) => {
    for (let round = 0; round < 50; round += 1) {
      const pause = pauseBefore(attempt, says, now);
      expect(pause).toBeGreaterThanOrEqual(from);
      expect(pause).toBeLessThanOrEqual(to);
    }
  });
});

describe('one budget for all waits', () => {
  const given = (total: number) => {
    const slept: number[] = [];
    return { slept, budget: waitBudget(total, async (milliseconds) => void slept.push(milliseconds)) };
  };

  it('is spent together, and what is too long is not waited for at all', async () => {
    const { slept, budget } = given(100);
    expect(await Promise.all([budget.wait(60), budget.wait(50), budget.wait(40), budget.wait(1)])).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(slept).toEqual([60, 40]);
  });

  it('ends throttling that never ends', async () => {
    const { budget } = given(120_000);
    let tries = 0;
    while (await budget.wait(pauseBefore(tries + 1, '10', now))) tries += 1;
    expect(tries).toBeLessThanOrEqual(12);
  });

  it('waits for real', async () => {
    const start = performance.now();
    expect(await waitBudget(50).wait(20)).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(15);
  });
});

it('only statuses that may pass are tried again', () => {
  const statuses = [200, 204, 301, 304, 400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 504, 505, 599];
  expect(statuses.filter(isTransient)).toEqual([429, 500, 501, 502, 503, 504]);
});

import { describe, expect, test } from 'vitest';
import { writeTime } from '../../src/app/write-time.ts';

/** A clock that goes on by so much for each second that somebody waits. */
const clockAt = (pace: number) => {
  let at = 1_000_000;
  const waited: number[] = [];
  return {
    waited,
    add: (milliseconds: number): void => {
      at += milliseconds;
    },
    now: () => new Date(at),
    pause: async (milliseconds: number): Promise<void> => {
      waited.push(milliseconds);
      at += milliseconds * pace;
    },
  };
};

describe('the time of a run', () => {
  test('goes by with the clock', async () => {
    const clock = clockAt(1);
    const time = writeTime(10_000, clock);
    clock.add(3_000);
    expect(time.left()).toBe(7_000);
    expect(await time.wait(4_000)).toBe(true);
    expect(time.left()).toBe(3_000);
    expect(await time.wait(3_001)).toBe(false);
    expect(await time.wait(3_000)).toBe(true);
    expect(time.left()).toBe(0);
    expect(clock.waited).toEqual([4_000, 3_000]);
  });

  test.each([0, -1])('a clock that stands still or goes back buys none (pace %i)', async (pace) => {
    const time = writeTime(10_000, clockAt(pace));
    expect(await time.wait(6_000)).toBe(true);
    expect(time.left()).toBe(4_000);
    expect(await time.wait(6_000)).toBe(false);
  });

  test('pauses that last longer than asked count as long as they lasted', async () => {
    const time = writeTime(10_000, clockAt(3));
    expect(await time.wait(3_000)).toBe(true);
    expect(time.left()).toBe(1_000);
  });
});

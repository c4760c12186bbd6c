import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, daysBetween, parseDuration } from '../../src/core/duration.ts';

const after = (start: string, text: string): string => {
  const duration = parseDuration(text);
  if (duration === null) throw new Error(`not a duration: ${text}`);
  return addDuration(new Date(start), duration).toISOString();
};

describe('duration: what is one', () => {
  it.each([
    ['P180D', { months: 0, days: 180, time: 0 }],
    ['P1Y', { months: 12, days: 0, time: 0 }],
    ['P1Y6M10D', { months: 18, days: 10, time: 0 }],
    ['P2W', { months: 0, days: 14, time: 0 }],
    ['PT8H', { months: 0, days: 0, time: 28_800_000 }],
    ['P1DT1H30M15S', { months: 0, days: 1, time: 5_415_000 }],
    ['P0D', { months: 0, days: 0, time: 0 }],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toEqual({ text, ...expected });
  });
  it.each(['', 'P', 'PT', 'P1', '180D', 'p180d', 'P-1D', '-P1D', 'P1.5D', 'P1DT', 'P1H', 'P1D1Y', 'P1W1D', 'P1D '])(
    'not `%s`',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe('duration: added to a moment', () => {
  it.each([
    ['2026-01-01T00:00:00Z', 'P180D', '2026-06-30T00:00:00.000Z'],
    ['2026-01-31T12:00:00Z', 'P1M', '2026-02-28T12:00:00.000Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00.000Z'],
    ['2025-12-15T00:00:00Z', 'P1M', '2026-01-15T00:00:00.000Z'],
    ['2026-11-22T20:00:00Z', 'PT8H', '2026-11-23T04:00:00.000Z'],
  ])('%s plus %s is %s', (start, text, expected) => {
    expect(after(start, text)).toBe(expected);
  });
  it('never goes back, and days are exact', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }),
        fc.nat(5000),
        fc.nat(240),
        (start, days, months) => {
          const inDays = addDuration(start, { text: '', months: 0, days, time: 0 });
          const inMonths = addDuration(start, { text: '', months, days: 0, time: 0 });
          expect(daysBetween(start, inDays)).toBe(days);
          expect(inMonths.getTime()).toBeGreaterThanOrEqual(start.getTime());
          expect(inMonths.getUTCDate()).toBeLessThanOrEqual(start.getUTCDate());
        },
      ),
    );
  });
});

describe('duration: whole days between', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 1],
    ['2026-01-01T00:00:00Z', '2026-01-01T23:59:59Z', 0],
    ['2026-01-02T00:00:00Z', '2026-01-01T12:00:00Z', -1],
  ])('%s to %s: %i', (from, to, days) => {
    expect(daysBetween(new Date(from), new Date(to))).toBe(days);
  });
});

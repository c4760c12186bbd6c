import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coversPattern, matchesPattern, patternsMeet } from '../../src/knowledge/action-pattern.ts';

/** The same question asked of a regular expression: another way to the same answer. */
const asRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.?+^$()[\]{}|\\/]/g, '\\$&').replaceAll('*', '[^]*')}$`);

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 7 });
const letters = ['a', 'b', '/', 'z'];
const words = (length: number): string[] =>
  length === 0
    ? ['']
    : words(length - 1).flatMap((word) =>
        word.length < length - 1 ? [word] : [word, ...letters.map((letter) => word + letter)],
      );
const universe = words(6);

test.each([
  ['*', '', true],
  ['*', 'microsoft.compute/disks/read', true],
  ['*/read', 'microsoft.compute/disks/read', true],
  ['microsoft.storage/*', 'microsoft.storage/storageaccounts/listkeys/action', true],
  ['microsoft.authorization/*/write', 'microsoft.authorization/roleassignments/write', true],
  ['a*b*c', 'aXbbXc', true],
  ['*/read', 'microsoft.compute/disks/readall', false],
  ['microsoft.authorization/*/write', 'microsoft.authorization/write', false],
  ['microsoft.storage/*', 'microsoft.storagecache/x', false],
  ['', 'a', false],
  ['a*b', 'ab/', false],
])('`%s` on `%s`: %s', (one, text, expected) => {
  expect(matchesPattern(one, text)).toBe(expected);
});

test('matching agrees with a regular expression', () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom(...universe), (one, text) => {
      expect(matchesPattern(one, text)).toBe(asRegExp(one).test(text));
    }),
    { numRuns: 20_000 },
  );
});

test('covering and meeting agree with trying every short text', () => {
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const [forA, forB] = [asRegExp(a), asRegExp(b)];
      const ofB = universe.filter((text) => forB.test(text));
      const covered = coversPattern(a, b);
      if (covered) expect(ofB.filter((text) => !forA.test(text))).toEqual([]);
      // A text of `b` with a letter that `a` doesn't spell for every star: `a` must match it to cover `b`.
      expect(forA.test(b.replaceAll('*', 'z'))).toBe(covered);
      const meet = patternsMeet(a, b);
      if (!meet) expect(ofB.filter((text) => forA.test(text))).toEqual([]);
      else expect(patternsMeet(b, a)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('patterns that meet share a text, found by weaving them', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 3 });
  fc.assert(
    fc.property(short, short, (a, b) => {
      const [forA, forB] = [asRegExp(a), asRegExp(b)];
      expect(patternsMeet(a, b)).toBe(universe.some((text) => forA.test(text) && forB.test(text)));
    }),
    { numRuns: 2_000 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchText } from '../../src/knowledge/action-search.ts';

const asRegExp = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '[^]*')}$`);
const letters = ['a', 'b', '/', 'z'];
const universe = [''];
for (let from = 0, length = 1; length <= 6; length++) {
  const to = universe.length;
  for (const word of universe.slice(from, to)) universe.push(...letters.map((letter) => word + letter));
  from = to;
}

test.each([
  [['a/*'], ['a/b'], { found: 'a/' }],
  [['a/*', '*/c'], ['a/c'], { found: 'a//c' }],
  [['*'], ['a*', 'b*', ''], { found: 'x' }],
  [['a'], ['a'], 'none'],
  [['a*'], ['*'], 'none'],
  [['a*b', 'b*a'], [], 'none'],
  [['*read'], ['*/read', 'read', '*xread'], { found: 'rread' }],
] as const)('matching all of %j and none of %j: %j', (required, others, expected) => {
  expect(searchText(required, others, (matches) => !others.some((_, index) => matches(index)))).toEqual(expected);
});

test('agrees with trying every short text: a shortest one, or none', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 2 }),
      fc.array(pattern, { maxLength: 4 }),
      (required, others) => {
        const [yes, no] = [required.map(asRegExp), others.map(asRegExp)];
        const isWanted = (text: string): boolean =>
          yes.every((one) => one.test(text)) && !no.some((one) => one.test(text));
        const search = searchText(required, others, (matches) => !others.some((_, index) => matches(index)));
        expect(search).not.toBe('too-large');
        const shortest = universe.find(isWanted);
        if (typeof search === 'string') expect(shortest).toBeUndefined();
        else {
          expect(isWanted(search.found)).toBe(true);
          if (shortest !== undefined) expect(search.found).toHaveLength(shortest.length);
        }
      },
    ),
    { numRuns: 4_000 },
  );
});

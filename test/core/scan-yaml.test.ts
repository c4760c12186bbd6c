import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { maxDepth } from '../../src/core/scan-depth.ts';
import { scanYaml } from '../../src/core/scan-yaml.ts';

const isTooDeep = (text: string): boolean => scanYaml(text).some(({ code }) => code === 'too-deep');

const nestings: Readonly<Record<string, (levels: number) => string>> = {
  'lists in brackets': (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`,
  'maps in braces': (levels) => `${'{a: '.repeat(levels)}1${'}'.repeat(levels)}`,
  'brackets below a key': (levels) => `a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`,
  'items on one line': (levels) => `${'- '.repeat(levels)}x`,
  'items line by line': (levels) => Array.from({ length: levels }, (_, n) => `${' '.repeat(n)}-`).join('\n'),
  'keys line by line': (levels) => Array.from({ length: levels }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
  "items at their key's own column": (levels) =>
    Array.from({ length: levels / 2 }, (_, n) => `${n === 0 ? '' : `${' '.repeat(n * 2 - 2)}- `}a:`).join('\n') +
    `\n${' '.repeat(levels - 2)}- x`,
};

describe('depth', () => {
  it.each(Object.entries(nestings))("%s: 32 levels pass, 33 or 34 don't", (_, nest) => {
    expect([isTooDeep(nest(maxDepth)), isTooDeep(nest(maxDepth + 2))]).toEqual([false, true]);
  });

  it('what lies beside each other is not deep', () => {
    expect(isTooDeep('- [[1]]\n'.repeat(500))).toBe(false);
    expect(isTooDeep(Array.from({ length: 500 }, (_, n) => `k${n}:\n  - a: [1]`).join('\n'))).toBe(false);
    expect(isTooDeep(`a: |\n${Array.from({ length: 60 }, (_, n) => `${' '.repeat(n + 2)}- [{`).join('\n')}`)).toBe(
      false,
    );
    expect(isTooDeep(`a: "${'['.repeat(100)}"`)).toBe(false);
    expect(isTooDeep(`# ${'['.repeat(100)}`)).toBe(false);
  });

  it('is the depth of the value, in blocks and in brackets alike', () => {
    const nested = fc.array(fc.constantFrom('list', 'map'), { minLength: 28, maxLength: 36 });
    fc.assert(
      fc.property(nested, (kinds) => {
        const value = kinds.reduceRight<unknown>((inner, kind) => (kind === 'list' ? [inner] : { a: inner }), 1);
        const deep = kinds.length > maxDepth;
        return isTooDeep(stringify(value)) === deep && isTooDeep(JSON.stringify(value)) === deep;
      }),
      { numRuns: 300 },
    );
  });
});

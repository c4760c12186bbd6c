import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { corpus } from './corpus.ts';
import { allCases, measureCorpus } from './measure.ts';
import { findingsIn } from './run-case.ts';

const least = 3;

describe.each(Object.entries(corpus))('corpus of %s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_, given) => {
    expect(findingsIn(given)).toEqual(given.expect.toSorted());
  });
});

describe('corpus', () => {
  it('has at least 300 cases, half of them clean', () => {
    const clean = allCases().filter(([, given]) => given.expect.length === 0);
    expect(allCases().length).toBeGreaterThanOrEqual(300);
    expect(clean.length * 2).toBeGreaterThanOrEqual(allCases().length);
  });
  it('labels with rules that there are, and tempts none that it expects', () => {
    const ids = new Set(rules.map(({ id }) => id));
    for (const [name, { expect: labels, tempts = [] }] of allCases()) {
      const named = labels.map((label) => label.split(' · ')[0] ?? '');
      expect(
        [...named, ...tempts].filter((id) => !ids.has(id)),
        name,
      ).toEqual([]);
      expect(
        tempts.filter((id) => named.includes(id)),
        name,
      ).toEqual([]);
    }
  });
  it('makes each rule speak at least three times, and spares it three times', () => {
    const few = measureCorpus().measures.filter(({ fired, spared }) => fired < least || spared < least);
    expect(few.map(({ rule, fired, spared }) => `${rule}: fired ${fired}, spared ${spared}`)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { fixPolicies, type PolicyText } from '../../src/app/fix-policies.ts';
import { corpus } from './corpus.ts';
import type { CorpusCase } from './corpus-case.ts';
import { judgeFiles, labelOf, policyFiles } from './run-case.ts';

/** What the files alone say, exceptions apart: what `fix` judges by. */
const judgeBy = (given: CorpusCase) => (files: readonly PolicyText[]) =>
  judgeFiles(given, files, 'policies').filter(({ exception }) => exception === null);

describe.each(Object.entries(corpus))('fixes of %s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_, given) => {
    const judge = judgeBy(given);
    const files = policyFiles(given);
    const before = judge(files);
    const promised = before.filter(({ fix }) => fix !== null).map(({ fingerprint }) => fingerprint);
    const known = new Set(before.map(({ fingerprint }) => fingerprint));
    const fixed = fixPolicies(files, judge);
    const after = judge(fixed.files);
    // What was promised is gone, nothing is left to promise, and no new fault came of it.
    expect(after.filter(({ fingerprint }) => promised.includes(fingerprint)).map(labelOf)).toEqual([]);
    expect(after.filter(({ fix }) => fix !== null).map(labelOf)).toEqual([]);
    expect(after.filter(({ fingerprint }) => !known.has(fingerprint)).map(labelOf)).toEqual([]);
    expect(fixPolicies(fixed.files, judge)).toEqual({ files: fixed.files, mended: [] });
  });
});

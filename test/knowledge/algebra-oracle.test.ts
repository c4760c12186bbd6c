import { describe, expect, test } from 'vitest';
import { compareAccess } from '../support/access-oracle.ts';
import { compareAlgebra } from '../support/algebra-oracle.ts';
import { hasCedar } from '../support/cedar.ts';
import { compareWithCedar } from '../support/cedar-oracle.ts';
import { compareCovers } from '../support/cover-oracle.ts';
import { compareLeastRole } from '../support/least-role-oracle.ts';
import { compareCases, type Outcome } from '../support/oracle-outcome.ts';

/** `npm run oracle` tries a hundred thousand. */
const cases = 5_000;
const seed = 7;

/** No mismatch, and every answer heard often enough to mean something. */
const expectAgreement = ({ answers, mismatches }: Outcome, kinds: number, least: number): void => {
  expect(mismatches).toEqual([]);
  expect(Object.keys(answers)).toHaveLength(kinds);
  expect(Math.min(...Object.values(answers))).toBeGreaterThanOrEqual(least);
};

describe('against evaluators that try everything', () => {
  const algebra = compareAlgebra(cases, seed);
  test.each(algebra.map((outcome) => [outcome.about, outcome] as const))('%s', (_, outcome) => {
    expectAgreement(outcome, 2, 100);
  });

  const covers = compareCovers(cases, seed);
  test.each(covers.map((outcome) => [outcome.about, outcome] as const))('%s', (_, outcome) => {
    expectAgreement(outcome, outcome === covers[0] ? 2 : 3, 20);
  });

  test('may it, by many assignments', () => {
    expectAgreement(compareAccess(cases, seed), 3, 500);
  });

  test('which role or pair is the least', () => {
    expectAgreement(compareLeastRole(cases / 20, seed), 3, 20);
  });

  test('a wrong answer is told, by the number of its case', () => {
    const outcome = compareCases('parity', 4, (number) => ({
      answer: number < 2 ? 'small' : 'large',
      wrong: number === 3 ? 'three' : null,
    }));
    expect(outcome).toEqual({
      about: 'parity',
      cases: 4,
      answers: { small: 2, large: 2 },
      mismatches: ['case 3: three'],
    });
  });
});

describe.skipIf(!hasCedar)('against Cedar (skipped where .tools/ is absent: `.ci/run` installs it)', () => {
  test('decisions on scopes and wildcards', () => {
    expectAgreement(compareWithCedar(2_500, seed), 2, 500);
  });
});

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { approvalThreats } from './support/approval-threats.ts';
import { failureThreats } from './support/failure-threats.ts';
import { identityThreats } from './support/identity-threats.ts';
import { outputThreats } from './support/output-threats.ts';
import { runThreats } from './support/run-threats.ts';
import type { Named } from './support/threat-row.ts';
import { workflowThreats } from './support/workflow-threats.ts';

const threatRows = {
  ...approvalThreats,
  ...workflowThreats,
  ...identityThreats,
  ...outputThreats,
  ...failureThreats,
  ...runThreats,
};

const rowsOf = (id: string): readonly Named[] => Object.entries(threatRows).find(([row]) => row === id)?.[1].by ?? [];

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`);

/** Ids of rows before a title, with commas between them and a colon after. */
const ids = String.raw`(?:[A-CEFH]\d\d, )*[A-CEFH]\d\d: `;

/** Is it written there as the title of a test, a group, or a row of a table? */
const isNamed = ([file, title]: Named): boolean =>
  new RegExp(`['"\`](?:${ids})?${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(readFileSync(file, 'utf8'));

test('every row of the catalogue but those on files and on reads, which are told elsewhere, is there, once', () => {
  const letters = { A: 30, B: 23, C: 9, E: 13, F: 34, H: 6 };
  expect(Object.keys(threatRows).toSorted()).toEqual(
    Object.entries(letters).flatMap(([letter, count]) => numbered(letter, count)),
  );
});

describe.each(Object.entries(threatRows))('%s', (_, { threat, by, not }) => {
  it(`${threat}: ${by.length === 0 ? `not here, ${not}` : 'has its tests'}`, () => {
    expect(by.length > 0 || (not ?? '') !== '').toBe(true);
    expect(by.filter((named) => !isNamed(named))).toEqual([]);
  });
});

test('a test that says which row it is for is told there', () => {
  const titled = globSync('test/**/*.test.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(new RegExp(`['"\`](${ids})`, 'g'))].flatMap(([, rows = '']) =>
      [...rows.matchAll(/[A-CEFH]\d\d/g)].map(([id]) => ({ file, id })),
    ),
  );
  expect(titled.length).toBeGreaterThan(20);
  expect(titled.filter(({ file, id }) => !rowsOf(id).some(([named]) => named === file))).toEqual([]);
});

test('a test that nobody wrote is missed', () => {
  expect(isNamed(['test/threats.test.ts', `a title that ${'no test has'}`])).toBe(false);
});

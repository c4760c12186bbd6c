import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { outputThreats } from './support/output-threats.ts';
import type { Named } from './support/threat-row.ts';
import { workflowThreats } from './support/workflow-threats.ts';

const threatRows = { ...workflowThreats, ...outputThreats };

const rowsOf = (id: string): readonly Named[] => Object.entries(threatRows).find(([row]) => row === id)?.[1].by ?? [];

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`);

/** Ids of rows before a title, with commas between them and a colon after. */
const ids = String.raw`(?:[BE]\d\d, )*[BE]\d\d: `;

/** Is it written there as the title of a test, a group, or a row of a table? */
const isNamed = ([file, title]: Named): boolean =>
  new RegExp(`['"\`](?:${ids})?${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(readFileSync(file, 'utf8'));

test('every row of the catalogue on GitHub and on outputs is there, once', () => {
  expect(Object.keys(threatRows)).toEqual([...numbered('B', 23), ...numbered('E', 13)]);
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
      [...rows.matchAll(/[BE]\d\d/g)].map(([id]) => ({ file, id })),
    ),
  );
  expect(titled.length).toBeGreaterThan(20);
  expect(titled.filter(({ file, id }) => !rowsOf(id).some(([named]) => named === file))).toEqual([]);
});

test('a test that nobody wrote is missed', () => {
  expect(isNamed(['test/threats.test.ts', `a title that ${'no test has'}`])).toBe(false);
});

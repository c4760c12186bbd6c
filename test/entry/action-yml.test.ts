import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionInputs } from '../../src/action-inputs.ts';
import { checkOptions } from '../../src/options.ts';
import { version } from '../../src/version.ts';

interface ActionFile {
  readonly inputs: Readonly<
    Record<string, { readonly description?: string; readonly default?: unknown; readonly required?: unknown }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}
const action = parse(readFileSync('action.yml', 'utf8')) as ActionFile;
const source = readFileSync('src/action.ts', 'utf8');

it('offers the options of a check and the inputs of an action, and no other', () => {
  expect(Object.keys(action.inputs).toSorted()).toEqual(
    [...checkOptions.map(({ name }) => name), ...actionInputs].toSorted(),
  );
});

it('describes each, and leaves defaults to the program', () => {
  const described = [...Object.entries(action.inputs), ...Object.entries(action.outputs)];
  expect(described.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
  const given = Object.entries(action.inputs).filter(([, input]) => 'default' in input || 'required' in input);
  // What only the runner can give.
  expect(given.map(([name, input]) => `${name} ${input.default}`)).toEqual([
    expect.stringMatching(/^github-token \$\{\{ github\.token \}\}$/),
  ]);
});

it('names every output that is set, and no other', () => {
  const set = [...source.matchAll(/setOutput\(\s*'([\w-]+)'/g)].map(([, name]) => name);
  expect(set.toSorted()).toEqual(Object.keys(action.outputs).toSorted());
});

it('runs the built program on the runtime that was tested', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  expect(engines.node).toBe('>=24');
});

it('is of one version', () => {
  expect(version).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
});

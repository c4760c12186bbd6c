import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { httpRequests, temporaryFolder } from '../support/rig.ts';
import { runAction, type StepResult } from '../support/run-action.ts';

const tenant = loadTenantFile('examples/contoso/tenant.yaml');
const subject = 'repo:contoso/backup-access:pull_request';
const clientId = tenant.callers?.[0]?.appId ?? '';
const folder = temporaryFolder();
let emulator: Emulator;
let inputs: Record<string, string>;
let oidc: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator({ tenant, github: { subject }, ...knownToEmulator() });
  inputs = {
    policies: resolve('policies'),
    config: resolve('examples/contoso/backup-access.yaml'),
    evidence: resolve('examples/contoso/evidence'),
    cloud: writeCloudFile(emulator, folder),
    'as-of': '2026-11-22',
    'client-id': clientId,
    'tenant-id': tenant.tenantId,
  };
  oidc = {
    ACTIONS_ID_TOKEN_REQUEST_URL: emulator.github.oidcUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: emulator.github.requestToken,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
});
afterAll(() => emulator.close());

describe('the action, run from dist/ as the runner does', () => {
  let step: StepResult;
  beforeAll(async () => {
    step = await runAction({ inputs, env: oidc, payload: { pull_request: { number: 7 } } });
  });

  it('signs in by OIDC, reads everything and fails for what it finds', () => {
    expect(step.code).toBe(1);
    expect(step.outputs).toMatchObject({ conclusion: 'violations', coverage: 'complete' });
    expect(Number(step.outputs['violations'])).toBeGreaterThan(20);
    expect(Number(step.outputs['findings'])).toBeGreaterThan(Number(step.outputs['violations']));
    expect(step.outputs['plan-digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('asks GitHub for one assertion per token at most', () => {
    const asked = httpRequests(emulator.requests()).filter(({ api }) => api === 'github');
    expect(asked).toHaveLength(1);
  });

  it('writes the reports that its outputs name', () => {
    const file = (name: string): string => readFileSync(join(step.workspace, step.outputs[name] ?? ''), 'utf8');
    expect(JSON.parse(file('report-json'))).toMatchObject({ version: 1, mode: 'check', exitCode: 1 });
    expect(JSON.parse(file('sarif-file'))).toMatchObject({ version: '2.1.0' });
    expect(step.summary.trim()).toBe(file('markdown-file').trim());
  });

  it('annotates the lines of the policies, at most ten a level', () => {
    const commands = step.stdout.split('\n').filter((line) => /^::(error|warning|notice) /.test(line));
    expect(commands.filter((line) => line.startsWith('::error ') && line.includes('file='))).toHaveLength(8);
    expect(commands.filter((line) => line.startsWith('::warning '))).toHaveLength(9);
    expect(step.stdout.match(/^::error/gm)).toHaveLength(10);
    expect(commands.some((line) => /policies\/hubstor\.yaml,line=\d+/.test(line))).toBe(true);
  });

  it('writes nothing to the tenant, to variables of later steps, and no secret anywhere', () => {
    expect(emulator.requests().filter(({ write }) => write)).toEqual([]);
    expect(step.environment).toBe('');
    const said = step.stdout
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n');
    expect(said).not.toContain(emulator.github.requestToken);
    expect(said).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  });
});

describe('without a tenant to look at', () => {
  it('a pull request from a fork is judged on what its policies ask for', async () => {
    const step = await runAction({ inputs });
    expect(step.outputs).toMatchObject({ conclusion: 'violations', coverage: 'gap' });
    expect(step.stdout).toContain(
      '::notice::the tenant was not looked at, only what the policies ask for: this run may not ask for an OIDC token',
    );
  });

  it('a clean policy without a tenant is no failure, and not called compliant', async () => {
    const policies = temporaryFolder();
    writeFileSync(
      join(policies, 'clean.yaml'),
      'apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: clean, owner: backup@contoso.example }\nspec:\n  identities: [{ appId: "a0000000-0000-4000-8000-000000000001" }]\n  access: { applicationPermissions: {}, azureRoles: [] }\n',
    );
    const step = await runAction({ inputs: { policies, 'as-of': '2026-11-22' } });
    expect(step.code).toBe(0);
    expect(step.outputs).toMatchObject({ conclusion: 'clean', coverage: 'gap', findings: '0' });
    expect(step.summary).toContain('the tenant was not read');
  });
});

describe('a wrong call ends with one plain line', () => {
  const cases = [
    {
      name: 'pull_request_target',
      event: 'pull_request_target',
      inputs: {},
      says: '::error::error: pull_request_target hands the rights of the default branch to whoever opens a pull request: use pull_request',
    },
    {
      name: 'an unknown mode',
      event: 'push',
      inputs: { mode: 'chekc' },
      says: '::error::error: mode takes check, apply, scan, remediate, not `chekc`',
    },
    {
      name: 'a mode that writes, on an event that anybody can cause',
      event: 'issue_comment',
      inputs: { mode: 'apply' },
      says: '::error::error: mode `apply` runs on push, not on `issue_comment`',
    },
    {
      name: 'an unknown severity',
      event: 'push',
      inputs: { 'fail-on': 'severe' },
      says: '::error::error: --fail-on takes critical, high, medium, low, never, not `severe`',
    },
  ];
  it.each(cases)('$name', async ({ event, inputs: wrong, says }) => {
    const step = await runAction({ event, inputs: { policies: 'nowhere', ...wrong } });
    expect(step.code).toBe(2);
    expect(step.stdout.trim().split('\n')).toEqual([says]);
  });

  it('an identity that does not trust the repository', async () => {
    const other = await startEmulator({
      tenant,
      github: { subject: 'repo:contoso/other:pull_request' },
      ...knownToEmulator(),
    });
    const place = temporaryFolder();
    const cloud = writeCloudFile(other, place);
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: other.github.oidcUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: other.github.requestToken,
      NODE_EXTRA_CA_CERTS: join(place, 'ca.pem'),
    };
    const step = await runAction({ inputs: { ...inputs, cloud }, env });
    await other.close();
    expect(step.code).toBe(3);
    expect(step.outputs).toMatchObject({ conclusion: 'incomplete', coverage: 'gap' });
    expect(step.summary).toContain('AADSTS700213');
  }, 60_000);
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanFile } from '../../src/core/plan-file.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { journalTenant, journalText, wholeRun } from '../support/journal-lines.ts';
import { serve, temporaryFolder, writePolicies } from '../support/rig.ts';
import { runCli } from '../support/run-cli.ts';

const tenant = fleet(1, 0);
const [caller] = tenant.callers ?? [];
const env = {
  AZURE_TENANT_ID: tenant.tenantId,
  AZURE_CLIENT_ID: caller?.appId ?? '',
  AZURE_CLIENT_SECRET: caller?.secret ?? '',
};
const folder = temporaryFolder();
const file = (name: string) => join(folder, name);
const wanting = Object.fromEntries(
  Object.entries(fleetPolicies(1)).map(([name, text]) => [
    name,
    text.replace('spec:', 'spec:\n  enforcement: authoritative').replace('[Sites.Read.All]', '[Files.Read.All]'),
  ]),
);
const policies = writePolicies(wanting);

let emulator: Emulator;
let common: readonly string[];
beforeAll(async () => {
  emulator = await serve(tenant);
  common = ['--policies', policies, '--cloud', writeCloudFile(emulator, folder), '--as-of', '2026-11-22'];
});
afterAll(async () => {
  await emulator.close();
});

const plan = (): PlanFile => JSON.parse(readFileSync(file('plan.json'), 'utf8'));

describe('a plan is kept in a file, and what came of it is told from a journal', () => {
  it('`plan` shows it and names its digest', async () => {
    const { stdout, stderr } = await runCli(['plan', ...common, '--out', file('plan.json')], env);
    expect(stderr).toBe('');
    expect(plan().steps.map(({ change }) => change.action)).toEqual(['create']);
    expect(stdout).toContain('Sites.Read.All');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`${file('plan.json')}: 1 step, ${plan().digest}`);
  });

  it('`plan` writes none for files that are wrong', async () => {
    const broken = writePolicies({ 'a.yaml': 'kind: x' });
    const args = ['plan', ...common, '--policies', broken, '--out', file('none.json')];
    const { code, stdout } = await runCli(args, env);
    expect(code).toBe(2);
    expect(stdout).toMatch(/No plan was written to .*none\.json\.\n$/);
    expect(() => readFileSync(file('none.json'))).toThrow();
  });

  it('`verify` tells what a journal says and that it can be so, and what can’t', async () => {
    const [grant] = plan().steps.map((step) => ({
      ...step,
      request:
        step.target.kind === 'app-role-assignment'
          ? {
              api: 'graph' as const,
              method: 'POST' as const,
              path: `/v1.0/servicePrincipals/${step.target.resource}/appRoleAssignedTo`,
              body: {
                principalId: step.target.principal,
                resourceId: step.target.resource,
                appRoleId: step.target.role,
              },
            }
          : null,
    }));
    if (grant === undefined) throw new Error('no step');
    writeFileSync(file('one.jsonl'), await journalText(wholeRun([grant], plan().digest)));
    const one = await runCli(['verify', file('one.jsonl')]);
    expect(one.code).toBe(0);
    expect(one.stdout).toMatch(/\nNothing in it contradicts the promises of a run\.\n$/);
    const two = await runCli(['verify', file('one.jsonl'), '--plan', file('plan.json')]);
    expect(two.code).toBe(2);
    expect(two.stdout).toContain(
      `1 thing in it can't be so:\n  it is of tenant ${journalTenant}, and the plan of ${tenant.tenantId}\n`,
    );
    writeFileSync(file('cut.jsonl'), (await journalText(wholeRun([grant]))).replace('octocat', 'mallory'));
    const cut = await runCli(['verify', file('cut.jsonl')]);
    expect([cut.code, cut.stdout]).toEqual([
      2,
      `${file('cut.jsonl')}: line 2 of the journal can't be trusted: it is not what was written after the line before: one of the two was changed\n`,
    ]);
  });

  it('`verify` refuses a plan file that was changed', async () => {
    writeFileSync(file('other.json'), JSON.stringify({ ...plan(), tenant: '7d1c0f5e-0000-4000-8000-00000000000b' }));
    const { code, stderr } = await runCli(['verify', file('one.jsonl'), '--plan', file('other.json')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--plan: .*other\.json is no plan to go by: its content has the digest sha256:/);
  });

  it('`apply` goes on after runs that died before their first line was whole, and not after what is no journal', async () => {
    const journals = file('journals');
    mkdirSync(journals);
    const args = ['--plan', file('plan.json'), '--approved', plan().digest, '--journals', journals, '--dry-run'];
    writeFileSync(join(journals, '1.jsonl'), '');
    writeFileSync(join(journals, '2.jsonl'), '{"seq":0,"at":"2026-11-21T10:00:0');
    const dry = await runCli(['apply', ...common, ...args, '--fail-on', 'never'], env);
    expect([dry.code, dry.stdout]).toEqual([0, expect.not.stringContaining('memory-unreadable')]);
    writeFileSync(join(journals, '3.jsonl'), 'notes');
    const refused = await runCli(['apply', ...common, ...args], env);
    expect([refused.code, refused.stdout]).toEqual([5, expect.stringContaining('memory-unreadable')]);
  });

  it('`rollback` refuses a journal of another tenant, and one that isn’t there', async () => {
    const args = (journal: string) => ['rollback', ...common, '--journal', journal, '--out', file('back.json')];
    const other = await runCli(args(file('one.jsonl')), env);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(
      `--journal: ${file('one.jsonl')} is not of tenant ${tenant.tenantId}: nothing was planned`,
    );
    const none = await runCli(args(file('none.jsonl')), env);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain(`--journal: ${file('none.jsonl')}: can't be read: the system says ENOENT`);
    expect(() => readFileSync(file('back.json'))).toThrow();
  });
});

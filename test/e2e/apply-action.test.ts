import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configOf, leastPolicies, type MergeRig, startMerge, tidyAccess, wideBrake } from '../support/merge-rig.ts';
import { askingFor, mailPolicy } from '../support/pull-request-rig.ts';
import { runCli } from '../support/run-cli.ts';

let rig: MergeRig;
beforeAll(async () => {
  rig = await startMerge({ tenant: tidyAccess, config: configOf(wideBrake), base: leastPolicies });
  await rig.propose({ [mailPolicy]: askingFor('Reports.Read.All') });
}, 60_000);
afterAll(() => rig.close());

const writes = () => rig.emulator.requests().filter(({ write }) => write);
/** Id of the assignment that the first merge made. */
let grantId = '';

interface Row {
  readonly subject: string;
  readonly assignmentId?: string;
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

describe('the built action, on a push to the default branch', () => {
  it('refuses what nobody approved, writes nothing, and says what to do', { timeout: 60_000 }, async () => {
    rig.merge('squash');
    const step = await rig.apply();
    expect(step.code).toBe(5);
    expect(step.outputs).toMatchObject({ conclusion: 'refused' });
    expect(step.summary).toContain('approv');
    expect(writes()).toEqual([]);
    expect(rig.github.deployments()).toEqual([]);
  });

  it('writes the one step that was approved, and leaves everything that an audit needs', {
    timeout: 60_000,
  }, async () => {
    rig.approve();
    const step = await rig.apply();
    expect(step.stdout).toContain('step 1 of 1, granting Reports.Read.All');
    expect(step.outputs).toMatchObject({ drift: '0' });
    expect(writes().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'POST appRoleAssignedTo',
    ]);
    const report = join(step.workspace, 'report');
    const [journal = ''] = globSync(join(report, 'journal-*.jsonl'));
    expect(lines(readFileSync(journal, 'utf8')).map((line) => JSON.parse(line).entry.type)).toEqual([
      ...['begin', 'intent', 'answer', 'result', 'end'],
    ]);
    const verified = await runCli(['verify', journal, '--plan', join(report, 'plan.json')]);
    expect(verified.code).toBe(0);
    for (const name of ['before.json', 'after.json'])
      expect(JSON.parse(readFileSync(join(report, name), 'utf8'))).toMatchObject({ version: 2 });
    const facts: readonly Row[] = JSON.parse(readFileSync(join(report, 'after.json'), 'utf8')).facts;
    grantId = facts.find(({ subject }) => subject === 'Reports.Read.All')?.assignmentId ?? '';
    expect(grantId).not.toBe('');
    const told = rig.github.comments(7).filter(({ body }) => body.startsWith('<!-- backup-access-guard-apply:'));
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain('applied');
  });

  it('writes nothing when the job runs again', { timeout: 60_000 }, async () => {
    const before = writes().length;
    const step = await rig.apply();
    expect(step.stdout).not.toContain('step 1 of');
    expect(writes()).toHaveLength(before);
  });

  it('restores what somebody took away: first shown, then, with its digest and a consent, written', {
    timeout: 60_000,
  }, async () => {
    await rig.send({ api: 'graph', method: 'DELETE', path: `${writes()[0]?.path}/${grantId}`, body: null });
    const shown = await rig.remediate({ 'dry-run': 'true' });
    const digest = shown.outputs['plan-digest'] ?? '';
    expect([shown.code, shown.outputs['conclusion']]).toEqual([0, 'changes']);
    const before = writes().length;
    const other = await rig.remediate({ 'plan-digest': `sha256:${'0'.repeat(64)}` });
    expect([other.code, writes().length]).toEqual([5, before]);
    const done = await rig.remediate({ 'plan-digest': digest });
    expect(done.outputs).toMatchObject({ drift: '0' });
    expect(writes()).toHaveLength(before + 1);
  });
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import type { ApplyOutcome } from '../../src/apply-report.ts';
import type { severities } from '../../src/core/rule.ts';
import { loadFiles } from '../../src/load-files.ts';
import { rules } from '../../src/rules/index.ts';
import { judgeSeen } from '../../src/run-check.ts';
import { answerProblems, requestProblems } from '../support/github-schemas.ts';
import { leastPolicies, type MergeRig, startMerge } from '../support/merge-rig.ts';
import { momentsOf } from '../support/moments.ts';
import { optionsOn } from '../support/rig.ts';

let rig: MergeRig;
let first: ApplyOutcome;
beforeAll(async () => {
  rig = await startMerge();
  await rig.propose(leastPolicies);
  rig.approve();
  rig.merge();
  first = await rig.applyHere();
}, 120_000);
afterAll(() => rig.close());

const journal = () => {
  const [file = ''] = globSync(join(rig.repository.folder, 'report/*/journal-*.jsonl'));
  const read = readJournal(readFileSync(file, 'utf8'), sha256);
  if (!read.ok) throw new Error(read.error);
  return read.value.lines;
};

/** Of which the description says more than GitHub does, or less than can be told apart where no field is required. */
const knownToDiffer: ReadonlySet<string> = new Set([
  'answer/check_runs/0/app/owner must match exactly one schema in oneOf',
  'answer/environment_url must match format "uri"',
  'answer/0/environment_url must match format "uri"',
]);

const grave = ({ severity }: { readonly severity: (typeof severities)[number] }): boolean => severity !== 'low';

describe('one approved merge, from the documented set-up of four products to least privilege', () => {
  it('does every step of the plan that was reviewed', () => {
    const { report } = first;
    expect(report.apply?.refusals).toEqual([]);
    expect([...new Set(report.apply?.results.map(({ state }) => state))]).toEqual(['done']);
    expect(report.apply).toMatchObject({ pull: 7, approvers: ['grace'], stopped: null, withheld: [] });
    expect(report.plan.steps.length).toBeGreaterThan(100);
  });

  it('leaves nothing to do, and no finding above low', () => {
    expect(first.report.drift).toEqual([]);
    expect(first.report.findings.filter(grave).filter(({ exception }) => exception === null)).toEqual([]);
    expect(first.report.exitCode).toBe(0);
  });

  it('leaves every workload what its backup needs, at every moment in between', { timeout: 120_000 }, async () => {
    const { before } = first;
    if (before === null) throw new Error('nothing was read');
    const options = {
      ...optionsOn(rig.emulator, join(rig.repository.folder, 'policies')),
      config: join(rig.repository.folder, 'backup-access.yaml'),
    };
    const files = await loadFiles({ ...options, evidence: join(rig.repository.folder, 'evidence') });
    const [tenant = null] = files.config.tenants;
    const requests = { graph: 0, resourceManager: 0, token: 0 };
    const lacks = rules.filter(({ id }) => id === 'missing-for-workload');
    const context = { signIn: () => null, progress: () => undefined, rules: lacks };
    const lackingAt = async (snapshot: typeof before): Promise<readonly string[]> => {
      const report = await judgeSeen({ files, tenant, snapshot, requests }, options, context);
      return report.findings
        .filter(({ rule, side }) => rule === 'missing-for-workload' && side !== 'policy')
        .map(({ subject, scope, identity }) => `${identity} ${subject} ${scope}`);
    };
    const moments = momentsOf(before, journal());
    expect(moments).toHaveLength(first.report.plan.steps.length + 1);
    // What was missing before may come; nothing else may go missing.
    let allowed = new Set(await lackingAt(before));
    for (const moment of moments.slice(1)) {
      const lacking = await lackingAt(moment);
      expect(lacking.filter((one) => !allowed.has(one))).toEqual([]);
      allowed = new Set(lacking);
    }
    expect([...allowed]).toEqual([]);
  });

  it('is remembered by GitHub: a record of the run, a lock that is free, and nothing of the tenant', () => {
    const [record] = rig.github.deployments();
    expect(rig.github.deployments()).toHaveLength(1);
    expect(record).toMatchObject({ task: 'backup-access-apply' });
    const [name, lock] = [...rig.github.refs()].find(([ref]) => ref.includes('backup-access-guard')) ?? [];
    expect(name).toContain('lock-');
    expect(JSON.parse(lock?.message ?? '')).toMatchObject({ isReleased: true, fence: 1 });
  });

  it('asks GitHub nothing, and hears nothing, that GitHub’s own description doesn’t know', () => {
    const exchanges = rig.github.exchanges();
    expect(exchanges.length).toBeGreaterThan(30);
    const wrong = exchanges.flatMap((one) => [
      ...requestProblems(one),
      ...(one.status >= 200 && one.status < 300 ? answerProblems(one, false) : []),
    ]);
    expect([...new Set(wrong)].filter((one) => !knownToDiffer.has(one))).toEqual([]);
  });

  it('writes nothing when it runs again', async () => {
    const writes = () => rig.emulator.requests().filter(({ write }) => write);
    const before = writes().length;
    const again = await rig.applyHere();
    expect(again.report.plan.steps).toEqual([]);
    expect(again.report.exitCode).toBe(0);
    expect(writes().length).toBe(before);
  });
});

import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGit } from '../../src/adapters/git.ts';
import type { Report } from '../../src/core/report.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { renderReport } from '../../src/render-outputs.ts';
import { reviewOverdue } from '../../src/rules/review-overdue.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { type GitRepository, gitRepository } from '../support/git-repository.ts';
import { checkOn, httpRequests, serve } from '../support/rig.ts';

const tenant = fleet(2, 0);
const [first = '', second = ''] = Object.values(fleetPolicies(2)).map((text) =>
  text.replace('spec:\n', 'spec:\n  enforcement: authoritative\n'),
);
const reader =
  '      - { role: Reader, scope: /subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-0 }\n';
const guard = 'apiVersion: backup-access/v1\nkind: BackupAccessConfig\nspec: { failOn: low }\n';
const proof = readFileSync('examples/least-privilege/evidence/Get-SPOTenant.json', 'utf8');
const overdue = first.replace('{ name: backup-0,', '{ name: backup-0, reviewBy: 2026-11-01,');

let emulator: Emulator;
let repository: GitRepository;
beforeAll(async () => {
  emulator = await serve(tenant);
});
afterAll(() => emulator.close());
beforeEach(() => {
  repository = gitRepository();
});

type Files = Parameters<GitRepository['commit']>[0];
type Options = Parameters<typeof checkOn>[3] & { readonly under?: string };

/** Checks what lies in the repository now, and counts the requests that it took. */
const checkHead = async ({ under = 'policies', ...options }: Options = {}): Promise<Report & { sent: number }> => {
  const before = httpRequests(emulator.requests()).length;
  const report = await checkOn(emulator, tenant, join(repository.folder, under), options);
  return { ...report, sent: httpRequests(emulator.requests()).length - before };
};

/** The same, of a pull request that makes these changes to what was committed. */
const checkPull = async (base: Files, change: Files, options: Options = {}) => {
  const commit = repository.commit(base);
  repository.commit(change);
  return checkHead({ ...options, base: await openGit(commit, repository.folder) });
};

const asked = ({ threeWay }: Report) =>
  threeWay?.asked.map(({ action, before, after, effect }) => `${action} ${(after ?? before)?.subject} ${effect}`);
const policy = { 'policies/backup.yaml': first };

describe('a pull request that touches nothing which governs', () => {
  const untouched = {
    exitCode: 0,
    conclusion: 'clean',
    source: 'offline',
    sent: 0,
    threeWay: { files: [], asked: [] },
  };
  const cases: readonly {
    readonly name: string;
    readonly base: Files;
    readonly change: Files;
    readonly options?: () => Options;
  }[] = [
    { name: 'another file', base: policy, change: { 'README.md': 'read me\n' } },
    { name: 'nothing at all', base: policy, change: {} },
    { name: 'a file beside the policies that is none', base: policy, change: { 'policies/README.md': 'read me\n' } },
    { name: 'a policy of another folder', base: policy, change: { 'other/backup.yaml': second } },
    { name: 'a policy that has mistakes already', base: { 'policies/backup.yaml': 'kind: x\n' }, change: { a: 'a' } },
    { name: 'the ends of lines', base: policy, change: { 'policies/backup.yaml': first.replaceAll('\n', '\r\n') } },
    {
      name: 'evidence among the policies',
      base: { ...policy, 'policies/proof/Get-SPOTenant.json': proof, 'guard.yaml': guard },
      change: { 'README.md': 'read me\n' },
      options: () => ({
        evidence: join(repository.folder, 'policies/proof'),
        config: join(repository.folder, 'guard.yaml'),
      }),
    },
  ];
  it.each(cases)('$name: asks no tenant', async ({ base, change, options }) => {
    const report = await checkPull(base, change, options?.() ?? {});
    expect(report).toMatchObject(untouched);
    expect(renderReport(report, 'text', { color: false, width: 200 })).toBe(`this pull request touches no policy
nothing was judged, and the tenant was not asked
check of 0 policies, no tenant, as of 2026-11-22 00:00 UTC

exit code 0, clean: there is nothing to judge
`);
  });

  it('is asked about all the same where nothing is compared', async () => {
    repository.commit(policy);
    expect((await checkHead()).sent).toBeGreaterThan(0);
  });

  it('is no excuse for a folder that is not there', async () => {
    const report = await checkPull(policy, { 'README.md': 'x\n' }, { under: 'polices' });
    expect(report).toMatchObject({ exitCode: 2, notCompared: 'not every file of the head can be read' });
  });

  it('is no excuse for a link among the policies', async () => {
    const commit = repository.commit(policy);
    symlinkSync('/etc/hostname', join(repository.folder, 'policies/more.yaml'));
    const report = await checkHead({ base: await openGit(commit, repository.folder) });
    expect(report).toMatchObject({ exitCode: 2, notCompared: 'not every file of the head can be read' });
  });
});

describe('a pull request that touches what governs', () => {
  const changed = { 'policies/backup.yaml': first + reader };
  it('is told by what it asks for, in as many requests as a check takes', async () => {
    const report = await checkPull(policy, changed);
    expect(asked(report)).toEqual(['add Reader grants']);
    expect(report.threeWay?.files).toEqual(['policies/backup.yaml']);
    const plain = await checkHead();
    expect(report.sent).toBe(plain.sent);
    const { threeWay: _, sent: __, requests, ...rest } = report;
    const { sent: ___, requests: others, ...same } = plain;
    expect([rest, requests]).toEqual([same, others]);
  });

  const files: readonly {
    readonly name: string;
    readonly change: Files;
    readonly is: readonly string[];
    readonly options?: () => Options;
  }[] = [
    { name: 'a new policy', change: { 'policies/b.yml': second }, is: ['policies/b.yml'] },
    {
      name: 'a profile of a product',
      change: { 'policies/products/p.yaml': 'kind: x\n' },
      is: ['policies/products/p.yaml'],
    },
    {
      name: 'the configuration',
      change: { 'guard.yaml': guard },
      is: ['guard.yaml'],
      options: () => ({ config: join(repository.folder, 'guard.yaml') }),
    },
    {
      name: 'evidence',
      change: { 'proof/a.json': '{}' },
      is: ['proof/a.json'],
      options: () => ({ evidence: join(repository.folder, 'proof') }),
    },
  ];
  it.each(files)('$name is told', async ({ change, is, options }) => {
    expect((await checkPull(policy, change, options?.())).threeWay?.files).toEqual(is);
  });

  it('in a folder of a larger repository', async () => {
    const under = 'services/backup access/policies';
    const report = await checkPull({ [`${under}/a.yaml`]: first }, { [`${under}/a.yaml`]: first + reader }, { under });
    expect([asked(report), report.threeWay?.files]).toEqual([['add Reader grants'], [`${under}/a.yaml`]]);
  });

  it('as a single file', async () => {
    const report = await checkPull(policy, changed, { under: 'policies/backup.yaml' });
    expect([asked(report), report.threeWay?.files]).toEqual([['add Reader grants'], ['policies/backup.yaml']]);
  });

  it('before it is committed', async () => {
    const commit = repository.commit(policy);
    repository.write(changed);
    expect(asked(await checkHead({ base: await openGit(commit, repository.folder) }))).toEqual(['add Reader grants']);
  });

  it('where there was no policy before', async () => {
    expect(asked(await checkPull({ 'README.md': 'x\n' }, policy))?.toSorted()).toEqual([
      'add Disk Backup Reader already-so',
      'add Sites.Read.All already-so',
      'add b0000000-0000-4000-8000-000000000000 already-so',
    ]);
  });

  it('without a tenant, as from a fork', async () => {
    const report = await checkPull(policy, changed, { live: false });
    expect([asked(report), report.sent, report.source]).toEqual([['add Reader unknown'], 0, 'offline']);
  });
});

describe('a policy file that is deleted', () => {
  const both = { ...policy, 'policies/second.yaml': second };
  it('revokes nothing, and changes nothing of the plan', async () => {
    const report = await checkPull(both, { 'policies/second.yaml': null });
    expect(asked(report)?.every((one) => one.startsWith('remove ') && one.endsWith(' not-written'))).toBe(true);
    expect([report.threeWay?.asked.length, report.plan.steps, report.threeWay?.cured]).toEqual([3, [], []]);
    const plain = await checkHead();
    expect([report.plan, report.coverage, report.findings]).toEqual([plain.plan, plain.coverage, plain.findings]);
    expect(report.sent).toBeGreaterThan(plain.sent);
  });
});

describe('a base that can not be compared never fails the head', () => {
  const cases = [
    {
      name: 'mistakes',
      base: { 'policies/backup.yaml': first.replace('azureRoles:', 'azureRole:') },
      says: /^the base has mistakes of its own: `.*policies\/backup.yaml` line \d+: unknown key `azureRole`/,
    },
    {
      name: 'bytes that are no text',
      base: { 'policies/backup.yaml': Buffer.from([0xff, 0x41]) },
      says: /^`policies\/backup.yaml`: a file of the base is no text: the file holds bytes that are not UTF-8$/,
    },
  ];
  it.each(cases)('$name', async ({ base, says }) => {
    const report = await checkPull(base, policy);
    expect(report.notCompared).toMatch(says);
    const { notCompared: _, ...rest } = report;
    expect(rest).toEqual(await checkHead());
  });

  it('a link', async () => {
    repository.commit(policy);
    symlinkSync('/etc/hostname', join(repository.folder, 'policies/more.yaml'));
    const report = await checkPull({}, { 'policies/more.yaml': null, ...policy });
    const { notCompared, ...rest } = report;
    expect(notCompared).toBe('`policies/more.yaml` of the base is a symbolic link, and not followed');
    expect(rest).toEqual(await checkHead());
  });

  it('a commit that is not there', async () => {
    repository.commit(policy);
    const base = await openGit('0'.repeat(40), repository.folder);
    const report = await checkHead({ base });
    expect(report.notCompared).toBe(
      `\`${'0'.repeat(40)}\` is no commit of this checkout: fetch it, in a workflow by \`fetch-depth: 0\``,
    );
    expect(renderReport(report, 'text', { color: false, width: 300 })).toContain(
      '\nnot compared with its base: `0000000000000000000000000000000000000000` is no commit of this checkout',
    );
  });
});

describe('what only time brought', () => {
  const late = { 'policies/backup.yaml': overdue };
  it('warns a pull request that did not touch it, and fails one that did, and a run without a base', async () => {
    const failOn = 'low' as const;
    const rules = [reviewOverdue];
    const beside = await checkPull(late, { 'policies/backup.yaml': overdue + reader }, { failOn, rules });
    expect(beside).toMatchObject({ exitCode: 0, conclusion: 'changes', findings: [{ rule: 'review-overdue' }] });
    expect(beside.threeWay?.spared).toEqual(beside.findings.map(({ fingerprint }) => fingerprint));
    expect(renderReport(beside, 'text', { color: false, width: 200 })).toContain(
      '\n1 of these stood before this pull request; 1 came by time alone and does not fail it\n',
    );
    expect(await checkHead({ failOn, rules })).toMatchObject({ exitCode: 1, conclusion: 'violations' });
    expect(await checkPull(policy, late, { failOn, rules })).toMatchObject({ exitCode: 1, threeWay: { spared: [] } });
  });
});

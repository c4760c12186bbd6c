import { describe, expect, it } from 'vitest';
import { passGate } from '../../src/app/pass-gate.ts';
import type { GateVerdict } from '../../src/core/gate.ts';
import {
  approvedMerge,
  asked,
  askedToRestore,
  gatePorts,
  type MergeMethod,
  mergedRepository,
  runOf,
} from '../support/gate-rig.ts';
import { at, plan, planOf } from '../support/gate-world.ts';
import { openPull } from '../support/github-rig.ts';
import { servedGitHub } from '../support/served-github.ts';

const serve = servedGitHub();
const codesOf = (verdict: GateVerdict): readonly string[] =>
  verdict.open ? [] : verdict.refusals.map(({ code, why }) => `${code}: ${why}`);

describe('the gate on an embedded GitHub', () => {
  it.each<MergeMethod>(['merge', 'squash', 'rebase'])('opens for an approved %s', async (method) => {
    const merged = mergedRepository(method, { 'README.md': 'y\n' });
    const server = await approvedMerge(serve, merged, { pageSize: 1 });
    const ports = gatePorts(server);
    expect(await passGate(asked(merged), ports)).toEqual({
      ...{ open: true, pull: 7, head: merged.head, approvers: ['bob'], reviewed: plan },
    });
    expect(ports.waits).toEqual([]);
  });

  it.each<MergeMethod>(['merge', 'squash', 'rebase'])(
    'closes where a %s mixes in what nobody reviewed',
    async (method) => {
      const merged = mergedRepository(method, { 'policies/other.yaml': 'y\n' });
      const server = await approvedMerge(serve, merged);
      expect(codesOf(await passGate(asked(merged), gatePorts(server)))).toEqual([
        'not-as-reviewed: what is merged is not what was reviewed in #7: `policies/other.yaml`',
      ]);
    },
  );

  it('waits for a pull request that isn’t indexed yet', async () => {
    const merged = mergedRepository();
    const faults = [{ match: { path: `/commits/${merged.merge}/pulls`, times: 2 }, answer: { status: 200, body: [] } }];
    const ports = gatePorts(await approvedMerge(serve, merged, { faults }));
    expect(await passGate(asked(merged), ports)).toMatchObject({ open: true });
    expect(ports.waits).toEqual([2_000, 4_000]);
  });

  it('waits for a minute at most', async () => {
    const { repository, ...merged } = mergedRepository();
    const direct = repository.commit({ 'policies/mail.yaml': 'd\n' });
    const ports = gatePorts(await approvedMerge(serve, { repository, ...merged }));
    expect(codesOf(await passGate(asked({ ...merged, repository, merge: direct }), ports))).toEqual([
      'no-pull-request: no pull request into `main` is known that brought these governed files',
    ]);
    expect(ports.waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000]);
  });

  it('closes where two pull requests brought the commit', async () => {
    const merged = mergedRepository();
    const server = await approvedMerge(serve, merged);
    server.putPull(
      openPull({
        number: 8,
        headSha: merged.merge,
        baseSha: merged.base,
        merge: { at: at('10:00'), commit: merged.merge },
      }),
    );
    expect(codesOf(await passGate(asked(merged), gatePorts(server)))).toEqual([
      'several-pull-requests: more than one pull request brought this commit: #7, #8',
    ]);
  });

  it('closes for a fork, whose pushes it can’t see', async () => {
    const merged = mergedRepository();
    const server = await approvedMerge(serve, merged);
    server.putPull({
      ...openPull({ headSha: merged.head, baseSha: merged.base, headRef: 'mail', fork: 'eve/backup-access' }),
      merge: { at: at('10:00'), commit: merged.merge },
    });
    expect(codesOf(await passGate(asked(merged), gatePorts(server)))).toEqual([
      "unknown-push: GitHub doesn't tell who pushed the last commit of #7",
      'approvals-missing: #7 has 0 approvals that count, of 1 needed: `bob` approved before the last push',
    ]);
  });

  it('counts nobody who pushed after others, or whose rights are gone', async () => {
    const merged = mergedRepository();
    const server = await approvedMerge(serve, merged);
    const push = { ref: 'refs/heads/mail', before: merged.base, after: merged.head, type: 'push' } as const;
    server.addPush({ ...push, at: at('08:10'), by: 'bob' });
    expect(codesOf(await passGate(asked(merged), gatePorts(server)))).toEqual([
      'approvals-missing: #7 has 0 approvals that count, of 1 needed: `bob` had a hand in what is to be approved',
    ]);
    server.addPush({ ...push, at: at('08:20'), by: 'ada' });
    expect(await passGate(asked(merged), gatePorts(server))).toMatchObject({ open: true });
    server.setRole('bob', 'triage');
    expect(codesOf(await passGate(asked(merged), gatePorts(server)))).toEqual([
      'approvals-missing: #7 has 0 approvals that count, of 1 needed: `bob` may not write to the repository now',
    ]);
  });

  it.each([['bob'], ['@Bob'], ['contoso/owners'], ['@contoso/Owners']])('knows the approver %s', async (name) => {
    const merged = mergedRepository();
    const approval = { required: 1, approvers: ['eve', '@contoso/none', name], maxAge: 'P7D' };
    const server = await approvedMerge(serve, merged);
    expect(await passGate(asked(merged, { approval }), gatePorts(server))).toMatchObject({ open: true });
  });

  it('asks about nobody twice, and about no program', async () => {
    const merged = mergedRepository();
    const server = await approvedMerge(serve, merged);
    const review = { pull: 7, state: 'APPROVED', commit: merged.head, submittedAt: at('09:10') } as const;
    server.putReview({ ...review, author: 'bob' });
    server.putReview({ ...review, author: 'helper[bot]' });
    server.putReview({ ...review, author: null });
    expect(await passGate(asked(merged), gatePorts(server))).toMatchObject({ open: true, approvers: ['bob'] });
    const people = server.exchanges().filter(({ path }) => /collaborators|memberships/.test(path));
    expect(people.map(({ path }) => path)).toEqual([
      '/orgs/contoso/teams/owners/memberships/bob',
      '/repos/contoso/backup-access/collaborators/bob/permission',
    ]);
  });
});

describe('a remediation on an embedded GitHub', () => {
  it.each<MergeMethod>(['merge', 'squash', 'rebase'])('restores what an approved %s brought', async (method) => {
    const merged = mergedRepository(method);
    const { git } = merged.repository;
    const tip = merged.repository.commit({ 'README.md': 'z\n' });
    const server = await approvedMerge(serve, merged);
    server.putRun({ ...runOf(merged), sha: tip });
    expect(git('rev-parse', 'main')).toBe(tip);
    expect(await passGate(askedToRestore({ ...merged, merge: tip }), gatePorts(server))).toEqual({
      ...{ open: true, pull: 7, head: merged.head, approvers: ['bob'] },
      reviewed: { digest: planOf('9').digest, steps: new Map() },
    });
  });

  it('restores nothing that was pushed past review, even what was approved before', async () => {
    const merged = mergedRepository();
    const { repository } = merged;
    const server = await approvedMerge(serve, merged);
    repository.git('checkout', '--quiet', '-b', 'next');
    const next = repository.commit({ 'policies/mail.yaml': 'd\n' });
    repository.git('checkout', '--quiet', 'main');
    repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'next');
    const second = repository.git('rev-parse', 'HEAD');
    const later = { at: at('10:01'), commit: second };
    server.putPull(openPull({ number: 8, headRef: 'next', headSha: next, baseSha: merged.merge, merge: later }));
    const back = repository.commit({ 'policies/mail.yaml': 'c\n' });
    server.putRun({ ...runOf(merged), sha: back });
    const codes = codesOf(await passGate(askedToRestore({ ...merged, merge: back }), gatePorts(server)));
    expect(codes).toContain('not-as-reviewed: what is merged is not what was reviewed in #8: `policies/mail.yaml`');
  });
});

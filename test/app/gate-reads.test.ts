import { beforeAll, describe, expect, it } from 'vitest';
import { passGate } from '../../src/app/pass-gate.ts';
import type { GateQuestion } from '../../src/core/gate.ts';
import type { FaultAnswer } from '../../src/emulator/faults.ts';
import {
  approvedMerge,
  asked,
  askedToRestore,
  gatePorts,
  type MergedRepository,
  mergedRepository,
} from '../support/gate-rig.ts';
import { servedGitHub } from '../support/served-github.ts';

const serve = servedGitHub();
let merged: MergedRepository;
beforeAll(() => {
  merged = mergedRepository();
});

const answers: Readonly<Record<string, FaultAnswer>> = {
  403: { status: 403, body: { message: 'Resource not accessible by integration' } },
  404: { status: 404, body: { message: 'Not Found' } },
  429: { throttle: 'forever' },
  503: { status: 503 },
  timeout: { hang: 400 },
  cut: { cut: true },
  garbage: { garbage: true },
  nothing: { status: 200, body: '' },
  'an empty list': { status: 200, body: [] },
  'an empty object': { status: 200, body: {} },
};

/** Whoever's access is gone can let no run in, either. */
const gone = { 404: 'approvals-missing, no-consent' };
type Codes = Readonly<Partial<Record<string, string>>>;

/** A read of the gate: how its request is known, and what else than an unreadable gate a fault of it makes. */
const reads: readonly (readonly [string, string, Codes])[] = [
  ['the repository', '/^\\/repos\\/contoso\\/backup-access$/', {}],
  ['the pull requests of the commit', '/commits\\/\\w+\\/pulls/', { 'an empty list': 'no-pull-request' }],
  ['the pull request', '/pulls\\/7$/', {}],
  ['its commits', '/pulls\\/7\\/commits/', { 'an empty list': 'commits-unknown' }],
  ['its reviews', '/pulls\\/7\\/reviews/', { 'an empty list': 'approvals-missing' }],
  ['its pushes', '/activity/', { 'an empty list': 'unknown-push, approvals-missing' }],
  ['files', '/git\\/trees/', {}],
  ['who is in the team', '/memberships\\/bob/', { 404: 'approvals-missing' }],
  ['who may write', '/collaborators\\/bob/', { 404: 'approvals-missing' }],
  ['the tip of the branch', '/branches\\/main/', {}],
];
const onPush = [['the plans', '/commits\\/\\w+\\/check-runs/', {}]] as const;
const onDispatch = [
  ['commits to governed files', '/commits\\?/', { 'an empty list': 'no-pull-request' }],
  ['the environment', '/environments\\/production/', { 404: 'environment-open' }],
  ['the run', '/actions\\/runs\\/99$/', {}],
  ['who let it in', '/actions\\/runs\\/99\\/approvals/', { 'an empty list': 'no-consent' }],
] as const;

const codesBehind = async (path: string, ask: (of: MergedRepository) => GateQuestion): Promise<Codes> => {
  const told = await Promise.all(
    Object.entries(answers).map(async ([name, answer]) => {
      const faults = [{ match: { method: 'GET', path, times: 'always' as const }, answer }];
      const server = await approvedMerge(serve, merged, { faults });
      const verdict = await passGate(ask(merged), gatePorts(server, name === 'timeout' ? 200 : 5_000));
      return [name, verdict.open ? 'open' : verdict.refusals.map(({ code }) => code).join(', ')] as const;
    }),
  );
  return Object.fromEntries(told);
};
const wanted = (codes: Codes): Codes => ({
  ...Object.fromEntries(Object.keys(answers).map((name) => [name, 'gate-unreadable'])),
  ...codes,
});

describe('the gate of a merge stays closed when it can’t read', () => {
  it.each([...reads, ...onPush])(
    '%s',
    async (_, path, codes) => {
      expect(await codesBehind(path, asked)).toEqual(wanted(codes));
    },
    60_000,
  );
});

describe('the gate of a remediation stays closed when it can’t read', () => {
  it.each([...reads, ...onDispatch])(
    '%s',
    async (_, path, codes) => {
      expect(await codesBehind(path, askedToRestore)).toEqual(wanted(/member|collab/.test(path) ? gone : codes));
    },
    60_000,
  );
});

const known = (paths: readonly string[], path: string): boolean =>
  paths.some((one) => new RegExp(one.slice(1, -1)).test(path));

it.each([
  ['a merge', asked, [...reads, ...onPush]],
  ['a remediation', askedToRestore, [...reads, ...onDispatch]],
] as const)('the gate of %s opens else, and asks nothing that isn’t tried above', async (_, ask, tried) => {
  const server = await approvedMerge(serve, merged);
  const before = server.exchanges().length;
  expect(await passGate(ask(merged), gatePorts(server))).toMatchObject({ open: true });
  const sent = server.exchanges().slice(before);
  const paths = tried.map(([, path]) => path);
  expect(sent.filter(({ method, path }) => method !== 'GET' || !known(paths, path))).toEqual([]);
  expect(paths.filter((one) => !sent.some(({ path }) => known([one], path)))).toEqual([]);
});

it('tells which request failed and what it takes', async () => {
  const permissions = { contents: 'read', 'pull-requests': 'write', checks: 'write' } as const;
  const server = await approvedMerge(serve, merged, { permissions });
  expect(await passGate(asked(merged), gatePorts(server))).toEqual({
    open: false,
    pull: null,
    refusals: [
      {
        code: 'gate-unreadable',
        why: 'GitHub did not tell what the approval hangs on: `GET /orgs/contoso/teams/owners/memberships/bob`: HTTP 403, Resource not accessible by integration (it takes `members: read`)',
        wayForward:
          "name people instead of teams as approvers, or hand the action a GitHub App's token with `members: read`: a job's own can't have it",
      },
    ],
  });
});

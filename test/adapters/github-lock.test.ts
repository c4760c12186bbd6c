import { describe, expect, it } from 'vitest';
import { createGitHubLock } from '../../src/adapters/github-lock.ts';
import { acquireLock, type LockQuestion, lockName } from '../../src/app/lock.ts';
import { type Lease, leaseText, parseLease } from '../../src/core/lease.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { askGitHub } from '../support/ask-github.ts';
import { badAnswers } from '../support/github-faults.ts';
import { accessTo } from '../support/github-rig.ts';
import { quickBudget } from '../support/https-server.ts';
import { servedGitHub } from '../support/served-github.ts';

const start = servedGitHub();
const serve = (options: Parameters<typeof start>[0] = {}) => start({ permissions: { contents: 'write' }, ...options });
const lockAt = (server: GitHubServer) => createGitHubLock(accessTo(server, { budget: quickBudget(), timeout: 300 }));

const tenant = '72f988bf-0000-4000-8000-000000000001';
const ref = `refs/backup-access-guard/${lockName(tenant)}`;
const question = (run: string, more: Partial<LockQuestion> = {}): LockQuestion => ({
  tenant,
  run,
  nonce: `nonce of ${run}`,
  now: () => new Date(),
  ...more,
});

/** The lease that the ref points to; `null`: there is no ref. */
const standing = (server: GitHubServer): Lease | null => {
  const commit = server.refs().get(ref);
  if (commit === undefined) return null;
  const lease = parseLease(commit?.message ?? '');
  if (!lease.ok) throw new Error(lease.error);
  return lease.value;
};

describe('the lock of a tenant on GitHub', () => {
  it('is taken, renewed, given back and taken again, each as a commit after the one before', async () => {
    const server = await serve();
    let now = Date.now();
    const lock = await acquireLock(lockAt(server), question('run 1', { now: () => new Date(now) }));
    if (!lock.ok) throw new Error(lock.error.why);
    now += 6 * 60_000;
    expect(await lock.value.check()).toEqual({ ok: true, value: undefined });
    expect(standing(server)).toMatchObject({ holder: 'run 1', fence: 1, isReleased: false });
    expect(await lock.value.release()).toEqual({ ok: true, value: undefined });
    expect(standing(server)).toMatchObject({ holder: 'run 1', fence: 1, isReleased: true });
    expect(await acquireLock(lockAt(server), question('run 2'))).toMatchObject({ ok: true, value: { fence: 2 } });
    const writes = server.exchanges().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path, status }) => `${method} ${path.replace(/^.*\/git\//, '')} ${status}`)).toEqual([
      'POST trees 201',
      'POST commits 201',
      'POST refs 201',
      'POST commits 201',
      `PATCH ${ref} 200`,
      'POST commits 201',
      `PATCH ${ref} 200`,
      'POST commits 201',
      `PATCH ${ref} 200`,
    ]);
    expect(
      writes
        .filter(({ method }) => method === 'PATCH')
        .every(({ requestBody }) => (requestBody as { force: boolean }).force === false),
    ).toBe(true);
  });

  it.each([2, 5])('of %s that take it at once, one has it', async (count) => {
    const server = await serve();
    for (const round of [1, 2, 3]) {
      const runs = Array.from({ length: count }, (_, index) => `run ${round}.${index}`);
      const locks = await Promise.all(runs.map((run) => acquireLock(lockAt(server), question(run))));
      const won = locks.flatMap((lock, index) => (lock.ok ? [{ lock: lock.value, run: runs[index] }] : []));
      expect(won).toHaveLength(1);
      expect(locks.filter((lock) => !lock.ok && lock.error.code === 'lock-held')).toHaveLength(count - 1);
      expect(standing(server)).toMatchObject({ holder: won[0]?.run, fence: round });
      expect((await won[0]?.lock.check())?.ok).toBe(true);
      await won[0]?.lock.release();
    }
  });

  it('of two tenants is two', async () => {
    const server = await serve();
    const other = { tenant: '72f988bf-0000-4000-8000-000000000002' };
    expect((await acquireLock(lockAt(server), question('run 1'))).ok).toBe(true);
    expect((await acquireLock(lockAt(server), question('run 2', other))).ok).toBe(true);
  });

  it('that somebody stole or deleted is noticed', async () => {
    const server = await serve();
    const lock = await acquireLock(lockAt(server), question('run 1'));
    if (!lock.ok) throw new Error(lock.error.why);
    expect((await askGitHub(server, 'PATCH', `/git/${ref}`, { sha: '1'.repeat(40), force: true })).status).toBe(200);
    expect(await lock.value.check()).toEqual({ ok: false, error: `the lock \`${ref}\` is another run's now` });
    expect((await askGitHub(server, 'DELETE', `/git/${ref}`)).status).toBe(204);
    expect(await lock.value.check()).toEqual({
      ok: false,
      error: `the lock \`${ref}\` is gone: somebody deleted it`,
    });
  });

  it('takes a token that may write, and names what it lacks', async () => {
    const server = await serve({ permissions: { contents: 'read' } });
    expect(await acquireLock(lockAt(server), question('run 1'))).toEqual({
      ok: false,
      error: {
        code: 'lock-unreadable',
        why: 'nobody can tell whether another run writes to this tenant: `POST /repos/…/git/trees` failed: HTTP 403, Resource not accessible by integration',
        wayForward: 'grant the job `contents: write` under `permissions` of the workflow, then apply again',
      },
    });
  });
});

const answers: Readonly<Record<string, Fault['answer']>> = {
  ...badAnswers,
  '403': { status: 403, body: { message: 'Resource not accessible by integration' } },
  'another ref': { status: 200, body: { ref: 'refs/heads/main', object: { type: 'commit', sha: '1'.repeat(40) } } },
  'a tag': { status: 200, body: { ref, object: { type: 'tag', sha: '1'.repeat(40) } } },
  'another commit': { status: 200, body: { ref, object: { type: 'commit', sha: '1'.repeat(40) }, sha: 'main' } },
};

/** Each request of taking a lock that nobody had, and of one that was given back. */
const requests = {
  'reading the ref': { method: 'GET', path: '/git/ref/' },
  'reading a commit': { method: 'GET', path: '/git/commits/' },
  'making a tree': { method: 'POST', path: '/git/trees' },
  'making a commit': { method: 'POST', path: '/git/commits' },
  'making the ref': { method: 'POST', path: '/git/refs' },
  'moving the ref': { method: 'PATCH', path: '/git/refs/' },
} as const;

/** Where the lock is taken all the same: it is seen to be ours, or the answer was true. */
const takenAllTheSame = [
  'new, reading the ref: 404',
  'new, making the ref: a lost answer',
  'given back, moving the ref: a lost answer',
];

const notAsked: Readonly<Record<'new' | 'given back', readonly string[]>> = {
  new: ['reading a commit', 'moving the ref'],
  'given back': ['making a tree', 'making the ref'],
};
const isNoLease = /^`refs\/.*` points to 1{40}, which is no lease of this program: /;
const isFailure =
  /^nobody can tell whether another run writes to this tenant: `(GET|POST|PATCH) \/repos\/….*` failed: ./;

describe('every request behind a lock, with every answer', () => {
  const cells = (['new', 'given back'] as const).flatMap((before) =>
    Object.keys(requests)
      .filter((request) => !notAsked[before].includes(request))
      .flatMap((request) => Object.keys(answers).map((answer) => [before, request, answer] as const)),
  );

  it.each(cells)('%s, %s: %s', async (before, request, answer) => {
    const match = { ...requests[request as keyof typeof requests], times: 'always' } as const;
    const server = await serve({ faults: [{ match, answer: answers[answer] ?? { cut: true } }] });
    if (before === 'given back') {
      const lease = { tenant, fence: 1, holder: 'run 1', nonce: 'x', until: '2026-11-25T12:00:00Z', isReleased: true };
      server.pushRef(ref, leaseText(lease));
    }
    const taken = await acquireLock(lockAt(server), question('run 2'));
    expect(taken.ok).toBe(takenAllTheSame.includes(`${before}, ${request}: ${answer}`));
    // Whatever was answered: nobody believes to have a lock that the ref doesn't say is theirs.
    if (taken.ok) expect(standing(server)).toMatchObject({ holder: 'run 2', fence: before === 'new' ? 1 : 2 });
    else
      expect(taken.error.why).toMatch(
        request === 'reading the ref' && answer === 'another commit' ? isNoLease : isFailure,
      );
  });

  it.each(Object.keys(answers))('a lock that can’t be checked is not had: %s', async (answer) => {
    const struck = { method: 'GET', path: '/git/ref/', after: 1, times: 'always' } as const;
    const server = await serve({ faults: [{ match: struck, answer: answers[answer] ?? { cut: true } }] });
    const lock = await acquireLock(lockAt(server), question('run 1'));
    if (!lock.ok) throw new Error(lock.error.why);
    const told = await lock.value.check();
    expect(told.ok).toBe(false);
    expect(!told.ok && told.error).toMatch(
      /^(nobody can tell whose the lock is: `GET |the lock `refs\/.*` is (gone|another run's now))/,
    );
  });

  it.each(Object.keys(answers))('a lease that can’t be renewed ends: %s', async (answer) => {
    const struck = { method: 'POST', path: '/git/commits', after: 1, times: 'always' } as const;
    const server = await serve({ faults: [{ match: struck, answer: answers[answer] ?? { cut: true } }] });
    let now = Date.now();
    const lock = await acquireLock(lockAt(server), question('run 1', { now: () => new Date(now) }));
    if (!lock.ok) throw new Error(lock.error.why);
    now += 6 * 60_000;
    expect(await lock.value.check()).toMatchObject({
      ok: false,
      error: expect.stringContaining('`POST /repos/…/git/commits` failed: ') as string,
    });
    expect((await lock.value.release()).ok).toBe(false);
  });
});

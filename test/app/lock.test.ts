import { describe, expect, it } from 'vitest';
import { acquireLock, type Lock, type LockQuestion } from '../../src/app/lock.ts';
import { type Lease, leaseText, parseLease } from '../../src/core/lease.ts';
import type { LockPort } from '../../src/core/lock-port.ts';
import { ok } from '../../src/core/result.ts';
import { clock, minutes, name, question, ref, start, tenant } from '../support/lock-case.ts';
import { type MemoryLock, memoryLock } from '../support/memory-lock.ts';

const taken = async (port: LockPort, asked: LockQuestion): Promise<Lock> => {
  const lock = await acquireLock(port, asked);
  if (!lock.ok) throw new Error(lock.error.why);
  return lock.value;
};

const leaseOf = ({ refs, commits }: MemoryLock): Lease => {
  const lease = parseLease(commits.get(refs.get(name) ?? '')?.message ?? '');
  if (!lease.ok) throw new Error(lease.error);
  return lease.value;
};

/** Writes a commit on the ref as somebody else would. */
const put = ({ refs, commits }: MemoryLock, message: string): void => {
  const sha = String(commits.size).padStart(40, 'a');
  commits.set(sha, { sha, tree: 'f'.repeat(40), message, parent: refs.get(name) ?? null });
  refs.set(name, sha);
};

const lease = (more: Partial<Lease> = {}): Lease => ({
  tenant,
  fence: 4,
  holder: 'run 9',
  nonce: 'x',
  until: new Date(start + 5 * minutes).toISOString(),
  isReleased: false,
  ...more,
});

describe('taking a lock', () => {
  it('that nobody ever had', async () => {
    const memory = memoryLock();
    const { now } = clock();
    expect((await taken(memory.port, question(now))).fence).toBe(1);
    expect(leaseOf(memory)).toEqual({
      tenant,
      fence: 1,
      holder: 'run 1',
      nonce: 'nonce of run 1',
      until: '2026-11-25T12:10:00.000Z',
      isReleased: false,
    });
  });

  it.each<readonly [string, Partial<Lease>]>([
    ['that was given back', { isReleased: true }],
    ['whose lease ran out more than a minute ago', { until: new Date(start - minutes - 1).toISOString() }],
  ])('%s', async (_, before) => {
    const memory = memoryLock();
    put(memory, leaseText(lease(before)));
    expect((await taken(memory.port, question(clock().now))).fence).toBe(5);
    expect(leaseOf(memory)).toMatchObject({ holder: 'run 1', fence: 5 });
    expect(memory.commits.get(memory.refs.get(name) ?? '')?.parent).toBe(`${'a'.repeat(39)}1`);
  });

  it.each<readonly [string, string, object]>([
    [
      'that another run has',
      leaseText(lease()),
      {
        code: 'lock-held',
        why: `another run writes to this tenant: run 9 holds \`${ref}\` until 2026-11-25T12:05:00.000Z`,
        wayForward:
          'wait until that run has ended, then apply again; if it has died, the lock is free a minute after 2026-11-25T12:05:00.000Z',
      },
    ],
    [
      'whose lease ran out just now',
      leaseText(lease({ until: new Date(start - minutes).toISOString() })),
      expect.objectContaining({ code: 'lock-held' }) as object,
    ],
    [
      'that holds something else',
      'a commit of somebody',
      {
        code: 'lock-broken',
        why: `\`${ref}\` points to ${'a'.repeat(39)}1, which is no lease of this program: it is no lease in JSON`,
        wayForward: `make sure that no apply is running, delete the ref with \`git push --delete origin ${ref}\`, and apply again`,
      },
    ],
    [
      'of another tenant',
      leaseText(lease({ tenant: 'other' })),
      expect.objectContaining({
        code: 'lock-broken',
        why: expect.stringContaining('it is of another tenant'),
      }) as object,
    ],
  ])('not one %s', async (_, message, refusal) => {
    const memory = memoryLock();
    put(memory, message);
    const before = memory.refs.get(name);
    expect(await acquireLock(memory.port, question(clock().now))).toEqual({ ok: false, error: refusal });
    expect(memory.refs.get(name)).toBe(before);
  });

  it('while another does: the slower one is told who was faster', async () => {
    const memory = memoryLock();
    const { now } = clock();
    const slow: LockPort = {
      ...memory.port,
      createRef: async (of, sha) => {
        await taken(memory.port, question(now, 'run 2'));
        return memory.port.createRef(of, sha);
      },
    };
    expect(await acquireLock(slow, question(now))).toMatchObject({
      ok: false,
      error: { code: 'lock-held', why: expect.stringContaining('run 2 holds') as string },
    });
    expect(leaseOf(memory)).toMatchObject({ holder: 'run 2', fence: 1 });
  });

  it('that was taken and given back in the same moment is refused all the same', async () => {
    const memory = memoryLock();
    const { now } = clock();
    const slow: LockPort = {
      ...memory.port,
      createRef: async (of, sha) => {
        await (await taken(memory.port, question(now, 'run 2'))).release();
        return memory.port.createRef(of, sha);
      },
    };
    expect(await acquireLock(slow, question(now))).toEqual({
      ok: false,
      error: {
        code: 'lock-held',
        why: `another run took \`${ref}\` at the same moment`,
        wayForward: 'wait until that run has ended, then apply again',
      },
    });
  });

  it('however the tenant id is spelt', async () => {
    const memory = memoryLock();
    const { now } = clock();
    await taken(memory.port, question(now));
    const again = await acquireLock(memory.port, question(now, 'run 2', { tenant: tenant.toUpperCase() }));
    expect(again).toMatchObject({ ok: false, error: { code: 'lock-held' } });
  });
});

describe('having a lock', () => {
  it('is checked without writing while half of the lease is left', async () => {
    const memory = memoryLock();
    const { now, forward } = clock();
    const lock = await taken(memory.port, question(now));
    const before = memory.refs.get(name);
    forward(5 * minutes - 1);
    expect(await lock.check()).toEqual(ok(undefined));
    expect(memory.refs.get(name)).toBe(before);
  });

  it.each([5, 9, 10, 60])('is renewed after %s minutes, if nobody took it', async (waited) => {
    const memory = memoryLock();
    const { now, forward } = clock();
    const lock = await taken(memory.port, question(now));
    forward(waited * minutes);
    expect(await lock.check()).toEqual(ok(undefined));
    expect(leaseOf(memory)).toMatchObject({
      fence: 1,
      until: new Date(start + (waited + 10) * minutes).toISOString(),
    });
    expect(await acquireLock(memory.port, question(now, 'run 2'))).toMatchObject({ ok: false });
  });

  it('ends when another takes it after its lease', async () => {
    const memory = memoryLock();
    const { now, forward } = clock();
    const lock = await taken(memory.port, question(now));
    forward(11 * minutes + 1);
    const other = await taken(memory.port, question(now, 'run 2'));
    const lost = { ok: false, error: `the lock \`${ref}\` is another run's now` };
    expect(await lock.check()).toEqual(lost);
    expect(await lock.check()).toEqual(lost);
    expect(await lock.release()).toEqual({ ok: false, error: `another run took the lock \`${ref}\`` });
    expect(await other.check()).toEqual(ok(undefined));
    expect(other.fence).toBe(2);
  });

  it.each<readonly [string, (memory: MemoryLock) => void, string]>([
    ['deletes it', ({ refs }) => void refs.delete(name), `the lock \`${ref}\` is gone: somebody deleted it`],
    ['moves it', (memory) => put(memory, 'mine'), `the lock \`${ref}\` is another run's now`],
    ['puts it back', ({ refs }) => void refs.set(name, '0'.repeat(40)), `the lock \`${ref}\` is another run's now`],
  ])('ends when somebody %s', async (_, act, why) => {
    const memory = memoryLock();
    const lock = await taken(memory.port, question(clock().now));
    act(memory);
    expect(await lock.check()).toEqual({ ok: false, error: why });
  });

  it('ends when another is faster while it is renewed', async () => {
    const memory = memoryLock();
    const { now, forward } = clock();
    const slow: LockPort = {
      ...memory.port,
      moveRef: (of, sha) => {
        put(memory, leaseText(lease({ holder: 'run 2' })));
        return memory.port.moveRef(of, sha);
      },
    };
    const lock = await taken(slow, question(now));
    forward(6 * minutes);
    expect(await lock.check()).toEqual({ ok: false, error: `another run took the lock \`${ref}\`` });
  });

  it('ends when it is given back, and the next one is free to take it', async () => {
    const memory = memoryLock();
    const { now } = clock();
    const lock = await taken(memory.port, question(now));
    expect(await lock.release()).toEqual(ok(undefined));
    expect(leaseOf(memory)).toMatchObject({ holder: 'run 1', isReleased: true, until: '2026-11-25T12:00:00.000Z' });
    expect(await lock.check()).toEqual({ ok: false, error: 'the lock was given back' });
    expect((await taken(memory.port, question(now, 'run 2'))).fence).toBe(2);
    expect(await lock.check()).toEqual({ ok: false, error: 'the lock was given back' });
  });

  it('is no help to another run of the same name', async () => {
    const memory = memoryLock();
    const { now } = clock();
    const both = await Promise.all(
      ['a', 'b'].map((nonce) => acquireLock(memory.port, question(now, 'run 1', { nonce }))),
    );
    expect(both.filter((lock) => lock.ok)).toHaveLength(1);
  });
});

import { type LockQuestion, lockName } from '../../src/app/lock.ts';

/** The tenant whose lock is taken in these tests. */
export const tenant = '72f988bf-0000-4000-8000-000000000001';
/** The lock's name, and the ref behind it. */
export const name = lockName(tenant);
export const ref = `refs/backup-access-guard/lock-${tenant}`;
/** When the clock begins. */
export const start = Date.parse('2026-11-25T12:00:00Z');
export const minutes = 60_000;

/** A clock that a test sets forward. */
export const clock = () => {
  let at = start;
  return {
    now: () => new Date(at),
    forward: (milliseconds: number) => {
      at += milliseconds;
    },
  };
};

/** What a run asks for. */
export const question = (now: () => Date, run = 'run 1', more: Partial<LockQuestion> = {}): LockQuestion => ({
  tenant,
  run,
  nonce: `nonce of ${run}`,
  now,
  ...more,
});

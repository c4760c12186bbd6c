import type { EarlierRun, EarlierStep } from '../../src/core/authority.ts';
import type { Drift } from '../../src/core/change.ts';
import type { BrakeStep } from '../../src/guard/brake.ts';
import { appRole, backupApp } from './facts.ts';
import { stepsOf } from './plan-steps.ts';

/** When the brake is asked in these tests. */
export const now = new Date('2026-11-25T12:00:00Z');
export const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
/** Limits of which only that on revokes is in the way. */
export const limits = { revokes: 10, percent: 100, perIdentity: 100, window: 'P7D' };

export const revoke = (name: string, identity = backupApp): Drift => ({
  policy: 'mail',
  change: { action: 'delete', cause: 'undeclared', before: appRole(name, { identity }), after: null },
});
export const grant = (name: string): Drift => ({
  policy: 'mail',
  change: { action: 'create', cause: 'missing', before: null, after: appRole(name) },
});
/** Steps with a hash that is their id, told otherwise by `version`. */
export const hashed = (drift: readonly Drift[], version = ''): readonly BrakeStep[] =>
  stepsOf(drift).map((step) => ({ step, hash: `${step.policy} ${step.id}${version}` }));
export const runAt = (at: string, steps: readonly BrakeStep[], isDoubtful = false): EarlierRun => ({
  at,
  steps: steps.map(
    ({ step, hash }): EarlierStep => ({
      id: step.id,
      hash,
      revokes: step.change.action !== 'create',
      ...(isDoubtful ? { isDoubtful: true } : {}),
    }),
  ),
});
export const names = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, at) => `Mail.${String(at + from)}`);
export const revokes = (count: number, from = 0): readonly BrakeStep[] =>
  hashed(names(count, from).map((name) => revoke(name)));
export const keys = (count: number): readonly string[] => names(count).map((name) => appRole(name).key);

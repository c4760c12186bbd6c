import type { Change, Drift } from '../core/change.ts';
import type { Withheld, WithheldCode } from '../core/plan.ts';
import { breakingChanges } from './breaks-backup.ts';
import type { GuardWorld, Objection } from './guard-world.ts';
import { lastAccess } from './last-access.ts';
import { objectToGrant } from './never-grant.ts';
import { objectToStranger } from './recreated.ts';
import { objectToEnding } from './running-elevation.ts';
import { changeId } from './taking-order.ts';
import { objectToGuess } from './unread-access.ts';
import { objectToTouching } from './untouchable.ts';

/** What stays in the plan, and what is left out of it. */
interface Guarded {
  readonly planned: readonly Drift[];
  readonly withheld: readonly Withheld[];
}

/** Guards that look at one change by itself; the first that objects is the one that is told. */
const single: readonly [WithheldCode, (change: Change, world: GuardWorld) => Objection | null][] = [
  ['untouchable', objectToTouching],
  ['recreated', objectToStranger],
  ['never-grant', objectToGrant],
  ['unread', objectToGuess],
  ['running-elevation', objectToEnding],
];

const objectionTo = (drift: Drift, world: GuardWorld): Withheld | null => {
  for (const [code, object] of single) {
    const objection = object(drift.change, world);
    if (objection !== null) return { ...drift, code, ...objection };
  }
  return null;
};

type Together = (changes: readonly Change[], world: GuardWorld) => ReadonlyMap<string, Objection>;

/** Guards that look at all that would be done, what was left out before not being done. */
const together: readonly [WithheldCode, Together][] = [
  ['breaks-backup', breakingChanges],
  ['last-access', lastAccess],
];

/**
 * Keeps back what must not be done, whatever policies ask for. Every policy that names the identity is heard, and what is
 * kept back for one policy is for all: none takes away what another one's backups need.
 */
export const withhold = (wanted: readonly Drift[], world: GuardWorld): Guarded => {
  const alone = wanted.map((drift) => ({ drift, withheld: objectionTo(drift, world) }));
  const withheld = alone.flatMap((one) => one.withheld ?? []);
  let planned: readonly Drift[] = alone.filter((one) => one.withheld === null).map(({ drift }) => drift);
  for (const [code, judge] of together) {
    const changes = planned.map(({ change }) => change);
    const found = judge(changes, world);
    withheld.push(
      ...planned.flatMap((drift) => {
        const objection = found.get(changeId(drift.change));
        return objection === undefined ? [] : { ...drift, code, ...objection };
      }),
    );
    planned = planned.filter(({ change }) => !found.has(changeId(change)));
  }
  return { planned, withheld };
};

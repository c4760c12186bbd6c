import type { AzureRoleAssignmentFact } from '../../src/core/fact.ts';
import { type Access, effectiveAccess } from '../../src/knowledge/effective-access.ts';
import { planes } from '../../src/knowledge/plane.ts';
import {
  actions,
  ancestors,
  identities,
  isUntold,
  isWithin,
  managementGroups,
  type Place,
  type Placed,
  places,
  respell,
  someAssignments,
} from './access-world.ts';
import { permits } from './brute-force.ts';
import { compareCases, type Outcome } from './oracle-outcome.ts';
import { seeded } from './seeded.ts';

/** How an assignment bears on a place: by the tree of places, and not by any path. */
const bearing = (from: Placed, on: Place): 'holds' | 'unknown' | 'none' => {
  if (from.at === on) return 'holds';
  if (managementGroups.includes(from.at)) return isUntold(on) ? 'unknown' : isWithin(on, from.at) ? 'holds' : 'none';
  return isWithin(on, from.at) ? 'holds' : 'none';
};

type Allowed = Access<AzureRoleAssignmentFact>['allowed'];

/** Decisions on worlds of assignments beside a scan of all of them. */
export const compareAccess = (cases: number, seed: number): Outcome => {
  const chance = seeded(seed);
  const perWorld = 10;
  let world: readonly Placed[] = [];
  let decide = effectiveAccess(world.map(({ fact }) => fact));
  return compareCases('may it, by many assignments', cases, (number) => {
    if (number % perWorld === 0) {
      world = someAssignments(chance);
      decide = effectiveAccess(
        world.map(({ fact }) => fact),
        ancestors,
      );
    }
    const identity = chance.pick(identities);
    const [action, plane] = [chance.pick(actions), chance.pick(planes)];
    const on = chance.pick(chance.once(8) ? managementGroups : places);
    const one = (placed: Placed): Allowed => {
      const how = bearing(placed, on);
      const { permissions } = placed.fact;
      if (how === 'none' || (permissions !== null && !permits(permissions, action, plane))) return 'no';
      return how === 'holds' && permissions !== null ? 'yes' : 'unknown';
    };
    const held = world.filter(({ fact }) => fact.identity === identity && !fact.orphaned);
    const answers = held.map((placed) => ({ placed, answer: one(placed) }));
    const expected = (['yes', 'unknown', 'no'] as const).find((answer) => answers.some((it) => it.answer === answer));
    const found = decide(identity, chance.pick([action, action.toUpperCase()]), plane, respell(chance, on.path));
    const witnesses = answers.filter((it) => it.answer === expected && it.answer !== 'no').map((it) => it.placed.fact);
    const best = witnesses.some((fact) => fact.condition === null)
      ? witnesses.filter((fact) => found.allowed === 'unknown' || fact.condition === null)
      : witnesses;
    const isRight =
      found.allowed === (expected ?? 'no') && (found.by === null ? best.length === 0 : best.includes(found.by));
    const wrong = isRight ? null : JSON.stringify({ identity, action, plane, scope: on.path, expected, found, held });
    return { answer: found.allowed, wrong };
  });
};

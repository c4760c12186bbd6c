import { effectiveAccess } from '../../src/knowledge/effective-access.ts';
import { planes } from '../../src/knowledge/plane.ts';
import {
  actions,
  ancestors,
  identities,
  isUntold,
  type Place,
  type Placed,
  places,
  respell,
  someAssignments,
} from './access-world.ts';
import { type Chain, type Grant, loadCedar } from './cedar.ts';
import { compareCases, type Outcome } from './oracle-outcome.ts';
import { seeded } from './seeded.ts';

const chainOf = (place: Place): Chain => [place.path, ...(place.parent === null ? [] : chainOf(place.parent))];

const grantOf = ({ fact, at }: Placed): Grant => ({
  identity: fact.identity,
  scope: at.path,
  permissions: fact.permissions ?? [],
});

/** Places whose management groups are told: Cedar knows no "unknown". */
const told = places.filter((place) => !isUntold(place));

/** Decisions beside Cedar's, which is told the tree of scopes and each role as policies with `like`. */
export const compareWithCedar = (cases: number, seed: number): Outcome => {
  const chance = seeded(seed);
  const cedar = loadCedar();
  const perWorld = 40;
  let world: readonly Placed[] = [];
  let decide = effectiveAccess(world.map(({ fact }) => fact));
  let byCedar = cedar.decideByAll([]);
  return compareCases('may it, as Cedar decides', cases, (number) => {
    if (number % perWorld === 0) {
      world = someAssignments(chance, { readable: true });
      decide = effectiveAccess(
        world.map(({ fact }) => fact),
        ancestors,
      );
      byCedar = cedar.decideByAll(world.filter(({ fact }) => !fact.orphaned).map(grantOf));
    }
    const [identity, action] = [chance.pick(identities), chance.pick(actions)];
    const [plane, on] = [chance.pick(planes), chance.pick(told)];
    const expected = byCedar(identity, action, plane, chainOf(on)) ? 'yes' : 'no';
    const found = decide(identity, action, plane, respell(chance, on.path)).allowed;
    const wrong = found === expected ? null : JSON.stringify({ identity, action, plane, on, expected, found, world });
    return { answer: found, wrong };
  });
};

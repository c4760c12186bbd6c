import type { RolePermissions } from '../../src/core/fact.ts';
import { planes } from '../../src/knowledge/plane.ts';
import { allows, contains, intersects } from '../../src/knowledge/role-algebra.ts';
import { roleDecider } from '../../src/knowledge/role-decider.ts';
import { matches, permits, permittedTexts, universe } from './brute-force.ts';
import { type Compared, compareCases, type Outcome } from './oracle-outcome.ts';
import { type Chance, seeded } from './seeded.ts';

const pattern = (chance: Chance): string => chance.several(5, () => chance.pick(['a', 'b', '/', '*'])).join('');

const blocks = (chance: Chance): RolePermissions[] => {
  const patterns = (): string[] => chance.several(3, () => pattern(chance));
  return chance.several(2, () => ({
    actions: patterns(),
    notActions: patterns(),
    dataActions: patterns(),
    notDataActions: patterns(),
  }));
};

/** Sometimes a role and a narrower one made of it: of two drawn apart hardly any contains the other. */
const twoRoles = (chance: Chance): readonly [outer: RolePermissions[], inner: RolePermissions[]] => {
  const outer = blocks(chance);
  if (chance.once(2)) return [outer, blocks(chance)];
  const narrower = outer.map((block) => ({
    ...block,
    actions: block.actions.map((one) => one.replace('*', pattern(chance))),
    dataActions: block.dataActions.slice(1),
    notActions: [...block.notActions, ...chance.several(1, () => pattern(chance))],
  }));
  return chance.once(4) ? [narrower, outer] : [outer, narrower];
};

const compareContainment = (chance: Chance): Compared => {
  const [outer, inner] = twoRoles(chance);
  const found = contains(outer, inner);
  const told = JSON.stringify({ outer, inner, found });
  if (!found.contains) {
    const isWitness =
      found.witness !== null &&
      permits(inner, found.witness.action, found.witness.plane) &&
      !permits(outer, found.witness.action, found.witness.plane);
    return { answer: 'no, with a witness', wrong: isWitness ? null : told };
  }
  const escapes = planes.some((plane) => {
    const byOuter = permittedTexts(outer, plane);
    return permittedTexts(inner, plane).some((flag, at) => flag === 1 && byOuter[at] === 0);
  });
  return { answer: 'yes', wrong: escapes ? told : null };
};

const compareIntersection = (chance: Chance): Compared => {
  const role = blocks(chance);
  const wanted = chance.several(3, () => pattern(chance));
  const plane = chance.pick(planes);
  const found = intersects(role, wanted, plane);
  const isRight =
    found === null
      ? !permittedTexts(role, plane).some((flag, at) => flag === 1 && matches(wanted, universe[at] ?? ''))
      : permits(role, found, plane) && matches(wanted, found);
  return {
    answer: found === null ? 'none' : 'some',
    wrong: isRight ? null : JSON.stringify({ role, wanted, plane, found }),
  };
};

const compareDecision = (chance: Chance): Compared => {
  const role = blocks(chance);
  const plane = chance.pick(planes);
  const text = chance.pick(universe);
  const expected = permits(role, text, plane);
  const isRight = [allows(role, text.toUpperCase(), plane), roleDecider(role)(text, plane)].every(
    (answer) => answer === expected,
  );
  return { answer: expected ? 'yes' : 'no', wrong: isRight ? null : JSON.stringify({ role, plane, text, expected }) };
};

/** The algebra of roles beside an evaluator that tries every text of a finite universe. */
export const compareAlgebra = (cases: number, seed: number): readonly Outcome[] => {
  const chance = seeded(seed);
  const half = Math.floor(cases / 2);
  const quarter = Math.floor(cases / 4);
  return [
    compareCases('does one role contain another', half, () => compareContainment(chance)),
    compareCases('does a role meet a pattern', quarter, () => compareIntersection(chance)),
    compareCases('does a role allow an action', cases - half - quarter, () => compareDecision(chance)),
  ];
};

import { roleId } from '../../src/core/ids.ts';
import { severities } from '../../src/core/rule.ts';
import { knownActions } from '../../src/knowledge/known-actions.ts';
import { type Candidate, leastRoleOf, type Need } from '../../src/knowledge/least-role.ts';
import { planes } from '../../src/knowledge/plane.ts';
import { powerfulActions } from '../../src/knowledge/powerful-actions.ts';
import { intersects } from '../../src/knowledge/role-algebra.ts';
import { actions, somePermissions } from './access-world.ts';
import { permits } from './brute-force.ts';
import { type Compared, compareCases, type Outcome } from './oracle-outcome.ts';
import { type Chance, seeded } from './seeded.ts';

const someRoles = (chance: Chance): Candidate[] =>
  chance.several(
    5,
    () => {
      const name = `Role ${chance.below(1_000_000)}`;
      return { id: roleId(name), name, permissions: somePermissions(chance), condition: chance.once(9) ? 'x' : null };
    },
    1,
  );

const distinct = <T>(list: readonly T[], key: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [key(one), one])).values(),
];
const keyOf = ({ action, plane }: Need): string => `${plane} ${action.toLowerCase()}`;

/** All that these roles are measured by, straight from the words of the definition. */
const universeOf = (roles: readonly Candidate[]): readonly Need[] =>
  distinct(
    planes.flatMap((plane) => [
      ...knownActions(plane).map((action) => ({ action, plane })),
      ...roles
        .flatMap(({ permissions }) => permissions)
        .flatMap((block) => (plane === 'control' ? block.actions : block.dataActions))
        .map((action) => ({ action, plane })),
    ]),
    keyOf,
  );

/** Powers by severity, then actions, then patterns, each beyond the need. */
const rankOf = (roles: readonly Candidate[], needs: readonly Need[], all: readonly Need[]): readonly number[] => {
  const blocks = roles.flatMap(({ permissions }) => permissions);
  const needed = new Set(needs.map(keyOf));
  const beyond = all.filter((one) => !needed.has(keyOf(one)) && permits(blocks, one.action, one.plane));
  const powers = powerfulActions.filter(
    ({ pattern, plane }) =>
      !needed.has(keyOf({ action: pattern, plane })) && intersects(blocks, [pattern], plane) !== null,
  );
  return [
    ...severities.map((severity) => powers.filter((power) => power.severity === severity).length),
    beyond.filter(({ action }) => !action.includes('*')).length,
    beyond.filter(({ action }) => action.includes('*')).length,
  ];
};

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, at) => value - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

const compareChoice = (chance: Chance): Compared => {
  const roles = someRoles(chance);
  const needs = distinct(
    chance.several(4, () => ({ action: chance.pick(actions), plane: chance.pick(planes) }), 1),
    keyOf,
  );
  const eligible = distinct(roles, ({ id }) => id).filter(({ condition }) => condition === null);
  const all = universeOf(eligible);
  const options = [
    ...eligible.map((one) => [one]),
    ...eligible.flatMap((one, at) => eligible.slice(at + 1).map((other) => [one, other])),
  ].filter((option) =>
    needs.every(({ action, plane }) => option.some(({ permissions }) => permits(permissions, action, plane))),
  );
  const ranks = options.map((option) => rankOf(option, needs, all));
  const best = ranks.toSorted(compare)[0];
  const size = Math.min(
    ...options.filter((_, at) => compare(ranks[at] ?? [], best ?? []) === 0).map((one) => one.length),
  );
  const found = leastRoleOf(roles, needs);
  const told = JSON.stringify({ roles, needs, best, size, found });
  if (!found.found) {
    const met = ({ action, plane }: Need): boolean =>
      eligible.some(({ permissions }) => permits(permissions, action, plane));
    const isRight = best === undefined && found.unmet.length === needs.filter((need) => !met(need)).length;
    return { answer: 'none', wrong: isRight && found.unmet.every((need) => !met(need)) ? null : told };
  }
  const isRight =
    best !== undefined &&
    found.roles.length === size &&
    compare(rankOf(found.roles, needs, all), best) === 0 &&
    options.some((option) => option.every((one) => found.roles.includes(one))) &&
    found.excess === best[severities.length] &&
    (found.witness === null || isBeyond(found.witness, found.roles, needs));
  return { answer: found.roles.length === 1 ? 'one role' : 'two roles', wrong: isRight ? null : told };
};

const isBeyond = (witness: Need, roles: readonly Candidate[], needs: readonly Need[]): boolean =>
  !needs.some((need) => keyOf(need) === keyOf(witness)) &&
  roles.some(({ permissions }) => permits(permissions, witness.action, witness.plane));

/** The least role beside trying every one and every pair. */
export const compareLeastRole = (cases: number, seed: number): Outcome => {
  const chance = seeded(seed);
  return compareCases('which role or pair is the least', cases, () => compareChoice(chance));
};

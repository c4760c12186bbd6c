import type { AppId } from '../../src/core/ids.ts';
import { apis } from '../../src/knowledge/apis.ts';
import { edges } from '../../src/knowledge/lattice.ts';
import { heldCover, minimalCover } from '../../src/knowledge/minimal-cover.ts';
import { type Compared, compareCases, type Outcome } from './oracle-outcome.ts';
import { type Chance, seeded } from './seeded.ts';

/** All that each permission gives, itself included: edges followed until nothing is added. */
const givenOn = (api: AppId): ReadonlyMap<string, ReadonlySet<string>> => {
  const ours = edges.filter((edge) => edge.api === api);
  const given = new Map(ours.flatMap((edge) => [edge.narrower, edge.broader]).map((name) => [name, new Set([name])]));
  for (let grows = true; grows; ) {
    grows = false;
    for (const { narrower, broader } of ours)
      for (const one of given.get(narrower) ?? []) {
        const all = given.get(broader);
        if (all === undefined || all.has(one)) continue;
        all.add(one);
        grows = true;
      }
  }
  return given;
};

const lattices = apis.map(({ appId }) => ({ api: appId, given: givenOn(appId) })).filter(({ given }) => given.size > 0);

const closure = (given: ReadonlyMap<string, ReadonlySet<string>>, names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [...(given.get(name) ?? [name])]));

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one));

const without = (names: readonly string[], name: string): string[] => names.filter((one) => one !== name);

/** A few permissions, near each other in the lattice, some of them in no lattice at all. */
const somePermissions = (chance: Chance, given: ReadonlyMap<string, ReadonlySet<string>>): string[] => {
  const names = [...given.keys(), 'Sites.Selected', 'No.Such'];
  const from = chance.below(names.length);
  const near = chance.once(2) ? names : names.slice(from, from + 12);
  return [...new Set(chance.several(7, () => chance.pick(near)))];
};

const compareMinimal = (chance: Chance): Compared => {
  const { api, given } = chance.pick(lattices);
  const need = somePermissions(chance, given);
  const cover = minimalCover(api, need);
  const whole = closure(given, need);
  const isRight =
    same(closure(given, cover), whole) && cover.every((one) => !same(closure(given, without(cover, one)), whole));
  const answer = cover.length < need.length ? 'something dropped' : 'all kept';
  return { answer, wrong: isRight ? null : JSON.stringify({ need, cover }) };
};

const compareHeld = (chance: Chance): Compared => {
  const { api, given } = chance.pick(lattices);
  const [held, need] = [somePermissions(chance, given), somePermissions(chance, given)];
  const { cover, spare, missing } = heldCover(api, held, need);
  const met = need.filter((one) => closure(given, held).has(one));
  const covers = (names: readonly string[]): boolean => met.every((one) => closure(given, names).has(one));
  const narrower = (one: string): string[] => held.filter((other) => other !== one && given.get(one)?.has(other));
  const isRight =
    same(new Set([...cover, ...spare]), new Set(held)) &&
    cover.length + spare.length === held.length &&
    same(new Set(missing), new Set(need.filter((one) => !met.includes(one)))) &&
    covers(cover) &&
    cover.every((one) => !covers(without(cover, one))) &&
    cover.every((one) => narrower(one).every((other) => !covers([...without(cover, one), other])));
  const answer = missing.length > 0 ? 'something missing' : spare.length > 0 ? 'something spare' : 'exact';
  return { answer, wrong: isRight ? null : JSON.stringify({ held, need, cover, spare, missing }) };
};

/** Covers beside the closure of all edges, on every API that has a lattice. */
export const compareCovers = (cases: number, seed: number): readonly Outcome[] => {
  const chance = seeded(seed);
  const half = Math.floor(cases / 2);
  return [
    compareCases('the minimal cover of needed permissions', half, () => compareMinimal(chance)),
    compareCases('what of the held permissions covers a need', cases - half, () => compareHeld(chance)),
  ];
};

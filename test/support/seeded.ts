/** Chance that repeats: the same seed draws the same. */
export interface Chance {
  /** A whole number from 0 up to, not with, `end`. */
  readonly below: (end: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Between none and `most` of what `make` makes. */
  readonly several: <T>(most: number, make: () => T, least?: number) => T[];
  /** True once in `times`. */
  readonly once: (times: number) => boolean;
}

/** By the mulberry32 generator, in the public domain. */
export const seeded = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    several: (most, make, least = 0) => Array.from({ length: least + below(most - least + 1) }, make),
    once: (times) => below(times) === 0,
  };
};

import type { AppId } from '../core/ids.ts';
import { impliedBy, implies } from './lattice.ts';

/** Held permissions that are enough for a need, and what of either is left over. */
export interface HeldCover {
  /** None of these can go without taking a needed one along. */
  readonly cover: readonly string[];
  /** Held, and the need is covered without them. */
  readonly spare: readonly string[];
  /** Needed, and nothing held gives them. */
  readonly missing: readonly string[];
}

/** Each name once, in the first spelling. */
const distinct = (values: readonly string[]): string[] => {
  const byName = new Map<string, string>();
  for (const value of values) if (!byName.has(value.toLowerCase())) byName.set(value.toLowerCase(), value);
  return [...byName.values()];
};

const gives = (api: AppId, held: string, needed: string): boolean =>
  held.toLowerCase() === needed.toLowerCase() || implies(api, held, needed);

/**
 * The smallest set that allows the same: what another one of them implies is dropped. All are permissions on one API, of
 * one type and held without a scope; a scoped or resource-specific grant stands in for none of them.
 */
export const minimalCover = (api: AppId, needed: readonly string[]): readonly string[] => {
  const all = distinct(needed);
  const names = new Set(all);
  return all.filter((value) => impliedBy(api, 'application', value, names) === null);
};

/** The least held permission that gives a needed one: no other held one that gives it is narrower. By name among equals. */
const leastGiving = (api: AppId, held: readonly string[], needed: string): string | undefined => {
  const giving = held.filter((one) => gives(api, one, needed));
  return giving.filter((one) => !giving.some((other) => implies(api, one, other))).toSorted()[0];
};

/** The part of what is held that covers a need, as narrow as the held permissions allow, and what is left over. */
export const heldCover = (api: AppId, held: readonly string[], needed: readonly string[]): HeldCover => {
  const [haves, needs] = [distinct(held), distinct(needed)];
  const isCovered = (by: readonly string[]) => (need: string) => by.some((one) => gives(api, one, need));
  const met = needs.filter(isCovered(haves));
  const chosen = distinct(met.flatMap((need) => leastGiving(api, haves, need) ?? []));
  const width = (value: string): number => haves.filter((one) => implies(api, value, one)).length;
  let cover: readonly string[] = chosen;
  for (const value of chosen.toSorted((a, b) => width(b) - width(a) || (a < b ? -1 : 1))) {
    const rest = cover.filter((one) => one !== value);
    if (met.every(isCovered(rest))) cover = rest;
  }
  return {
    cover,
    spare: haves.filter((one) => !cover.includes(one)),
    missing: needs.filter((need) => !met.includes(need)),
  };
};

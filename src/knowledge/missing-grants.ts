import type { Policy } from '../core/policy.ts';
import { type Holdings, unmetScopes } from './need-cover.ts';
import { isAlwaysNeeded, type Need, needsOf, type OperationNeed, type Way } from './needs.ts';

/** One grant without which an operation fails, where it is missing (`null`: it has no scope). */
export interface MissingGrant {
  readonly operation: OperationNeed;
  readonly need: Need;
  readonly scope: string | null;
}

/** Planes whose grants may be judged: those that were read, and that the policy or the tenant speaks of. */
export interface JudgedPlanes {
  readonly application: boolean;
  readonly azure: boolean;
}

const isJudged = ({ grant }: Need, planes: JudgedPlanes): boolean =>
  grant.plane === 'azure' || grant.plane === 'azure-actions' ? planes.azure : planes.application;

interface Lack {
  readonly way: Way;
  readonly missing: readonly { readonly need: Need; readonly scope: string | null }[];
}

const lackOf = (way: Way, holdings: Holdings): Lack => ({
  way,
  missing: way.needs
    .filter(isAlwaysNeeded)
    .flatMap((need) => unmetScopes(need, holdings).map((scope) => ({ need, scope }))),
});

const isBegun = ({ way, missing }: Lack): boolean => {
  const needs = way.needs.filter(isAlwaysNeeded);
  return needs.some((need) => !missing.some((lack) => lack.need === need));
};

/** The way that is meant: the one that wants least among those begun, else the least one. */
const meantWay = (lacks: readonly Lack[]): Lack | undefined => {
  const [least, ...others] = lacks;
  return others
    .filter(isBegun)
    .reduce((best, one) => (best === undefined || one.missing.length < best.missing.length ? one : best), least);
};

/**
 * What the operations that a policy declares need and nothing held gives, once for each grant: another way that is whole
 * makes up for it, and so does whatever allows more. Elevations are granted when they come, so they never lack.
 */
export const missingGrants = (policy: Policy, holdings: Holdings, planes: JudgedPlanes): readonly MissingGrant[] =>
  needsOf(policy)
    .filter(({ asked }) => asked === 'standing')
    .flatMap((operation) => {
      const meant = meantWay(operation.ways.map((way) => lackOf(way, holdings)));
      return (meant?.missing ?? [])
        .filter(({ need }) => isJudged(need, planes))
        .map(({ need, scope }) => ({ operation, need, scope }));
    });

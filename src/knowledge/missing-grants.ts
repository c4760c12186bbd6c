import type { IdentityId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import type { DocumentedRow } from '../core/product.ts';
import { type Holdings, isMailboxNeed, unmetScopes } from './need-cover.ts';
import { isAlwaysNeeded, type Need, needsOf, type OperationNeed, type Way } from './needs.ts';
import { profileOf } from './products.ts';

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
  /** Access policies of key vaults do as well as roles on keys; absent: they were read. */
  readonly keys?: boolean;
}

const isJudged = ({ grant }: Need, planes: JudgedPlanes): boolean => {
  if (grant.plane !== 'azure' && grant.plane !== 'azure-actions') return planes.application;
  return planes.azure && (grant.at !== 'key' || planes.keys !== false);
};

/** A cluster's own identity does another part of the work than the vault's, and nothing tells which one it is. */
const isSharedWork = ({ ways }: OperationNeed, { identities }: Policy, identity: IdentityId): boolean =>
  identities.find(({ id }) => id === identity)?.type === 'managed-identity' &&
  ways.some(({ needs }) =>
    needs.some(({ grant }) => 'holder' in grant && (grant.holder === 'cluster' || grant.holder === 'extension')),
  );

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

/** How much of a way is granted already; sites aren't read, so they tell nothing. */
const begun = ({ way, missing }: Lack): number =>
  way.needs.filter(
    (need) => isAlwaysNeeded(need) && need.grant.plane !== 'site' && !missing.some((lack) => lack.need === need),
  ).length;

/** The way that is meant: of those begun the one that wants least, and has most; where none is begun, the least one. */
const meantWay = ([least, ...others]: readonly Lack[]): Lack | undefined =>
  others
    .filter((one) => begun(one) > 0)
    .reduce((best, one) => {
      if (best === undefined || one.missing.length < best.missing.length) return one;
      return one.missing.length === best.missing.length && begun(one) > begun(best) ? one : best;
    }, least);

/**
 * Does the policy's product do the operation through Exchange roles, and hold what it takes for that? Which roles it has
 * there, nobody can tell from its permissions.
 */
const isThroughExchange = (
  policy: Policy,
  { workload, operation }: OperationNeed,
  { permissions }: Holdings,
): boolean =>
  (profileOf(policy)?.needs ?? [])
    .filter((one) => one.workload === workload && one.operation === operation)
    .some(({ rows }) => {
      const own = rows.filter(({ plane }) => plane === 'application');
      const isHeld = (row: DocumentedRow): boolean =>
        permissions.some(({ api, subject }) => api === row.api && subject === row.value);
      return own.length > 0 && own.every(isHeld) && rows.some(({ plane }) => plane === 'exchange');
    });

/**
 * What the operations that a policy declares need and nothing held gives, once for each grant: another way that is whole
 * makes up for it, and so does whatever allows more. Elevations are granted when they come, so they never lack.
 */
export const missingGrants = (
  policy: Policy,
  identity: IdentityId,
  holdings: Holdings,
  planes: JudgedPlanes,
): readonly MissingGrant[] =>
  needsOf(policy)
    .filter((operation) => operation.asked === 'standing' && !isSharedWork(operation, policy, identity))
    .flatMap((operation) => {
      const meant = meantWay(operation.ways.map((way) => lackOf(way, holdings)));
      const isOpen = isThroughExchange(policy, operation, holdings);
      return (meant?.missing ?? [])
        .filter(({ need }) => isJudged(need, planes) && !(isOpen && isMailboxNeed(need)))
        .map(({ need, scope }) => ({ operation, need, scope }));
    });

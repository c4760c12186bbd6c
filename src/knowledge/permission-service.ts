import type { AppRoleAssignmentFact } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { implies } from './lattice.ts';
import { minimalCover } from './minimal-cover.ts';
import type { OperationNeed } from './needs.ts';
import { isStanding, isTemporary, type Service, type Use } from './service.ts';
import type { LeastGrant } from './workloads.ts';

type Held = Pick<AppRoleAssignmentFact, 'api' | 'subject'>;

/** Permissions on an API that a grant is met by: its own, those that sources accept, and what its Exchange role stands for. */
const namesOn = (api: AppId, grant: LeastGrant): readonly string[] => {
  const own = grant.plane === 'application' && grant.api === api ? [grant.permission, ...grant.accepts] : [];
  const role = 'exchangeRole' in grant && grant.exchangeRole !== null ? findExchangeRole(grant.exchangeRole) : null;
  const scoped = (role?.permissions ?? []).filter((one) => one.api === api).map(({ value }) => value);
  return [...new Set([...own, ...scoped])];
};

interface Candidate extends Use {
  readonly names: readonly string[];
}

const candidatesOn = (api: AppId, operations: readonly OperationNeed[]): readonly Candidate[] =>
  operations.flatMap((operation) =>
    operation.ways.flatMap((way) =>
      way.needs.flatMap((need): Candidate[] => {
        const names = namesOn(api, need.grant);
        return names.length === 0 ? [] : [{ operation, need, names }];
      }),
    ),
  );

/** Names of what would do instead of `held`, none of which another one implies. */
const leastOf = ({ api, subject }: Held, candidates: readonly Candidate[]): readonly string[] => {
  const always = candidates.filter(({ need }) => need.grant.when === null);
  return minimalCover(
    api,
    (always.length > 0 ? always : candidates).flatMap(
      ({ names }) => names.find((name) => implies(api, subject, name)) ?? [],
    ),
  );
};

/** What a held application permission does for the protected workloads: by itself, or by what it implies on its API. */
export const permissionService = (held: Held, operations: readonly OperationNeed[]): Service => {
  const { api, subject } = held;
  const all = candidatesOn(api, operations);
  const standing = all.filter(({ operation }) => isStanding(operation) && !isTemporary(operation));
  const temporary = all.filter(({ operation }) => isTemporary(operation));
  const isOwn = ({ names }: Candidate): boolean => names.includes(subject);
  const isWithin = ({ names }: Candidate): boolean => names.some((name) => implies(api, subject, name));
  const own = standing.filter(isOwn);
  if (own.length > 0) return { state: 'needed', uses: own };
  const within = standing.filter(isWithin);
  const restores = temporary.filter((one) => isOwn(one) || isWithin(one));
  const asked = restores.filter(({ operation }) => operation.asked !== 'unasked');
  const told = asked.length > 0 ? asked : restores;
  if (told.length > 0 && (within.length === 0 || asked.length > 0)) {
    const exact = told.filter(isOwn);
    const uses = exact.length > 0 ? exact : told;
    return {
      state: 'temporary',
      uses,
      least: leastOf(held, within),
      enough: exact.length > 0 ? [] : leastOf(held, told),
    };
  }
  if (within.length > 0) return { state: 'wider', uses: within, least: leastOf(held, within), witness: null };
  const above = standing.filter(({ names }) => names.some((name) => implies(api, name, subject)));
  return above.length > 0 ? { state: 'short', uses: above } : { state: 'unneeded' };
};

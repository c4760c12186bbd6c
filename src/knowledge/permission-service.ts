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
  /** What does it too, and more. */
  readonly alsoBy: readonly string[];
}

const candidatesOn = (api: AppId, operations: readonly OperationNeed[]): readonly Candidate[] =>
  operations.flatMap((operation) =>
    operation.ways.flatMap((way) =>
      way.needs.flatMap((need): Candidate[] => {
        const names = namesOn(api, need.grant);
        const alsoBy = need.grant.plane === 'application' ? need.grant.alsoBy : [];
        return names.length === 0 ? [] : [{ operation, need, names, alsoBy }];
      }),
    ),
  );

/** Which of a need's names a wider permission implies; `null`: none. */
const impliedOf = ({ api, subject }: Held, { names }: Candidate): string | null =>
  names.find((name) => implies(api, subject, name)) ?? null;

/** Does a permission do what is needed, though it implies none of the names? */
const isAlso = ({ api, subject }: Held, { alsoBy }: Candidate): boolean =>
  alsoBy.some((name) => name === subject || implies(api, subject, name));

/** Names of what would do instead of `held`, none of which another one implies: those that it implies, else those it does the work of. */
const leastOf = (held: Held, candidates: readonly Candidate[]): readonly string[] => {
  const always = candidates.filter(({ need }) => need.grant.when === null);
  const told = always.length > 0 ? always : candidates;
  const implied = told.flatMap((one) => impliedOf(held, one) ?? []);
  return minimalCover(held.api, implied.length > 0 ? implied : told.flatMap(({ names }) => names.slice(0, 1)));
};

/** Is it needed in some cases only? */
const isConditional = ({ need }: Candidate): boolean => need.grant.when !== null;

/** What a held application permission does for the protected workloads: by itself, or by what it implies on its API. */
export const permissionService = (held: Held, operations: readonly OperationNeed[]): Service => {
  const { api, subject } = held;
  const all = candidatesOn(api, operations);
  const standing = all.filter(({ operation }) => isStanding(operation) && !isTemporary(operation));
  const temporary = all.filter(({ operation }) => isTemporary(operation));
  const isOwn = ({ names }: Candidate): boolean => names.includes(subject);
  const isWithin = (one: Candidate): boolean => impliedOf(held, one) !== null || isAlso(held, one);
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
  const above = standing.filter(({ names }) => names.some((name) => implies(api, name, subject)));
  // What only some cases need is not what it is held for, where it falls short of what every case needs.
  const fallsShort = within.every(isConditional) && !above.every(isConditional);
  if (within.length > 0 && !fallsShort)
    return { state: 'wider', uses: within, least: leastOf(held, within), witness: null };
  return above.length > 0 ? { state: 'short', uses: above } : { state: 'unneeded' };
};

import type { AppRoleAssignmentFact } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { judgeService } from './judge-service.ts';
import { implies } from './lattice.ts';
import { minimalCover } from './minimal-cover.ts';
import type { OperationNeed } from './needs.ts';
import type { Service, Use } from './service.ts';
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

/** What a held application permission does for the protected workloads: by itself, or by what it implies on its API. */
export const permissionService = (held: Held, operations: readonly OperationNeed[]): Service =>
  judgeService(candidatesOn(held.api, operations), {
    isOwn: ({ names }) => names.includes(held.subject),
    isWithin: (one) => impliedOf(held, one) !== null || isAlso(held, one),
    isAbove: ({ names }) => names.some((name) => implies(held.api, name, held.subject)),
    leastOf: (candidates) => leastOf(held, candidates),
  });

import type { Fact, FactOf } from '../core/fact.ts';
import { findApi } from './apis.ts';
import type { FoundReach } from './found-reach.ts';
import { isSignInScope } from './sign-in-scopes.ts';

const isStaying = ({ subject }: FactOf<'delegated-grant'>): boolean => subject.toLowerCase() === 'offline_access';

/** For whom: everybody, or so many who consented; a policy doesn't say who. */
const forWhom = (grants: readonly FactOf<'delegated-grant'>[]): string => {
  const consents = grants.flatMap((grant) => grant.consents);
  if (consents.some(({ type }) => type === 'AllPrincipals')) return '(for everybody)';
  const people = new Set(consents.flatMap(({ principal }) => principal ?? [])).size;
  return people === 0 ? '' : `(for ${people} ${people === 1 ? 'person' : 'people'})`;
};

/** Can it act as people who sign in? Scopes that only show who signs in, and of APIs that are switched off, don't count. */
export const delegatedReach = (facts: readonly Fact[]): FoundReach => {
  const all = facts.filter((fact): fact is FactOf<'delegated-grant'> => fact.kind === 'delegated-grant');
  const acting = all.filter(
    (fact) => !isSignInScope(fact) && !isStaying(fact) && (findApi(fact.api)?.retired ?? null) === null,
  );
  return {
    id: 'acts-as-users',
    area: 'people',
    what: 'acts as users who sign in',
    where: forWhom(acting),
    weight: 'plain',
    by: acting.map(({ kind, subject, api }) => ({ kind, subject, api, scope: null, through: [] })),
    open: [],
    remarks: acting.length > 0 && all.some(isStaying) ? ['with `offline_access` also when they are gone'] : [],
    rests: ['delegated-grant'],
    confinable: false,
    onlyIfFound: false,
  };
};

import type { ReachGrant } from '../core/effective.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { findApi } from './apis.ts';
import { findDirectoryRole } from './directory-roles.ts';
import { escalatingDirectoryRole } from './escalating-directory-role.ts';
import { selfEscalation } from './escalation.ts';
import type { FoundReach } from './found-reach.ts';
import { isTier0 } from './tier0.ts';

type Taking = FactOf<'app-role-assignment'> | FactOf<'directory-role-assignment'>;

/** Does it reach control of the tenant, by itself or in further steps? Within a part of the directory it doesn't. */
const takesOver = (fact: Fact): fact is Taking =>
  (fact.kind === 'app-role-assignment' && isTier0(fact)) ||
  (fact.kind === 'directory-role-assignment' &&
    fact.scope === '/' &&
    (findDirectoryRole(fact.role)?.sensitivity === 'tier0' || escalatingDirectoryRole(fact) !== null));

const isAtOnce = (fact: Taking): boolean =>
  fact.kind === 'app-role-assignment'
    ? selfEscalation(fact.api, 'application', fact.subject) !== null
    : escalatingDirectoryRole(fact) !== null;

const grantOf = (fact: Taking): ReachGrant => ({
  kind: fact.kind,
  subject: fact.subject,
  api: fact.kind === 'app-role-assignment' ? fact.api : null,
  scope: null,
  through: fact.kind === 'directory-role-assignment' ? (fact.through ?? []) : [],
});

/** Permissions of an API that is switched off give nothing any more. */
const isAlive = (fact: Taking): boolean =>
  fact.kind === 'directory-role-assignment' || (findApi(fact.api)?.retired ?? null) === null;

/** Can the identity take the tenant over? */
export const takeOver = (facts: readonly Fact[]): FoundReach => {
  const taking = facts.filter(takesOver).filter(isAlive);
  const atOnce = taking.filter(isAtOnce);
  return {
    id: 'takes-over-tenant',
    area: 'tenant',
    what: 'can take over the tenant',
    where: '',
    weight: 'grave',
    by: [...atOnce, ...taking.filter((fact) => !isAtOnce(fact))].map(grantOf),
    open: [],
    remarks: taking.length > 0 && atOnce.length === 0 ? ['in further steps, not at once'] : [],
    rests: ['app-role-assignment', 'directory-role-assignment'],
    confinable: false,
    onlyIfFound: false,
  };
};

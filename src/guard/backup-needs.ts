import type { Fact, KindId } from '../core/fact.ts';
import { identityOf } from '../core/identity-of.ts';
import type { IdentityId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import { sameArmId, scopeContains, scopeLevel } from '../core/scope.ts';
import { type MissingGrant, missingGrants } from '../knowledge/missing-grants.ts';
import { missingKey } from '../knowledge/name-missing.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import type { GuardedPolicy } from './guard-world.ts';

/** All has been read of an identity from which something is taken: see `unread-access.ts`. */
const allPlanes = { application: true, azure: true, keys: true };

/** Exchange roles that the policy asks for, lower case: they are named in the place of permissions. */
export const askedExchangeRoles = (policy: Policy): ReadonlySet<string> => {
  const written = settleAccess(policy).access;
  // Stryker disable next-line ConditionalExpression,StringLiteral: a settled policy is never `minimal`; for the types
  const roles = written === null || written === 'minimal' ? [] : (written.exchangeRoles ?? []);
  return new Set(roles.map(({ role }) => role.toLowerCase()));
};

/**
 * Where roles are held within what a policy protects: one on a disk of a protected group is how that disk is backed up, and
 * a role on another disk of it doesn't make up for it.
 */
export const withInnerScopes = (policy: Policy, scopes: readonly string[]): Policy => ({
  ...policy,
  protects: policy.protects.map((one) => ({
    ...one,
    scopes: [
      ...one.scopes,
      ...one.scopes.flatMap(({ purpose, scope: outer }) =>
        scopes
          .filter((scope) => outer.startsWith('/') && scopeContains(outer, scope) && !sameArmId(outer, scope))
          .map((scope) => ({ purpose, scope })),
      ),
    ],
  })),
});

/** Actions without a role that has them say nothing of the sort of resource that is meant. */
const isVague = ({ need: { grant }, scope }: MissingGrant, { protects }: Policy): boolean =>
  grant.plane === 'azure-actions' &&
  scope !== null &&
  scopeLevel(scope) === 'resource' &&
  !protects.some(({ scopes }) => scopes.some((one) => sameArmId(one.scope, scope)));

/**
 * What the standing operations of an active policy lack, by key, with these facts. Stricter than what findings say: what
 * nobody read counts as not held, and a role of which nobody knows what it allows gives nothing but itself.
 */
export const lackingFor = (
  { policy, unread }: Pick<GuardedPolicy, 'policy' | 'unread'>,
  wider: Policy,
  identity: IdentityId,
  facts: readonly Fact[],
): ReadonlyMap<string, MissingGrant> => {
  const own = facts.filter((fact) => identityOf(policy, fact.identity)?.id === identity);
  const read = <T>(kind: KindId, held: readonly T[]): readonly T[] => (unread.has(kind) ? [] : held);
  const holdings = {
    permissions: own.filter((fact) => fact.kind === 'app-role-assignment'),
    roles: own
      .filter((fact) => fact.kind === 'azure-role-assignment')
      .map((fact) => ({ ...fact, permissions: fact.permissions ?? [] })),
    written: null,
    // Stryker disable next-line ConditionalExpression,MethodExpression: no other kind gives keys; for the types
    keyVaults: own.filter((fact) => fact.kind === 'key-vault-access'),
    exchange: read(
      'exchange-role-assignment',
      own.filter((fact) => fact.kind === 'exchange-role-assignment'),
    ),
    siteGrants: read(
      'site-grant',
      own.filter((fact) => fact.kind === 'site-grant'),
    ),
  };
  const asked = askedExchangeRoles(policy);
  const missing = missingGrants(wider, identity, holdings, allPlanes).filter((one) => !isVague(one, policy));
  const keyOf = (one: MissingGrant): string =>
    `${one.operation.workload} ${one.operation.operation} ${missingKey(one, asked)}`;
  return new Map(missing.map((one) => [keyOf(one), one]));
};

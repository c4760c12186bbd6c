import type { Place } from '../core/diagnostic.ts';
import { type AppId, armId } from '../core/ids.ts';
import type { Policy, WrittenAccess, WrittenAzureRole } from '../core/policy.ts';
import { canonicalScope, scopeContains } from '../core/scope.ts';
import { canonicalSite } from '../core/site-address.ts';
import { isSiteRoleWithin } from '../core/site-roles.ts';
import { findAzureRole } from './azure-roles.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { impliedBy, implies } from './lattice.ts';
import { isAlwaysNeeded, type Need, needsOf, type OperationNeed, type Way } from './needs.ts';
import { organization } from './place-grant.ts';
import { contains } from './role-algebra.ts';

/** One thing to grant, with everything that it is for. */
interface Asked<T> {
  readonly what: T;
  readonly purposes: readonly string[];
  readonly operations: readonly OperationNeed[];
  readonly place: Place;
}

/** Where single sites are protected, access to these sites is less than access to all. */
const chosenWay = ({ ways }: OperationNeed): Way | undefined =>
  ways.find(({ needs }) => needs.some(({ grant, scopes }) => grant.plane === 'site' && scopes.length > 0)) ?? ways[0];

const standingNeeds = (policy: Policy): readonly { readonly operation: OperationNeed; readonly need: Need }[] =>
  needsOf(policy)
    .filter(({ asked }) => asked === 'standing')
    .flatMap((operation) =>
      (chosenWay(operation)?.needs ?? []).filter(isAlwaysNeeded).map((need) => ({ operation, need })),
    );

type Pick<T> = (need: Need) => readonly T[];

const ask = <T>(policy: Policy, pick: Pick<T>, keyOf: (what: T) => string): readonly Asked<T>[] => {
  const asked = new Map<string, Asked<T>>();
  for (const { operation, need } of standingNeeds(policy))
    for (const what of pick(need)) {
      const earlier = asked.get(keyOf(what));
      const purpose = `${operation.operation} of ${operation.workload}: ${need.grant.purpose}`;
      asked.set(keyOf(what), {
        what,
        purposes: [...new Set([...(earlier?.purposes ?? []), purpose])],
        operations: [...(earlier?.operations ?? []), operation],
        place: earlier?.place ?? operation.place,
      });
    }
  return [...asked.values()];
};

interface ApiPermission {
  readonly api: AppId;
  readonly name: string;
}

const permissionsOf: Pick<ApiPermission> = ({ grant }) =>
  grant.plane === 'application' && grant.exchangeRole === null ? [{ api: grant.api, name: grant.permission }] : [];

interface ExchangeAsk {
  readonly role: string;
  readonly scope: string;
}

const exchangeOf: Pick<ExchangeAsk> = ({ grant, scopes }) => {
  const role = 'exchangeRole' in grant ? grant.exchangeRole : null;
  return role === null ? [] : scopes.map((scope) => ({ role, scope }));
};

/** Does one Exchange role give all of another, in its scope? */
const standsFor = (broad: ExchangeAsk, narrow: ExchangeAsk): boolean =>
  (broad.role !== narrow.role || broad.scope !== narrow.scope) &&
  (broad.scope === narrow.scope || broad.scope === organization) &&
  (findExchangeRole(narrow.role)?.permissions ?? []).every((one) =>
    findExchangeRole(broad.role)?.permissions.some(
      (other) => other.api === one.api && (other.value === one.value || implies(one.api, other.value, one.value)),
    ),
  );

interface RoleAsk {
  readonly role: string;
  readonly scope: string;
}

const rolesOf: Pick<RoleAsk> = ({ grant, scopes }) =>
  grant.plane === 'azure' ? scopes.map((scope) => ({ role: grant.roleName, scope })) : [];

const isForBackup = ({ operations }: Asked<RoleAsk>): boolean =>
  operations.some(({ operation }) => operation === 'discover' || operation === 'backup');

const permissionsAt = ({ what }: Asked<RoleAsk>) => findAzureRole(what.role)?.permissions ?? [];

/** What restores goes when the restore is over, so it doesn't stand in for what backs up. */
const allowsAllOf = (broad: Asked<RoleAsk>, narrow: Asked<RoleAsk>): boolean =>
  (isForBackup(broad) || !isForBackup(narrow)) &&
  scopeContains(broad.what.scope, narrow.what.scope) &&
  contains(permissionsAt(broad), permissionsAt(narrow)).contains;

/** Of two that allow the same, the first stays. */
const leastRoles = (asked: readonly Asked<RoleAsk>[]): readonly Asked<RoleAsk>[] =>
  asked.filter(
    (one, place) =>
      !asked.some(
        (other, otherPlace) =>
          place !== otherPlace && allowsAllOf(other, one) && (otherPlace < place || !allowsAllOf(one, other)),
      ),
  );

/** A permission with the purposes, too, of those that it makes superfluous. */
const withCovered = (one: Asked<ApiPermission>, asked: readonly Asked<ApiPermission>[]): Asked<ApiPermission> => {
  const covered = asked.filter(({ what }) => implies(what.api, one.what.name, what.name));
  return { ...one, purposes: [...new Set([one, ...covered].flatMap(({ purposes }) => purposes))] };
};

const purposeOf = ({ purposes }: Asked<unknown>): string => purposes.join('; ');

const compute = (policy: Policy): WrittenAccess => {
  const permissions = ask(policy, permissionsOf, ({ api, name }) => `${api}/${name}`);
  const byApi = Map.groupBy(permissions, ({ what }) => what.api);
  const exchange = ask(policy, exchangeOf, ({ role, scope }) => `${role}/${scope}`);
  const roles = ask(policy, rolesOf, ({ role, scope }) => `${role}${canonicalScope(scope)}`);
  const sites = ask(
    policy,
    ({ grant, scopes }) => (grant.plane === 'site' ? scopes.map((site) => ({ site, role: grant.siteRole })) : []),
    ({ site, role }) => `${role}/${canonicalSite(site)}`,
  );
  return {
    applicationPermissions: [...byApi].map(([api, asked]) => {
      const names = new Set(asked.map(({ what }) => what.name));
      const least = asked.filter(({ what }) => impliedBy(api, 'application', what.name, names) === null);
      return {
        api,
        permissions: least.map((one) => ({
          name: one.what.name,
          purpose: purposeOf(withCovered(one, asked)),
          place: one.place,
        })),
        place: asked[0]?.place ?? policy.place,
      };
    }),
    delegatedPermissions: [],
    directoryRoles: [],
    azureRoles: leastRoles(roles).map((one) => ({
      ...azureRoleOf(one.what),
      purpose: purposeOf(one),
      place: one.place,
    })),
    // These planes are spoken of only where something lies on them: reading them takes permissions of its own.
    exchangeRoles:
      exchange.length === 0
        ? null
        : exchange
            .filter(({ what }) => !exchange.some((other) => standsFor(other.what, what)))
            .map(({ what, place }) => ({ ...what, place })),
    siteGrants: sites.length === 0 ? null : widestOnEachSite(sites).map(({ what, place }) => ({ ...what, place })),
    keyVaultAccess: null,
    groups: null,
  };
};

const azureRoleOf = ({ role, scope }: RoleAsk): Omit<WrittenAzureRole, 'purpose' | 'place'> => ({
  role,
  roleId: null,
  scope: armId(scope),
  condition: null,
  eligible: false,
});

interface SiteAsk {
  readonly site: string;
  readonly role: string;
}

/** A site has one grant for an app: the one that allows all that is needed there. */
const widestOnEachSite = (asked: readonly Asked<SiteAsk>[]): readonly Asked<SiteAsk>[] =>
  asked.filter(
    ({ what }) =>
      !asked.some(
        (other) =>
          canonicalSite(other.what.site) === canonicalSite(what.site) && !isSiteRoleWithin(other.what.role, what.role),
      ),
  );

const known = new WeakMap<Policy, WrittenAccess>();

/**
 * The least access with which everything that a policy declares can be done: what another part of it gives is left out,
 * and so is what is needed in some cases only. Mailboxes are reached by Exchange roles in their scope.
 */
export const minimalAccess = (policy: Policy): WrittenAccess => {
  const access = known.get(policy) ?? compute(policy);
  known.set(policy, access);
  return access;
};

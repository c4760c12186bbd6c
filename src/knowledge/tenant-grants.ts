import type { ReachGrant } from '../core/effective.ts';
import type { FactOf } from '../core/fact.ts';
import { microsoftGraph, sharePointOnline } from './apis.ts';
import { findDirectoryRole } from './directory-roles.ts';
import { exchangeRoleReaches } from './exchange-reach.ts';
import type { TenantReach } from './reaches.ts';

/** The facts of one identity that reach into Microsoft Entra and Microsoft 365. */
export interface Held {
  readonly permissions: readonly FactOf<'app-role-assignment'>[];
  readonly directoryRoles: readonly FactOf<'directory-role-assignment'>[];
  readonly exchangeRoles: readonly FactOf<'exchange-role-assignment'>[];
  readonly sites: readonly FactOf<'site-grant'>[];
  readonly restrictions: readonly FactOf<'application-access-policy'>[];
}

/** A grant that gives a reach, and the part of the tenant to which it is confined. */
export interface Giving {
  readonly grant: ReachGrant;
  readonly within: string | null;
}
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
/** Is the name among these, in any case? */
export const has = (names: readonly string[], name: string): boolean => names.some((one) => same(one, name));

/** Application permissions: of the whole tenant, but for mail where an application access policy names the app. */
const byPermission = (reach: TenantReach, { permissions, restrictions }: Held): readonly Giving[] => {
  const groups = restrictions.filter(({ right }) => right === 'RestrictAccess').map(({ scope }) => scope);
  return permissions
    .filter(({ api, subject }) => reach.permissions.some((one) => one.api === api && same(one.value, subject)))
    .flatMap(({ kind, subject, api }): readonly Giving[] => {
      const grant = { kind, subject, api, through: [] };
      return groups.length > 0 && has(reach.confined, subject)
        ? groups.map((group) => ({ grant: { ...grant, scope: group }, within: `members of ${group}` }))
        : [{ grant: { ...grant, scope: null }, within: null }];
    });
};

const byDirectoryRole = (reach: TenantReach, { directoryRoles }: Held): readonly Giving[] =>
  directoryRoles
    .filter(({ role, subject }) => has(reach.directoryRoles, findDirectoryRole(role)?.name ?? subject))
    .map(({ kind, subject, scope, through = [] }) => ({
      grant: { kind, subject, api: null, scope: scope === '/' ? null : scope, through },
      within: scope === '/' ? null : scope.replace(/^\//, ''),
    }));

const byExchangeRole = (reach: TenantReach, { exchangeRoles }: Held): readonly Giving[] =>
  exchangeRoles
    .filter((fact) => exchangeRoleReaches(fact, reach) === 'yes')
    .map(({ kind, subject, scope }) => ({
      grant: { kind, subject, api: null, scope: same(scope, 'organization') ? null : scope, through: [] },
      within: same(scope, 'organization') ? null : scope,
    }));

/** What a site grant needs to count at all. */
export const isSitesSelected = ({ api, subject }: FactOf<'app-role-assignment'>): boolean =>
  (api === microsoftGraph || api === sharePointOnline) && same(subject, 'Sites.Selected');

const bySite = (reach: TenantReach, { sites, permissions }: Held): readonly Giving[] =>
  permissions.some(isSitesSelected)
    ? sites
        .filter(({ role }) => has(reach.rights, role.replace(/[ _-]/g, '')))
        .map(({ kind, role, site }) => ({
          grant: { kind, subject: role, api: null, scope: site, through: [] },
          within: site,
        }))
    : [];

/** Everything that gives a reach, of the whole tenant or of a part. */
export const givingOf = (reach: TenantReach, held: Held): readonly Giving[] =>
  [byPermission, byDirectoryRole, byExchangeRole, bySite].flatMap((find) => find(reach, held));

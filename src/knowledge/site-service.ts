import type { Policy, Protects } from '../core/policy.ts';
import { canonicalSite } from '../core/site-address.ts';
import { isSiteRoleWithin, widestSiteRole } from '../core/site-roles.ts';
import { needsOf, type OperationNeed } from './needs.ts';
import { protectedSites } from './place-grant.ts';
import { isStanding, isTemporary } from './service.ts';

/** What the workloads of a policy need on one site. */
export interface SiteService {
  /** Is anything protected there, be it because the whole tenant is? */
  readonly isProtected: boolean;
  /** Role for what may be done at any time; `null`: no workload there says what it needs. */
  readonly standing: string | null;
  /** Workloads that are restored with more than that, and the role for it. */
  readonly restores: { readonly role: string; readonly workloads: readonly string[]; readonly isAsked: boolean } | null;
  readonly workloads: readonly string[];
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** Does a policy protect something on the site, on one below it, or on the one that it is a part of? */
const isOn = (site: string, protects: Protects): boolean =>
  protects.scopes.length === 0 ||
  protectedSites(protects)
    .map(canonicalSite)
    .some((one) => isWithin(site, one) || isWithin(one, site));

const rolesIn = ({ ways }: OperationNeed): readonly string[] =>
  ways.flatMap(({ needs }) => needs.flatMap(({ grant }) => (grant.plane === 'site' ? [grant.siteRole] : [])));

const workloadsOf = (operations: readonly OperationNeed[]): readonly string[] => [
  ...new Set(operations.map(({ workload }) => workload)),
];

/** What a policy does on a site, for an address in whatever spelling. */
export const siteService = (policy: Policy, address: string): SiteService => {
  const site = canonicalSite(address);
  const there = needsOf(policy).filter(({ protects }) => isOn(site, protects));
  const standing = there.filter((one) => isStanding(one) && !isTemporary(one) && rolesIn(one).length > 0);
  const least = widestSiteRole(standing.flatMap(rolesIn));
  const restored = there.filter(
    (one) => isTemporary(one) && rolesIn(one).some((role) => least === null || !isSiteRoleWithin(role, least)),
  );
  const asked = restored.filter((one) => one.asked !== 'unasked');
  const told = asked.length > 0 ? asked : restored;
  const role = widestSiteRole(told.flatMap(rolesIn));
  return {
    isProtected: policy.protects.some((one) => isOn(site, one)),
    standing: least,
    restores: role === null ? null : { role, workloads: workloadsOf(told), isAsked: asked.length > 0 },
    workloads: workloadsOf(standing),
  };
};

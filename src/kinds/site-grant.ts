import type { SiteGrantFact } from '../core/fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  type Need,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { ReadFailure } from '../core/ports.ts';
import { readSiteGrants, type SitePermission } from '../core/read-site-grants.ts';
import { canonicalSite } from '../core/site-address.ts';
import { widestSiteRole } from '../core/site-roles.ts';
import { protectedSites } from '../knowledge/place-grant.ts';

const needs = 'Sites.FullControl.All';

/** Who reads the grants of a site finds the site as well. */
const findsSites: Need = { api: 'graph', permission: 'Sites.Read.All', or: ['Sites.ReadWrite.All', needs] };

/** A retired policy still says where its grants were. */
const written = ({ access }: Policy) => (access === 'minimal' ? null : (access?.siteGrants ?? null));

/** Sites that are looked at for a policy: those with a declared grant and those protected; none where grants aren't managed. */
const sitesOf = (policy: Policy): readonly string[] => {
  const grants = written(policy);
  if (grants === null) return [];
  const named = [...grants.map(({ site }) => site), ...policy.protects.flatMap(protectedSites)];
  return [...new Set(named.map(canonicalSite))];
};

const factOf = (identity: IdentityId, address: string, role: string): SiteGrantFact => {
  const site = canonicalSite(address);
  return {
    kind: 'site-grant',
    key: `site-grant/${identity.toLowerCase()}/${site}`,
    identity,
    subject: role,
    site,
    siteId: null,
    role,
    permissionId: null,
  };
};

/** What one identity holds on a site, however many grants give it. */
const heldBy = (identity: FoundIdentity, site: string, grants: readonly SitePermission[]): readonly SiteGrantFact[] => {
  const own = grants.filter(({ apps }) => identity.appId !== null && apps.includes(identity.appId.toLowerCase()));
  const role = widestSiteRole(own.map((grant) => grant.role));
  const widest = own.find((grant) => grant.role === role);
  if (role === null || widest === undefined) return [];
  return [{ ...factOf(identity.id, site, role), siteId: widest.siteId, permissionId: widest.permissionId }];
};

const cureOf = ({ reason }: ReadFailure): string =>
  reason === 'not-found' ? 'the address of a site that is there' : needs;

const readSite = async (site: string, identities: readonly FoundIdentity[], { ports }: ReadInput): Promise<Reading> => {
  const apps = new Set(identities.flatMap(({ appId }) => appId?.toLowerCase() ?? []));
  const grants = await readSiteGrants(ports.graph, site, apps);
  return grants.ok
    ? { facts: identities.flatMap((identity) => heldBy(identity, site, grants.value)), gaps: [] }
    : { facts: [], gaps: identities.map((one) => gapOf('site-grant', one, cureOf(grants.error), grants.error)) };
};

const read = async (input: ReadInput): Promise<Reading> => {
  const concerned = (site: string): readonly FoundIdentity[] => {
    const naming = input.policies.filter((policy) => sitesOf(policy).includes(site));
    const ids = new Set(naming.flatMap(({ identities }) => identities.map(({ id }) => id.toLowerCase())));
    return input.identities.filter(({ id, state }) => state === 'found' && ids.has(id.toLowerCase()));
  };
  const sites = [...new Set(input.policies.flatMap(sitesOf))].map((site) => ({ site, identities: concerned(site) }));
  const readings = await Promise.all(
    sites.filter(({ identities }) => identities.length > 0).map((one) => readSite(one.site, one.identities, input)),
  );
  return { facts: readings.flatMap(({ facts }) => facts), gaps: readings.flatMap(({ gaps }) => gaps) };
};

/** Access of apps to single sites (`Sites.Selected`), on the sites that their policy names. See docs/kinds/site-grant.md */
export const siteGrant = defineKind<'site-grant'>({
  id: 'site-grant',
  title: 'Site grant',
  needs,
  asks: (policy) => (sitesOf(policy).length === 0 ? [] : [graphNeed(needs, 'exactly'), findsSites]),
  subjects: sitesOf,
  planned: false,
  governs: (policy) => policy.state === 'retired' || written(policy) !== null,
  desired: (policy) => ({
    facts: (governedAccess(policy)?.siteGrants ?? []).flatMap(({ site, role, place }) =>
      policy.identities.map(({ id }) => ({ fact: factOf(id, site, role), place })),
    ),
    problems: [],
  }),
  read,
  same: (wanted, held) => wanted.role === held.role,
});

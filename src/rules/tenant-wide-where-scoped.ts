import { defineRule } from '../core/rule.ts';
import { exchangeOnline } from '../knowledge/apis.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { protectedSites } from '../knowledge/place-grant.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { type Use, workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellList } from '../knowledge/tell-list.ts';

/** How a use is confined to the scopes that the policy protects; `null`: by nothing, or the whole tenant is protected. */
const confinement = ({ operation, need: { grant, scopes } }: Use): string | null => {
  if (grant.plane !== 'application') return null;
  if (grant.exchangeRole !== null)
    return scopes.includes('organization')
      ? null
      : `the Exchange role \`${grant.exchangeRole}\` on ${tellList(scopes)}`;
  const sites = protectedSites(operation.protects);
  const way = operation.ways.find(({ needs }) => needs.some((need) => need.grant.plane === 'site'));
  const roles = way?.needs.flatMap((need) => (need.grant.plane === 'site' ? [need.grant.siteRole] : [])) ?? [];
  return sites.length === 0 || roles.length === 0
    ? null
    : `\`Sites.Selected\` with the role ${tellList(roles)} on ${tellList(sites)}`;
};

/** See docs/rules/tenant-wide-where-scoped.md */
export const tenantWideWhereScoped = defineRule({
  id: 'tenant-wide-where-scoped',
  summary: 'A permission reaches the whole tenant, and the policy protects only a part that access can be confined to',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, desired }) {
    const redundant = redundantKeys(all, desired);
    for (const fact of facts) {
      if (redundant.has(fact.key) || fact.api === exchangeOnline || fact.subject === 'Sites.Selected') continue;
      const service = serviceOf(fact, policy);
      if (service?.state !== 'needed') continue;
      const ways = service.uses.map(confinement);
      // What one use needs tenant-wide can't be confined for the others.
      if (ways.some((way) => way === null)) continue;
      const narrower = [...new Set(ways.flatMap((way) => way ?? []))];
      yield {
        at: fact,
        message: `${nameGrant(fact)} reaches the whole tenant, and the policy protects a part of it in ${tellList(workloadsOf(service.uses))}`,
        help: `use ${narrower.join(' and ')} instead, and remove the tenant-wide consent, which would void the scope`,
        evidence: { workloads: workloadsOf(service.uses) },
      };
    }
  },
});

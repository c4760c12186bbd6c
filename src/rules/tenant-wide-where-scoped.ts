import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import type { AppRoleAssignmentFact } from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { exchangeOnline } from '../knowledge/apis.ts';
import { isEverywhere } from '../knowledge/exchange-power.ts';
import { findExchangeRole } from '../knowledge/exchange-roles.ts';
import { implies } from '../knowledge/lattice.ts';
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

/** Does a consent for every mailbox give what a role of the same identity gives in a scope? */
const isVoidedBy = (role: ExchangeRoleAssignmentFact, consent: AppRoleAssignmentFact): boolean =>
  role.identity === consent.identity &&
  !isEverywhere(role) &&
  findExchangeRole(role.role)?.permissions.some(
    ({ api, value }) =>
      api === consent.api && (value === consent.subject || implies(consent.api, consent.subject, value)),
  ) === true;

const voids = (fact: AppRoleAssignmentFact, roles: readonly ExchangeRoleAssignmentFact[]): Complaint => ({
  at: fact,
  message: `${nameGrant(fact)} reaches every mailbox, which voids the scope of ${roles.map(nameGrant).join(' and ')}`,
  help: 'remove the tenant-wide consent: what is granted adds up, and the wider of two counts',
  evidence: { roles: roles.map(({ role }) => role), scopes: roles.map(({ scope }) => scope) },
});

/** See docs/rules/tenant-wide-where-scoped.md */
export const tenantWideWhereScoped = defineRule({
  id: 'tenant-wide-where-scoped',
  summary: 'A permission reaches the whole tenant, and the policy protects only a part that access can be confined to',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'exchange-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy }, desired }) {
    const redundant = redundantKeys(all, desired);
    const roles = facts.filter((fact) => fact.kind === 'exchange-role-assignment');
    for (const fact of facts) {
      if (fact.kind === 'exchange-role-assignment') continue;
      if (redundant.has(fact.key) || fact.api === exchangeOnline || fact.subject === 'Sites.Selected') continue;
      const service = serviceOf(fact, policy);
      const voided = service === null ? roles.filter((role) => isVoidedBy(role, fact)) : [];
      if (voided.length > 0) yield voids(fact, voided);
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

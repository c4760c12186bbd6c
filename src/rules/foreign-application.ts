import type { ServicePrincipalFact } from '../core/fact.ts';
import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

/** Tenants of Microsoft's own services, whose applications are in every tenant. */
const microsoftTenants: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
]);

/** Who stands behind it, where the tenant says: an app that pretends to be another has no verified publisher. */
const tellPublisher = ({ verifiedPublisher }: ServicePrincipalFact): string => {
  if (verifiedPublisher === undefined) return '';
  return verifiedPublisher === null
    ? ' and Microsoft has verified no publisher of it'
    : ` and its verified publisher is \`${verifiedPublisher}\``;
};

/** See docs/rules/foreign-application.md */
export const foreignApplication = defineRule({
  id: 'foreign-application',
  summary: 'An application of another tenant is declared, and the policy does not say whose product it is',
  severity: 'low',
  confidence: 'likely',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    // A product's own application is expected to come from its maker's tenant.
    if (policy.product !== null) return;
    for (const fact of facts) {
      if (fact.hasApplication || fact.type !== 'Application') continue;
      if (fact.ownerTenant === null || microsoftTenants.has(fact.ownerTenant)) continue;
      const subject = fact.appId ?? fact.objectId;
      yield {
        at: null,
        about: { identity: fact.identity, subject, place: placeOfIdentity(policy, fact.identity) },
        message: `the application is registered in tenant \`${fact.ownerTenant}\`${tellPublisher(fact)}: its credentials, its owners and what it asks for can't be seen from here, and the policy names no product that it belongs to`,
        help: "confirm with the maker that the tenant is theirs and name the product (`spec.product`); else use an application of one's own",
        evidence: { ownerTenant: fact.ownerTenant, verifiedPublisher: fact.verifiedPublisher ?? null },
      };
    }
  },
});

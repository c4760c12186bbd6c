import { placeOfIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';

/** Audiences by which other tenants get service principals of the application. */
const isMultiTenant = (audience: string | null): boolean =>
  audience === 'AzureADMultipleOrgs' || audience === 'AzureADandPersonalMicrosoftAccount';

/** See docs/rules/unlocked-instance-properties.md */
export const unlockedInstanceProperties = defineRule({
  id: 'unlocked-instance-properties',
  summary: 'Credentials can be put on service principals of the application, past the application itself',
  severity: 'low',
  confidence: 'certain',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const { propertyLock, audience, hasApplication, type } = fact;
      // What the application says nothing of matters only where other tenants have service principals of it.
      const isOpen = propertyLock === 'none' || (propertyLock === null && isMultiTenant(audience));
      if (!isOpen || !hasApplication || type !== 'Application') continue;
      yield {
        at: null,
        about: { identity: fact.identity, subject: 'propertyLock', place: placeOfIdentity(policy, fact.identity) },
        message: `no instance property lock is on${isMultiTenant(audience) ? ', and other tenants may use the application' : ''}: whoever administers a service principal of it can add a secret there that no page of the portal shows`,
        help: "switch on the app instance property lock for all properties, on the application's page Authentication",
        evidence: { audience, propertyLock },
      };
    }
  },
});

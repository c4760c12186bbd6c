import { tenantId } from '../../src/core/ids.ts';
import { foreignApplication } from '../../src/rules/foreign-application.ts';
import { otherApp, servicePrincipal } from '../support/facts.ts';
import { line, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const foreign = { hasApplication: false, ownerTenant: tenantId('33333333-3333-4333-8333-333333333333') };

testRule(foreignApplication, {
  pass: {
    'an application of this tenant': [servicePrincipal()],
    "a product's own application": {
      facts: [servicePrincipal(foreign)],
      policy: policy({ product: { value: 'ninjaone', place: line(5) } }),
    },
    "one of Microsoft's own services": [
      servicePrincipal({ ...foreign, ownerTenant: tenantId('f8cdef31-a31e-4b4a-93e4-5f571e91255a') }),
    ],
    'a managed identity, which has no application': [
      servicePrincipal({ hasApplication: false, type: 'ManagedIdentity', ownerTenant: null }),
    ],
    'an application whose home is not known': [servicePrincipal({ hasApplication: false, ownerTenant: null })],
  },
  fail: {
    'one of another tenant, and no product': {
      facts: [servicePrincipal(foreign)],
      says: [
        "low likely 6f1c0f5e-0000-4000-8000-000000000001: the application is registered in tenant `33333333-3333-4333-8333-333333333333`: its credentials, its owners and what it asks for can't be seen from here, and the policy names no product that it belongs to",
      ],
    },
    'one without a verified publisher': {
      facts: [servicePrincipal({ ...foreign, verifiedPublisher: null })],
      says: [
        "low likely 6f1c0f5e-0000-4000-8000-000000000001: the application is registered in tenant `33333333-3333-4333-8333-333333333333` and Microsoft has verified no publisher of it: its credentials, its owners and what it asks for can't be seen from here, and the policy names no product that it belongs to",
      ],
    },
    'one with a verified publisher': {
      facts: [servicePrincipal({ ...foreign, verifiedPublisher: 'Fabrikam' })],
      says: [
        "low likely 6f1c0f5e-0000-4000-8000-000000000001: the application is registered in tenant `33333333-3333-4333-8333-333333333333` and its verified publisher is `Fabrikam`: its credentials, its owners and what it asks for can't be seen from here, and the policy names no product that it belongs to",
      ],
    },
    'one of two': {
      facts: [servicePrincipal(), servicePrincipal({ ...foreign, identity: otherApp })],
      says: [
        "low likely 6f1c0f5e-0000-4000-8000-00000000000b: the application is registered in tenant `33333333-3333-4333-8333-333333333333`: its credentials, its owners and what it asks for can't be seen from here, and the policy names no product that it belongs to",
      ],
    },
  },
});

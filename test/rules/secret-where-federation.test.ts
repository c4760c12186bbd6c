import { secretWhereFederation } from '../../src/rules/secret-where-federation.ts';
import { certificate, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const allowing = (...allow: ('federated' | 'certificate' | 'secret')[]) =>
  policy({ credentials: credentialTerms({ allow }) });
const valid = ['2026-08-01T00:00:00Z', '2027-01-28T00:00:00Z'] as const;

testRule(secretWhereFederation, {
  pass: {
    'a certificate': { facts: [certificate(...valid)], policy: allowing('federated', 'certificate') },
    'a secret that the policy allows': { facts: [secret(...valid)], policy: allowing('certificate', 'secret') },
    'an expired secret': {
      facts: [secret('2026-01-01T00:00:00Z', '2026-11-22T00:00:00Z')],
      policy: allowing('certificate'),
    },
    'what Azure keeps on a managed identity': {
      facts: [servicePrincipal({ type: 'ManagedIdentity' }), secret(...valid, { on: 'service-principal' })],
      policy: allowing('federated'),
    },
    'an identity without credentials': { facts: [servicePrincipal()], policy: allowing('federated') },
  },
  fail: {
    'a secret where only better ones are allowed': {
      facts: [secret(...valid)],
      policy: allowing('federated', 'certificate'),
      says: [
        'medium certain secret-1: secret `secret-1` on the application can sign in, and the policy allows only `federated` and `certificate`',
      ],
    },
    'a secret that begins to work tomorrow': {
      facts: [secret('2026-11-23T00:00:00Z', '2027-01-28T00:00:00Z', { on: 'service-principal' })],
      policy: allowing('federated'),
      says: [
        "medium certain secret-1: secret `secret-1` on the service principal, where the portal doesn't show it, can sign in, and the policy allows only `federated`",
      ],
    },
    'a secret where nothing is allowed': {
      facts: [secret(...valid)],
      policy: allowing(),
      says: [
        'medium certain secret-1: secret `secret-1` on the application can sign in, and the policy allows no credential at all',
      ],
    },
    'a secret where the policy says nothing': {
      facts: [secret(...valid)],
      says: [
        'low likely secret-1: secret `secret-1` on the application can be copied and used from anywhere; the policy says nothing of credentials',
      ],
    },
  },
});

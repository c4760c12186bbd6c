import { secretAge } from '../../src/rules/secret-age.ts';
import { certificate, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const lasting = (maxLifetime: string) => policy({ credentials: credentialTerms({ maxLifetime }) });
const end = '2027-06-01T00:00:00Z';

testRule(secretAge, {
  pass: {
    'a year to the day': { facts: [secret('2025-11-22T00:00:00Z', end)], policy: lasting('P2Y') },
    'one that lives longer than allowed, which long-lived-secret tells': [secret('2025-01-01T00:00:00Z', end)],
    'one that never ends, likewise': {
      facts: [secret('2021-01-01T00:00:00Z', '2299-12-31T00:00:00Z')],
      policy: lasting('P2Y'),
    },
    'an old certificate': { facts: [certificate('2025-08-01T00:00:00Z', end)], policy: lasting('P2Y') },
    'one that has expired': {
      facts: [secret('2025-01-01T00:00:00Z', '2026-11-01T00:00:00Z')],
      policy: lasting('P2Y'),
    },
    'one without a beginning': { facts: [secret(null, end)], policy: lasting('P2Y') },
    'what Azure renews by itself': {
      facts: [servicePrincipal({ type: 'ManagedIdentity' }), secret('2025-08-01T00:00:00Z', end)],
      policy: lasting('P2Y'),
    },
  },
  fail: {
    'a second more than a year': {
      facts: [secret('2025-11-21T23:59:59Z', end)],
      policy: lasting('P2Y'),
      says: ['@@'],
    },
    'one of two years, as the policy allows': {
      facts: [secret('2025-06-01T00:00:00Z', end)],
      policy: lasting('P730D'),
      says: ['@@'],
    },
    'one on the service principal': {
      facts: [secret('2024-12-01T00:00:00Z', '2027-11-30T00:00:00Z', { on: 'service-principal' })],
      policy: lasting('P3Y'),
      says: ['@@'],
    },
  },
});

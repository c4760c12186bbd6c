import { secretAge } from '../../src/rules/secret-age.ts';
import { certificate, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const lasting = (maxLifetime: string) => policy({ credentials: credentialTerms({ maxLifetime }) });
const end = '2027-06-01T00:00:00Z';

testRule(secretAge, {
  pass: {
    'a year, whole days counted': { facts: [secret('2025-11-21T00:00:01Z', end)], policy: lasting('P2Y') },
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
    'a day more than a year': {
      facts: [secret('2025-11-21T00:00:00Z', end)],
      policy: lasting('P2Y'),
      says: [
        'low certain secret-1: secret `secret-1` on the application is 366 days old, within what the policy allows (`P2Y`) and past a year (`P1Y`): every copy made of it since then still works',
      ],
    },
    'one of two years, as the policy allows': {
      facts: [secret('2025-06-01T00:00:00Z', end)],
      policy: lasting('P730D'),
      says: [
        'low certain secret-1: secret `secret-1` on the application is 539 days old, within what the policy allows (`P730D`) and past a year (`P1Y`): every copy made of it since then still works',
      ],
    },
    'one on the service principal': {
      facts: [secret('2024-12-01T00:00:00Z', '2027-11-30T00:00:00Z', { on: 'service-principal' })],
      policy: lasting('P3Y'),
      says: [
        "low certain secret-1: secret `secret-1` on the service principal, where the portal doesn't show it, is 721 days old, within what the policy allows (`P3Y`) and past a year (`P1Y`): every copy made of it since then still works",
      ],
    },
  },
});

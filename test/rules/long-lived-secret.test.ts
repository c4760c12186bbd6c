import { longLivedSecret } from '../../src/rules/long-lived-secret.ts';
import { certificate, secret, servicePrincipal, vault, vaultIdentity } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const within = (maxLifetime: string) => policy({ credentials: credentialTerms({ maxLifetime }) });

testRule(longLivedSecret, {
  pass: {
    'a secret exactly at the usual limit': [secret('2026-08-01T00:00:00Z', '2027-01-28T00:00:00Z')],
    'a secret a few seconds over it, as the portal makes them': [
      secret('2026-08-01T00:00:00Z', '2027-01-28T00:00:07Z'),
    ],
    'a secret within a longer limit of the policy': {
      facts: [secret('2026-08-01T00:00:00Z', '2027-08-01T00:00:00Z')],
      policy: within('P1Y'),
    },
    'a long secret that has expired': [secret('2021-01-01T00:00:00Z', '2026-11-22T00:00:00Z')],
    'a certificate of a leap year': [certificate('2027-06-01T00:00:00Z', '2028-06-01T00:00:00Z')],
    'the certificate that Azure renews on a managed identity': [
      servicePrincipal({ type: 'ManagedIdentity' }),
      certificate('2026-01-01T00:00:00Z', '2046-01-01T00:00:00Z', { on: 'service-principal' }),
    ],
    'the certificate of a vault’s identity': [
      vaultIdentity(),
      certificate('2026-01-01T00:00:00Z', '2046-01-01T00:00:00Z', { identity: vault(), on: 'service-principal' }),
    ],
    'a certificate at the limit of the policy': {
      facts: [certificate('2026-08-01T00:00:00Z', '2027-01-28T00:00:00Z')],
      policy: within('P180D'),
    },
    'no credential at all': [servicePrincipal()],
  },
  fail: {
    'a secret one day over the usual limit': {
      facts: [secret('2026-08-01T00:00:00Z', '2027-01-29T00:00:00Z')],
      says: [
        'medium certain secret-1: secret `secret-1` on the application lives 181 days, until 2027-01-29; the policy states no limit, the usual one is 180 days (`P180D`)',
      ],
    },
    'a secret of two years': {
      facts: [secret('2026-01-01T00:00:00Z', '2028-01-01T00:00:00Z')],
      policy: within('P180D'),
      says: [
        'medium certain secret-1: secret `secret-1` on the application lives 730 days, until 2028-01-01; the policy allows 180 days (`P180D`)',
      ],
    },
    'a secret of two years and a day': {
      facts: [secret('2026-01-01T00:00:00Z', '2028-01-02T00:00:00Z')],
      policy: within('P180D'),
      says: [
        'high certain secret-1: secret `secret-1` on the application lives 731 days, until 2028-01-02; the policy allows 180 days (`P180D`)',
      ],
    },
    'the old portal’s `Never`': {
      facts: [secret('2021-03-01T00:00:00Z', '2299-12-31T00:00:00Z')],
      policy: within('P180D'),
      says: [
        'high certain secret-1: secret `secret-1` on the application never expires (its end is 2299-12-31); the policy allows 180 days (`P180D`)',
      ],
    },
    'a secret without an end, hidden on the service principal': {
      facts: [secret('2021-03-01T00:00:00Z', null, { on: 'service-principal' })],
      policy: within('P6M'),
      says: [
        "high certain secret-1: secret `secret-1` on the service principal, where the portal doesn't show it, never expires (its end is none); the policy allows 184 days (`P6M`)",
      ],
    },
    'a secret whose start is unknown, by what is left of it': {
      facts: [secret(null, '2027-11-22T00:00:00Z')],
      policy: within('P180D'),
      says: [
        'medium likely secret-1: secret `secret-1` on the application is valid for 365 days, until 2027-11-22; the policy allows 180 days (`P180D`)',
      ],
    },
    'a certificate over the limit that the policy states': {
      facts: [certificate('2026-08-01T00:00:00Z', '2027-08-01T00:00:00Z')],
      policy: within('P180D'),
      says: [
        'medium certain certificate-1: certificate `certificate-1` on the application lives 365 days, until 2027-08-01; the policy allows 180 days (`P180D`)',
      ],
    },
    'a certificate of two years where nothing is stated': {
      facts: [certificate('2026-08-01T00:00:00Z', '2028-08-01T00:00:00Z')],
      says: [
        'low certain certificate-1: certificate `certificate-1` on the application lives 731 days, until 2028-08-01; the policy states no limit, the usual one is 366 days (`P366D`)',
      ],
    },
  },
});

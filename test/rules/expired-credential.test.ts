import { expiredCredential } from '../../src/rules/expired-credential.ts';
import { certificate, otherApp, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const renewing = (renewBefore: string) => policy({ credentials: credentialTerms({ renewBefore }) });
const federating = policy({ credentials: credentialTerms({ allow: ['federated', 'certificate'] }) });
const past = secret('2026-01-01T00:00:00Z', '2026-06-30T00:00:00Z');
const current = certificate('2026-06-01T00:00:00Z', '2027-05-01T00:00:00Z');

testRule(expiredCredential, {
  pass: {
    'a valid credential with time left': [current],
    'one that ends a second after the window': [secret('2026-06-10T00:00:00Z', '2026-12-06T00:00:01Z')],
    'one that ends soon and has a successor': [secret('2026-06-10T00:00:00Z', '2026-11-25T00:00:00Z'), current],
    'one within the usual window, where the policy asks for a shorter one': {
      facts: [secret('2026-06-10T00:00:00Z', '2026-12-01T00:00:00Z')],
      policy: renewing('P7D'),
    },
    'one that never expires': [secret('2021-01-01T00:00:00Z', '2299-12-31T00:00:00Z')],
    'what Azure renews by itself': [
      servicePrincipal({ type: 'ManagedIdentity' }),
      certificate('2026-06-01T00:00:00Z', '2026-11-25T00:00:00Z', { on: 'service-principal' }),
    ],
    'an identity without credentials': [servicePrincipal()],
    'one that ends soon, with a successor that begins tomorrow': [
      secret('2026-06-10T00:00:00Z', '2026-11-25T00:00:00Z'),
      secret('2026-11-23T00:00:00Z', '2027-05-01T00:00:00Z', { id: 'secret-2' }),
    ],
  },
  fail: {
    'a leftover beside a valid one': {
      facts: [past, current],
      says: [
        'low certain secret-1: secret `secret-1` on the application expired 145 days ago, on 2026-06-30, and is still there',
      ],
    },
    'the only one, expired at this very moment': {
      facts: [secret('2026-06-01T00:00:00Z', '2026-11-22T00:00:00Z')],
      says: [
        'high certain secret-1: secret `secret-1` on the application expired today, on 2026-11-22, and no valid one remains: the next sign-in will fail',
      ],
    },
    'two expired ones, of which the last weighs most': {
      facts: [
        past,
        secret('2026-01-01T00:00:00Z', '2026-11-21T00:00:00Z', { id: 'secret-2', on: 'service-principal' }),
      ],
      says: [
        'low certain secret-1: secret `secret-1` on the application expired 145 days ago, on 2026-06-30, and is still there',
        "high certain secret-2: secret `secret-2` on the service principal, where the portal doesn't show it, expired 1 day ago, on 2026-11-21, and no valid one remains: the next sign-in will fail",
      ],
    },
    'the only one, of an identity that may federate': {
      facts: [past],
      policy: federating,
      says: [
        'medium likely secret-1: secret `secret-1` on the application expired 145 days ago, on 2026-06-30, and no valid one remains: the next sign-in will fail unless it signs in by federation',
      ],
    },
    'the only one seen, of an app that is registered elsewhere': {
      facts: [servicePrincipal({ hasApplication: false }), { ...past, on: 'service-principal' }],
      says: [
        "medium likely secret-1: secret `secret-1` on the service principal, where the portal doesn't show it, expired 145 days ago, on 2026-06-30, and no valid one remains: the next sign-in will fail unless its application, registered in another tenant, has one",
      ],
    },
    'one that ends exactly at the window, without a successor': {
      facts: [secret('2026-06-10T00:00:00Z', '2026-12-06T00:00:00Z')],
      says: [
        'medium certain secret-1: secret `secret-1` on the application expires in 14 days, on 2026-12-06, and nothing is there to follow it; it should be renewed 14 days before (`P14D`)',
      ],
    },
    'one that ends soon, while only another identity has more': {
      facts: [
        secret('2026-06-10T00:00:00Z', '2026-12-01T00:00:00Z'),
        { ...current, identity: servicePrincipal({ identity: otherApp }).identity },
      ],
      policy: renewing('P30D'),
      says: [
        'medium certain secret-1: secret `secret-1` on the application expires in 9 days, on 2026-12-01, and nothing is there to follow it; it should be renewed 30 days before (`P30D`)',
      ],
    },
  },
});

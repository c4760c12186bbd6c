import { secretCount } from '../../src/rules/secret-count.ts';
import { certificate, otherApp, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const old = secret('2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z');
const successor = (start: string) => secret(start, '2027-03-01T00:00:00Z', { id: 'secret-2' });

testRule(secretCount, {
  pass: {
    'one secret': [old],
    'two for as long as the overlap, whole days counted': [old, successor('2026-11-07T00:00:01Z')],
    'a successor that has not begun': [old, successor('2026-11-30T00:00:00Z')],
    'a longer overlap that the policy grants': {
      facts: [old, successor('2026-10-24T00:00:00Z')],
      policy: policy({ credentials: credentialTerms({ renewBefore: 'P30D' }) }),
    },
    'an old one that has expired': [
      secret('2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z'),
      successor('2026-06-01T00:00:00Z'),
    ],
    'a secret and a certificate': [old, certificate('2026-06-01T00:00:00Z', '2027-05-01T00:00:00Z')],
    'one each of two identities': [
      old,
      secret('2026-07-01T00:00:00Z', '2027-03-01T00:00:00Z', { id: 'secret-2', identity: otherApp }),
    ],
    'what Azure renews by itself': [
      servicePrincipal({ type: 'ManagedIdentity' }),
      old,
      successor('2026-07-01T00:00:00Z'),
    ],
  },
  fail: {
    'a day longer than the overlap': {
      facts: [old, successor('2026-11-07T00:00:00Z')],
      says: [
        'low certain secret-1: secret `secret-1` on the application is still valid 15 days after its successor `secret-2` came; 14 days are enough to change over (`P14D`)',
      ],
    },
    'a shorter overlap that the policy asks for': {
      facts: [old, successor('2026-11-10T00:00:00Z')],
      policy: policy({ credentials: credentialTerms({ renewBefore: 'P7D' }) }),
      says: [
        'low certain secret-1: secret `secret-1` on the application is still valid 12 days after its successor `secret-2` came; 7 days are enough to change over (`P7D`)',
      ],
    },
    'three, of which the last is to stay': {
      facts: [
        secret(null, '2027-01-01T00:00:00Z', { id: 'secret-0', on: 'service-principal' }),
        old,
        successor('2026-09-01T00:00:00Z'),
      ],
      says: [
        "low certain secret-0: secret `secret-0` on the service principal, where the portal doesn't show it, is still valid 174 days after its successor `secret-1` came; 14 days are enough to change over (`P14D`)",
        'low certain secret-1: secret `secret-1` on the application is still valid 82 days after its successor `secret-2` came; 14 days are enough to change over (`P14D`)',
      ],
    },
  },
});

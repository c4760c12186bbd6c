import { secretCount } from '../../src/rules/secret-count.ts';
import { certificate, otherApp, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const old = secret('2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z');
const successor = (start: string) => secret(start, '2027-03-01T00:00:00Z', { id: 'secret-2' });

testRule(secretCount, {
  pass: {
    'one secret': [old],
    'two within the overlap, to the moment': [old, successor('2026-11-08T00:00:00Z')],
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
    'a second after the overlap': { facts: [old, successor('2026-11-07T23:59:59Z')], says: ['@@'] },
    'a shorter overlap that the policy asks for': {
      facts: [old, successor('2026-11-10T00:00:00Z')],
      policy: policy({ credentials: credentialTerms({ renewBefore: 'P7D' }) }),
      says: ['@@'],
    },
    'three, of which the last is to stay': {
      facts: [
        secret(null, '2027-01-01T00:00:00Z', { id: 'secret-0', on: 'service-principal' }),
        old,
        successor('2026-09-01T00:00:00Z'),
      ],
      says: ['@@'],
    },
  },
});

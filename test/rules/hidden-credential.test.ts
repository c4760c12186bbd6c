import { hiddenCredential } from '../../src/rules/hidden-credential.ts';
import { certificate, secret, servicePrincipal } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const hidden = { on: 'service-principal' as const };
const [start, end] = ['2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z'];

testRule(hiddenCredential, {
  pass: {
    'a secret on the application': [servicePrincipal(), secret(start, end)],
    'one that has expired, which expired-credential tells': [
      servicePrincipal(),
      secret('2026-01-01T00:00:00Z', '2026-11-22T00:00:00Z', hidden),
    ],
    'what Azure renews by itself': [servicePrincipal({ type: 'ManagedIdentity' }), certificate(start, end, hidden)],
    'a service principal without credentials': [servicePrincipal()],
  },
  fail: {
    'a secret beside those of the application': {
      facts: [servicePrincipal(), secret(start, end, hidden), secret(start, end, { id: 'secret-2' })],
      says: [
        'medium certain secret-1: secret `secret-1` lies on the service principal and not on its application: no page of the portal shows it',
      ],
    },
    'a secret on an app that is registered elsewhere': {
      facts: [servicePrincipal({ hasApplication: false }), secret(start, '2026-11-22T00:00:01Z', hidden)],
      says: [
        'medium certain secret-1: secret `secret-1` lies on the service principal of an application that is registered in another tenant, and signs in as it here: no page of the portal shows it',
      ],
    },
    'a certificate, which may sign SAML tokens': {
      facts: [servicePrincipal(), certificate(start, end, hidden)],
      says: [
        'low likely certificate-1: certificate `certificate-1` lies on the service principal and not on its application: no page of the portal shows it, unless it signs SAML tokens',
      ],
    },
    'a signing certificate and its secret, which share a key id': {
      facts: [
        servicePrincipal(),
        certificate(start, end, { ...hidden, id: 'key-1' }),
        { ...secret(start, end, { ...hidden, id: 'key-1' }), key: 'credential/secret/key-1' },
      ],
      says: [
        'low likely key-1: certificate `key-1` lies on the service principal and not on its application: no page of the portal shows it, unless it signs SAML tokens',
      ],
    },
  },
});

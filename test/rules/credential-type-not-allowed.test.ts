import { credentialTypeNotAllowed } from '../../src/rules/credential-type-not-allowed.ts';
import { certificate, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { federated } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const allowing = (...allow: readonly ('federated' | 'certificate' | 'secret')[]) =>
  policy({ credentials: credentialTerms({ allow }) });
const proof = certificate('2026-10-01T00:00:00Z', '2027-03-01T00:00:00Z');

testRule(credentialTypeNotAllowed, {
  pass: {
    'a type that is allowed': { facts: [federated(), proof], policy: allowing('federated', 'certificate') },
    'a policy that says nothing of types': {
      facts: [federated(), proof],
      policy: policy({ credentials: credentialTerms({}) }),
    },
    'a policy that says nothing of credentials': [federated(), proof],
    'a secret, which has its own rule': {
      facts: [secret('2026-10-01T00:00:00Z', '2027-03-01T00:00:00Z')],
      policy: allowing('federated'),
    },
    'a certificate that ran out': {
      facts: [certificate('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z')],
      policy: allowing('federated'),
    },
    'a certificate that may sign SAML tokens': {
      facts: [certificate('2026-10-01T00:00:00Z', '2027-03-01T00:00:00Z', { on: 'service-principal' })],
      policy: allowing('federated'),
    },
    'what Azure renews': {
      facts: [proof, servicePrincipal({ type: 'ManagedIdentity' })],
      policy: allowing('federated'),
    },
  },
  fail: {
    'a federated credential beside certificates': {
      facts: [federated()],
      policy: allowing('certificate'),
      says: [
        'medium certain fic-1: federated credential `github` can sign in, and the policy allows only `certificate`',
      ],
    },
    'a certificate where two other types are allowed': {
      facts: [proof],
      policy: allowing('federated', 'secret'),
      says: [
        'medium certain certificate-1: certificate `certificate-1` on the application can sign in, and the policy allows only `federated` and `secret`',
      ],
    },
    'anything where nothing is allowed': {
      facts: [federated({ on: 'managed-identity' })],
      policy: allowing(),
      says: [
        'medium certain fic-1: federated credential `github` can sign in, and the policy allows no credential at all',
      ],
    },
  },
});

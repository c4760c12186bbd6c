import { credentialBeatsAppManagement } from '../../src/rules/credential-beats-app-management.ts';
import { restriction } from '../support/door-facts.ts';
import { certificate, secret } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const old = secret('2021-01-01T00:00:00Z', '2031-01-01T00:00:00Z');
const short = restriction('passwordLifetime', { maxLifetime: 'P180D', from: '2024-01-01T00:00:00Z' });

testRule(credentialBeatsAppManagement, {
  pass: {
    'a tenant that restricts nothing': [old],
    'no credential': [short],
    'a secret within the limit': [short, secret('2026-08-01T00:00:00Z', '2027-01-28T00:00:00Z')],
    'a secret that is over': [short, secret('2020-01-01T00:00:00Z', '2026-11-22T00:00:00Z')],
    'a secret on the other object': [short, { ...old, on: 'service-principal' }],
    'a certificate where secrets are restricted': [
      short,
      restriction('passwordAddition'),
      certificate('2021-01-01T00:00:00Z', '2031-01-01T00:00:00Z'),
    ],
    'an app that is exempted, of which another rule tells': [
      short,
      restriction('passwordLifetime', { policy: 'Backup may', state: 'disabled' }),
      old,
    ],
    'a secret without dates': [short, secret(null, null)],
  },
  fail: {
    'a secret that is too long': {
      facts: [short, old],
      says: [
        "low certain secret-1: secret `secret-1` was made before the tenant's restriction `passwordLifetime` of `P180D` held for it, and goes against it",
      ],
    },
    'a secret where none may be added': {
      facts: [restriction('passwordAddition'), secret('2026-08-01T00:00:00Z', '2027-01-28T00:00:00Z')],
      says: [
        "low certain secret-1: secret `secret-1` was made before the tenant's restriction `passwordAddition` held for it, and goes against it",
      ],
    },
    'a certificate that is too long': {
      facts: [
        restriction('asymmetricKeyLifetime', { maxLifetime: 'P1Y' }),
        certificate('2025-01-01T00:00:00Z', '2027-01-02T00:00:00Z'),
      ],
      says: [
        "low certain certificate-1: certificate `certificate-1` was made before the tenant's restriction `asymmetricKeyLifetime` of `P1Y` held for it, and goes against it",
      ],
    },
  },
});

import { noCredentialOverlap } from '../../src/rules/no-credential-overlap.ts';
import { certificate, otherApp, secret, servicePrincipal } from '../support/facts.ts';
import { credentialTerms, policy } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const current = secret('2026-06-01T00:00:00Z', '2026-12-31T00:00:00Z');
const next = (start: string, more = {}) => certificate(start, '2027-12-01T00:00:00Z', more);

testRule(noCredentialOverlap, {
  pass: {
    'one credential': [current],
    'a successor that begins before': [current, next('2026-12-30T00:00:00Z')],
    'a successor that begins at the very end': [current, next('2026-12-31T00:00:00Z')],
    'a gap that a third one bridges': [
      current,
      secret('2026-12-01T00:00:00Z', '2027-02-01T00:00:00Z', { id: 'secret-2' }),
      next('2027-01-15T00:00:00Z'),
    ],
    'one that never ends': [secret('2021-01-01T00:00:00Z', '2299-12-31T00:00:00Z'), next('2027-01-15T00:00:00Z')],
    'a gap that is past': [
      secret('2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'),
      secret('2026-06-10T00:00:00Z', '2026-12-31T00:00:00Z', { id: 'secret-2' }),
    ],
    'none that works now, which expired-credential tells': [
      secret('2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z'),
      next('2026-12-15T00:00:00Z'),
    ],
    'ends and beginnings of two identities': [current, next('2027-01-15T00:00:00Z', { identity: otherApp })].slice(0, 1),
    'what Azure renews by itself': [
      servicePrincipal({ type: 'ManagedIdentity' }),
      current,
      next('2027-01-15T00:00:00Z'),
    ],
  },
  fail: {
    'a gap of two weeks': { facts: [current, next('2027-01-14T00:00:00Z')], says: ['@@'] },
    'a gap of one second': { facts: [current, next('2026-12-31T00:00:01Z')], says: ['@@'] },
    'one that has not begun, and nothing before it': { facts: [next('2026-12-01T00:00:00Z')], says: ['@@'] },
    'a gap that federation may bridge': {
      facts: [current, next('2027-01-14T00:00:00Z')],
      policy: policy({ credentials: credentialTerms({ allow: ['federated', 'certificate'] }) }),
      says: ['@@'],
    },
    'a gap of an app that is registered elsewhere': {
      facts: [
        servicePrincipal({ hasApplication: false }),
        { ...current, on: 'service-principal' },
        next('2027-01-14T00:00:00Z', { on: 'service-principal' }),
      ],
      says: ['@@'],
    },
  },
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
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
    'ends and beginnings of two identities': [current, next('2027-01-15T00:00:00Z', { identity: otherApp })].slice(
      0,
      1,
    ),
    'what Azure renews by itself': [
      servicePrincipal({ type: 'ManagedIdentity' }),
      current,
      next('2027-01-15T00:00:00Z'),
    ],
  },
  fail: {
    'a gap of two weeks': {
      facts: [current, next('2027-01-14T00:00:00Z')],
      says: [
        'medium certain certificate-1: backups stop from 2026-12-31 to 2027-01-14, for 14 days: secret `secret-1` on the application ends before certificate `certificate-1` on the application begins',
      ],
    },
    'a gap of one second': {
      facts: [current, next('2026-12-31T00:00:01Z')],
      says: [
        'medium certain certificate-1: backups stop from 2026-12-31 to 2026-12-31, for less than a day: secret `secret-1` on the application ends before certificate `certificate-1` on the application begins',
      ],
    },
    'one that has not begun, and nothing before it': {
      facts: [next('2026-12-01T00:00:00Z')],
      says: [
        'medium certain certificate-1: backups stop from 2026-11-22 to 2026-12-01, for 9 days: nothing valid is there before certificate `certificate-1` on the application begins',
      ],
    },
    'a gap that federation may bridge': {
      facts: [current, next('2027-01-14T00:00:00Z')],
      policy: policy({ credentials: credentialTerms({ allow: ['federated', 'certificate'] }) }),
      says: [
        'medium likely certificate-1: backups stop from 2026-12-31 to 2027-01-14, for 14 days: secret `secret-1` on the application ends before certificate `certificate-1` on the application begins, unless it signs in by a credential that is not seen here',
      ],
    },
    'a gap of an app that is registered elsewhere': {
      facts: [
        servicePrincipal({ hasApplication: false }),
        { ...current, on: 'service-principal' },
        next('2027-01-14T00:00:00Z', { on: 'service-principal' }),
      ],
      says: [
        "medium likely certificate-1: backups stop from 2026-12-31 to 2027-01-14, for 14 days: secret `secret-1` on the service principal, where the portal doesn't show it, ends before certificate `certificate-1` on the service principal, where the portal doesn't show it, begins, unless it signs in by a credential that is not seen here",
      ],
    },
  },
});

const day = (number: number): string => new Date(Date.UTC(2026, 10, 22 + number)).toISOString();

it('agrees with a walk through the days, whatever the credentials', () => {
  const spans = fc.array(fc.tuple(fc.integer({ min: -20, max: 40 }), fc.integer({ min: 1, max: 20 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(spans, (drawn) => {
      const facts = drawn.map(([start, length], index) =>
        secret(day(start), day(start + length), { id: `secret-${index}` }),
      );
      const works = (at: number): boolean => drawn.some(([start, length]) => start <= at && at < start + length);
      const days = Array.from({ length: 61 }, (_, at) => at);
      const gap = days.find((at) => !works(at) && days.some((later) => later > at && works(later)));
      // That all have expired so far is told by another rule.
      const isTold = gap === 0 && drawn.some(([start, length]) => start + length <= 0);
      const plain = policy();
      const complaints = [
        ...noCredentialOverlap.check({
          policy: plain,
          facts,
          all: facts,
          desired: new Set(),
          governs: () => true,
          now: new Date(day(0)),
          settings: { restoreGrace: 'P7D' },
        }),
      ];
      const from = gap === undefined || isTold ? [] : [`backups stop from ${day(gap).slice(0, 10)} to`];
      expect(complaints.map(({ message }) => message.split(' ').slice(0, 5).join(' '))).toEqual(from);
    }),
  );
});

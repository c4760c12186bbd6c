import type { Fact } from '../../src/core/fact.ts';
import { tenantId } from '../../src/core/ids.ts';
import { certificate, secret, servicePrincipal, vault } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { keeper } from './run-case.ts';

const day = (text: string): string => `${text}T00:00:00Z`;
const valid = (id: string, start: string, end: string, more = {}): Fact =>
  secret(day(start), day(end), { id, ...more });
const proof = (id: string, start: string, end: string, more = {}): Fact =>
  certificate(day(start), day(end), { id, ...more });
const hidden = { on: 'service-principal' as const };

const secrets = '{ allow: [secret, certificate], maxLifetime: P180D, renewBefore: P14D }';
const twoYears = '{ allow: [secret], maxLifetime: P730D }';
const strict = '{ allow: [federated, certificate], maxLifetime: P180D, renewBefore: P14D }';
const foreign = servicePrincipal({
  hasApplication: false,
  ownerTenant: tenantId('99999999-0000-4000-8000-000000000009'),
});

const clean = (credentials: string | null, held: readonly Fact[], tempts: readonly string[]): CorpusCase => ({
  policy: credentials === null ? {} : { credentials },
  also: held,
  tempts,
  expect: [],
});
const found = (credentials: string | null, held: readonly Fact[], expect: readonly string[]): CorpusCase => ({
  ...clean(credentials, held, []),
  expect,
});

/** Secrets and certificates, judged on 2026-11-22. */
export const credentialCases: Cases = {
  'lifetime: two years, where the policy says half a year': found(
    secrets,
    [valid('s', '2026-06-01', '2028-05-31')],
    ['long-lived-secret · s'],
  ),
  'lifetime: until 2299': found(secrets, [valid('s', '2026-06-01', '2299-12-31')], ['long-lived-secret · s']),
  'lifetime: 181 days': found(secrets, [valid('s', '2026-09-01', '2027-03-01')], ['long-lived-secret · s']),
  'lifetime: a certificate of ten years': found(
    strict,
    [proof('c', '2026-01-01', '2036-01-01')],
    ['long-lived-secret · c'],
  ),
  'lifetime: 180 days to the day': clean(secrets, [valid('s', '2026-09-01', '2027-02-28')], ['long-lived-secret']),
  'lifetime: a certificate of a year, where nothing is said': clean(
    null,
    [proof('c', '2026-06-01', '2027-06-02')],
    ['long-lived-secret', 'secret-where-federation', 'secret-age'],
  ),
  'lifetime: long, and expired for good': found(
    secrets,
    [valid('old', '2020-01-01', '2025-01-01'), valid('s', '2026-09-01', '2027-02-28')],
    ['expired-credential · old'],
  ),
  'lifetime: two years, as the policy allows': clean(
    twoYears,
    [valid('s', '2026-06-01', '2028-05-30')],
    ['long-lived-secret', 'secret-age'],
  ),
  'age: 400 days, as the policy allows': found(twoYears, [valid('s', '2025-10-18', '2027-10-17')], ['secret-age · s']),
  'age: 366 days': found(twoYears, [valid('s', '2025-11-21', '2027-11-20')], ['secret-age · s']),
  'age: two old ones, each for itself': found(
    twoYears,
    [valid('s', '2025-06-01', '2027-05-31'), valid('t', '2025-06-02', '2027-06-01')],
    ['secret-age · s', 'secret-age · t', 'secret-count · s'],
  ),
  'age: a year to the day': clean(twoYears, [valid('s', '2025-11-22', '2027-11-21')], ['secret-age']),
  'age: an old certificate': clean(
    '{ allow: [certificate], maxLifetime: P730D }',
    [proof('c', '2025-03-01', '2027-02-28')],
    ['secret-age', 'long-lived-secret'],
  ),
  'count: the first still works after the second came': found(
    secrets,
    [valid('first', '2026-08-01', '2027-01-27'), valid('second', '2026-10-01', '2027-03-29')],
    ['secret-count · first'],
  ),
  'count: three in a row': found(
    secrets,
    [
      valid('first', '2026-08-01', '2027-01-27'),
      valid('second', '2026-09-01', '2027-02-27'),
      valid('third', '2026-10-01', '2027-03-29'),
    ],
    ['secret-count · first', 'secret-count · second'],
  ),
  'count: after the time that the policy gives': found(
    '{ allow: [secret], maxLifetime: P180D, renewBefore: P3D }',
    [valid('first', '2026-08-01', '2027-01-27'), valid('second', '2026-11-15', '2027-05-13')],
    ['secret-count · first'],
  ),
  'count: in the two weeks of the change-over': clean(
    secrets,
    [valid('first', '2026-06-10', '2026-12-06'), valid('second', '2026-11-15', '2027-05-13')],
    ['secret-count', 'expired-credential', 'no-credential-overlap'],
  ),
  'count: two certificates': clean(
    strict,
    [proof('a', '2026-08-01', '2027-01-27'), proof('b', '2026-09-01', '2027-02-27')],
    ['secret-count', 'no-credential-overlap'],
  ),
  'count: a secret beside a certificate': clean(
    secrets,
    [valid('s', '2026-08-01', '2027-01-27'), proof('c', '2026-10-01', '2027-03-29')],
    ['secret-count'],
  ),
  'end: the last one is over': found(secrets, [valid('s', '2026-01-01', '2026-06-01')], ['expired-credential · s']),
  'end: within two weeks, and nothing follows': found(
    secrets,
    [valid('s', '2026-06-10', '2026-12-01')],
    ['expired-credential · s'],
  ),
  'end: a leftover beside a good one': found(
    strict,
    [proof('old', '2025-06-01', '2025-11-01'), proof('new', '2026-10-01', '2027-03-01')],
    ['expired-credential · old'],
  ),
  'end: in three weeks': clean(secrets, [valid('s', '2026-06-20', '2026-12-13')], ['expired-credential']),
  'end: soon, and the next one is there': clean(
    strict,
    [proof('old', '2026-06-01', '2026-11-25'), proof('new', '2026-11-01', '2027-04-25')],
    ['expired-credential', 'no-credential-overlap', 'secret-count'],
  ),
  'end: none at all, as it signs in by federation': clean(
    strict,
    [],
    ['expired-credential', 'secret-where-federation', 'no-credential-overlap'],
  ),
  'overlap: two weeks without any': found(
    strict,
    [proof('old', '2026-08-01', '2027-01-01'), proof('new', '2027-01-15', '2027-06-15')],
    ['no-credential-overlap · new'],
  ),
  'overlap: a secret, and a day later a certificate': found(
    secrets,
    [valid('s', '2026-08-01', '2027-01-01'), proof('c', '2027-01-02', '2027-06-15')],
    ['no-credential-overlap · c'],
  ),
  'overlap: the only one begins next month': found(
    strict,
    [proof('c', '2026-12-15', '2027-05-15')],
    ['no-credential-overlap · c'],
  ),
  'overlap: to the second': clean(
    strict,
    [proof('old', '2026-08-01', '2027-01-01'), proof('new', '2027-01-01', '2027-06-15')],
    ['no-credential-overlap', 'expired-credential'],
  ),
  'overlap: a gap that a third one bridges': clean(
    strict,
    [
      proof('old', '2026-08-01', '2027-01-01'),
      proof('bridge', '2026-12-01', '2027-02-01'),
      proof('new', '2027-01-15', '2027-06-15'),
    ],
    ['no-credential-overlap'],
  ),
  'better: a secret where federation is meant': found(
    strict,
    [valid('s', '2026-09-01', '2027-02-28')],
    ['secret-where-federation · s'],
  ),
  'better: a secret of which the policy says nothing': found(
    null,
    [valid('s', '2026-09-01', '2027-02-28')],
    ['secret-where-federation · s'],
  ),
  'better: one that begins next month': found(
    strict,
    [proof('c', '2026-09-01', '2027-02-01'), valid('s', '2026-12-15', '2027-05-15')],
    ['secret-where-federation · s'],
  ),
  'better: an expired secret where federation is meant': found(
    strict,
    [valid('s', '2025-09-01', '2026-02-28'), proof('c', '2026-09-01', '2027-02-01')],
    ['expired-credential · s'],
  ),
  'better: a secret, as the policy allows': clean(
    secrets,
    [valid('s', '2026-09-01', '2027-02-28')],
    ['secret-where-federation', 'hidden-credential'],
  ),
  'hidden: a secret on the service principal': found(
    secrets,
    [valid('s', '2026-09-01', '2027-02-28', hidden)],
    ['hidden-credential · s'],
  ),
  'hidden: a certificate on the service principal': found(
    strict,
    [proof('c', '2026-09-01', '2027-02-28', hidden)],
    ['hidden-credential · c'],
  ),
  'hidden: a secret on a vendor’s service principal': {
    policy: { product: 'ninjaone', credentials: secrets },
    also: [foreign, valid('s', '2026-09-01', '2027-02-28', hidden)],
    expect: ['hidden-credential · s'],
  },
  'hidden: a signing certificate with its secret of one key id': found(
    secrets,
    [
      proof('sign', '2026-09-01', '2027-02-28', hidden),
      valid('sign', '2026-09-01', '2027-02-28', { ...hidden, key: 'credential/sign/secret' }),
    ],
    ['hidden-credential · sign'],
  ),
  'hidden: expired long ago': found(
    strict,
    [valid('s', '2024-09-01', '2025-02-28', hidden), proof('c', '2026-09-01', '2027-02-01')],
    ['expired-credential · s'],
  ),
  'hidden: on the application, where the portal shows it': clean(
    secrets,
    [valid('s', '2026-09-01', '2027-02-28'), servicePrincipal({ owners: [keeper] })],
    ['hidden-credential'],
  ),
  'hidden: a managed identity, whose certificates Azure renews': {
    policy: { identities: [`{ vault: ${vault()}, managedIdentity: system }`] },
    also: [proof('c', '2026-11-01', '2027-02-01', { ...hidden, identity: vault() })],
    tempts: ['hidden-credential', 'long-lived-secret', 'expired-credential', 'no-credential-overlap'],
    expect: [],
  },
};

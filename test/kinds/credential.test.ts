import { describe, expect, it } from 'vitest';
import { credential } from '../../src/kinds/credential.ts';
import { contractExample, hasContractExamples } from '../support/contract-example.ts';
import { asking, foundApp, readKind, sayGaps } from '../support/read-kind.ts';

const secret = {
  keyId: 'K1',
  displayName: null,
  startDateTime: '2026-01-01T00:00:00Z',
  endDateTime: '2027-01-01T00:00:00Z',
};
const holder = (passwordCredentials: unknown = [], keyCredentials: unknown = []) => ({
  passwordCredentials,
  keyCredentials,
});
const reading = (application: unknown, servicePrincipal: unknown = holder()) =>
  readKind(credential, { identities: [foundApp({ application, servicePrincipal })] });

describe('credentials', () => {
  it('of application and service principal are told apart, and no read is made for them', async () => {
    const { facts, gaps, paths } = await reading(
      holder([secret], [{ ...secret, keyId: 'K2' }]),
      holder([{ ...secret, keyId: 'K3' }]),
    );
    expect(facts.map((fact) => fact.kind === 'credential' && [fact.subject, fact.type, fact.on, fact.end])).toEqual([
      ['k1', 'secret', 'application', '2027-01-01T00:00:00Z'],
      ['k2', 'certificate', 'application', '2027-01-01T00:00:00Z'],
      ['k3', 'secret', 'service-principal', '2027-01-01T00:00:00Z'],
    ]);
    expect([gaps, paths]).toEqual([[], []]);
  });

  it('that never end have no end', async () => {
    const { facts } = await reading(holder([{ ...secret, endDateTime: null }]));
    expect(facts.map((fact) => fact.kind === 'credential' && fact.end)).toEqual([null]);
  });

  it('of a vendor’s app are those of its service principal', async () => {
    const { facts, gaps } = await reading(null, holder([secret]));
    expect([facts.map((fact) => fact.kind === 'credential' && fact.on), gaps]).toEqual([['service-principal'], []]);
  });

  it('that share a key id on both sides are two', async () => {
    const { facts } = await reading(holder([secret], [secret]), holder([secret]));
    expect(new Set(facts.map(({ key }) => key)).size).toBe(3);
  });

  it.skipIf(!hasContractExamples)('are read from Microsoft’s example (skipped without the reference)', async () => {
    expect(await reading(contractExample('graph-application-get-200-full'))).toMatchObject({ gaps: [] });
  });

  const malformed = [
    {
      name: 'without key id',
      application: holder([{ ...secret, keyId: undefined }]),
      detail: '`keyId` is undefined where a text belongs',
    },
    {
      name: 'that end some day',
      application: holder([{ ...secret, endDateTime: 'some day' }]),
      detail: '`endDateTime` is a text where a date belongs',
    },
    {
      name: 'that end at a number',
      application: holder([{ ...secret, endDateTime: 7 }]),
      detail: '`endDateTime` is number where a text belongs',
    },
    { name: 'of null', application: holder(null), detail: '`passwordCredentials` is null where a list belongs' },
    { name: 'that are left out', application: {}, detail: '`passwordCredentials` is undefined where a list belongs' },
    {
      name: 'that are a text',
      application: holder([], 'x'),
      detail: '`keyCredentials` is string where a list belongs',
    },
    { name: 'that hold null', application: holder([null]), detail: 'a secret is null where an object belongs' },
    { name: 'of something else', application: 'x', detail: 'the application is string where an object belongs' },
  ];
  it.each(malformed)('$name leave a gap and no fact', async ({ application, detail }) => {
    const found = await reading(application, holder([secret]));
    expect([found.facts, sayGaps(found)]).toEqual([[], [`credential malformed: ${detail}`]]);
  });

  it('are judged and never planned', () => {
    expect([credential.planned, credential.governs(asking({}))]).toEqual([false, false]);
  });
});

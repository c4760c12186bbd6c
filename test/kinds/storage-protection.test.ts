import { describe, expect, it } from 'vitest';
import { armId } from '../../src/core/ids.ts';
import type { Reading } from '../../src/core/kind.ts';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { storageProtection } from '../../src/kinds/storage-protection.ts';
import { account, backupApp, disk, otherApp } from '../support/facts.ts';
import { appIdentity, protects, policy as resolved } from '../support/policies.ts';
import { readKind, refused, sayGaps } from '../support/read-kind.ts';

const docs = account('stdocs');
const blobs = `${docs}/blobServices/default`;
const absent = err({ ...refused, reason: 'not-found', status: 404 } as const);
const policyOf = (...scopes: readonly string[]) =>
  resolved({
    identities: [appIdentity(), appIdentity(otherApp)],
    protects: [protects('azure-blob', { source: scopes })],
  }).policy;
const read = (arm: Readonly<Record<string, Answer<unknown>>>, ...scopes: readonly string[]) =>
  readKind(storageProtection, { policies: [policyOf(...(scopes.length === 0 ? [docs] : scopes))], arm });
const say = ({ facts }: Reading): string[] =>
  facts.flatMap((fact) => (fact.kind === 'storage-protection' ? [`${fact.setting} ${fact.value}`] : [])).toSorted();
const found = (properties: object, more: object = {}) => ok({ id: docs, kind: 'StorageV2', properties, ...more });

describe('an account', () => {
  it('tells its doors and what it keeps, under the first identity', async () => {
    const reading = await read({
      [docs]: found({
        allowSharedKeyAccess: false,
        allowCrossTenantReplication: true,
        networkAcls: { defaultAction: 'Allow' },
        publicNetworkAccess: 'Enabled',
      }),
      [blobs]: ok({ properties: { deleteRetentionPolicy: { enabled: false }, isVersioningEnabled: true } }),
    });
    expect(sayGaps(reading)).toEqual([]);
    expect(say(reading)).toEqual([
      'blobSoftDelete Disabled',
      'crossTenantReplication Enabled',
      'networkDefault Allow',
      'sharedKeyAccess Disabled',
      'versioning Enabled',
    ]);
    expect([...new Set(reading.facts.map(({ identity }) => identity))]).toEqual([backupApp]);
    expect(reading.paths).toEqual([`arm ${docs}`, `arm ${blobs}`]);
  });

  it.each([
    [
      'a whole answer leaves shared keys out, which are on by default',
      { creationTime: 'x' },
      ['sharedKeyAccess Enabled'],
    ],
    ['an object cut short says nothing of them', {}, []],
    [
      'an answer says null',
      { allowSharedKeyAccess: null, provisioningState: 'Succeeded' },
      ['sharedKeyAccess Enabled'],
    ],
    ['it says no', { allowSharedKeyAccess: false, creationTime: 'x' }, ['sharedKeyAccess Disabled']],
  ])('where %s', async (_, properties, expected) => {
    const reading = await read({ [docs]: found(properties), [blobs]: ok({ properties: {} }) });
    expect(say(reading)).toEqual(expected);
  });

  it('for files alone has no blobs to ask about', async () => {
    const reading = await read({ [docs]: found({ allowSharedKeyAccess: true }, { kind: 'FileStorage' }) });
    expect(say(reading)).toEqual(['sharedKeyAccess Enabled']);
    expect(reading.paths).toEqual([`arm ${docs}`]);
  });

  it('that is not there has no setting, and leaves no gap', async () => {
    const reading = await read({ [docs]: absent });
    expect([say(reading), sayGaps(reading)]).toEqual([[], []]);
  });

  it.each([
    ['the account is refused', {}],
    ['its blobs are refused', { [docs]: found({}) }],
  ])('is a gap where %s', async (_, arm) => {
    expect(sayGaps(await read(arm))).toEqual(['storage-protection forbidden: HTTP 403']);
  });

  it.each([
    [
      'a flag that is no flag',
      found({ allowSharedKeyAccess: 'yes' }),
      '`allowSharedKeyAccess` is text where true or false belongs',
    ],
    ['an answer that is no object', ok([]), 'the storage account is a list where an object belongs'],
  ])('is a gap where there is %s', async (_, answer, detail) => {
    const gaps = sayGaps(await read({ [docs]: answer, [blobs]: ok({}) }));
    expect(gaps).toEqual([`storage-protection malformed: ${detail.replace('text where', 'string where')}`]);
  });
});

it('asks once for an account, whatever in it is protected and however it is spelt', async () => {
  const reading = await read(
    { [docs]: found({ allowSharedKeyAccess: true }), [blobs]: ok({}) },
    docs,
    `${docs}/blobServices/default/containers/a`,
  );
  expect(reading.paths).toHaveLength(2);
  expect(say(reading)).toEqual(['sharedKeyAccess Enabled']);
});

it('is asked for the accounts of an active policy, and for nothing else', () => {
  expect(storageProtection.asks(policyOf(docs, disk('os')))).toEqual([{ api: 'azure', scope: armId(docs) }]);
  expect(storageProtection.asks(policyOf(disk('os')))).toEqual([]);
  expect(storageProtection.asks({ ...policyOf(docs), state: 'retired' })).toEqual([]);
  expect(storageProtection.subjects?.(policyOf(docs))).toEqual([docs.toLowerCase()]);
});

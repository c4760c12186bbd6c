import { describe, expect, it } from 'vitest';
import { armId, identityId } from '../../src/core/ids.ts';
import type { FoundIdentity, Reading } from '../../src/core/kind.ts';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { keyVaultAccess } from '../../src/kinds/key-vault-access.ts';
import { contractExample, hasContractExamples } from '../support/contract-example.ts';
import { backupApp, backupObject, vault } from '../support/facts.ts';
import { line, protects, vaultSystem } from '../support/policies.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps } from '../support/read-kind.ts';

const kv = keyVault();
type Permissions = Readonly<Record<string, readonly string[]>>;
const declaring = (permissions: Permissions, of = kv) =>
  asking({ keyVaultAccess: [{ vault: armId(of), permissions, place: line(20) }] });
const implying = asking({}, { protects: [protects('vault-encryption', { key: [`${kv}/keys/vault`] })] });
const holding = (permissions: object, more: object = {}, objectId = backupObject) =>
  ok({ id: kv, properties: { accessPolicies: [{ objectId, permissions }], ...more } });
const absent = err({ ...refused, reason: 'not-found', status: 404 } as const);
const read = (answer: Answer<unknown>, policy = declaring({ keys: ['get'] })) =>
  readKind(keyVaultAccess, { policies: [policy], arm: { [kv]: answer } });
const say = ({ facts }: Reading): string[] =>
  facts.flatMap((fact) =>
    fact.kind === 'key-vault-access' ? [`${JSON.stringify(fact.permissions)}${fact.inEffect ? '' : ' off'}`] : [],
  );

it('is asked for by policies that declare it', () => {
  expect(desiredOf(keyVaultAccess, declaring({ keys: ['wrapKey', 'get'] }))).toEqual({
    facts: [`${kv} at 20`],
    problems: [],
  });
  expect(keyVaultAccess.governs(declaring({}))).toBe(true);
  expect(keyVaultAccess.governs(implying)).toBe(false);
  expect(keyVaultAccess.asks(implying)).toEqual([{ api: 'azure', scope: armId(kv) }]);
  expect(keyVaultAccess.asks(asking({ azureRoles: [] }))).toEqual([]);
  expect(keyVaultAccess.asks(asking({}, { identities: [vaultSystem(vault())] }))).toEqual([
    { api: 'azure', scope: armId(vault()) },
  ]);
  expect(keyVaultAccess.writes?.(declaring({ keys: ['get'] }))).toEqual([
    { api: 'azure', role: 'Key Vault Contributor', scope: armId(kv) },
  ]);
});

describe('an access policy', () => {
  it('is spelt alike', async () => {
    const reading = await read(holding({ secrets: [], keys: ['WrapKey', 'Get', 'get'] }));
    expect(say(reading)).toEqual(['{"keys":["get","wrapkey"]}']);
    expect(reading.facts[0]?.subject).toBe(kv);
    expect(reading.paths).toEqual([`arm ${kv}`]);
  });

  it.each([
    ['of somebody else is none of ours', declaring({ keys: ['get'] }), holding({ keys: ['all'] }, {}, backupApp), []],
    ['of no key vault at all is none', implying, absent, []],
    [
      'that is asked for counts for nothing where roles rule',
      declaring({ keys: ['get'] }),
      holding({ keys: ['get'] }, { enableRbacAuthorization: true }),
      [],
    ],
    [
      'that nobody asks for is told there all the same',
      implying,
      holding({ keys: ['get'] }, { enableRbacAuthorization: true }),
      ['{"keys":["get"]} off'],
    ],
    [
      'rules where nothing is said of roles',
      implying,
      holding({ keys: ['get'] }, { enableRbacAuthorization: null }),
      ['{"keys":["get"]}'],
    ],
  ])('%s', async (_, policy, answer, expected) => {
    const reading = await read(answer, policy);
    expect([say(reading), sayGaps(reading)]).toEqual([expected, []]);
  });

  it.each([
    ['that is declared and whose key vault is gone', declaring({ keys: ['get'] }), absent, 'not-found: HTTP 403'],
    ['that may not be looked at', implying, err(refused), 'forbidden: HTTP 403'],
    [
      'of another shape',
      implying,
      ok({ id: kv, properties: { accessPolicies: {} } }),
      'malformed: `accessPolicies` is object where a list belongs',
    ],
    [
      'without a holder',
      implying,
      ok({ id: kv, properties: { accessPolicies: [{}] } }),
      'malformed: `objectId` is undefined where a text belongs',
    ],
  ])('%s is a gap', async (_, policy, answer, gap) => {
    expect(sayGaps(await read(answer, policy))).toEqual([`key-vault-access ${gap}`]);
  });

  it.skipIf(!hasContractExamples)('of a recorded answer is read', async () => {
    const recorded = contractExample('arm-keyvault-vault-get-recorded');
    const reading = await readKind(keyVaultAccess, {
      identities: [foundApp({ objectId: 'cfb71ed8-fcd0-4fe2-8384-7076080a219b' as FoundIdentity['objectId'] })],
      policies: [declaring({ keys: ['get'] }, String(recorded['id']))],
      arm: { [String(recorded['id'])]: ok(recorded) },
    });
    expect(say(reading)).toHaveLength(1);
    expect(say(reading)[0]).toContain(
      '"keys":["backup","create","delete","get","import","list","recover","restore","update"]',
    );
  });
});

it('looks at the key vault of a vault, found by the address of its key', async () => {
  const properties = { encryption: { keyVaultProperties: { keyUri: 'https://kv-1.vault.azure.net/keys/k' } } };
  const reading = await readKind(keyVaultAccess, {
    identities: [foundApp({ id: identityId(vault()), vault: { id: vault(), properties } })],
    policies: [asking({}, { identities: [vaultSystem(vault())] })],
    armQuery: ok([{ id: kv }]),
    arm: { [kv]: holding({ keys: ['purge'] }) },
  });
  expect(say(reading)).toEqual(['{"keys":["purge"]}']);
  expect(reading.paths).toHaveLength(2);
});

it.each([
  [true, { keys: ['get', 'list'] }, { keys: ['get', 'list'] }],
  [true, { keys: ['all'] }, { keys: ['all', 'get'] }],
  [true, {}, {}],
  [false, { keys: ['get'] }, { keys: ['get', 'list'] }],
  [false, { keys: ['get'] }, { secrets: ['get'] }],
  [false, { keys: ['all'] }, { keys: ['get'] }],
])('same: %s, of %j and %j', (same, wanted, held) => {
  expect(keyVaultAccess.same(keyVaultPolicy(wanted as Permissions), keyVaultPolicy(held as Permissions))).toBe(same);
});

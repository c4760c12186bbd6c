import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { diff } from '../../src/core/diff.ts';
import { armId, identityId } from '../../src/core/ids.ts';
import type { PolicyIdentity } from '../../src/core/policy.ts';
import { vaultIdentity } from '../../src/kinds/vault-identity.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { group } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, foundApp, readKind, sayGaps } from '../support/read-kind.ts';

const vault = `${group('rg-b')}/providers/Microsoft.RecoveryServices/vaults/rsv`;
const user = `${group('rg-b')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uai`;
const system = { type: 'SystemAssigned', principalId: 'P1', tenantId: 't' };
const users = (...ids: string[]) =>
  Object.fromEntries(ids.map((id, index) => [id, { principalId: `U${index}`, clientId: 'c' }]));
const reading = (identity: unknown) =>
  readKind(vaultIdentity, { identities: [foundApp({ vault: { id: vault, identity } })] });

const ofSystem: PolicyIdentity = { type: 'vault-system', id: identityId(vault), place: line(8), vault: armId(vault) };
const ofUser: PolicyIdentity = {
  type: 'vault-user',
  id: identityId(user),
  place: line(9),
  vault: armId(vault),
  managedIdentity: armId(user),
};

describe('the identities of a vault', () => {
  const cases = [
    { name: 'none', identity: { type: 'None' }, says: [] },
    { name: 'nothing said', identity: undefined, says: [] },
    { name: 'null', identity: null, says: [] },
    { name: 'no type', identity: {}, says: [] },
    { name: 'system-assigned', identity: system, says: ['SystemAssigned p1'] },
    {
      name: 'system-assigned, in another case',
      identity: { ...system, type: 'systemassigned' },
      says: ['SystemAssigned p1'],
    },
    { name: 'system-assigned, not yet made', identity: { type: 'SystemAssigned' }, says: ['SystemAssigned null'] },
    {
      name: 'user-assigned',
      identity: { type: 'UserAssigned', userAssignedIdentities: users(user) },
      says: [`${user} u0`],
    },
    {
      name: 'two user-assigned',
      identity: { type: 'UserAssigned', userAssignedIdentities: users(user, `${user}-2`) },
      says: [`${user} u0`, `${user}-2 u1`],
    },
    {
      name: 'both',
      identity: { ...system, type: 'SystemAssigned, UserAssigned', userAssignedIdentities: users(user) },
      says: ['SystemAssigned p1', `${user} u0`],
    },
  ];
  it.each(cases)('$name', async ({ identity, says }) => {
    const { facts, gaps, paths } = await reading(identity);
    expect(facts.map((fact) => fact.kind === 'vault-identity' && `${fact.subject} ${fact.principal}`)).toEqual(says);
    expect([gaps, paths]).toEqual([[], []]);
  });

  it.skipIf(!hasContractExamples)(
    'are none in recorded vaults that have none (skipped without the reference)',
    async () => {
      const identities = contractRows('arm-recoveryservices-vaults-list-recorded').map((row) =>
        foundApp({ vault: row }),
      );
      expect(await readKind(vaultIdentity, { identities })).toMatchObject({ facts: [], gaps: [] });
    },
  );

  const malformed = [
    { name: 'a text', identity: 'SystemAssigned', detail: '`identity` of the vault is string where an object belongs' },
    { name: 'of a type that is a number', identity: { type: 7 }, detail: '`type` is number where a text belongs' },
    {
      name: 'a list of users',
      identity: { type: 'UserAssigned', userAssignedIdentities: [user] },
      detail: '`userAssignedIdentities` is a list where an object belongs',
    },
    {
      name: 'a user that is null',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [user]: null } },
      detail: 'a user-assigned identity is null where an object belongs',
    },
    {
      name: 'a user without principal',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [user]: {} } },
      detail: '`principalId` is undefined where a text belongs',
    },
  ];
  it.each(malformed)('$name leave a gap and no fact', async ({ identity, detail }) => {
    const found = await reading(identity);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`vault-identity malformed: ${detail}`]]);
  });
});

describe('what a policy asks of a vault', () => {
  const drift = async (identities: readonly PolicyIdentity[], identity: unknown) => {
    const desired = vaultIdentity
      .desired(asking({}, { identities }), createNames(null, false))
      .facts.map(({ fact }) => fact);
    const { facts: actual } = await reading(identity);
    return diff({ kinds: [vaultIdentity], desired, actual, governs: () => false, wasRead: () => true }).map(
      ({ cause, before, after }) => `${cause} ${(after ?? before)?.subject}`,
    );
  };
  const cases = [
    { name: 'what it has', identities: [ofSystem], identity: system, says: [] },
    {
      name: 'what Azure spells in another case',
      identities: [ofUser],
      identity: { type: 'UserAssigned', userAssignedIdentities: users(user.toUpperCase()) },
      says: [],
    },
    {
      name: 'and what it has beside that is nobody’s business',
      identities: [ofUser],
      identity: { ...system, type: 'SystemAssigned,UserAssigned', userAssignedIdentities: users(user) },
      says: [],
    },
    {
      name: 'a system-assigned identity that is off',
      identities: [ofSystem],
      identity: { type: 'None' },
      says: ['missing SystemAssigned'],
    },
    {
      name: 'a user-assigned one that doesn’t hang on it',
      identities: [ofUser],
      identity: { type: 'UserAssigned', userAssignedIdentities: users(`${user}-2`) },
      says: [`missing ${user}`],
    },
    { name: 'both, with one', identities: [ofSystem, ofUser], identity: system, says: [`missing ${user}`] },
  ];
  it.each(cases)('$name', async ({ identities, identity, says }) => {
    expect(await drift(identities, identity)).toEqual(says);
  });

  it('is nothing where it is retired', () => {
    const retired = asking({}, { identities: [ofSystem, ofUser], state: 'retired' });
    expect(vaultIdentity.desired(retired, createNames(null, false)).facts).toEqual([]);
  });
});

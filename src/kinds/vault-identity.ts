import type { VaultIdentityFact } from '../core/fact.ts';
import { type ArmId, armId, type IdentityId, identityId, objectId } from '../core/ids.ts';
import { defineKind, type FoundIdentity, gapOf, mergeReadings, type Reading } from '../core/kind.ts';
import type { Policy, PolicyIdentity } from '../core/policy.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { canonicalScope } from '../core/scope.ts';
import { objectOf, optionalStringOf, stringOf } from '../core/wire.ts';

const needs =
  'Reader at the vault (Microsoft.RecoveryServices/vaults/read, Microsoft.DataProtection/backupVaults/read)';

const factOf = (identity: IdentityId, vault: ArmId, managedIdentity: ArmId | null): VaultIdentityFact => ({
  kind: 'vault-identity',
  key: `vault-identity${canonicalScope(vault)}@${managedIdentity === null ? 'system' : canonicalScope(managedIdentity)}`,
  identity,
  subject: managedIdentity ?? 'SystemAssigned',
  vault,
  type: managedIdentity === null ? 'system' : 'user',
  managedIdentity,
  principal: null,
});

/** `identity.type` reads `SystemAssigned, UserAssigned` where both are on, and `None` or nothing where neither is. */
const parseVault = (vault: unknown): VaultIdentityFact[] => {
  const wire = objectOf(vault, 'the vault');
  const id = armId(stringOf(wire, 'id'));
  if (wire['identity'] === undefined || wire['identity'] === null) return [];
  const identity = objectOf(wire['identity'], '`identity` of the vault');
  const type = (optionalStringOf(identity, 'type') ?? 'None').toLowerCase();
  const principal = optionalStringOf(identity, 'principalId');
  const system = type.includes('systemassigned')
    ? [{ ...factOf(identityId(id), id, null), principal: principal === null ? null : objectId(principal) }]
    : [];
  const users = Object.entries(objectOf(identity['userAssignedIdentities'] ?? {}, '`userAssignedIdentities`')).map(
    ([user, value]) => ({
      ...factOf(identityId(user), id, armId(user)),
      principal: objectId(stringOf(objectOf(value, 'a user-assigned identity'), 'principalId')),
    }),
  );
  return [...system, ...users];
};

const readOne = (identity: FoundIdentity): Reading => {
  if (identity.vault === null) return { facts: [], gaps: [] };
  const facts = readAs(ok(identity.vault), 'GET the vault', parseVault);
  return facts.ok
    ? { facts: facts.value, gaps: [] }
    : { facts: [], gaps: [gapOf('vault-identity', identity, needs, facts.error)] };
};

const desiredOf = (identity: PolicyIdentity): VaultIdentityFact[] => {
  if (identity.type === 'vault-system') return [factOf(identity.id, identity.vault, null)];
  return identity.type === 'vault-user' ? [factOf(identity.id, identity.vault, identity.managedIdentity)] : [];
};

/** Managed identities of Recovery Services and Backup vaults. A vault may carry more than a policy speaks of. */
export const vaultIdentity = defineKind<'vault-identity'>({
  id: 'vault-identity',
  title: 'Vault identity',
  needs,
  asks: ({ identities }) =>
    identities.flatMap((identity) => ('vault' in identity ? [{ api: 'azure', scope: identity.vault }] : [])),
  planned: false,
  governs: () => false,
  desired: (policy: Policy) => ({
    // A retired policy asks for nothing, its identity included.
    facts: (policy.state === 'retired' ? [] : policy.identities).flatMap((identity) =>
      desiredOf(identity).map((fact) => ({ fact, place: identity.place })),
    ),
    problems: [],
  }),
  read: async ({ identities }) => mergeReadings(identities.map(readOne)),
  same: () => true,
});

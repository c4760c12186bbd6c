import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import { governedAccess } from '../core/governed-access.ts';
import { type ArmId, type IdentityId, objectId } from '../core/ids.ts';
import { findKeyVault, type KeyVault, keyVaultIn, readKeyVault, spellPermissions } from '../core/key-vaults.ts';
import { defineKind, type FoundIdentity, gapOf, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { canonicalScope, sameArmId, scopeName } from '../core/scope.ts';
import type { Gap } from '../core/snapshot.ts';
import { parseVaultKey } from '../core/vault-key.ts';

const needs = 'Reader at the key vault (Microsoft.KeyVault/vaults/read)';

const factOf = (
  identity: IdentityId,
  vault: ArmId,
  permissions: KeyVaultAccessFact['permissions'],
): KeyVaultAccessFact => ({
  kind: 'key-vault-access',
  key: `key-vault-access/${identity.toLowerCase()}${canonicalScope(vault)}`,
  identity,
  subject: vault,
  vault,
  permissions: spellPermissions(permissions),
  inEffect: true,
});

const declaredOf = (policy: Policy) => governedAccess(policy)?.keyVaultAccess ?? [];

/** Key vaults of the policy's `key` scopes: there the access may come by an access policy as well as by a role. */
const impliedOf = ({ protects, state }: Policy): readonly ArmId[] =>
  state === 'retired' ? [] : protects.flatMap(({ scopes }) => scopes.flatMap(({ scope }) => keyVaultIn(scope) ?? []));

const keyVaultsOf = (policy: Policy): readonly ArmId[] => {
  const all = [...declaredOf(policy).map(({ vault }) => vault), ...impliedOf(policy)];
  return [...new Map(all.map((vault) => [canonicalScope(vault), vault])).values()];
};

const vaultsOf = ({ identities, state }: Policy): readonly ArmId[] =>
  state === 'retired' ? [] : identities.flatMap((identity) => ('vault' in identity ? [identity.vault] : []));

/** The key vault of the vault's own key, where it is one that the reader sees; `vault-protection` tells where not. */
const ownKeyVault = async (
  identity: FoundIdentity,
  known: readonly ArmId[],
  { ports }: ReadInput,
): Promise<readonly ArmId[]> => {
  if (identity.vault === null) return [];
  const key = readAs(ok(identity.vault), 'GET the vault', parseVaultKey);
  if (!key.ok || key.value === null || key.value.keyVault === null) return [];
  const { keyVault } = key.value;
  if (known.some((id) => scopeName(id).toLowerCase() === keyVault)) return [];
  const found = await findKeyVault(ports.arm, keyVault);
  return found.ok && found.value !== null ? [found.value] : [];
};

const heldIn = (keyVault: KeyVault, identity: FoundIdentity, isDeclared: boolean): KeyVaultAccessFact[] => {
  const principal = identity.objectId === null ? null : objectId(identity.objectId);
  const own = keyVault.policies.filter((policy) => policy.principal === principal);
  if (own.length === 0) return [];
  const types = [...new Set(own.flatMap(({ permissions }) => Object.keys(permissions)))];
  const fact = factOf(
    identity.id,
    keyVault.id,
    Object.fromEntries(types.map((type) => [type, own.flatMap(({ permissions }) => permissions[type] ?? [])])),
  );
  if (!keyVault.byRoles) return [fact];
  // What is asked for and counts for nothing is missing; what nobody asks for is still worth a line.
  return isDeclared ? [] : [{ ...fact, key: `${fact.key}@off`, inEffect: false }];
};

const readFor = async (identity: FoundIdentity, input: ReadInput): Promise<Reading> => {
  const naming = input.policies.filter(({ identities }) => identities.some(({ id }) => sameArmId(id, identity.id)));
  const declared = naming.flatMap((policy) => declaredOf(policy).map(({ vault }) => vault));
  const isDeclared = (id: string): boolean => declared.some((vault) => sameArmId(vault, id));
  const known = naming.flatMap(keyVaultsOf);
  const wanted = [...known, ...(await ownKeyVault(identity, known, input))];
  const facts: KeyVaultAccessFact[] = [];
  const gaps: Gap[] = [];
  for (const vault of new Map(wanted.map((id) => [canonicalScope(id), id])).values()) {
    const keyVault = await readKeyVault(input.ports.arm, vault);
    if (keyVault.ok) facts.push(...heldIn(keyVault.value, identity, isDeclared(vault)));
    // A key vault that isn't there gives nobody anything, unless a policy counts on it.
    else if (isDeclared(vault) || keyVault.error.reason !== 'not-found')
      gaps.push(gapOf('key-vault-access', identity, needs, keyVault.error));
  }
  return { facts, gaps };
};

const read = async (input: ReadInput): Promise<Reading> => {
  const asking = input.identities.filter(({ state }) => state !== 'unread');
  const readings = await Promise.all(asking.map((identity) => readFor(identity, input)));
  return { facts: readings.flatMap(({ facts }) => facts), gaps: readings.flatMap(({ gaps }) => gaps) };
};

const allOf = ['all'];

/** `all` is every permission there is, whatever stands beside it. */
const spelt = ({ permissions }: KeyVaultAccessFact): string =>
  JSON.stringify(Object.entries(permissions).map(([type, list]) => [type, list.includes('all') ? allOf : list]));

/** Access policies of key vaults, by which an identity uses keys and secrets where Azure roles don't rule. */
export const keyVaultAccess = defineKind<'key-vault-access'>({
  id: 'key-vault-access',
  title: 'Key Vault access policy',
  needs,
  writes: (policy) =>
    declaredOf(policy).map(({ vault }) => ({ api: 'azure', role: 'Key Vault Contributor', scope: vault })),
  asks: (policy) => [
    ...vaultsOf(policy).map((scope) => ({ api: 'azure' as const, scope })),
    ...keyVaultsOf(policy).map((scope) => ({ api: 'azure' as const, scope })),
  ],
  subjects: (policy) => keyVaultsOf(policy).map(canonicalScope),
  planned: true,
  governs: (policy) => governedAccess(policy)?.keyVaultAccess != null,
  desired: (policy) => ({
    facts: declaredOf(policy).flatMap(({ vault, permissions, place }) =>
      policy.identities.map(({ id }) => ({ fact: factOf(id, vault, permissions), place })),
    ),
    problems: [],
  }),
  read,
  same: (wanted, held) => wanted.inEffect === held.inEffect && spelt(wanted) === spelt(held),
});

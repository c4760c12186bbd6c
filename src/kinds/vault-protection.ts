import { type ArmId, armId, type IdentityId } from '../core/ids.ts';
import { findKeyVault, keyVaultIn, readKeyVault } from '../core/key-vaults.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  mergeReadings,
  onlyJudged,
  type ReadInput,
  type Reading,
} from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { ReadFailure } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { VaultProtectionFact } from '../core/safety-fact.ts';
import { canonicalScope } from '../core/scope.ts';
import type { ToldSetting } from '../core/setting-details.ts';
import { readGuard, readLocks, readProtectedItems } from '../core/vault-children.ts';
import { parseVaultKey, type VaultKey } from '../core/vault-key.ts';
import { isRecoveryVault, parseVaultSettings } from '../core/vault-settings.ts';

const needs = 'Reader at the vault (*/read on the vault and on what lies in it)';
const keyNeeds = 'Reader at the key vault that holds the key of the vault';

/** One vault under one identity: of several identities of a vault that a policy names, the first. */
interface Named {
  readonly identity: IdentityId;
  readonly vault: ArmId;
}

const vaultsOf = (policy: Policy): readonly Named[] => {
  const first = new Map<string, Named>();
  for (const identity of policy.state === 'retired' ? [] : policy.identities)
    if ('vault' in identity && !first.has(canonicalScope(identity.vault)))
      first.set(canonicalScope(identity.vault), { identity: identity.id, vault: identity.vault });
  return [...first.values()];
};

/** A setting, the resource that it is one of, and what could not be read. */
interface Seen {
  readonly told: readonly (ToldSetting & { readonly resource: ArmId })[];
  readonly failures: readonly { readonly needs: string; readonly failure: ReadFailure }[];
}

const factOf = (
  { identity }: Named,
  { resource, setting, value, details }: Seen['told'][number],
): VaultProtectionFact => ({
  kind: 'vault-protection',
  key: `vault-protection/${identity.toLowerCase()}${canonicalScope(resource)}/${setting}`,
  identity,
  subject: setting,
  resource,
  setting,
  value,
  details,
});

/** A guard's proxy shows who guards; where the vault itself says nothing of it, it shows that it is guarded at all. */
const withGuard = async (
  told: readonly ToldSetting[],
  vault: ArmId,
  { arm }: ReadInput['ports'],
): Promise<Result<readonly ToldSetting[], ReadFailure>> => {
  const guarded = told.find(({ setting }) => setting === 'multiUserAuthorization')?.value ?? null;
  const isAsked = guarded === null ? isRecoveryVault(vault) : guarded !== 'Disabled';
  if (!isAsked) return ok(told);
  const guard = await readGuard(arm, vault);
  if (!guard.ok) return guard;
  if (guard.value === null) return ok(told);
  const others = told.filter(({ setting }) => setting !== 'multiUserAuthorization');
  return ok([...others, { setting: 'multiUserAuthorization', value: 'Enabled', details: guard.value }]);
};

/** The key vault by its id: a key's address has no more than the name, which a policy's `key` scopes may tell. */
const keyVaultId = async (name: string, { policies, ports }: ReadInput): Promise<Result<ArmId, ReadFailure>> => {
  const declared = policies
    .flatMap(({ protects }) => protects.flatMap(({ scopes }) => scopes.map(({ scope }) => keyVaultIn(scope))))
    .find((id) => id?.split('/').at(-1)?.toLowerCase() === name);
  if (declared !== undefined && declared !== null) return ok(declared);
  const found = await findKeyVault(ports.arm, name);
  if (!found.ok) return found;
  if (found.value !== null) return ok(found.value);
  return err({
    reason: 'not-visible',
    status: 200,
    request: 'POST /providers/Microsoft.ResourceGraph/resources',
    detail: `no key vault \`${name}\` is visible`,
  });
};

const readKey = async (key: VaultKey, vault: ArmId, input: ReadInput): Promise<Seen> => {
  const { identity, attached, state, uri } = key;
  const details = { keyUri: uri, identity, attached };
  const own = [{ setting: 'encryption', value: state, details, resource: vault }];
  if (key.keyVault === null) return { told: own, failures: [] };
  const id = await keyVaultId(key.keyVault, input);
  const read = id.ok ? await readKeyVault(input.ports.arm, id.value) : id;
  if (!read.ok) return { told: own, failures: [{ needs: keyNeeds, failure: read.error }] };
  const { purgeProtection } = read.value;
  if (purgeProtection === null) return { told: own, failures: [] };
  const value = purgeProtection ? 'Enabled' : 'Disabled';
  const purge = { setting: 'purgeProtection', value, details: { vault }, resource: read.value.id };
  return { told: [...own, purge], failures: [] };
};

const readVault = async (vault: ArmId, wire: unknown, input: ReadInput): Promise<Seen> => {
  const { arm } = input.ports;
  const parsed = readAs(ok(wire), `GET ${vault}`, (found) => ({
    settings: parseVaultSettings(found),
    key: parseVaultKey(found),
  }));
  if (!parsed.ok) return { told: [], failures: [{ needs, failure: parsed.error }] };
  const { settings, key } = parsed.value;
  const [guarded, items, locks, ofKey] = await Promise.all([
    withGuard(settings, vault, input.ports),
    readProtectedItems(arm, vault),
    readLocks(arm, vault),
    key === null ? Promise.resolve({ told: [], failures: [] }) : readKey(key, vault, input),
  ]);
  const all = guarded.ok ? guarded.value : settings;
  const children = [items, locks].flatMap((one) => (one.ok && one.value !== null ? [one.value] : []));
  const failures = [guarded, items, locks].flatMap((one) => (one.ok ? [] : [{ needs, failure: one.error }]));
  return {
    told: [...[...all, ...children].map((one) => ({ ...one, resource: vault })), ...ofKey.told],
    failures: [...failures, ...ofKey.failures],
  };
};

/** The vault object that was read to find the identity; `undefined` where that didn't succeed. */
const objectOfVault = (vault: ArmId, identities: readonly FoundIdentity[]): unknown =>
  identities.find(({ vault: wire }) => {
    const id = (wire as { readonly id?: unknown } | null)?.id;
    return typeof id === 'string' && canonicalScope(id) === canonicalScope(vault);
  })?.vault;

const read = async (input: ReadInput): Promise<Reading> => {
  const named = input.policies.flatMap(vaultsOf);
  const seen = new Map<string, Promise<Seen>>();
  const readOne = async (one: Named): Promise<Reading> => {
    const wire = objectOfVault(one.vault, input.identities);
    // A vault that wasn't found leaves its gap where identities are found.
    if (wire === undefined) return { facts: [], gaps: [] };
    const key = canonicalScope(one.vault);
    const reading = seen.get(key) ?? readVault(one.vault, wire, input);
    seen.set(key, reading);
    const { told, failures } = await reading;
    return {
      facts: told.map((setting) => factOf(one, setting)),
      gaps: failures.map(({ needs: lacking, failure }) =>
        gapOf('vault-protection', { id: one.identity }, lacking, failure),
      ),
    };
  };
  return mergeReadings(await Promise.all(named.map(readOne)));
};

/** How well the vaults of a policy's identities guard what they keep; judged, never planned. */
export const vaultProtection = defineKind<'vault-protection'>({
  id: 'vault-protection',
  title: 'Vault protection',
  needs,
  asks: (policy) => vaultsOf(policy).map(({ vault }) => ({ api: 'azure', scope: vault })),
  subjects: (policy) => vaultsOf(policy).map(({ vault }) => canonicalScope(armId(vault))),
  ...onlyJudged,
  read,
});

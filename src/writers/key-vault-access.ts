import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import { type KeyVault, keyVaultVersion, parseKeyVault, spellPermissions } from '../core/key-vaults.ts';
import { readAs } from '../core/read-rows.ts';
import type { WriteRequest } from '../core/write.ts';
import type { KeyVaultTarget } from '../core/write-target.ts';
import { defineWriter } from '../core/writer.ts';

type Permissions = KeyVaultAccessFact['permissions'];

/** The vault's access policies, as far as they decide. */
type Stands = Pick<KeyVault, 'byRoles' | 'policies' | 'tenant'>;

const spell = (permissions: Permissions | null): string => JSON.stringify(spellPermissions(permissions ?? {}));

const heldBy = ({ policies }: Stands, { principal }: KeyVaultTarget): Permissions | null => {
  const own = policies.filter((policy) => policy.principal === principal);
  if (own.length === 0) return null;
  const types = [...new Set(own.flatMap(({ permissions }) => Object.keys(permissions)))];
  return spellPermissions(
    Object.fromEntries(types.map((type) => [type, own.flatMap(({ permissions }) => permissions[type] ?? [])])),
  );
};

const put = (
  { vault, principal }: KeyVaultTarget,
  { tenant }: Stands,
  operation: 'add' | 'replace' | 'remove',
  permissions: Permissions,
): WriteRequest => ({
  api: 'resourceManager',
  method: 'PUT',
  path: `${vault}/accessPolicies/${operation}?api-version=${keyVaultVersion}`,
  body: { properties: { accessPolicies: [{ tenantId: tenant, objectId: principal, permissions }] } },
});

/**
 * The access policy of one principal; those of others are not sent, and stay. Source: Vaults - Update Access Policy, Azure
 * Key Vault 2023-07-01: `add` merges, `replace` overwrites the principal's own, `remove` takes away what it names.
 */
export const keyVaultAccess = defineWriter<'key-vault-access', Stands>({
  kind: 'key-vault-access',
  targets: ({ before, after }, ids) => {
    const fact = after ?? before;
    const principal = fact === null ? null : ids.principal(fact.identity);
    // What Azure roles overrule gives nobody anything: it is left where it lies.
    if (fact === null || principal === null || before?.inEffect === false) return [];
    return [
      {
        kind: 'key-vault-access',
        vault: before?.vault ?? fact.vault,
        principal: principal.id,
        before: before?.permissions ?? null,
        after: after?.permissions ?? null,
      },
    ];
  },
  observe: async ({ vault }, { arm }) =>
    readAs(await arm.get(vault, keyVaultVersion), `GET ${vault}`, (found) => parseKeyVault(found)),
  foresee: ({ principal, before }, _, __, { tenant }) => ({
    byRoles: false,
    tenant,
    policies: before === null ? [] : [{ principal, applicationId: null, permissions: before }],
  }),
  assess: (target, action, stands) => {
    const { before, after, principal } = target;
    if (stands.byRoles)
      return { state: 'surprise', why: 'Azure roles rule the key vault now: an access policy would count for nothing' };
    if (stands.policies.some((one) => one.principal === principal && one.applicationId !== null))
      return { state: 'surprise', why: 'an access policy is bound to an application too, which no plan speaks of' };
    if (stands.tenant === null) return { state: 'surprise', why: 'the key vault does not say whose tenant it trusts' };
    const held = heldBy(stands, target);
    if (spell(held) === spell(after)) return { state: 'done' };
    if (spell(held) !== spell(before))
      return { state: 'surprise', why: 'the access policy gives something else now than the plan says' };
    if (action === 'delete') return { state: 'ready', request: put(target, stands, 'remove', before ?? {}) };
    return { state: 'ready', request: put(target, stands, action === 'create' ? 'add' : 'replace', after ?? {}) };
  },
});

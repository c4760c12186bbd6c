import { type ArmId, armId, type ObjectId, objectId } from './ids.ts';
import type { Answer, ArmPort } from './ports.ts';
import { readAs, readRows } from './read-rows.ts';
import { canonicalScope } from './scope.ts';
import { propertiesOf } from './vault-settings.ts';
import { listOf, objectOf, optionalBooleanOf, optionalStringOf, stringOf, stringsOf } from './wire.ts';

/** What one access policy of a key vault gives one principal, by sort of object; lower case, sorted. */
export interface AccessPolicy {
  readonly principal: ObjectId;
  /** An application on whose behalf alone it counts; `null`: none. */
  readonly applicationId: string | null;
  readonly permissions: Readonly<Record<string, readonly string[]>>;
}

/** A key vault, as far as backups rest on it. */
export interface KeyVault {
  readonly id: ArmId;
  readonly name: string;
  /** Entra tenant that the vault trusts; `null` where the object is cut short. */
  readonly tenant: string | null;
  /** Can a deleted key not be purged? `null` where the object is cut short and says nothing. */
  readonly purgeProtection: boolean | null;
  /** Do Azure roles rule, and not access policies? */
  readonly byRoles: boolean;
  readonly policies: readonly AccessPolicy[];
}

export const keyVaultVersion = '2023-07-01';
const types = ['keys', 'secrets', 'certificates', 'storage'];

/** Permissions compare without case, and their order says nothing (source: Key Vault, Vaults - Get). */
export const spellPermissions = (
  permissions: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(permissions)
      .map(([type, list]) => [type, [...new Set(list.map((one) => one.toLowerCase()))].sort()] as const)
      .filter(([, list]) => list.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const parsePolicy = (row: unknown): AccessPolicy => {
  const wire = objectOf(row, 'an access policy');
  const given = objectOf(wire['permissions'] ?? {}, '`permissions`');
  const permissions = Object.fromEntries(types.map((type) => [type, stringsOf(given, type)]));
  return {
    principal: objectId(stringOf(wire, 'objectId')),
    applicationId: optionalStringOf(wire, 'applicationId'),
    permissions: spellPermissions(permissions),
  };
};

/** A key vault as ARM returns it. Throws `MalformedAnswer`. */
export const parseKeyVault = (found: unknown): KeyVault => {
  const wire = objectOf(found, 'the key vault');
  const properties = propertiesOf(wire);
  // Azure leaves out what was never switched on; every whole answer has the vault's address.
  const isWhole = optionalStringOf(properties, 'vaultUri') !== null;
  return {
    id: armId(stringOf(wire, 'id')),
    name: stringOf(wire, 'id').split('/').at(-1)?.toLowerCase() ?? '',
    tenant: optionalStringOf(properties, 'tenantId'),
    purgeProtection: optionalBooleanOf(properties, 'enablePurgeProtection') ?? (isWhole ? false : null),
    byRoles: optionalBooleanOf(properties, 'enableRbacAuthorization') ?? false,
    policies: listOf(properties, 'accessPolicies').map(parsePolicy),
  };
};

/** Several kinds look at one key vault: each is asked once a run. */
const asked = new WeakMap<ArmPort, Map<string, Promise<Answer<unknown>>>>();

const once = <T>(arm: ArmPort, what: string, ask: () => Promise<Answer<T>>): Promise<Answer<T>> => {
  const own = asked.get(arm) ?? new Map<string, Promise<Answer<unknown>>>();
  asked.set(arm, own);
  const known = own.get(what) ?? ask();
  own.set(what, known);
  return known as Promise<Answer<T>>;
};

/** The key vault of an id. */
export const readKeyVault = (arm: ArmPort, id: string): Promise<Answer<KeyVault>> =>
  once(arm, canonicalScope(id), async () => readAs(await arm.get(id, keyVaultVersion), `GET ${id}`, parseKeyVault));

/** The id of the key vault that a scope is or lies in; `null` of any other. */
export const keyVaultIn = (scope: string): ArmId | null => {
  const found = /^(\/subscriptions\/.+?\/providers\/microsoft\.keyvault\/vaults\/[^/]+)/i.exec(scope)?.[1];
  return found === undefined ? null : armId(found);
};

/** The ids of key vaults by that name; names are unique in all Azure, so one at most. A key says no more than the name. */
export const findKeyVault = (arm: ArmPort, name: string): Promise<Answer<ArmId | null>> =>
  once(arm, `name ${name}`, async () => {
    const query = [
      'resources',
      "| where type =~ 'microsoft.keyvault/vaults'",
      `| where name =~ '${name.replaceAll(/[^a-z0-9-]/gi, '')}'`,
      '| project id, name',
      '| order by id asc',
    ].join('\n');
    const request = 'POST /providers/Microsoft.ResourceGraph/resources';
    const rows = readRows(await arm.query(query), request, (row) => armId(stringOf(objectOf(row, 'a row'), 'id')));
    return rows.ok ? { ok: true, value: rows.value[0] ?? null } : rows;
  });

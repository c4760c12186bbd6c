import { parseRoleRows, type RoleAssignmentRow } from './role-rows.ts';
import type { AzureRoleName } from './snapshot.ts';
import { objectOf, optionalStringOf, stringOf, type WireObject } from './wire.ts';

/** What a scan asks Azure Resource Graph of everybody. */
export interface HolderQuery {
  /** Ids of built-in roles whose service principals are wanted. */
  readonly roleIds: readonly string[];
  /** Subscription ids that must be visible; empty: whichever are. */
  readonly subscriptions: readonly string[];
}

const vaultTypes = ['microsoft.recoveryservices/vaults', 'microsoft.dataprotection/backupvaults'] as const;

const list = (texts: readonly string[]): string =>
  `(${[...new Set(texts)]
    .sort()
    .map((text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    .join(', ')})`;

/**
 * Service principals with roles that are there for backups, or with custom roles that take snapshots; the vaults with
 * their identities; the visible subscriptions. One request a page of 1,000 rows, which differ by `type`.
 */
export const renderHolderQuery = ({ roleIds, subscriptions }: HolderQuery): string =>
  [
    'authorizationresources',
    "| where type =~ 'microsoft.authorization/roleassignments'",
    "| where tostring(properties.principalType) =~ 'ServicePrincipal'",
    "| extend roleGuid = tostring(split(tolower(tostring(properties.roleDefinitionId)), '/roledefinitions/')[1])",
    "| join kind=inner (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions'" +
      ` | where name in~ ${list(roleIds)} or (tostring(properties.type) =~ 'CustomRole'` +
      " and tostring(properties.permissions) contains 'Microsoft.Compute/snapshots/')" +
      ' | extend roleGuid = tolower(name) | project roleGuid, definition = properties) on roleGuid',
    '| project id, name, type, properties, definition',
    `| union (resources | where type in~ ${list(vaultTypes)} | project id, name, type, identity)`,
    `| union (resourcecontainers | where type =~ 'microsoft.resources/subscriptions'${
      subscriptions.length === 0 ? '' : ` | where subscriptionId in~ ${list(subscriptions)}`
    } | project id, name, type)`,
    '| order by id asc',
  ].join('\n');

/** A managed identity that a vault carries. */
export interface VaultPrincipal {
  readonly vault: string;
  /** Resource id of a user-assigned identity, `null` of the vault's own. */
  readonly managedIdentity: string | null;
  readonly principal: string;
}

/** What the holder query returned, sorted by what the rows are. */
export interface HolderRows {
  readonly assignments: readonly RoleAssignmentRow[];
  readonly definitions: readonly AzureRoleName[];
  readonly vaultPrincipals: readonly VaultPrincipal[];
  /** Ids of visible subscriptions, lower case. */
  readonly subscriptions: readonly string[];
}

const principalsOf = (row: WireObject): VaultPrincipal[] => {
  if (row['identity'] === undefined || row['identity'] === null || row['identity'] === '') return [];
  const vault = stringOf(row, 'id');
  const identity = objectOf(row['identity'], '`identity` of a vault');
  const type = (optionalStringOf(identity, 'type') ?? 'None').toLowerCase();
  const principal = optionalStringOf(identity, 'principalId')?.toLowerCase() ?? null;
  const users = Object.entries(objectOf(identity['userAssignedIdentities'] ?? {}, '`userAssignedIdentities`'));
  return [
    ...(type.includes('systemassigned') && principal !== null ? [{ vault, managedIdentity: null, principal }] : []),
    ...users.map(([managedIdentity, value]) => ({
      vault,
      managedIdentity,
      principal: stringOf(objectOf(value, 'a user-assigned identity'), 'principalId').toLowerCase(),
    })),
  ];
};

/** All rows of the holder query; a row of an unknown type is malformed, not skipped. */
export const parseHolderRows = (rows: readonly unknown[]): HolderRows => {
  const typed = rows
    .map((row) => objectOf(row, 'a row'))
    .map((row) => ({ row, type: stringOf(row, 'type').toLowerCase() }));
  const isVault = (type: string): boolean => vaultTypes.some((known) => known === type);
  const { assignments, definitions, subscriptions } = parseRoleRows(
    typed.flatMap(({ row, type }) => (isVault(type) ? [] : [row])),
  );
  return {
    assignments,
    definitions,
    vaultPrincipals: typed.flatMap(({ row, type }) => (isVault(type) ? principalsOf(row) : [])),
    subscriptions: [...subscriptions.keys()],
  };
};

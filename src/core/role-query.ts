/** What the one Azure Resource Graph query of a run asks for. */
export interface RoleQuery {
  /** Object ids whose role assignments are wanted. */
  readonly principals: readonly string[];
  /** Role names and ids that policies ask for, held by anybody or not. */
  readonly roleNames: readonly string[];
  readonly roleIds: readonly string[];
  /** Subscription ids that must be visible. */
  readonly subscriptions: readonly string[];
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const list = (texts: readonly string[]): string => `(${[...new Set(texts)].sort().map(quoted).join(', ')})`;

/**
 * Role assignments with their definitions, the definitions that policies name, and the subscriptions that must be
 * visible, in one request: rows differ by `type`. Built-in definitions stand at the tenant root, so the join is by the
 * trailing GUID. Ordered by `id`, else Resource Graph gives no `$skipToken` (source: Azure Resource Graph, paging).
 */
export const renderRoleQuery = ({ principals, roleNames, roleIds, subscriptions }: RoleQuery): string => {
  const named = [
    ...(roleNames.length > 0 ? [`tostring(properties.roleName) in~ ${list(roleNames)}`] : []),
    ...(roleIds.length > 0 ? [`name in~ ${list(roleIds)}`] : []),
  ].join(' or ');
  return [
    'authorizationresources',
    "| where type =~ 'microsoft.authorization/roleassignments'",
    `| where tostring(properties.principalId) in~ ${list(principals)}`,
    "| extend roleGuid = tostring(split(tolower(tostring(properties.roleDefinitionId)), '/roledefinitions/')[1])",
    "| join kind=leftouter (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions'" +
      ' | extend roleGuid = tolower(name) | project roleGuid, definition = properties) on roleGuid',
    '| project id, name, type, properties, definition',
    ...(named === ''
      ? []
      : [
          `| union (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | where ${named} | project id, name, type, properties)`,
        ]),
    ...(subscriptions.length === 0
      ? []
      : [
          `| union (resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | where subscriptionId in~ ${list(subscriptions)} | project id, name, type, properties)`,
        ]),
    '| order by id asc',
  ].join('\n');
};

import type { Collection } from './collection.ts';
import type { Exchange } from './exchange.ts';
import type { Json } from './json.ts';
import type { Policies } from './policies.ts';
import type { Sites } from './sites.ts';

/** What Entra, Exchange and SharePoint hold: mutable, as writes change it. */
export interface Directory {
  readonly tenantId: string;
  readonly name: string;
  readonly applications: Collection;
  readonly servicePrincipals: Collection;
  readonly appRoleAssignments: Collection;
  readonly oauth2PermissionGrants: Collection;
  readonly roleDefinitions: Collection;
  readonly roleAssignments: Collection;
  readonly roleEligibilities: Collection;
  readonly users: Collection;
  readonly groups: Collection;
  readonly deletedItems: Collection;
  readonly exchange: Exchange;
  readonly sites: Sites;
  readonly sharepointSettings: Json;
  readonly defaultAppManagementPolicy: Json;
  readonly policies: Policies;
  /** Entries of the audit log, latest first or not, as Graph returns them. */
  readonly auditLogs: readonly Json[];
  /** Last sign-ins of service principals and, where a row has `keyId`, of credentials. */
  readonly signInActivities: readonly Json[];
  /** Groups by the id of a direct member. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
}

/** Ids of all groups that a principal is in, nested ones too. */
export const groupIdsOf = (directory: Directory, id: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const open = [id.toLowerCase()];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const group of directory.groupsOf.get(next) ?? []) {
      if (found.has(group.toLowerCase())) continue;
      found.add(group.toLowerCase());
      open.push(group.toLowerCase());
    }
  }
  return found;
};

/** One read has passed: what was written comes nearer to readers. */
export const tickDirectory = (directory: Directory): void => {
  const { exchange } = directory;
  const collections = [
    directory.applications,
    directory.servicePrincipals,
    directory.appRoleAssignments,
    directory.oauth2PermissionGrants,
    directory.roleAssignments,
    directory.deletedItems,
    exchange.roleAssignments,
  ];
  for (const rows of collections) rows.tick();
};

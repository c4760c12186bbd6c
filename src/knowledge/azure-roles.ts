import type { RolePermissions } from '../core/fact.ts';
import type { RoleId } from '../core/ids.ts';
import data from './generated/azure-roles.json' with { type: 'json' };

/** A built-in Azure role and all that it allows. */
export interface AzureRole {
  readonly id: RoleId;
  readonly name: string;
  readonly permissions: readonly RolePermissions[];
  /** Microsoft's own mark where it is published, else: can it widen access? */
  readonly privileged: boolean;
  /** Condition that Microsoft built into the definition: what such a role may assign. */
  readonly condition: string | null;
}

/** Built-in roles that matter for backup; any other comes from the tenant. */
export const azureRoles = data.roles as unknown as readonly AzureRole[];

const byNameOrId = new Map<string, AzureRole>(
  azureRoles.flatMap((role): [string, AzureRole][] => [
    [role.name.toLowerCase(), role],
    [role.id, role],
  ]),
);

/** By name or by id (bare, or as the last segment of a role definition's ARM id), in any case. */
export const findAzureRole = (nameOrId: string): AzureRole | null => {
  const text = nameOrId.trim().toLowerCase();
  return byNameOrId.get(text) ?? byNameOrId.get(text.slice(text.lastIndexOf('/') + 1)) ?? null;
};

import type { RolePermissions } from '../core/fact.ts';
import { findAzureRole } from './azure-roles.ts';
import type { AzureActionsGrant, AzureRoleGrant } from './workloads.ts';

/** What built-in roles carry along for the portal's sake: a custom role does the work without it. */
const housekeeping = [
  'microsoft.authorization/*/read',
  'microsoft.authorization/locks/delete',
  'microsoft.authorization/locks/write',
  'microsoft.features/features/read',
  'microsoft.features/providers/features/read',
  'microsoft.insights/alertrules/*',
  'microsoft.resourcehealth/availabilitystatuses/read',
  'microsoft.resources/deployments/*',
  'microsoft.resources/subscriptions/read',
  'microsoft.resources/subscriptions/resourcegroups/read',
  'microsoft.storage/operations/read',
  'microsoft.support/*',
];

/** Where most of a role is for other products than the one that holds it: what keeps snapshots, of a role that also exports disks. */
const workOf: Readonly<Record<string, readonly string[]>> = {
  'Disk Snapshot Contributor': ['read', 'write', 'delete'].map((verb) => `Microsoft.Compute/snapshots/${verb}`),
};

/** Roles of which the work is done with data; what control actions they have only ease it. */
const forData = /^Key Vault |\bData\b/;

const block = (actions: readonly string[], dataActions: readonly string[] = []): RolePermissions => ({
  actions,
  notActions: [],
  dataActions,
  notDataActions: [],
});

const typed = (on: readonly string[]): readonly string[] =>
  on.map((type) =>
    type === 'Microsoft.Resources/resourceGroups'
      ? 'Microsoft.Resources/subscriptions/resourceGroups/read'
      : `${type}/read`,
  );

/**
 * The part of a needed role without which the work stops: of a role for data its data actions, of one that reads
 * everything the reading of what it is meant for, of any other its actions without the housekeeping.
 */
export const essentialActions = (grant: AzureRoleGrant | AzureActionsGrant): readonly RolePermissions[] => {
  if (grant.plane === 'azure-actions') return [block(grant.actions)];
  const work = workOf[grant.roleName];
  if (work !== undefined) return [block(work)];
  const permissions = findAzureRole(grant.role)?.permissions ?? [];
  if (forData.test(grant.roleName)) return permissions.map((one) => ({ ...one, actions: [], notActions: [] }));
  const readsAll = permissions.length === 1 && permissions[0]?.actions.join() === '*/read';
  if (readsAll && grant.on.length > 0) return [block(typed(grant.on))];
  const kept = permissions.map((one) => ({
    ...one,
    actions: one.actions.filter((action) => !housekeeping.includes(action.toLowerCase())),
  }));
  return kept.some(({ actions }) => actions.length > 0) ? kept : permissions;
};

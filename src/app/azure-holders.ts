import type { RolePermissions } from '../core/fact.ts';
import { type HolderRows, parseHolderRows, renderHolderQuery } from '../core/holder-query.ts';
import type { Answer, ArmPort } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { err, ok } from '../core/result.ts';
import { renderRoleQuery } from '../core/role-query.ts';
import { parseRoleRows } from '../core/role-rows.ts';
import type { AzureRoleName } from '../core/snapshot.ts';
import { backupRoles, hintingRoles } from '../knowledge/vendors.ts';
import type { RoleAtScope } from './stranger.ts';

const request = 'POST /providers/Microsoft.ResourceGraph/resources';

/** Principals asked for at once: keeps the query's text in bounds. */
const principalsPerQuery = 200;

const writesSnapshots = ['microsoft.compute/snapshots/write', 'microsoft.compute/snapshots/*'];
const readsDisks = [
  'microsoft.compute/snapshots/*',
  'microsoft.compute/snapshots/begingetaccess/action',
  'microsoft.compute/disks/*',
  'microsoft.compute/disks/begingetaccess/action',
];

const names = (permissions: readonly RolePermissions[], wanted: readonly string[]): boolean =>
  permissions.some(({ actions }) => actions.some((action) => wanted.includes(action.toLowerCase())));

/** A custom role of people's own making that copies disks: it takes snapshots of them and reads what is in them. */
const takesSnapshots = ({ type, permissions }: AzureRoleName): boolean =>
  type === 'CustomRole' && names(permissions, writesSnapshots) && names(permissions, readsDisks);

/** Who of Azure is worth a look: by object id, and the vaults' identities. A subscription that hides is a failure. */
export const findAzureHolders = async (
  arm: ArmPort,
  expected: readonly string[],
): Promise<Answer<HolderRows & { readonly suspects: readonly string[] }>> => {
  const query = renderHolderQuery({ roleIds: [...backupRoles, ...hintingRoles], subscriptions: expected });
  const rows = readAs(await arm.query(query), request, parseHolderRows);
  if (!rows.ok) return rows;
  const hidden = expected.filter((id) => !rows.value.subscriptions.includes(id.toLowerCase()));
  if (hidden.length > 0)
    return err({
      reason: 'not-visible',
      status: 200,
      request,
      detail: `subscription ${hidden.join(', ')} is not visible`,
    });
  const known = new Set<string>([...backupRoles, ...hintingRoles]);
  const copying = new Set<string>(rows.value.definitions.filter(takesSnapshots).map(({ id }) => id));
  const telling = rows.value.assignments.filter(({ role }) => known.has(role) || copying.has(role));
  return ok({ ...rows.value, suspects: [...new Set(telling.map(({ principal }) => principal))].sort() });
};

/** The Azure roles of these principals, by object id: one query for 200. */
export const listAzureRoles = async (
  arm: ArmPort,
  principals: readonly string[],
): Promise<Answer<ReadonlyMap<string, readonly RoleAtScope[]>>> => {
  const roles = new Map<string, RoleAtScope[]>();
  for (let start = 0; start < principals.length; start += principalsPerQuery) {
    const some = principals.slice(start, start + principalsPerQuery);
    const query = renderRoleQuery({ principals: some, roleNames: [], roleIds: [], subscriptions: [] });
    const rows = readAs(await arm.query(query), request, parseRoleRows);
    if (!rows.ok) return rows;
    const byId = new Map<string, AzureRoleName>(
      rows.value.definitions.map((definition) => [definition.id, definition]),
    );
    for (const { principal, role, scope } of rows.value.assignments) {
      const definition = byId.get(role);
      const name = definition?.name ?? role;
      const held = { id: role, name, scope, takesSnapshots: definition !== undefined && takesSnapshots(definition) };
      roles.set(principal, [...(roles.get(principal) ?? []), held]);
    }
  }
  return ok(roles);
};

import type { FoundRoles } from './find-roles.ts';
import type { ArmPort, ReadFailure } from './ports.ts';
import { readRows } from './read-rows.ts';
import { parseRoleAssignment, type RoleAssignmentRow } from './role-rows.ts';
import { scopeContains, subscriptionOf } from './scope.ts';

export interface ConfirmedRoles {
  readonly assignments: readonly RoleAssignmentRow[];
  /** Why a subscription could not be confirmed, by its id. */
  readonly unread: ReadonlyMap<string, ReadFailure>;
}

/**
 * Resource Graph finds, ARM confirms: a subscription is read again from ARM where Resource Graph may not show all of it,
 * or where what it shows differs from what the policies ask, since it may lag by minutes. ARM's answer then stands.
 */
export const confirmRoles = async (
  found: FoundRoles,
  principals: ReadonlySet<string>,
  subscriptions: readonly string[],
  differing: (subscription: string, rows: readonly RoleAssignmentRow[]) => readonly string[],
  arm: ArmPort,
): Promise<ConfirmedRoles> => {
  let assignments = found.assignments.filter(({ principal }) => principals.has(principal));
  const unread = new Map<string, ReadFailure>();
  const confirm = async (subscription: string): Promise<void> => {
    const seen = found.subscriptions.has(subscription) && found.seesAll(`/subscriptions/${subscription}`);
    const doubtful = seen ? differing(subscription, assignments) : [...principals];
    if (doubtful.length === 0 && seen) return;
    const only = doubtful.length === 1 ? (doubtful[0] ?? null) : null;
    const scope = `/subscriptions/${subscription}`;
    const path = `GET ${scope}/providers/Microsoft.Authorization/roleAssignments`;
    const answer = readRows(await arm.listRoleAssignments(scope, only), path, parseRoleAssignment);
    if (!answer.ok) {
      unread.set(subscription, answer.error);
      return;
    }
    // ARM lists what lies at, below and above the subscription: management groups and the root too.
    const isMeant = ({ principal }: RoleAssignmentRow) =>
      principals.has(principal) && (only === null || principal === only);
    const isCovered = (row: RoleAssignmentRow) =>
      isMeant(row) &&
      (subscriptionOf(row.scope) === subscription || scopeContains(row.scope, scope, found.subscriptions));
    const kept = assignments.filter((row) => !isCovered(row));
    const told = answer.value.filter(isMeant);
    const ids = new Set(told.map(({ id }) => id.toLowerCase()));
    assignments = [...kept.filter(({ id }) => !ids.has(id.toLowerCase())), ...told];
  };
  await Promise.all(subscriptions.map(confirm));
  return { assignments, unread };
};

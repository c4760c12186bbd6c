import { writtenRoles } from './find-roles.ts';
import type { ReadInput } from './kind.ts';
import type { WrittenAzureRole } from './policy.ts';
import type { Holder, Holders } from './role-holders.ts';
import type { RoleAssignmentRow } from './role-rows.ts';
import { sameArmId, scopeContains, subscriptionOf } from './scope.ts';

/** Does a row hold what a policy writes? By id or, where the policy names the role, by its name. */
const holds = (row: RoleAssignmentRow, written: WrittenAzureRole, roleName: string | undefined): boolean =>
  sameArmId(row.scope, written.scope) &&
  (written.roleId === null ? written.role?.toLowerCase() === roleName?.toLowerCase() : written.roleId === row.role);

/** What the policies of an identity ask for, and the objects any of which may hold it: itself, and its groups. */
interface Ask {
  readonly principals: readonly string[];
  readonly written: WrittenAzureRole;
}

const asksOf = (policies: ReadInput['policies'], holders: Holders): readonly Ask[] => {
  const all = [...holders].flatMap(([principal, some]) => some.map((holder) => ({ principal, holder })));
  return [...Map.groupBy(all, ({ holder }) => holder.identity)].flatMap(([identity, mine]) => {
    const live = mine.filter(({ holder }: { holder: Holder }) => holder.as !== 'gone');
    const principals = live.map(({ principal }) => principal);
    return policies
      .filter((policy) => policy.identities.some(({ id }) => sameArmId(id, identity.id)))
      .flatMap(writtenRoles)
      .filter(({ eligible }) => !eligible)
      .map((written) => ({ principals, written }));
  });
};

/** Principals whose assignments in a subscription differ from what the policies write. */
export const differingIn = (
  policies: ReadInput['policies'],
  holders: Holders,
  roleNames: ReadonlyMap<string, string>,
  ancestors: ReadonlyMap<string, readonly string[]>,
) => {
  const asked = asksOf(policies, holders);
  return (subscription: string, rows: readonly RoleAssignmentRow[]): string[] => {
    const whole = `/subscriptions/${subscription}`;
    // What hangs above the subscription applies to it, and ARM lists it there.
    const here = (scope: string) => subscriptionOf(scope) === subscription || scopeContains(scope, whole, ancestors);
    const met = (row: RoleAssignmentRow, ask: Ask) =>
      ask.principals.includes(row.principal) && holds(row, ask.written, roleNames.get(row.role));
    const unasked = rows.filter((row) => here(row.scope) && !asked.some((ask) => met(row, ask)));
    const unmet = asked.filter((ask) => here(ask.written.scope) && !rows.some((row) => met(row, ask)));
    return [
      ...new Set([...unasked.map(({ principal }) => principal), ...unmet.flatMap(({ principals }) => principals)]),
    ];
  };
};

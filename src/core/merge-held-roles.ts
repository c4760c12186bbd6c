import type { AzureRoleAssignmentFact } from './fact.ts';
import { armId, type IdentityId, objectId } from './ids.ts';
import type { Holder } from './role-holders.ts';
import type { RoleAssignmentRow } from './role-rows.ts';
import type { AzureRoleName } from './snapshot.ts';
import { spellCondition } from './spell-condition.ts';

/** One assignment as it counts for one identity. */
export interface HeldRole {
  readonly identity: IdentityId;
  readonly as: Holder['as'];
  readonly row: RoleAssignmentRow;
  readonly definition: AzureRoleName;
}

const placeOf = ({ row }: HeldRole): string => `${row.principal} ${row.id}`;
const byPrincipal = (a: HeldRole, b: HeldRole): number => (placeOf(a) < placeOf(b) ? -1 : 1);
const conditionOf = ({ row }: HeldRole): string | null => spellCondition(row.condition);

const toFact = (fact: AzureRoleAssignmentFact, { row, as }: HeldRole, key = fact.key): AzureRoleAssignmentFact => ({
  ...fact,
  key,
  condition: row.condition,
  assignmentId: as === 'group' ? null : armId(row.id),
  principal: objectId(row.principal),
  orphaned: as === 'gone',
  created: row.created,
});

/** One role at one scope of one identity: what it holds itself speaks, and groups under another condition apart. */
const mergeOne = (fact: AzureRoleAssignmentFact, held: readonly HeldRole[]): readonly AzureRoleAssignmentFact[] => {
  const sorted = held.toSorted(byPrincipal);
  const chief =
    sorted.find(({ as }) => as === 'itself') ?? sorted.find((one) => conditionOf(one) === null) ?? sorted[0];
  return [...Map.groupBy(sorted, conditionOf).values()].flatMap((alike) => {
    const isPlain = chief !== undefined && alike.includes(chief);
    const [one] = isPlain ? [chief] : alike;
    if (one === undefined) return [];
    const merged = toFact(fact, one, isPlain ? fact.key : `${fact.key}@${one.row.principal}`);
    const through = alike.filter(({ as }) => as === 'group').map(({ row }) => objectId(row.principal));
    return [through.length === 0 ? merged : { ...merged, through: [...new Set(through)] }];
  });
};

/**
 * One fact for an identity, role and scope, however many ways it is held; `plain` makes it from the first of them. What a
 * gone identity left behind, and what a group holds under another condition, are facts of their own.
 */
export const mergeHeldRoles = (
  held: readonly HeldRole[],
  plain: (one: HeldRole) => AzureRoleAssignmentFact,
): readonly AzureRoleAssignmentFact[] => {
  const facts = held.map((one) => ({ one, fact: plain(one) }));
  const live = Map.groupBy(
    facts.filter(({ one }) => one.as !== 'gone'),
    ({ fact }) => fact.key,
  );
  const left = facts.filter(({ one }) => one.as === 'gone');
  return [
    ...[...live.values()].flatMap((same) => {
      const [first] = same;
      const all = same.map(({ one }) => one);
      return first === undefined ? [] : mergeOne(first.fact, all);
    }),
    ...left.map(({ one, fact }) => toFact(fact, one, `${fact.key}@${one.row.principal}`)),
  ];
};

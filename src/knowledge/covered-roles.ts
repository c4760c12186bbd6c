import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { RoleId } from '../core/ids.ts';
import { canonicalScope } from '../core/scope.ts';
import { leastUses } from './least-roles.ts';
import { contains } from './role-algebra.ts';

/** An assignment that allows nothing beside another, which stands at the same scope or above it. */
export interface Covered {
  readonly narrow: AzureRoleAssignmentFact;
  readonly broad: AzureRoleAssignmentFact;
  readonly sameScope: boolean;
}

interface Holding {
  readonly fact: AzureRoleAssignmentFact;
  readonly scope: string;
}

/** A scope and all that contain it, but management groups: a scope doesn't tell which those are. */
const scopesAround = (scope: string): string[] => {
  const segments = scope.split('/').filter(Boolean);
  return [...segments.keys(), segments.length].map((length) => `/${segments.slice(0, length).join('/')}`);
};

/** Compares roles, each pair once: one definition is shared by many assignments. */
const compareRoles = () => {
  const known = new Map<string, boolean>();
  return (outer: Holding, inner: Holding): boolean => {
    const [broad, narrow] = [outer.fact, inner.fact];
    if (broad.permissions === null || narrow.permissions === null) return false;
    if (broad.role === narrow.role) return true;
    const key = `${broad.role} ${narrow.role}`;
    const answer = known.get(key) ?? contains(broad.permissions, narrow.permissions).contains;
    known.set(key, answer);
    return answer;
  };
};

const servesBackup = (role: RoleId): boolean => leastUses(role).some(({ operation }) => operation === 'backup');
const servesRestoreOnly = (role: RoleId): boolean => leastUses(role).length > 0 && !servesBackup(role);

/** A restore role goes when the restore is over: it can't stand in for what the backup needs every night. */
const isTemporaryFor = (broad: Holding, narrow: Holding): boolean =>
  servesRestoreOnly(broad.fact.role) && servesBackup(narrow.fact.role);

const allowsSomething = ({ permissions }: AzureRoleAssignmentFact): boolean =>
  permissions?.some((block) => block.actions.length + block.dataActions.length > 0) === true;

const byKey = (a: Holding, b: Holding): number => (a.fact.key < b.fact.key ? -1 : 1);

/**
 * The covered ones among the assignments of one identity. Of two that allow the same at one scope only the later by key
 * is covered. A condition on the broader one, an unread role and a gone principal cover nothing.
 */
export function* coveredRoles(facts: readonly AzureRoleAssignmentFact[]): Iterable<Covered> {
  const covers = compareRoles();
  const holdings = facts
    .filter((fact) => !fact.orphaned && allowsSomething(fact))
    .map((fact): Holding => ({ fact, scope: canonicalScope(fact.scope) }));
  const byScope = Map.groupBy(holdings, ({ scope }) => scope);
  for (const narrow of holdings) {
    const isTwin = (other: Holding): boolean =>
      other.scope === narrow.scope && narrow.fact.condition === null && covers(narrow, other);
    const broader = scopesAround(narrow.scope)
      .flatMap((scope) => byScope.get(scope) ?? [])
      .filter((other) => other !== narrow && other.fact.condition === null && covers(other, narrow))
      .filter((other) => !isTemporaryFor(other, narrow) && (!isTwin(other) || other.fact.key < narrow.fact.key))
      .toSorted(byKey);
    const widest = broader.find((one) => broader.every((other) => covers(one, other) || !covers(other, one)));
    if (widest !== undefined)
      yield { narrow: narrow.fact, broad: widest.fact, sameScope: widest.scope === narrow.scope };
  }
}

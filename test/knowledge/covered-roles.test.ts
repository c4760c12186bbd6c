import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AzureRoleAssignmentFact, RolePermissions } from '../../src/core/fact.ts';
import { scopeContains } from '../../src/core/scope.ts';
import { coveredRoles } from '../../src/knowledge/covered-roles.ts';
import { allows as permits } from '../../src/knowledge/role-algebra.ts';
import { allows, azureRole, disk, group, subscription } from '../support/facts.ts';

const patterns = ['*', '*/read', 'a/*', 'a/x/*', 'a/x/read', 'a/x/write', 'b/y/delete', 'b/*/delete'];
const actions = ['a/x/read', 'a/x/write', 'a/z/read', 'b/y/delete', 'b/y/read'];
const scopes = ['/', subscription, group('rg-app'), group('rg-app-dr'), disk('data1'), disk('data1').toUpperCase()];

const somePatterns = (most: number) => fc.array(fc.constantFrom(...patterns), { maxLength: most });
const role = fc.record({
  permissions: fc.array(
    fc.record({ actions: somePatterns(3), notActions: somePatterns(2), dataActions: somePatterns(1) }),
    { minLength: 1, maxLength: 2 },
  ),
  number: fc.nat(3),
});

/** Assignments of at most four custom roles: one number, one definition. */
const assignments = fc
  .tuple(
    fc.array(role, { minLength: 4, maxLength: 4 }),
    fc.array(
      fc.record({
        role: fc.nat(3),
        scope: fc.constantFrom(...scopes),
        condition: fc.constantFrom(null, null, null, '@Resource[x] StringEquals y'),
        orphaned: fc.constantFrom(false, false, false, true),
      }),
      { maxLength: 7 },
    ),
  )
  .map(([roles, held]) =>
    held.map((one, index) => {
      const permissions: readonly RolePermissions[] = (roles[one.role]?.permissions ?? []).flatMap((block) =>
        allows(block.actions, block),
      );
      const { scope, condition, orphaned } = one;
      return azureRole(`Role ${one.role}`, scope, { key: `key ${index}`, permissions, condition, orphaned });
    }),
  );

/** How surely the action is allowed there: 2 without a condition, 1 under one, 0 not at all. */
const accessTo = (
  facts: readonly AzureRoleAssignmentFact[],
  action: string,
  plane: 'control' | 'data',
  scope: string,
): number =>
  Math.max(
    0,
    ...facts
      .filter((fact) => !fact.orphaned && scopeContains(fact.scope, scope))
      .filter((fact) => permits(fact.permissions ?? [], action, plane))
      .map((fact) => (fact.condition === null ? 2 : 1)),
  );

const accessOf = (facts: readonly AzureRoleAssignmentFact[]): number[] =>
  scopes.flatMap((scope) =>
    actions.flatMap((action) => [accessTo(facts, action, 'control', scope), accessTo(facts, action, 'data', scope)]),
  );

describe('covered roles', () => {
  it('all removed at once, take no access away', () => {
    fc.assert(
      fc.property(assignments, (facts) => {
        const covered = new Set([...coveredRoles(facts)].map(({ narrow }) => narrow));
        expect(accessOf(facts.filter((fact) => !covered.has(fact)))).toEqual(accessOf(facts));
      }),
      { numRuns: 500 },
    );
  });
  it('are the same in any order of the facts', () => {
    const said = (facts: readonly AzureRoleAssignmentFact[]) =>
      [...coveredRoles(facts)].map(({ narrow, broad }) => `${narrow.key} < ${broad.key}`).toSorted();
    fc.assert(
      fc.property(assignments, (facts) => {
        expect(said(facts.toReversed())).toEqual(said(facts));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RolePermissions } from '../../src/core/fact.ts';
import { roleId } from '../../src/core/ids.ts';
import { severities } from '../../src/core/rule.ts';
import { azureRoles } from '../../src/knowledge/azure-roles.ts';
import { knownActions } from '../../src/knowledge/known-actions.ts';
import { type Candidate, leastRole, leastRoleOf, type Need } from '../../src/knowledge/least-role.ts';
import type { Plane } from '../../src/knowledge/plane.ts';
import { powerfulActions } from '../../src/knowledge/powerful-actions.ts';
import { allows, contains, intersects } from '../../src/knowledge/role-algebra.ts';
import { allows as block } from '../support/facts.ts';

const control = (...actions: readonly string[]): Need[] => actions.map((action) => ({ action, plane: 'control' }));
const data = (...actions: readonly string[]): Need[] => actions.map((action) => ({ action, plane: 'data' }));
const blob = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

const found = (needs: readonly Need[], roles: readonly Candidate[] = azureRoles) => {
  const answer = leastRoleOf(roles, needs);
  if (!answer.found) throw new Error(`nothing found for ${JSON.stringify(needs)}`);
  return answer;
};
const names = (roles: readonly Candidate[]): string[] => roles.map(({ name }) => name).toSorted();
const custom = (name: string, ...args: Parameters<typeof block>): Candidate => ({
  id: roleId(`id of ${name}`),
  name,
  permissions: block(...args),
  condition: null,
});

describe('the least built-in role', () => {
  test.each([
    [control('Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/beginGetAccess/action'), 'Disk Backup Reader'],
    [control('Microsoft.Compute/disks/write'), 'Disk Restore Operator'],
    [control('MICROSOFT.COMPUTE/DISKS/WRITE'), 'Disk Restore Operator'],
    [data('Microsoft.KeyVault/vaults/secrets/getSecret/action'), 'Key Vault Secrets User'],
    [data(`${blob}/read`), 'Storage Blob Data Reader'],
    [data(`${blob}/*`), 'Storage Blob Data Owner'],
    [control('*/read'), 'Reader'],
    [control('Microsoft.NoOneKnows/things/read'), 'Reader'],
    [control('*'), 'Owner'],
    [control('Microsoft.Authorization/roleAssignments/write'), 'Role Based Access Control Administrator'],
    [
      [...control('Microsoft.KeyVault/vaults/read'), ...data('Microsoft.KeyVault/vaults/secrets/getSecret/action')],
      'Key Vault Secrets User + Reader',
    ],
    [
      [
        ...control('Microsoft.Compute/disks/beginGetAccess/action'),
        ...data('Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read'),
      ],
      'Disk Backup Reader + Storage File Data SMB Share Reader',
    ],
  ])('for %j: %s', (needs, expected) => {
    expect(names(found(needs).roles).join(' + ')).toBe(expected);
  });

  test('has a witness of its excess, the gravest first', () => {
    const keys = found(control('Microsoft.Storage/storageAccounts/listKeys/action'));
    expect(names(keys.roles)).toEqual(['Storage Account Key Operator Service Role']);
    expect(keys.powers.map(({ pattern }) => pattern)).toEqual([
      'Microsoft.Storage/storageAccounts/regenerateKey/action',
    ]);
    expect(keys).toMatchObject({
      excess: 1,
      witness: { action: 'Microsoft.Storage/storageAccounts/regenerateKey/action', plane: 'control' },
    });
  });

  test('has none where it allows nothing else', () => {
    expect(found(control('*/read'))).toMatchObject({ excess: 0, powers: [], witness: null });
  });

  test.each([
    ['a data action that none allows', data('Microsoft.NoOneKnows/things/read'), 1],
    ['it beside another', [...data('Microsoft.NoOneKnows/things/read'), ...control('*/read')], 1],
    ['what takes more than two roles', [...control('*'), ...data('*')], 1],
    [
      'a set of three data planes',
      data(
        `${blob}/read`,
        'Microsoft.KeyVault/vaults/secrets/getSecret/action',
        'Microsoft.Compute/virtualMachines/loginAsAdmin/action',
      ),
      0,
    ],
  ])('is none for %s', (_, needs, unmet) => {
    const answer = leastRole(needs);
    expect(answer.found).toBe(false);
    if (!answer.found) expect(answer.unmet.length).toBeLessThanOrEqual(unmet);
  });

  test('is no role at all where nothing is needed', () => {
    expect(leastRole([])).toEqual({ found: true, roles: [], powers: [], excess: 0, witness: null });
  });
});

describe('among roles of the tenant', () => {
  const needs = control('Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/beginGetAccess/action');
  const exact = custom(
    'Our disk reader',
    needs.map(({ action }) => action),
  );

  test('a custom one that allows less', () => {
    expect(names(found(needs, [...azureRoles, exact]).roles)).toEqual(['Our disk reader']);
  });

  test('a pattern that reaches beyond known actions weighs', () => {
    const open = custom('Open', [...needs.map(({ action }) => action), 'No.One/*']);
    expect(names(found(needs, [open, exact]).roles)).toEqual(['Our disk reader']);
    expect(found(needs, [open]).witness).toEqual({ action: 'no.one/', plane: 'control' });
  });

  test('one power weighs more than many actions', () => {
    const keys = custom('Keys', ['a/x', 'Microsoft.Storage/storageAccounts/listKeys/action']);
    const many = custom('Many', ['a/x', 'a/b', 'a/c', 'a/d', 'a/e']);
    expect(names(found(control('a/x'), [keys, many]).roles)).toEqual(['Many']);
  });

  test('two that each deny what the other allows meet a pattern together, and neither does alone', () => {
    const a = custom('A', ['a/*'], { notActions: ['a/x/*'] });
    const b = custom('B', ['a/*'], { notActions: ['a/y/*'] });
    expect(names(found(control('a/*'), [a, b]).roles)).toEqual(['A', 'B']);
    expect(leastRoleOf([a], control('a/*'))).toEqual({ found: false, unmet: [] });
  });

  test('a pair only where it allows less than every single role', () => {
    const [x, y] = [custom('X', ['a/x']), custom('Y', ['a/y'])];
    expect(names(found(control('a/x', 'a/y'), [x, y, custom('Both', ['a/x', 'a/y'])]).roles)).toEqual(['Both']);
    expect(names(found(control('a/x', 'a/y'), [x, y, custom('More', ['a/x', 'a/y', 'a/z'])]).roles)).toEqual([
      'X',
      'Y',
    ]);
  });

  test('not a pair that allows as much as a single role', () => {
    const halves = [custom('P', ['a/x', 'a/p']), custom('Q', ['a/y', 'a/q'])];
    const whole = custom('Whole', ['a/x', 'a/y', 'a/p', 'a/q']);
    expect(names(found(control('a/x', 'a/y'), [...halves, whole]).roles)).toEqual(['Whole']);
    expect(names(found(control('a/x', 'a/y'), halves).roles)).toEqual(['P', 'Q']);
  });

  test('none with a built-in condition, which may take anything away', () => {
    expect(leastRoleOf([{ ...exact, condition: '@Request[x] StringEquals y' }], needs).found).toBe(false);
  });

  test('the later of two with one id', () => {
    const narrowed = { ...exact, permissions: block(['Microsoft.Compute/disks/read']) };
    expect(leastRoleOf([exact, narrowed], needs).found).toBe(false);
    expect(leastRoleOf([narrowed, exact], needs).found).toBe(true);
  });
});

describe('for any need out of known actions', () => {
  const known = (['control', 'data'] as const).flatMap((plane) =>
    knownActions(plane).map((action) => ({ action, plane })),
  );
  const needs = fc.uniqueArray(fc.constantFrom(...known), {
    minLength: 1,
    maxLength: 4,
    selector: (need) => need.action,
  });
  const granted = (roles: readonly Candidate[]) => roles.flatMap(({ permissions }) => permissions);
  const covers = (roles: readonly Candidate[], all: readonly Need[]): boolean =>
    all.every(({ action, plane }) => allows(granted(roles), action, plane));
  const beyond = (roles: readonly Candidate[], all: readonly Need[]): number =>
    known.filter(({ action, plane }) => allows(granted(roles), action, plane)).length - all.length;
  const needed = (all: readonly Need[], plane: Plane): readonly RolePermissions[] => {
    const actions = all.filter((need) => need.plane === plane).map(({ action }) => action);
    return plane === 'control' ? block(actions) : block([], { dataActions: actions });
  };
  /** Powers by severity, then known actions, in one number: a digit group for each. */
  const weight = (roles: readonly Candidate[], all: readonly Need[]): number => {
    const powers = powerfulActions.filter(
      ({ pattern, plane }) =>
        intersects(granted(roles), [pattern], plane) !== null &&
        intersects(needed(all, plane), [pattern], plane) === null,
    );
    const counts = severities.map((severity) => powers.filter((power) => power.severity === severity).length);
    return [...counts, beyond(roles, all)].reduce((sum, count) => sum * 1_000 + count, 0);
  };

  test('it covers the need, its excess is counted right, and no role that covers it is narrower', () => {
    fc.assert(
      fc.property(needs, (all) => {
        const answer = leastRole(all);
        const singles = azureRoles.filter((role) => role.condition === null && covers([role], all));
        if (!answer.found) {
          expect(singles).toEqual([]);
          return;
        }
        expect(covers(answer.roles, all)).toBe(true);
        expect(answer.excess).toBe(beyond(answer.roles, all));
        for (const role of singles) {
          const isNarrower =
            contains(granted(answer.roles), role.permissions).contains &&
            !contains(role.permissions, granted(answer.roles)).contains;
          expect(isNarrower, role.name).toBe(false);
          const [single, answered] = [weight([role], all), weight(answer.roles, all)];
          expect(single, role.name).toBeGreaterThanOrEqual(answered);
          if (answer.roles.length === 2) expect(single, role.name).toBeGreaterThan(answered);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('it is the same in any order of roles and needs', () => {
    const reversed = azureRoles.toReversed();
    fc.assert(
      fc.property(needs, (all) => {
        expect(leastRoleOf(reversed, all.toReversed())).toEqual(leastRole(all));
      }),
      { numRuns: 100 },
    );
  });
});

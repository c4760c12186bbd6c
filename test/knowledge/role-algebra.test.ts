import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RolePermissions } from '../../src/core/fact.ts';
import { azureRoles, findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { allows, contains, intersects } from '../../src/knowledge/role-algebra.ts';

const none: RolePermissions = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
const role = (name: string): readonly RolePermissions[] => {
  const found = findAzureRole(name);
  if (found === null) throw new Error(`no such role: ${name}`);
  return found.permissions;
};
const control = (...actions: readonly string[]): readonly RolePermissions[] => [{ ...none, actions }];

describe('contains', () => {
  test.each([
    ['Contributor', 'Storage Account Contributor'],
    ['Contributor', 'Virtual Machine Contributor'],
    ['Contributor', 'Disk Backup Reader'],
    ['Contributor', 'Disk Snapshot Contributor'],
    ['Contributor', 'Disk Restore Operator'],
    ['Contributor', 'Reader'],
    ['Contributor', 'Contributor'],
    ['Owner', 'Contributor'],
    ['Owner', 'User Access Administrator'],
    ['Owner', 'Storage Account Backup Contributor'],
    ['Storage Blob Data Owner', 'Storage Blob Data Contributor'],
    ['Storage Blob Data Contributor', 'Storage Blob Data Reader'],
    ['User Access Administrator', 'Role Based Access Control Administrator'],
  ])('%s contains %s', (outer, inner) => {
    expect(contains(role(outer), role(inner))).toEqual({ contains: true });
  });

  test.each([
    ['Contributor', 'Owner', 'Microsoft.Authorization/roleAssignments/write', 'control'],
    [
      'Contributor',
      'Storage Blob Data Contributor',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
      'data',
    ],
    [
      'Contributor',
      'Storage Blob Data Reader',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      'data',
    ],
    ['Contributor', 'Key Vault Secrets User', 'Microsoft.KeyVault/vaults/secrets/getSecret/action', 'data'],
    [
      'Contributor',
      'VM Restore Operator',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
      'data',
    ],
    ['Contributor', 'Storage Account Backup Contributor', 'Microsoft.Authorization/locks/delete', 'control'],
    [
      'Owner',
      'Storage Blob Data Reader',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      'data',
    ],
    ['Reader', 'Disk Backup Reader', 'Microsoft.Compute/disks/beginGetAccess/action', 'control'],
    ['Disk Backup Reader', 'Reader', 'Microsoft.Storage/storageAccounts/read', 'control'],
    ['Disk Backup Reader', 'Contributor', 'Microsoft.Compute/virtualMachines/runCommand/action', 'control'],
    [
      'Storage Account Contributor',
      'Storage Blob Data Contributor',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
      'data',
    ],
  ])('%s does not contain %s: %s', (outer, inner, action, plane) => {
    const found = contains(role(outer), role(inner));
    expect(found.contains).toBe(false);
    const witness = found.contains ? null : found.witness;
    expect(witness?.plane).toBe(plane);
    expect(allows(role(inner), witness?.action ?? '', witness?.plane ?? 'control')).toBe(true);
    expect(allows(role(outer), witness?.action ?? '', witness?.plane ?? 'control')).toBe(false);
    if (outer !== 'Disk Backup Reader' || inner !== 'Reader') expect(witness?.action).toBe(action);
  });

  test('every pair of built-in roles is decided, and every witness is one', () => {
    for (const outer of azureRoles) {
      for (const inner of azureRoles) {
        const found = contains(outer.permissions, inner.permissions);
        if (outer === inner) expect(found).toEqual({ contains: true });
        if (found.contains) continue;
        const { action, plane } = found.witness ?? { action: '', plane: 'control' as const };
        expect(allows(inner.permissions, action, plane), `${inner.name} allows ${action}`).toBe(true);
        expect(allows(outer.permissions, action, plane), `${outer.name} allows ${action}`).toBe(false);
      }
    }
  });
});

describe('several blocks', () => {
  const split: readonly RolePermissions[] = [
    { ...none, actions: ['*'], notActions: ['Microsoft.Compute/*'] },
    { ...none, actions: ['Microsoft.Compute/*'], notActions: ['Microsoft.Storage/*'] },
  ];

  test('what one block denies, another may allow', () => {
    expect(allows(split, 'microsoft.compute/disks/READ', 'control')).toBe(true);
    expect(allows(split, 'Microsoft.Storage/storageAccounts/read', 'control')).toBe(true);
    expect(allows(split, 'Microsoft.Storage/storageAccounts/read', 'data')).toBe(false);
  });

  test('together they contain everything', () => {
    expect(contains(split, role('Owner'))).toEqual({ contains: true });
    expect(contains(split.slice(0, 1), role('Owner')).contains).toBe(false);
  });

  test('what both deny is allowed by none', () => {
    const denied = split.map((block) => ({
      ...block,
      notActions: [...block.notActions, 'Microsoft.Compute/disks/delete'],
    }));
    expect(contains(denied, role('Owner'))).toEqual({
      contains: false,
      witness: { action: 'Microsoft.Compute/disks/delete', plane: 'control' },
    });
  });
});

describe('intersects', () => {
  test.each([
    [role('Contributor'), ['Microsoft.Authorization/*/write'], null],
    [
      role('Contributor'),
      ['Microsoft.Storage/storageAccounts/listKeys/action'],
      'Microsoft.Storage/storageAccounts/listKeys/action',
    ],
    [
      role('Disk Snapshot Contributor'),
      ['microsoft.storage/storageaccounts/listkeys/action'],
      'microsoft.storage/storageaccounts/listkeys/action',
    ],
    [
      role('Storage Account Contributor'),
      ['*/delete', '*/listKeys/action'],
      'Microsoft.Storage/storageAccounts/delete',
    ],
    [
      role('Managed Identity Operator'),
      ['Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action'],
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
    ],
    [role('Reader'), ['*/action', '*/write', '*/delete'], null],
    [role('Owner'), [], null],
    [[], ['*'], null],
    [control('A.b/*'), ['*/c'], 'a.b/c'],
  ] as const)('case %#', (permissions, patterns, expected) => {
    const found = intersects(permissions, patterns);
    if (expected === null || !expected.includes('*')) expect(found).toBe(expected);
    else expect(allows(permissions, found ?? '', 'control')).toBe(true);
  });

  test('planes are apart', () => {
    expect(intersects(role('Storage Blob Data Reader'), ['*/blobs/read'], 'control')).toBeNull();
    expect(intersects(role('Storage Blob Data Reader'), ['*/blobs/read'], 'data')).toBe(
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    );
  });
});

describe('against an evaluator that tries every action of a finite universe', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 5 });
  const patterns = fc.array(pattern, { maxLength: 3 });
  const block = fc.record({ actions: patterns, notActions: patterns, dataActions: patterns, notDataActions: patterns });
  const blocks = fc.array(block, { maxLength: 2 });
  const letters = ['a', 'b', '/', 'z'];
  const grow = (all: readonly string[]): string[] => all.flatMap((word) => letters.map((letter) => word + letter));
  let level = [''];
  const universe = [...level];
  for (let length = 1; length <= 5; length++) {
    level = grow(level);
    universe.push(...level);
  }
  const compile = (list: readonly string[]): RegExp =>
    list.length === 0 ? /(?!)/ : new RegExp(`^(?:${list.map((one) => one.replaceAll('*', '[^]*')).join('|')})$`);
  const evaluator = (all: readonly RolePermissions[], plane: 'control' | 'data'): ((text: string) => boolean) => {
    const compiled = all.map((one) =>
      plane === 'control'
        ? ([compile(one.actions), compile(one.notActions)] as const)
        : ([compile(one.dataActions), compile(one.notDataActions)] as const),
    );
    return (text) => compiled.some(([yes, no]) => yes.test(text) && !no.test(text));
  };

  test('containment is exact: no text of the universe escapes a yes, and a no has its witness', () => {
    fc.assert(
      fc.property(blocks, blocks, (outer, inner) => {
        const found = contains(outer, inner);
        for (const plane of ['control', 'data'] as const) {
          const [byOuter, byInner] = [evaluator(outer, plane), evaluator(inner, plane)];
          if (found.contains) expect(universe.filter((text) => byInner(text) && !byOuter(text))).toEqual([]);
          else if (found.witness?.plane === plane) {
            expect(byInner(found.witness.action.toLowerCase())).toBe(true);
            expect(byOuter(found.witness.action.toLowerCase())).toBe(false);
          }
        }
        if (!found.contains) expect(found.witness).not.toBeNull();
      }),
      { numRuns: 4_000 },
    );
  });

  test('containment is reflexive, and a union contains its parts', () => {
    fc.assert(
      fc.property(blocks, blocks, (a, b) => {
        expect(contains(a, a)).toEqual({ contains: true });
        expect(contains([...a, ...b], a)).toEqual({ contains: true });
      }),
      { numRuns: 2_000 },
    );
  });

  test('intersection is exact', () => {
    fc.assert(
      fc.property(blocks, patterns, (all, wanted) => {
        const found = intersects(all, wanted, 'data');
        const [byRole, byPattern] = [evaluator(all, 'data'), compile(wanted)];
        if (found === null) expect(universe.filter((text) => byRole(text) && byPattern.test(text))).toEqual([]);
        else expect(byRole(found.toLowerCase()) && byPattern.test(found.toLowerCase())).toBe(true);
      }),
      { numRuns: 4_000 },
    );
  });
});

test('patterns made to explode end in a refusal, not in a hang', () => {
  const pairs = ['ab', 'cd', 'ef', 'gh', 'ij', 'kl', 'mn', 'op', 'qr', 'st'];
  const entangled = pairs.map((pair) => `microsoft.hostile/*${pair[0]}*${pair[1]}*`);
  const everything = [{ ...none, actions: ['microsoft.hostile/*'] }];
  const outer = [
    { ...none, actions: ['microsoft.hostile/*'], notActions: entangled },
    { ...none, actions: entangled },
  ];
  expect(contains(outer, everything)).toEqual({ contains: false, witness: null });
  expect(contains(outer.slice(0, 1), everything).contains).toBe(false);
});

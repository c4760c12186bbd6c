import { describe, expect, test } from 'vitest';
import type { AzureRoleAssignmentFact } from '../../src/core/fact.ts';
import { identityId } from '../../src/core/ids.ts';
import { effectiveAccess } from '../../src/knowledge/effective-access.ts';
import { account, allows, azureRole, backupApp, disk, group, otherApp, subscription } from '../support/facts.ts';

const me = identityId(backupApp);
const guid = subscription.slice('/subscriptions/'.length);
const managementGroup = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;
const readDisk = 'Microsoft.Compute/disks/read';
const readBlob = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const told = new Map([[guid, ['prod', 'Root']]]);

const may = (
  facts: readonly AzureRoleAssignmentFact[],
  scope: string,
  { action = readDisk, plane = 'control' as 'control' | 'data', identity = me, ancestors = told } = {},
) => effectiveAccess(facts, ancestors)(identity, action, plane, scope);

describe('allowed', () => {
  test.each([
    ['at its scope', azureRole('Reader', disk('d1')), disk('d1')],
    ['below it', azureRole('Reader', group('rg-app')), disk('d1')],
    ['from the subscription', azureRole('Reader', subscription), disk('d1')],
    ['from the root', azureRole('Reader', '/'), disk('d1')],
    ['from a management group', azureRole('Reader', managementGroup('prod')), disk('d1')],
    ['from another one around it, in any case', azureRole('Reader', managementGroup('ROOT')), subscription],
    ['in any case, with a slash at the end', azureRole('Reader', `${group('RG-APP').toUpperCase()}/`), disk('d1')],
    ['on a child of a resource', azureRole('Contributor', account('acc')), `${account('acc')}/blobServices/default`],
    ['under a condition, which limits nothing', azureRole('Reader', subscription, { condition: '@x' }), disk('d1')],
  ])('%s', (_, fact, scope) => {
    expect(may([fact], scope)).toEqual({ allowed: 'yes', by: fact });
  });

  test('by one block what another denies', () => {
    const permissions = [...allows(['*'], { notActions: ['Microsoft.Compute/*'] }), ...allows([readDisk])];
    expect(may([azureRole('split', subscription, { permissions })], disk('d1')).allowed).toBe('yes');
  });

  test('by the one without a condition, then by the nearest, then by key', () => {
    const facts = [
      azureRole('Reader', disk('d1'), { key: 'c', condition: '@x' }),
      azureRole('Reader', subscription, { key: 'b' }),
      azureRole('Reader', group('rg-app'), { key: 'z' }),
      azureRole('Contributor', group('rg-app'), { key: 'y' }),
    ];
    expect(may(facts, disk('d1')).by?.key).toBe('y');
    expect(may(facts.toReversed(), disk('d1')).by?.key).toBe('y');
    expect(may(facts, disk('d2', 'rg-other')).by?.key).toBe('b');
    expect(may(facts.slice(0, 1), disk('d1')).by?.key).toBe('c');
  });
});

describe('not allowed', () => {
  const no = { allowed: 'no', by: null };
  test.each([
    ['beside it', azureRole('Reader', disk('d1')), disk('d10')],
    ['in a group whose name goes on', azureRole('Reader', group('rg-app')), disk('d1', 'rg-app-dr')],
    ['above it', azureRole('Reader', disk('d1')), group('rg-app')],
    ['at the root, from a subscription', azureRole('Reader', subscription), '/'],
    ['from a management group that is not around it', azureRole('Reader', managementGroup('test')), disk('d1')],
    ['from a group whose name goes on', azureRole('Reader', managementGroup('prod2')), disk('d1')],
    ['to another identity', azureRole('Reader', subscription, { identity: otherApp }), disk('d1')],
    ['to a principal that is gone', azureRole('Reader', subscription, { orphaned: true }), disk('d1')],
    ['by another role', azureRole('Storage Blob Data Reader', subscription), disk('d1')],
    [
      'where the same block denies it',
      azureRole('x', subscription, { permissions: allows(['*'], { notActions: [readDisk] }) }),
      disk('d1'),
    ],
  ])('%s', (_, fact, scope) => {
    expect(may([fact], scope)).toEqual(no);
  });

  test('on data, by a role that allows everything else', () => {
    expect(may([azureRole('Owner', '/')], account('acc'), { action: readBlob, plane: 'data' })).toEqual(no);
    expect(may([azureRole('Storage Blob Data Reader', '/')], account('acc'), { action: readBlob })).toEqual(no);
  });
});

describe('unknown', () => {
  test.each([
    ['by a role that could not be read', azureRole('x', subscription, { permissions: null }), disk('d1'), told],
    ['by a management group where nobody told', azureRole('Reader', managementGroup('prod')), disk('d1'), new Map()],
    ['by a management group on another', azureRole('Reader', managementGroup('prod')), managementGroup('dr'), told],
  ])('%s', (_, fact, scope, ancestors) => {
    expect(may([fact], scope, { ancestors })).toEqual({ allowed: 'unknown', by: fact });
  });

  test('gives way to one that surely allows', () => {
    const facts = [azureRole('x', disk('d1'), { permissions: null }), azureRole('Reader', '/')];
    expect(may(facts, disk('d1'))).toEqual({ allowed: 'yes', by: facts[1] });
  });

  test('is not what a group allows that would not allow it anywhere', () => {
    const fact = azureRole('Storage Blob Data Reader', managementGroup('prod'));
    expect(may([fact], disk('d1'), { ancestors: new Map() }).allowed).toBe('no');
  });
});

test('two hundred thousand scopes later it still decides the same', () => {
  const decide = effectiveAccess([azureRole('Reader', group('rg-app'))]);
  const allowed = (number: number): string => decide(me, readDisk, 'control', disk(`d${number}`)).allowed;
  const all = new Set(Array.from({ length: 210_000 }, (_, number) => allowed(number)));
  expect([...all]).toEqual(['yes']);
  expect(decide(me, 'Microsoft.Compute/disks/write', 'control', disk('d1')).allowed).toBe('no');
});

import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import { needsOf } from '../../src/knowledge/needs.ts';
import { placeGrant } from '../../src/knowledge/place-grant.ts';
import { findWorkload, type LeastGrant } from '../../src/knowledge/workloads.ts';
import { disk, group } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';

const askedOf = (one: Policy): Record<string, string> =>
  Object.fromEntries(needsOf(one).map(({ operation, asked }) => [operation, asked]));
const of = (operations: Parameters<typeof protects>[2], elevated?: 'restore'): Policy => ({
  ...policy().policy,
  protects: [
    {
      ...protects('exchange-mail', {}, operations),
      elevations: elevated === undefined ? [] : [{ operation: elevated, maxDuration: 'PT8H' }],
    },
  ],
});

describe('how a policy speaks of an operation', () => {
  test.each([
    ['finding belongs to backing up', of(['backup']), { discover: 'included', backup: 'standing', restore: 'unasked' }],
    [
      'an elevation does not stand',
      of(['backup'], 'restore'),
      { discover: 'included', backup: 'standing', restore: 'elevation' },
    ],
    [
      'reading comes before restoring',
      of(['restore']),
      { discover: 'included', backup: 'included', restore: 'standing' },
    ],
    ['finding alone', of(['discover']), { discover: 'standing', backup: 'unasked', restore: 'unasked' }],
  ])('%s', (_, one, expected) => {
    expect(askedOf(one)).toEqual(expected);
  });

  test('a retired policy needs nothing', () => {
    expect(needsOf({ ...of(['backup']), state: 'retired' })).toEqual([]);
  });

  test('each way is complete in itself, the least one first', () => {
    const backup = needsOf(of(['backup'])).find(({ operation }) => operation === 'backup');
    expect(backup?.ways.map(({ title }) => title)).toEqual([null, 'full fidelity by export']);
    expect(backup?.trust).toBe('high');
  });
});

describe('where a grant lies', () => {
  const vm = `${group('rg-app')}/providers/Microsoft.Compute/virtualMachines/vm1`;
  const server = `${group('rg-data')}/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql1`;
  const grant = (workload: string, name: string): LeastGrant => {
    const found = findWorkload(workload)?.operations.backup?.grants.find(
      (one) => ('roleName' in one && one.roleName === name) || ('permission' in one && one.permission === name),
    );
    if (found === undefined) throw new Error(`no such grant: ${name}`);
    return found;
  };
  const machines = protects('azure-vm-disk', { source: [disk('data1'), vm], snapshots: [group('rg-snapshots')] });
  test.each([
    ['on things of its type only', grant('azure-vm-disk', 'Disk Backup Reader'), machines, [disk('data1')]],
    ['the other type', grant('azure-vm-disk', 'Reader'), machines, [vm]],
    ['by its purpose', grant('azure-vm-disk', 'Disk Snapshot Contributor'), machines, [group('rg-snapshots')]],
    [
      'on a group that holds things of any type',
      grant('azure-vm-disk', 'Disk Backup Reader'),
      protects('azure-vm-disk', { source: [group('rg-app')] }),
      [group('rg-app')],
    ],
    [
      'on the group around what is protected',
      grant('azure-postgresql-flexible', 'Reader'),
      protects('azure-postgresql-flexible', { source: [server] }),
      [group('rg-data')],
    ],
    [
      'nowhere, where the policy names no scope',
      grant('azure-disk', 'Disk Snapshot Contributor'),
      protects('azure-disk'),
      [],
    ],
    ['in the whole organisation', grant('exchange-mail', 'Mail.Read'), protects('exchange-mail'), ['organization']],
    [
      'in Exchange scopes by name, and groups by id',
      grant('exchange-mail', 'Mail.Read'),
      protects('exchange-mail', { source: ['Backed-up', '33333333-3333-4333-8333-333333333333'] }),
      ['Backed-up', 'group:33333333-3333-4333-8333-333333333333'],
    ],
    ['nowhere, where nothing confines it', grant('teams-chats', 'Chat.Read.All'), protects('teams-chats'), []],
  ])('%s', (_, one, protected_, expected) => {
    expect(placeGrant(one, protected_)).toEqual(expected);
  });
});

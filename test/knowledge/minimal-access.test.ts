import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Operation, Policy, Protects } from '../../src/core/policy.ts';
import type { Rule } from '../../src/core/rule.ts';
import { kinds } from '../../src/kinds/index.ts';
import { minimalAccess } from '../../src/knowledge/minimal-access.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import { workloads } from '../../src/knowledge/workloads.ts';
import { rules } from '../../src/rules/index.ts';
import { disk, graph, group, vault } from '../support/facts.ts';
import { appIdentity, managedIdentity, policy, protects, vaultSystem } from '../support/policies.ts';

const minimal = (...rows: readonly Protects[]): Policy => ({ ...policy().policy, access: 'minimal', protects: rows });
const identities = [
  appIdentity(),
  vaultSystem(vault()),
  managedIdentity(`${group('rg-id')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1`),
];
const of = (...ids: readonly string[]): Policy => minimal(...ids.map((id) => protects(id)));
const permissionsIn = (one: Policy): readonly string[] =>
  (minimalAccess(one).applicationPermissions ?? []).flatMap(({ permissions }) => permissions.map(({ name }) => name));

const fullMicrosoft365 = of(
  'exchange-mail',
  'exchange-calendar',
  'exchange-contacts',
  'exchange-mailbox-settings',
  'exchange-group-mailbox',
  'planner',
  'todo',
  'onedrive',
  'sharepoint',
  'teams-settings',
  'teams-members',
  'teams-channel-messages',
  'teams-chats',
  'teams-files',
  'teams-tabs',
  'groups',
);

describe('a full Microsoft 365 backup without archives and public folders', () => {
  test('asks for 12 permissions of Microsoft Graph, which all read, and none of tier 0', () => {
    expect(permissionsIn(fullMicrosoft365).toSorted()).toEqual([
      'ChannelMember.Read.All',
      'ChannelMessage.Read.All',
      'ChannelSettings.Read.All',
      'Chat.Read.All',
      'Group-Conversation.Read.All',
      'GroupMember.Read.All',
      'Sites.Read.All',
      'Tasks.Read.All',
      'TeamMember.Read.All',
      'TeamSettings.Read.All',
      'TeamsTab.Read.All',
      'User.Read.All',
    ]);
    expect(minimalAccess(fullMicrosoft365).applicationPermissions?.map(({ api }) => api)).toEqual([graph]);
    const sensitivities = permissionsIn(fullMicrosoft365).map(
      (name) => findPermission(graph as never, 'application', name)?.sensitivity,
    );
    expect(sensitivities).not.toContain('tier0');
  });
  test('reaches mailboxes by Exchange roles', () => {
    expect(minimalAccess(fullMicrosoft365).exchangeRoles?.map(({ role, scope }) => `${role} @ ${scope}`)).toEqual([
      'Application Mail.Read @ organization',
      'Application Calendars.Read @ organization',
      'Application Contacts.Read @ organization',
      'Application MailboxSettings.Read @ organization',
    ]);
  });
  test('says what each is for, with what it makes superfluous', () => {
    const sites = minimalAccess(fullMicrosoft365).applicationPermissions?.[0]?.permissions.find(
      ({ name }) => name === 'Sites.Read.All',
    );
    expect(sites?.purpose).toBe(
      'backup of sharepoint: reads sites, lists, items and files; backup of onedrive: reads drives, files and versions; backup of teams-files: reads the files of teams',
    );
  });
});

describe('minimal access', () => {
  test('governs every plane that can be read, and asks nothing on most of them', () => {
    const one = of('teams-chats');
    expect(minimalAccess(one)).toMatchObject({
      delegatedPermissions: [],
      directoryRoles: [],
      azureRoles: [],
      exchangeRoles: null,
      siteGrants: null,
    });
  });
  test('asks for an Exchange role once, where it is needed for all mailboxes and for some', () => {
    const access = minimalAccess(
      minimal(protects('exchange-archive', { source: ['Backed-up mailboxes'] }), protects('exchange-public-folders')),
    );
    expect(access.exchangeRoles?.map(({ role, scope }) => [role, scope])).toEqual([
      ['Application EWS.AccessAsApp', 'organization'],
    ]);
  });
  test('takes single sites where single sites are protected', () => {
    const site = 'https://contoso.sharepoint.com/sites/finance';
    const access = minimalAccess(minimal(protects('sharepoint', { source: [site] })));
    expect(access.applicationPermissions?.[0]?.permissions.map(({ name }) => name)).toEqual(['Sites.Selected']);
    expect(access.siteGrants?.map(({ site: on, role }) => [on, role])).toEqual([[site, 'read']]);
  });
  test('lets no restore role stand in for what backs up', () => {
    const access = minimalAccess(
      minimal(
        protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-s')], target: [group('rg-app')] }, [
          'backup',
          'restore',
        ]),
      ),
    );
    expect(access.azureRoles?.map(({ role, scope }) => `${role} @ ${scope}`)).toEqual([
      `Disk Backup Reader @ ${disk('data1')}`,
      `Disk Snapshot Contributor @ ${group('rg-s')}`,
      `Disk Restore Operator @ ${group('rg-app')}`,
    ]);
  });
  test('of a retired policy is nothing', () => {
    expect(permissionsIn({ ...fullMicrosoft365, state: 'retired' })).toEqual([]);
  });
});

/** Rules that weigh what is held against what is protected. */
const weighing = new Set([
  'exceeds-workload',
  'missing-for-workload',
  'permission-cannot-do-its-purpose',
  'permission-without-purpose',
  'privileged-azure-role',
  'redundant-permission',
  'role-wider-than-needed',
  'scope-too-wide',
  'standing-onboarding-access',
  'standing-restore-access',
  'tenant-wide-mailbox-access',
  'tenant-wide-where-scoped',
  'tier0-directory-role',
  'tier0-permission',
  'write-where-read-suffices',
]);

const complaintsOf = (rule: Rule, one: Policy): string[] => {
  const desired = kinds.flatMap((kind) => kind.desired(one, createNames(null, false)).facts);
  const facts = desired.map(({ fact }) => fact);
  const governed = new Set(kinds.filter((kind) => kind.governs(one)).map(({ id }) => id));
  const resolved = { policy: one, desired, governs: governed };
  const governs = (fact: Fact) => governed.has(fact.kind);
  const now = new Date('2026-11-22T00:00:00Z');
  const keys = new Set(facts.map(({ key }) => key));
  const settings = { restoreGrace: 'P7D' };
  const input = { policy: resolved, facts, all: facts, desired: keys, governs, now, settings, world: 'asked' as const };
  return [...rule.check(input)].map(({ message }) => `${rule.id}: ${message}`);
};

const resourceOf: Readonly<Record<string, string>> = {
  'azure-disk': 'Microsoft.Compute/disks',
  'azure-vm-disk': 'Microsoft.Compute/disks',
  'azure-kubernetes': 'Microsoft.ContainerService/managedClusters',
};

/** Some of a workload's things, with every purpose that it may take. */
const protection = fc
  .record({
    workload: fc.constantFrom(...workloads.filter(({ operations }) => 'backup' in operations)),
    count: fc.integer({ min: 1, max: 3 }),
    scoped: fc.boolean(),
    operations: fc.constantFrom<readonly Operation[]>(['backup'], ['discover', 'backup']),
  })
  .map(({ workload, count, scoped, operations }) => {
    const type = resourceOf[workload.id] ?? 'Microsoft.Storage/storageAccounts';
    const things = (kind: string): string[] =>
      Array.from({ length: count }, (_, index) => `${group('rg-app')}/providers/${type}/${kind}${index}`);
    if (workload.planes.includes('azure'))
      return protects(
        workload.id,
        {
          source: [...things('source'), `${group('rg-app')}/providers/Microsoft.Compute/virtualMachines/vm`],
          snapshots: [group('rg-snapshots')],
          target: [group('rg-restore')],
          staging: [`${group('rg-staging')}/providers/Microsoft.Storage/storageAccounts/st`],
          key: [`${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv/keys/k`],
        },
        operations,
      );
    const isMail = workload.planes.includes('exchange');
    return protects(workload.id, scoped && isMail ? { source: ['Backed-up mailboxes'] } : {}, operations);
  });

describe('minimal access: a promise', () => {
  test('covers every need of its policy and has no finding', () => {
    const some = fc.uniqueArray(protection, { minLength: 1, maxLength: 8, selector: ({ workload }) => workload });
    fc.assert(
      fc.property(some, fc.constantFrom(...identities), (rows, identity) => {
        const one: Policy = { ...minimal(...rows), identities: [identity] };
        const complaints = rules.filter(({ id }) => weighing.has(id)).flatMap((rule) => complaintsOf(rule, one));
        expect(complaints).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('would be broken by any grant less', () => {
    fc.assert(
      fc.property(protection, (row) => {
        const one = minimal(row);
        const rule = rules.find(({ id }) => id === 'missing-for-workload');
        const { applicationPermissions, azureRoles } = minimalAccess(one);
        const without: Policy = {
          ...one,
          access: { ...minimalAccess(one), exchangeRoles: [], azureRoles: [], applicationPermissions: [] },
        };
        const count = (azureRoles ?? []).length + (applicationPermissions ?? []).length;
        if (rule === undefined || count === 0) return;
        expect(complaintsOf(rule, without).length).toBeGreaterThan(0);
      }),
    );
  });
});

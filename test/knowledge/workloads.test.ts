import { describe, expect, test } from 'vitest';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findExchangeRole } from '../../src/knowledge/exchange-roles.ts';
import { impliedBy } from '../../src/knowledge/lattice.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import {
  findWorkload,
  grantsOf,
  type LeastGrant,
  type OperationNeeds,
  workloads,
} from '../../src/knowledge/workloads.ts';
import { hasSharedData, readSharedText } from './shared-data.ts';

const needsOf = (): readonly OperationNeeds[] => workloads.flatMap((workload) => Object.values(workload.operations));
const all = (): readonly LeastGrant[] => needsOf().flatMap(grantsOf);

test('every permission, Exchange role and Azure role is a known one', () => {
  const unknown = all().filter((grant) => {
    if (grant.plane === 'application')
      return (
        [grant.permission, ...grant.accepts, ...grant.alsoBy].some(
          (value) => findPermission(grant.api, 'application', value) === null,
        ) ||
        (grant.exchangeRole !== null && findExchangeRole(grant.exchangeRole) === null)
      );
    if (grant.plane === 'exchange') return findExchangeRole(grant.exchangeRole) === null;
    if (grant.plane === 'azure') return findAzureRole(grant.role)?.name !== grant.roleName;
    return false;
  });
  expect(unknown).toEqual([]);
});

test('an Exchange role stands for the very permission', () => {
  const wrong = all().filter(
    (grant) =>
      grant.plane === 'application' &&
      grant.exchangeRole !== null &&
      !findExchangeRole(grant.exchangeRole)?.permissions.some(
        (one) => one.api === grant.api && one.value === grant.permission,
      ),
  );
  expect(wrong).toEqual([]);
});

test('backup never asks for anything that reaches control of the tenant, and nothing wider than a resource group', () => {
  const backup = workloads.flatMap((workload) => workload.operations.backup?.grants ?? []);
  const tier0 = backup.filter(
    (grant) =>
      grant.plane === 'application' &&
      findPermission(grant.api, 'application', grant.permission)?.sensitivity === 'tier0',
  );
  expect(tier0).toEqual([]);
  const wide = all().filter((grant) => 'widest' in grant && !['resource', 'resourceGroup'].includes(grant.widest));
  expect(wide).toEqual([]);
});

test('a full Microsoft 365 backup without archives and public folders: 12 permissions and Exchange roles, no more', () => {
  const protectedOnes = [
    'exchange-mail',
    'exchange-calendar',
    'exchange-contacts',
    'exchange-mailbox-settings',
    'exchange-group-mailbox',
    'onedrive',
    'sharepoint',
    'teams-settings',
    'teams-members',
    'teams-channel-messages',
    'teams-chats',
    'teams-files',
    'teams-tabs',
    'groups',
    'planner',
    'todo',
  ];
  const grants = protectedOnes
    .flatMap((id) => findWorkload(id)?.operations.backup?.grants ?? [])
    .filter((grant) => grant.when === null);
  const scoped = grants.flatMap((grant) => (grant.plane === 'application' ? (grant.exchangeRole ?? []) : []));
  const tenantWide = new Map(
    grants.flatMap((grant) =>
      grant.plane === 'application' && grant.exchangeRole === null ? [[grant.permission, grant.api] as const] : [],
    ),
  );
  const held = new Set(tenantWide.keys());
  const least = [...tenantWide].filter(([value, api]) => impliedBy(api, 'application', value, held) === null);
  expect(least.map(([value]) => value).sort()).toEqual([
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
  expect(scoped).toEqual([
    'Application Mail.Read',
    'Application Calendars.Read',
    'Application Contacts.Read',
    'Application MailboxSettings.Read',
  ]);
});

describe.skipIf(!hasSharedData)('held against the policy format (skipped where ../shared is absent)', () => {
  test('ids are those that a policy can name', () => {
    const page = readSharedText('POLICY.md');
    const section = page.slice(page.indexOf('**Workloads**'), page.indexOf('## Config'));
    const ids = [...section.slice(0, section.lastIndexOf('`azure-vm-disk` is')).matchAll(/`([^`]+)`/g)].flatMap(
      (match) => (match[1] ?? '').split(/\s+/),
    );
    expect(workloads.map((workload) => workload.id).sort()).toEqual(ids.sort());
  });
});

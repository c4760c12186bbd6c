import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { severities } from '../../src/core/rule.ts';
import { findDirectoryRole } from '../../src/knowledge/directory-roles.ts';
import { powerfulActions } from '../../src/knowledge/escalation.ts';
import { exchangeRoles, findExchangeRole } from '../../src/knowledge/exchange-roles.ts';
import { edges } from '../../src/knowledge/lattice.ts';
import { findPermission, permissions } from '../../src/knowledge/permissions.ts';
import { azureReaches, isKnownManagementRole, patternsOf, tenantReaches } from '../../src/knowledge/reaches.ts';

describe.each(tenantReaches)('$id', (reach) => {
  const holds = (api: string, value: string): boolean =>
    reach.permissions.some((one) => one.api === api && one.value === value);

  test('names permissions and roles that there are', () => {
    const unknown = reach.permissions.filter(({ api, value }) => findPermission(api, 'application', value) === null);
    expect(unknown).toEqual([]);
    expect(reach.directoryRoles.filter((name) => findDirectoryRole(name) === null)).toEqual([]);
    expect(reach.managementRoles.filter((name) => findExchangeRole(name) !== null)).toEqual([]);
  });

  test('is reached by whatever is broader than what reaches it', () => {
    const missing = edges.filter(
      ({ api, narrower, broader }) =>
        holds(api, narrower) && !holds(api, broader) && findPermission(api, 'application', broader) !== null,
    );
    expect(missing.map(({ narrower, broader }) => `${broader} ⊇ ${narrower}`)).toEqual([]);
  });

  test('is confined only in permissions that reach it', () => {
    const values = reach.permissions.map(({ value }) => value);
    expect(reach.confined.filter((value) => !values.includes(value))).toEqual([]);
  });
});

test('every Exchange application role that reads, changes or sends whole messages reaches something', () => {
  const reached = exchangeRoles.filter((role) =>
    role.permissions.some(({ api, value }) =>
      tenantReaches.some(
        (reach) =>
          reach.admitted.includes(value) || reach.permissions.some((one) => one.api === api && one.value === value),
      ),
    ),
  );
  const other = exchangeRoles
    .filter((role) => !reached.includes(role))
    .map(({ name }) => name.replace('Application ', ''));
  expect(other).toEqual([
    'Mail.ReadBasic',
    'MailboxSettings.Read',
    'Contacts.Read',
    'Contacts.ReadWrite',
    'MailboxFolder.Read',
    'MailboxItem.Read',
    'MailboxConfigItem.Read',
    'MailboxConfigItem.ReadWrite',
    'MailTips.ReadBasic.All',
  ]);
});

test('permissions of tier 0 and those that read every mailbox are told apart from harmless ones', () => {
  const named = new Set(tenantReaches.flatMap((reach) => reach.permissions.map(({ api, value }) => `${api}/${value}`)));
  const low = permissions.filter(
    ({ api, type, value, sensitivity }) =>
      type === 'application' && sensitivity === 'low' && named.has(`${api}/${value}`),
  );
  expect(low).toEqual([]);
});

test('every critical and high action of the list is within a reach', () => {
  const patterns = azureReaches.flatMap(patternsOf).map(({ pattern }) => pattern);
  const elsewhere = new Set([
    'Microsoft.OperationalInsights/workspaces/sharedKeys/action',
    'Microsoft.Web/sites/config/list/action',
    'Microsoft.Web/sites/publishxml/action',
    'Microsoft.Sql/servers/write',
    'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/delete',
  ]);
  const grave = severities.slice(0, 2);
  const missing = powerfulActions.filter(
    ({ pattern, severity }) => grave.includes(severity) && !patterns.includes(pattern) && !elsewhere.has(pattern),
  );
  expect(missing.map(({ pattern }) => pattern)).toEqual([]);
});

test('a management role is known by name, whatever comes of it', () => {
  expect(['ApplicationImpersonation', 'audit logs', 'Mailbox Search'].map(isKnownManagementRole)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['NinjaOne Backup Role', ''].map(isKnownManagementRole)).toEqual([false, false]);
});

test('the page lists every reach, in order and in its words', () => {
  const page = readFileSync('docs/effective-access.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (.*) \|$/gm)].map((row) => [row[1], row[2]]);
  expect(rows.slice(1, -1)).toEqual([
    ...tenantReaches.map(({ id, every }) => [id, every]),
    ...azureReaches.map(({ id, words }) => [id, words]),
  ]);
});

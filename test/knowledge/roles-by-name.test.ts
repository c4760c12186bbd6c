import { describe, expect, test } from 'vitest';
import { directoryRoles, findDirectoryRole } from '../../src/knowledge/directory-roles.ts';
import { exchangeRoles, findExchangeRole } from '../../src/knowledge/exchange-roles.ts';
import { permissionById } from '../../src/knowledge/permissions.ts';
import { hasSharedData, readShared } from './shared-data.ts';

test.each([
  ['Global Administrator', '62e90394-69f5-4237-9190-012177145e10', 'tier0'],
  ['global administrator', '62e90394-69f5-4237-9190-012177145e10', 'tier0'],
  ['62E90394-69F5-4237-9190-012177145E10', '62e90394-69f5-4237-9190-012177145e10', 'tier0'],
  ['Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de', 'tier0'],
  ['Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'high'],
  ['Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf', 'low'],
  ['Printer Technician', 'e8cef6f1-e4bd-4ea8-bc07-4b8d950f4477', null],
])('directory role `%s`: %s, %s', (name, id, sensitivity) => {
  expect(findDirectoryRole(name)).toMatchObject({ id, sensitivity });
});

test.each(['', 'Global Admin', 'Owner'])('`%s` is no directory role', (name) => {
  expect(findDirectoryRole(name)).toBeNull();
});

test('a judged role says what it reaches, and only such', () => {
  expect(directoryRoles.filter((role) => (role.sensitivity === null) !== (role.reach === null))).toEqual([]);
  expect(new Set(directoryRoles.map((role) => role.id)).size).toBe(directoryRoles.length);
});

test.each([
  ['Application Mail.Read', ['Mail.Read']],
  ['application ews.accessasapp', ['full_access_as_app']],
  ['Application Mail Full Access', ['Mail.ReadWrite', 'Mail.Send']],
])('Exchange role `%s` stands for %j', (name, values) => {
  expect(findExchangeRole(name)?.permissions.map((one) => one.value)).toEqual(values);
});

test('permissions that Exchange roles stand for are known', () => {
  const unknown = exchangeRoles
    .flatMap((role) => role.permissions)
    .filter((one) => permissionById(one.api, 'application', one.id)?.value !== one.value);
  expect(unknown).toEqual([]);
  expect(findExchangeRole('Mail.Read')).toBeNull();
});

describe.skipIf(!hasSharedData)('held against the published facts (skipped where ../shared/data is absent)', () => {
  test('directory roles', () => {
    const published = readShared<readonly { templateId: string; name: string; isPrivileged: boolean }[]>(
      'data/entra-directory-roles.json',
    );
    const plain = directoryRoles.map((role) => `${role.id} ${role.name} ${role.privileged}`).sort();
    expect(plain).toEqual(published.map((one) => `${one.templateId} ${one.name} ${one.isPrivileged}`).sort());
  });

  test('Exchange application roles', () => {
    const published = readShared<readonly { name: string; entraEquivalents: readonly { appRoleId: string }[] }[]>(
      'data/exchange-application-roles.json',
    );
    expect(exchangeRoles.map((role) => [role.name, role.permissions.map((one) => one.id)])).toEqual(
      published.map((one) => [one.name, one.entraEquivalents.map((other) => other.appRoleId)]),
    );
  });
});

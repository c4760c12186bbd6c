import { describe, expect, test } from 'vitest';
import {
  azureAdGraph,
  exchangeOnline,
  findApi,
  microsoftGraph,
  permissionKey,
  sharePointOnline,
} from '../../src/knowledge/apis.ts';
import { edges, nonEdges } from '../../src/knowledge/lattice.ts';
import { findPermission, permissionById, permissions } from '../../src/knowledge/permissions.ts';
import { hasSharedData, sharedPermissions } from './shared-data.ts';

test('there are at least 150, on nine APIs', () => {
  expect(permissions.length).toBeGreaterThanOrEqual(150);
  expect(new Set(permissions.map((one) => one.api)).size).toBe(9);
  expect(permissions.filter((one) => findApi(one.api) === null)).toEqual([]);
});

test('identity is (API, type, id), and so is (API, type, name)', () => {
  const ids = permissions.map((one) => permissionKey(one.api, one.type, one.id));
  const values = permissions.map((one) => permissionKey(one.api, one.type, one.value));
  expect(ids).toEqual([...new Set(ids)]);
  expect(values).toEqual([...new Set(values)]);
});

describe('one GUID, several permissions', () => {
  test.each([
    [microsoftGraph, 'User.ReadWrite.All', 'tier0'],
    [sharePointOnline, 'User.ReadWrite.All', 'medium'],
  ])('741f803b… on %s is %s, %s', (api, value, sensitivity) => {
    const found = permissionById(api, 'application', '741F803B-C850-494E-B5DF-CDE7C675A1CA');
    expect(found).toMatchObject({ value, sensitivity });
  });

  test('ef54d2bf… is Calendars.ReadWrite on Graph and Calendars.ReadWrite.All on Exchange', () => {
    const id = 'ef54d2bf-783f-4e0f-bca1-3210c0444d99';
    expect(permissionById(microsoftGraph, 'application', id)?.value).toBe('Calendars.ReadWrite');
    expect(permissionById(exchangeOnline, 'application', id)?.value).toBe('Calendars.ReadWrite.All');
    expect(permissionById(microsoftGraph, 'delegated', id)).toBeNull();
  });
});

test.each([
  [microsoftGraph, 'application', 'sites.read.all', 'Sites.Read.All'],
  [microsoftGraph, 'application', 'TeamsTab.ReadWriteForUser.All', 'TeamsTab.ReadWriteForUser.All'],
  [microsoftGraph, 'delegated', 'offline_access', 'offline_access'],
  [exchangeOnline, 'application', 'full_access_as_app', 'full_access_as_app'],
  [sharePointOnline, 'application', 'User.ReadWrite.All', 'User.ReadWrite.All'],
] as const)('on %s, %s, `%s` is %s', (api, type, value, expected) => {
  expect(findPermission(api, type, value)?.value).toBe(expected);
});

test.each([
  [azureAdGraph, 'application', 'Calendars.ReadWrite'],
  [microsoftGraph, 'application', 'Application.Read.WriteAll'],
  [microsoftGraph, 'application', 'offline_access'],
  [microsoftGraph, 'application', 'full_access_as_app'],
  [exchangeOnline, 'delegated', 'full_access_as_app'],
] as const)('on %s, %s, `%s` is nothing', (api, type, value) => {
  expect(findPermission(api, type, value)).toBeNull();
});

test('every sentence is a sentence: verb first, lower case, no full stop, one line', () => {
  expect(permissions.filter(({ allows }) => !/^[a-z][^\n]*[^.\n]$/.test(allows)).map((one) => one.value)).toEqual([]);
});

test('what the lattice speaks of is among them', () => {
  const missing = [...edges, ...nonEdges].flatMap((edge) =>
    [edge.narrower, edge.broader].filter((value) => findPermission(edge.api, 'application', value) === null),
  );
  expect(missing).toEqual([]);
});

test('what this program reads with is among them', () => {
  const own = [
    'Application.Read.All',
    'Directory.Read.All',
    'RoleManagement.Read.Directory',
    'RoleEligibilitySchedule.Read.Directory',
    'RoleManagement.Read.Exchange',
    'Policy.Read.All',
    'SharePointTenantSettings.Read.All',
    'AuditLog.Read.All',
  ];
  expect(own.filter((value) => findPermission(microsoftGraph, 'application', value) === null)).toEqual([]);
});

describe.skipIf(!hasSharedData)('held against the published facts (skipped where ../shared/data is absent)', () => {
  test('names and ids are Microsoft’s', () => {
    const published = new Set(
      sharedPermissions().map((one) => `${one.resourceAppId}/${one.type}/${one.id}/${one.name}`),
    );
    const unknown = permissions.filter((one) => !published.has(`${one.api}/${one.type}/${one.id}/${one.value}`));
    expect(unknown.map((one) => `${one.api} ${one.type} ${one.value}`)).toEqual([]);
  });

  test('every application role of Azure AD Graph is there', () => {
    const published = sharedPermissions().filter((one) => one.resourceAppId === azureAdGraph);
    expect(published.filter((one) => permissionById(azureAdGraph, one.type as 'application', one.id) === null)).toEqual(
      [],
    );
  });
});

import { describe, expect, test } from 'vitest';
import { makeArmStore } from '../../src/emulator/make-arm-store.ts';
import { makeDirectory } from '../../src/emulator/make-directory.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { apis } from '../../src/knowledge/apis.ts';
import { azureRoles } from '../../src/knowledge/azure-roles.ts';
import { permissions } from '../../src/knowledge/permissions.ts';
import { repositoryPath } from './read-example.ts';

const offered = (api: string, type: string) => permissions.filter((one) => one.api === api && one.type === type);
const knownApis = apis.map(({ appId, name }) => ({
  appId,
  displayName: name,
  appRoles: offered(appId, 'application'),
  oauth2PermissionScopes: offered(appId, 'delegated'),
}));
const knownRoles = azureRoles.map(({ id, name, permissions: allowed }) => ({
  id,
  roleName: name,
  permissions: allowed.map((one) => ({ ...one })),
}));

describe.each([
  ['examples/contoso/tenant.yaml', 95, 34],
  ['examples/least-privilege/tenant.yaml', 30, 15],
])('%s', (file, appRoles, azureRolesHeld) => {
  const state = loadTenantFile(repositoryPath(file));
  const since = '2026-11-22T00:00:00Z';
  const directory = makeDirectory(state, knownApis, since);
  const principalOf = (appId: string): string => String(directory.servicePrincipals.find('appId', appId)[0]?.['id']);

  test('is served with every name that it uses known to the program', () => {
    expect(directory.appRoleAssignments.all()).toHaveLength(appRoles);
    const arm = makeArmStore(state, knownRoles, principalOf, since);
    expect(arm.roleAssignments.all()).toHaveLength(azureRolesHeld);
  });

  test('shows the reader under its own name, once', () => {
    const [caller] = state.callers ?? [];
    const readers = directory.servicePrincipals.find('appId', caller?.appId ?? '');
    expect(readers.map((row) => row['displayName'])).toEqual(['Backup Access Guard (check)']);
  });
});

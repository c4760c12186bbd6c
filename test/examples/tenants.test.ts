import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../src/emulator/tenant-file.ts';
import { type Row, readExample, repositoryPath, rows, text } from './read-example.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const madeUp = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Facts gathered for the project, where they are at hand. */
const shared = repositoryPath('../shared/data');
const readFacts = (file: string): readonly Row[] =>
  JSON.parse(readFileSync(`${shared}/${file}`, 'utf8')) as readonly Row[];
const graphApi = '00000003-0000-0000-c000-000000000000';

const count = (all: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const item of all) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};
const twice = (all: readonly string[]): readonly string[] =>
  [...count(all)].flatMap(([item, n]) => (n > 1 ? [item] : []));

describe.each(['examples/contoso/tenant.yaml', 'examples/least-privilege/tenant.yaml'])('%s', (file) => {
  const tenant = readExample(file);
  const { graph, arm } = tenant;
  const applications = rows(graph, 'applications');
  const principals = rows(graph, 'servicePrincipals');
  const users = rows(graph, 'users');
  const resources = rows(arm, 'resources');
  const assignments = rows(arm, 'roleAssignments');
  const holders = new Set([...principals, ...users].map((row) => text(row, 'id')));
  const vaultIdentities = resources.flatMap((row) => (row['identity'] === undefined ? [] : [row['identity'] as Row]));

  test('is a tenant file', () => {
    expect(checkTenant(tenant)).toBe(tenant);
  });

  test('has made-up ids of the right form, none of them twice', () => {
    const objects = [
      ...applications,
      ...principals,
      ...users,
      ...rows(graph, 'groups'),
      ...rows(graph, 'oauth2PermissionGrants'),
    ];
    const ids = [
      tenant.tenantId,
      ...objects.map((row) => text(row, 'id')),
      ...assignments.map((row) => text(row, 'name')),
      ...applications.flatMap((row) =>
        [...rows(row, 'passwordCredentials'), ...rows(row, 'keyCredentials')].map((key) => text(key, 'keyId')),
      ),
      ...applications.flatMap((row) =>
        rows(row, 'federatedIdentityCredentials').map((credential) => text(credential, 'id')),
      ),
    ];
    expect(ids.filter((id) => !madeUp.test(id))).toEqual([]);
    expect(twice(ids)).toEqual([]);
    expect(twice(principals.map((row) => text(row, 'appId')))).toEqual([]);
    expect(twice(resources.map((row) => text(row, 'id').toLowerCase()))).toEqual([]);
  });

  test('lets every grant of the directory stand on a principal and an API', () => {
    const grants = [...rows(graph, 'appRoleAssignments'), ...rows(graph, 'roleAssignments')].map((row) =>
      text(row, 'principalId'),
    );
    const delegated = rows(graph, 'oauth2PermissionGrants');
    const consenting = delegated.flatMap((row) => (row['principalId'] === null ? [] : [text(row, 'principalId')]));
    expect(
      [...grants, ...consenting, ...delegated.map((row) => text(row, 'clientId'))].filter((id) => !holders.has(id)),
    ).toEqual([]);
    expect(delegated.map((row) => row['consentType'] === 'AllPrincipals')).toEqual(
      delegated.map((row) => row['principalId'] === null),
    );
    for (const row of [...rows(graph, 'appRoleAssignments'), ...delegated])
      expect(text(row, 'resourceAppId')).toMatch(guid);
    expect(
      twice(
        rows(graph, 'appRoleAssignments').map(
          (row) => `${row['principalId']} ${row['resourceAppId']} ${row['appRole']}`,
        ),
      ),
    ).toEqual([]);
  });

  test('lets every Azure role stand on a scope that is there', () => {
    const subscriptions = rows(arm, 'subscriptions').map((row) => `/subscriptions/${text(row, 'subscriptionId')}`);
    const scopes = new Set([...subscriptions, ...resources.map((row) => text(row, 'id'))]);
    const isThere = (scope: string): boolean => scopes.has(scope) || scopes.has(scope.replace(/\/keys\/[^/]+$/, ''));
    expect(assignments.map((row) => text(row, 'scope')).filter((scope) => !isThere(scope))).toEqual([]);
    const groups = resources.map((row) => text(row, 'id')).filter((id) => id.includes('/providers/'));
    expect(groups.filter((id) => !scopes.has(id.slice(0, id.indexOf('/providers/'))))).toEqual([]);
  });

  test('gives each vault and managed identity the principal that it names', () => {
    const managed = new Map(principals.map((row) => [text(row, 'id'), row]));
    const user = vaultIdentities.flatMap((row) =>
      Object.values((row['userAssignedIdentities'] ?? {}) as Readonly<Record<string, Row>>),
    );
    const own = resources
      .filter((row) => row['type'] === 'Microsoft.ManagedIdentity/userAssignedIdentities')
      .map((row) => row['properties'] as Row);
    const system = vaultIdentities.filter((row) => row['principalId'] !== undefined);
    expect([...user, ...own].map((row) => managed.get(text(row, 'principalId'))?.['appId'])).toEqual(
      [...user, ...own].map((row) => row['clientId']),
    );
    expect(system.map((row) => managed.get(text(row, 'principalId'))?.['servicePrincipalType'])).toEqual(
      system.map(() => 'ManagedIdentity'),
    );
    const ids = new Set(resources.map((row) => text(row, 'id')));
    const attached = vaultIdentities.flatMap((row) => Object.keys((row['userAssignedIdentities'] ?? {}) as object));
    const owners = principals.flatMap((row) =>
      row['servicePrincipalType'] === 'ManagedIdentity' ? [(row['alternativeNames'] as readonly string[])[1]] : [],
    );
    expect([...attached, ...owners].filter((id) => id === undefined || !ids.has(id))).toEqual([]);
  });

  test('lets the reader read and nothing else, from the repository only', () => {
    const [caller] = tenant.callers;
    const roles = caller?.['roles'] as readonly string[];
    expect(roles.filter((role) => !role.includes('.Read.'))).toEqual([]);
    const app = applications.find((row) => row['appId'] === caller?.['appId']);
    const subjects = rows(app ?? {}, 'federatedIdentityCredentials').map((row) => String(row['subject']));
    // With or without the numbers of owner and repository.
    expect(subjects.map((subject) => subject.replaceAll(/@\d+/g, ''))).toEqual([
      'repo:contoso/backup-access:pull_request',
      'repo:contoso/backup-access:ref:refs/heads/main',
    ]);
    expect(app?.['passwordCredentials']).toEqual([]);
  });

  // The facts lie beside a checkout of the project, not in it.
  describe.skipIf(!existsSync(shared))('beside the facts of ../shared/data', () => {
    test('names permissions that exist, by the ids that Microsoft gave them', () => {
      const known = new Map(
        [...readFacts('graph-permissions.json'), ...readFacts('other-api-permissions.json')].map((row) => [
          `${row['resourceAppId']} ${row['type']} ${row['name']}`,
          row['id'],
        ]),
      );
      const held = rows(graph, 'appRoleAssignments').map(
        (row) => `${row['resourceAppId']} application ${row['appRole']}`,
      );
      const callers = tenant.callers.flatMap((row) =>
        (row['roles'] as readonly string[]).map((role) => `${graphApi} application ${role}`),
      );
      const delegated = rows(graph, 'oauth2PermissionGrants').flatMap((row) =>
        text(row, 'scope')
          .split(' ')
          .map((scope) => `${row['resourceAppId']} delegated ${scope}`),
      );
      expect([...held, ...callers, ...delegated].filter((name) => !known.has(name))).toEqual([]);
      const ids = new Set([...known].map(([name, id]) => `${name.split(' ').slice(0, 2).join(' ')} ${id}`));
      const asked = applications
        .flatMap((app) => rows(app, 'requiredResourceAccess'))
        .flatMap((api) =>
          rows(api, 'resourceAccess').map(
            (row) => `${api['resourceAppId']} ${row['type'] === 'Role' ? 'application' : 'delegated'} ${row['id']}`,
          ),
        );
      // The row of vPlus's table that can't be.
      const impossible = '00000002-0000-0000-c000-000000000000 application ef54d2bf-783f-4e0f-bca1-3210c0444d99';
      expect(asked.filter((id) => !ids.has(id) && id !== impossible)).toEqual([]);
    });

    test('names Azure and directory roles that exist', () => {
      const azure = new Set(readFacts('azure-builtin-roles.json').map((row) => row['name']));
      const directory = new Set(readFacts('entra-directory-roles.json').map((row) => row['name']));
      expect(assignments.map((row) => row['roleName']).filter((name) => !azure.has(name))).toEqual([]);
      expect(
        rows(graph, 'roleAssignments')
          .map((row) => row['roleName'])
          .filter((name) => !directory.has(name)),
      ).toEqual([]);
    });
  });
});

test('only the Azure roles of the deleted vault stand on nobody', () => {
  const orphans = (file: string): readonly unknown[] => {
    const { graph, arm } = readExample(file);
    const holders = new Set([...rows(graph, 'servicePrincipals'), ...rows(graph, 'users')].map((row) => row['id']));
    return rows(arm, 'roleAssignments').flatMap((row) => (holders.has(row['principalId']) ? [] : [row['roleName']]));
  };
  expect(orphans('examples/contoso/tenant.yaml')).toEqual(['Disk Backup Reader', 'Disk Snapshot Contributor']);
  expect(orphans('examples/least-privilege/tenant.yaml')).toEqual([]);
});

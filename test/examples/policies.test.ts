import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkPolicies } from '../../src/core/check-policies.ts';
import { parseConfig } from '../../src/core/parse-config.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Policy, PolicyIdentity } from '../../src/core/policy.ts';
import { findApi, type PermissionType } from '../../src/knowledge/apis.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import { rules } from '../../src/rules/index.ts';
import { type Example, type Row, readExample, repositoryPath, rows, text } from './read-example.ts';

const asOf = new Date('2026-11-22T00:00:00Z');
const context = {
  asOf,
  ruleIds: rules.map((rule) => rule.id),
  productIds: ['hubstor', 'catalogic-vplus', 'ninjaone', 'azure-backup'],
};
const names = [
  'azure-backup-blobs',
  'azure-backup-disks',
  'azure-backup-machines',
  'azure-backup-postgres',
  'catalogic-vplus',
  'hubstor',
  'ninjaone-subapps',
  'ninjaone-vendor-app',
];

const readPolicies = (folder: string): readonly Policy[] =>
  readdirSync(repositoryPath(folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const parsed = parsePolicy(
        `${folder}/${file}`,
        readFileSync(repositoryPath(`${folder}/${file}`), 'utf8'),
        context,
      );
      if (!parsed.ok) throw new Error(`${file}: ${parsed.error.map(({ message }) => message).join('; ')}`);
      return parsed.value;
    });

/** Is the identity in the tenant that the example serves? */
const isThere = (identity: PolicyIdentity, graph: Example['graph'], resources: readonly Row[]): boolean => {
  const attachedTo = (vault: string): Row => (resources.find((row) => row['id'] === vault)?.['identity'] ?? {}) as Row;
  switch (identity.type) {
    case 'app':
      return rows(graph, 'servicePrincipals').some((row) => row['appId'] === identity.appId);
    case 'user':
      return rows(graph, 'users').some((row) => row['id'] === identity.objectId);
    case 'vault-system':
      return text(attachedTo(identity.vault), 'type').startsWith('SystemAssigned');
    case 'vault-user':
      return Object.keys(attachedTo(identity.vault)['userAssignedIdentities'] as object).includes(
        identity.managedIdentity,
      );
    default:
      return false;
  }
};

/** Contoso still has the administrator of an earlier method, which the other tenant never had. */
/** The cleaned-up company has the program's own reader under policy too. */
const leastNames = [...names, 'backup-access-guard'].sort();
const contosoNames = [...names, 'ninjaone-backupadmin'].sort();

describe.each([
  ['policies', 'examples/contoso', 'report', contosoNames],
  ['examples/least-privilege/policies', 'examples/least-privilege', 'authoritative', leastNames],
])('%s', (folder, example, enforcement, expected) => {
  const policies = readPolicies(folder);
  const tenant = readExample(`${example}/tenant.yaml`);
  const config = parseConfig(
    'backup-access.yaml',
    readFileSync(repositoryPath(`${example}/backup-access.yaml`), 'utf8'),
  );

  test('holds the policies of the four systems, each in a file of its name', () => {
    expect(policies.map((policy) => policy.name)).toEqual(expected);
    expect(policies.map((policy) => policy.file)).toEqual(expected.map((name) => `${folder}/${name}.yaml`));
    // What reads the tenant never writes itself.
    const products = policies.filter(({ name }) => name !== 'backup-access-guard');
    expect(new Set(products.map((policy) => policy.enforcement))).toEqual(new Set([enforcement]));
  });

  test('agrees with itself and with its configuration', () => {
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    expect(checkPolicies(policies, config.value)).toEqual([]);
    expect(config.value.tenants.map((row) => row.tenantId)).toEqual([tenant.tenantId]);
    const subscriptions = rows(tenant.arm, 'subscriptions').map((row) => row['subscriptionId']);
    expect(config.value.tenants[0]?.subscriptions).toEqual(subscriptions);
    expect(config.value.tenants[0]?.readClientId).toBe(tenant.callers[0]?.['appId']);
  });

  test('names identities that the tenant has', () => {
    const resources = rows(tenant.arm, 'resources');
    const identities = policies.flatMap((policy) => policy.identities);
    expect(identities.filter((identity) => !isThere(identity, tenant.graph, resources)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  test('uses names that resolve without a tenant', () => {
    const unresolved = policies.flatMap(({ access }) => {
      if (access === null || access === 'minimal') return [];
      const missing = (planes: typeof access.applicationPermissions, type: PermissionType): readonly string[] =>
        (planes ?? []).flatMap(({ api, permissions }) => {
          const found = findApi(api);
          if (found === null) return [api];
          return permissions.flatMap(({ name }) => (findPermission(found.appId, type, name) === null ? [name] : []));
        });
      const roles = (access.azureRoles ?? []).flatMap(({ role }) =>
        role === null || findAzureRole(role) === null ? [role] : [],
      );
      return [
        ...missing(access.applicationPermissions, 'application'),
        ...missing(access.delegatedPermissions, 'delegated'),
        ...roles,
      ];
    });
    expect(unresolved).toEqual([]);
  });

  test('is reviewed later than the moment the example is about', () => {
    for (const { reviewBy } of policies) expect(reviewBy).toBe('2027-03-31');
  });
});

test('Contoso has one exception that holds, one that ran out and one that excuses nothing', () => {
  const exceptions = readPolicies('policies').flatMap((policy) => policy.exceptions);
  expect(exceptions.map(({ rule, subject, expires }) => `${rule} ${subject} ${expires}`)).toEqual([
    'privileged-azure-role Contributor 2027-02-28',
    'redundant-permission Sites.Read.All 2026-06-30',
    expect.stringMatching(/^expired-credential [0-9a-f-]{36} 2027-01-31$/),
  ]);
  const keys = rows(readExample('examples/contoso/tenant.yaml').graph, 'applications').flatMap((app) =>
    rows(app, 'passwordCredentials'),
  );
  expect(keys.map((key) => key['keyId'])).not.toContain(exceptions[2]?.subject);
});

test('of the pinned objects only the sub-application that was made again is another one', () => {
  const pinned = (folder: string, example: string): readonly string[] => {
    const principals = rows(readExample(`${example}/tenant.yaml`).graph, 'servicePrincipals');
    return readPolicies(folder).flatMap((policy) =>
      policy.identities.flatMap((identity) => {
        if (identity.type !== 'app') return [];
        const found = principals.find((row) => row['appId'] === identity.appId);
        return found?.['id'] === identity.objectId ? [] : [text(found, 'displayName')];
      }),
    );
  };
  expect(pinned('policies', 'examples/contoso')).toEqual(['NinjaOne Backup Sub-App 3']);
  expect(pinned('examples/least-privilege/policies', 'examples/least-privilege')).toEqual([]);
});

test('the least-privilege tenant holds exactly the Azure roles and application permissions that its policies list', () => {
  const { graph, arm, callers } = readExample('examples/least-privilege/tenant.yaml');
  const policies = readPolicies('examples/least-privilege/policies');
  const access = policies.flatMap(({ access: written, identities }) =>
    written === null || written === 'minimal' ? [] : [{ written, identities }],
  );
  const asked = access.flatMap(({ written }) =>
    (written.azureRoles ?? []).map(({ role, scope }) => `${role} ${scope}`),
  );
  const outside = ['/rg-sandbox/', '/rg-webshop-prod'];
  const held = [
    ...rows(arm, 'roleAssignments').map((row) => `${row['roleName']} ${row['scope']}`),
    ...callers.flatMap((row) => rows(row, 'armRoles')).map((row) => `${row['role']} ${row['scope']}`),
  ];
  expect(held.filter((row) => !outside.some((part) => row.includes(part))).sort()).toEqual([...asked].sort());

  const wanted = access.flatMap(({ written, identities }) =>
    (written.applicationPermissions ?? []).flatMap(({ permissions }) =>
      identities.flatMap((identity) =>
        identity.type === 'app' ? permissions.map(({ name }) => `${identity.objectId} ${name}`) : [],
      ),
    ),
  );
  const granted = rows(graph, 'appRoleAssignments').map((row) => `${row['principalId']} ${row['appRole']}`);
  expect([...granted].sort()).toEqual([...wanted].sort());
});

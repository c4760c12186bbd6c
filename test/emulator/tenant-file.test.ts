import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { checkTenant, loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { askGraph, sharedPath, start } from './connect.ts';
import { GRAPH, READER, SECRET, TENANT } from './tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenant-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('a state file', () => {
  test.each([
    ['YAML', 'a.yaml', `tenantId: ${TENANT}\nname: contoso\n`],
    ['JSON', 'a.json', `{ "tenantId": "${TENANT}", "name": "contoso" }`],
  ])('can be %s', (_, name, text) => {
    expect(loadTenantFile(write(name, text))).toEqual({ tenantId: TENANT, name: 'contoso' });
  });

  test.each<[string, unknown, string[]]>([
    ['a list', [], ['it must hold one object']],
    ['no tenant id', {}, ['tenantId must be a GUID']],
    ['an unknown field', { tenantId: TENANT, grpah: {} }, ['`grpah` is not a field of a tenant file']],
    [
      'an unknown inner field',
      { tenantId: TENANT, graph: { apps: [] } },
      ['`graph.apps` is not a field of a tenant file'],
    ],
    ['a list that is none', { tenantId: TENANT, callers: {} }, ['callers must be a list']],
    ['an object that is none', { tenantId: TENANT, arm: [] }, ['arm must be an object']],
    ['an entry that is no object', { tenantId: TENANT, graph: { users: ['x'] } }, ['graph.users[0] must be an object']],
    [
      'several faults at once',
      { tenantId: TENANT, callers: [{ appId: 'x' }], arm: { roleAssignments: [{ principalId: TENANT }] } },
      ['callers[0].appId is `x`, which is no GUID', 'arm.roleAssignments[0].scope is missing'],
    ],
  ])('with %s is refused', (_, value, problems) => {
    expect(() => checkTenant(value, 'f')).toThrow(`the tenant file \`f\` can't be used: ${problems.join('; ')}`);
  });

  test('that is not there, or is no YAML, is refused', () => {
    expect(() => loadTenantFile(join(folder, 'none'))).toThrow(/ENOENT/);
    expect(() => loadTenantFile(write('bad.yaml', 'a: [1'))).toThrow(/is neither JSON nor YAML|neither JSON nor YAML/);
  });

  test.each<[string, object, string]>([
    [
      'an app role',
      { graph: { appRoleAssignments: [{ principalId: TENANT, resourceAppId: GRAPH, appRole: 'Mail.Raed' }] } },
      'graph.appRoleAssignments[0].appRole is `Mail.Raed`, which `Microsoft Graph` does not offer',
    ],
    [
      'an API',
      { graph: { appRoleAssignments: [{ principalId: TENANT, appRole: 'x' }] } },
      'graph.appRoleAssignments[0] names no API: give it a `resourceAppId`',
    ],
    [
      "a caller's role",
      { callers: [{ appId: READER, roles: ['Nope'] }] },
      'callers[0].roles holds `Nope`, which Microsoft Graph does not offer',
    ],
    [
      'an Entra role',
      { graph: { roleAssignments: [{ principalId: TENANT, roleName: 'Nope' }] } },
      'graph.roleAssignments[0].roleName is `Nope`, which is no Entra role',
    ],
    [
      'an Azure role',
      { arm: { roleAssignments: [{ principalId: TENANT, scope: '/', roleName: 'Nope' }] } },
      'arm.roleAssignments[0] names the role `Nope`, which is no Azure role of this tenant',
    ],
  ])('that names %s that is not there does not start', async (_, part, message) => {
    await expect(startEmulator({ tenant: checkTenant({ tenantId: TENANT, ...part }) })).rejects.toThrow(message);
  });

  test('makes the same ids on each start', async () => {
    const ids = async () => {
      const one = await start();
      const { body } = await askGraph(one, '/servicePrincipals?$select=id&$top=999');
      await one.close();
      return body.value;
    };
    expect(await ids()).toEqual(await ids());
  });
});

describe('the cloud file', () => {
  test('points at the tenant, with the authority beside it', async () => {
    const emulator = await start();
    const path = writeCloudFile(emulator, join(folder, 'cloud'));
    const cloud = JSON.parse(readFileSync(path, 'utf8'));
    expect(cloud).toEqual({ ...emulator.cloud, ca: 'ca.pem' });
    expect(readFileSync(join(dirname(path), cloud.ca), 'utf8')).toBe(emulator.caPem);
    await emulator.close();
  });
});

const tenants = ['hubstor-as-documented', 'hubstor-least', 'vplus-as-documented'].map(
  (name) => [name, sharedPath(`acceptance/${name}/tenant.json`)] as const,
);

describe.skipIf(sharedPath('acceptance') === null)('the acceptance tenants (where the shared folder is)', () => {
  test.each(tenants)('%s is served', async (_, path) => {
    const tenant = loadTenantFile(path ?? '');
    const [caller] = tenant.callers ?? [];
    const emulator = await start({ tenant });
    const form = {
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      client_id: caller?.appId ?? '',
      client_secret: caller?.secret ?? '',
    };
    const token = await fetch(`${emulator.cloud.authority}/${tenant.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const ask = async (what: string) =>
      (
        await fetch(`${emulator.cloud.graph}/v1.0/${what}`, { headers: { authorization: `Bearer ${access_token}` } })
      ).json() as Promise<{ value: unknown[] }>;
    const [principal] = tenant.graph?.servicePrincipals ?? [];
    const held = (tenant.graph?.appRoleAssignments ?? []).filter((row) => row['principalId'] === principal?.['id']);
    expect(
      (await ask(`servicePrincipals(appId='${principal?.['appId']}')/appRoleAssignments?$top=999`)).value,
    ).toHaveLength(held.length);
    await emulator.close();
  });
});

describe('a large tenant', () => {
  const id = (first: number, index: number) => `${first}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

  test('of 100,000 service principals starts and answers in seconds', async () => {
    const count = 100_000;
    const servicePrincipals = Array.from({ length: count }, (_, index) => ({
      id: id(3, index),
      appId: id(4, index),
      displayName: `app ${index}`,
    }));
    const tenant = checkTenant({
      tenantId: TENANT,
      callers: [{ appId: READER, secret: SECRET, roles: ['Application.Read.All'] }],
      apis: [{ appId: GRAPH, appRoles: [{ value: 'Application.Read.All' }] }],
      graph: { servicePrincipals },
    });
    const large = await start({ tenant });
    const { body } = await askGraph(
      large,
      `/servicePrincipals?$filter=appId eq '${id(4, count - 1)}'&$select=displayName`,
    );
    expect(body.value).toEqual([{ displayName: `app ${count - 1}` }]);
    expect((await askGraph(large, `/servicePrincipals/${id(3, 7)}?$select=displayName`)).body.displayName).toBe(
      'app 7',
    );
    await large.close();
  });
});

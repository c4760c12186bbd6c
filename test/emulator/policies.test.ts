import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { askGraph, start } from './connect.ts';
import { BACKUP_SP, READER, SECRET, state } from './tenant.ts';

const everything = [...['Policy.Read.All', 'Directory.Read.All', 'Application.Read.All', 'Sites.FullControl.All']];
const own = 'c1000000-0000-4000-8000-000000000001';
const site = { id: 'contoso.sharepoint.com,1,2', webUrl: 'https://contoso.sharepoint.com/sites/Finance Team' };
const root = { id: 'contoso.sharepoint.com,3,4', webUrl: 'https://contoso.sharepoint.com' };

const tenant = (roles: readonly string[], graph: TenantState['graph'] = {}): TenantState => {
  const plain = state();
  return { ...plain, callers: [{ appId: READER, secret: SECRET, roles }], graph: { ...plain.graph, ...graph } };
};

describe('policies of the tenant', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start({
      tenant: tenant(everything, {
        authorizationPolicy: { defaultUserRolePermissions: { allowedToCreateApps: false } },
        appManagementPolicies: [{ id: own, displayName: 'Own', appliesTo: [BACKUP_SP] }],
        conditionalAccessPolicies: [{ id: own, displayName: 'Block', state: 'enabled' }],
        sites: [site, root],
      }),
    });
  });
  afterAll(() => emulator.close());

  test.each([
    [
      '/policies/authorizationPolicy',
      {
        id: 'authorizationPolicy',
        defaultUserRolePermissions: { allowedToCreateApps: false, allowedToCreateTenants: true },
      },
    ],
    ['/policies/adminConsentRequestPolicy', { isEnabled: false }],
    ['/policies/identitySecurityDefaultsEnforcementPolicy', { isEnabled: true }],
    ['/policies/defaultAppManagementPolicy', { isEnabled: false }],
    ['/groupSettings', { value: [] }],
    [`/policies/appManagementPolicies/${own}/appliesTo?$select=id`, { value: [{ id: BACKUP_SP }] }],
    ['/identity/conditionalAccess/policies', { value: [{ id: own, state: 'enabled', conditions: {} }] }],
  ])('%s is what the state says over what Microsoft sets', async (path, body) => {
    const answer = await askGraph(emulator, path);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({})]);
    expect(answer.body).toMatchObject(body);
  });

  test('of its own don’t show whom they are for', async () => {
    const { body } = await askGraph(emulator, '/policies/appManagementPolicies');
    expect(Object.keys(body.value[0])).not.toContain('appliesTo');
    expect((await askGraph(emulator, '/policies/appManagementPolicies/none/appliesTo')).status).toBe(404);
  });

  test.each([
    ['/sites/contoso.sharepoint.com:/sites/finance%20team', site.id],
    ['/sites/Contoso.SharePoint.com:/sites/Finance Team', site.id],
    [`/sites/${site.id}`, site.id],
    ['/sites/contoso.sharepoint.com', root.id],
  ])('and sites are found by %s', async (path, id) => {
    expect((await askGraph(emulator, path)).body).toMatchObject({ id });
  });

  test('and the grants of a site stand under its address too', async () => {
    const { status, body } = await askGraph(
      emulator,
      '/sites/contoso.sharepoint.com:/sites/finance%20team:/permissions',
    );
    expect([status, body.value]).toEqual([200, []]);
    expect((await askGraph(emulator, '/sites/contoso.sharepoint.com:/sites/none')).status).toBe(404);
  });
});

describe('a caller without the permission', () => {
  test.each([
    ['/policies/authorizationPolicy', ['Directory.Read.All'], 403],
    ['/policies/adminConsentRequestPolicy', ['Directory.Read.All'], 200],
    ['/policies/identitySecurityDefaultsEnforcementPolicy', ['Directory.Read.All'], 403],
    ['/groupSettings', ['Policy.Read.All'], 403],
    ['/policies/appManagementPolicies', ['Application.Read.All'], 403],
    [`/policies/appManagementPolicies/${own}/appliesTo`, ['Policy.Read.All'], 403],
    ['/identity/conditionalAccess/policies', ['Directory.Read.All'], 403],
    ['/identity/conditionalAccess/policies', ['Policy.Read.All'], 200],
  ])('of %s with %s gets %i', async (path, roles, status) => {
    const emulator = await start({ tenant: tenant(roles) });
    try {
      expect((await askGraph(emulator, path)).status).toBe(status);
    } finally {
      await emulator.close();
    }
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, start } from './connect.ts';
import { ASSIGNMENT_ROLES, BACKUP_SP, GRAPH, MAIL_READ, READ_ROLES, READER, state } from './tenant.ts';

const writing = () => {
  const base = state();
  const callers =
    base.callers?.map((caller) =>
      caller.appId === READER ? { ...caller, roles: [...READ_ROLES, ...ASSIGNMENT_ROLES] } : caller,
    ) ?? [];
  return { ...base, callers };
};

let tenant: Emulator;
beforeEach(async () => {
  tenant = await start({ tenant: writing() });
});
afterEach(() => tenant.close());

const NOBODY = '00000000-0000-4000-8000-000000000000';
const readId = async () => (await askGraph(tenant, `/servicePrincipals(appId='${GRAPH}')?$select=id,appRoles`)).body;
const held = async () => (await askGraph(tenant, `/servicePrincipals/${BACKUP_SP}/appRoleAssignments`)).body.value;
const post = (path: string, body: unknown) => askGraph(tenant, path, { method: 'POST', body: JSON.stringify(body) });

describe('an app role assignment', () => {
  test('is created once, and taken away once', async () => {
    const graph = await readId();
    const appRoleId = graph.appRoles[0].id;
    const made = await post(`/servicePrincipals/${graph.id}/appRoleAssignedTo`, {
      principalId: BACKUP_SP,
      resourceId: graph.id,
      appRoleId,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      appRoleId,
      principalId: BACKUP_SP,
      resourceDisplayName: 'Microsoft Graph',
      principalType: 'ServicePrincipal',
    });
    expect(await held()).toHaveLength(2);
    const path = `/servicePrincipals/${graph.id}/appRoleAssignedTo/${made.body.id}`;
    expect((await askGraph(tenant, path, { method: 'DELETE' })).status).toBe(204);
    expect((await askGraph(tenant, path, { method: 'DELETE' })).status).toBe(404);
    expect(await held()).toHaveLength(1);
  });

  test.each<[string, (graph: string) => Record<string, string>, string]>([
    [
      'held already',
      (resourceId) => ({ principalId: BACKUP_SP, resourceId, appRoleId: MAIL_READ }),
      'Permission being assigned already exists on the object',
    ],
    [
      'of a role that is not offered',
      (resourceId) => ({ principalId: BACKUP_SP, resourceId, appRoleId: NOBODY }),
      'Permission being assigned was not found on application',
    ],
    [
      'to nobody',
      (resourceId) => ({ principalId: NOBODY, resourceId, appRoleId: MAIL_READ }),
      'Not a valid reference update.',
    ],
    [
      'on no API',
      () => ({ principalId: BACKUP_SP, resourceId: NOBODY, appRoleId: MAIL_READ }),
      'Not a valid reference update.',
    ],
  ])('is refused when %s', async (_, make, message) => {
    const graph = await readId();
    const { status, body } = await post(`/servicePrincipals/${graph.id}/appRoleAssignedTo`, make(graph.id));
    expect([status, body.error.code, body.error.message]).toEqual([400, 'Request_BadRequest', message]);
  });

  test('needs more than reading', async () => {
    const plain = await start();
    const graph = await readId();
    const answer = await askGraph(plain, `/servicePrincipals/${graph.id}/appRoleAssignedTo`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(403);
    await plain.close();
  });

  test('reaches readers late where replication lags', async () => {
    await tenant.close();
    tenant = await start({ tenant: writing(), replicationLag: 2 });
    const graph = await readId();
    const appRoleId = graph.appRoles[0].id;
    await post(`/servicePrincipals/${graph.id}/appRoleAssignedTo`, {
      principalId: BACKUP_SP,
      resourceId: graph.id,
      appRoleId,
    });
    expect([(await held()).length, (await held()).length, (await held()).length]).toEqual([1, 1, 2]);
  });
});

describe('a delegated grant', () => {
  const grants = async () =>
    (await askGraph(tenant, `/oauth2PermissionGrants?$filter=clientId eq '${BACKUP_SP}'`)).body.value;

  test('is one per client, API and consent', async () => {
    const graph = await readId();
    const body = {
      clientId: BACKUP_SP,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: graph.id,
      scope: 'Mail.Read',
    };
    const again = await post('/oauth2PermissionGrants', body);
    expect([again.status, again.body.error.code, again.body.error.message]).toEqual([
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'Permission entry already exists.',
    ]);
    const mine = await post('/oauth2PermissionGrants', {
      ...body,
      consentType: 'Principal',
      principalId: '77777777-7777-4777-8777-777777777777',
    });
    expect(mine.status).toBe(201);
    expect(await grants()).toHaveLength(2);
  });

  test('has its scopes replaced, and goes', async () => {
    const [{ id }] = await grants();
    const patch = { method: 'PATCH', body: JSON.stringify({ scope: 'Mail.Read' }) };
    expect((await askGraph(tenant, `/oauth2PermissionGrants/${id}`, patch)).status).toBe(204);
    expect((await grants())[0].scope).toBe('Mail.Read');
    expect((await askGraph(tenant, `/oauth2PermissionGrants/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await grants()).toEqual([]);
  });

  test('takes no more than 3850 characters', async () => {
    const [{ id }] = await grants();
    const { status, body } = await askGraph(tenant, `/oauth2PermissionGrants/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ scope: 'a'.repeat(3851) }),
    });
    expect([status, body.error.message]).toEqual([400, 'The scope is 3851 characters long, the limit is 3850.']);
  });

  test('is not made for a client that is not there', async () => {
    const graph = await readId();
    const { status, body } = await post('/oauth2PermissionGrants', {
      clientId: NOBODY,
      consentType: 'AllPrincipals',
      resourceId: graph.id,
      scope: 'x',
    });
    expect([status, body.error.message]).toEqual([
      400,
      `Resource '${NOBODY}' does not exist or one of its queried reference-property objects are not present.`,
    ]);
  });
});

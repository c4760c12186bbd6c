import { BatchRequestContent, BatchResponseContent, PageIterator } from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { armClient, graphClient, start } from './connect.ts';
import { BACKUP, BACKUP_SP, SUBSCRIPTION, VAULT } from './tenant.ts';

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start({ pageSize: 2 });
});
afterAll(() => tenant.close());

describe('the Graph SDK', () => {
  test('reads an object by app id', async () => {
    const found = await graphClient(tenant).api(`/servicePrincipals(appId='${BACKUP}')`).select('id,displayName').get();
    expect(found).toEqual({
      '@odata.context': `${tenant.cloud.graph}/v1.0/$metadata#servicePrincipals(id,displayName)/$entity`,
      id: BACKUP_SP,
      displayName: 'Backup App',
    });
  });

  test('walks all pages', async () => {
    const client = graphClient(tenant);
    const first = await client.api('/servicePrincipals').get();
    expect(first.value).toHaveLength(2);
    const ids: string[] = [];
    await new PageIterator(client, first, (row) => ids.push(row.id) > 0).iterate();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(11);
  });

  test('sends batches of twenty and gets each answer by its id', async () => {
    const client = graphClient(tenant);
    const steps = Array.from({ length: 20 }, (_, index) => ({
      id: `r${index}`,
      request: new Request(
        `https://localhost/servicePrincipals/${BACKUP_SP}/${index % 2 === 0 ? 'appRoleAssignments' : 'nothing'}`,
      ),
    }));
    const answer = await client.api('/$batch').post(await new BatchRequestContent(steps).getContent());
    const content = new BatchResponseContent(answer);
    expect(content.getResponseById('r0').status).toBe(200);
    expect(content.getResponseById('r1').status).toBe(400);
    expect(await content.getResponseById('r4').json()).toMatchObject({ value: [{ principalId: BACKUP_SP }] });
  });

  test('tells a missing object', async () => {
    const id = '12345678-1234-4234-8234-123456789012';
    await expect(graphClient(tenant).api(`/servicePrincipals/${id}`).get()).rejects.toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
      message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });
});

describe('the authorization SDK', () => {
  test('lists assignments of a principal over pages', async () => {
    const rows = [];
    for await (const row of armClient(tenant).roleAssignments.listForSubscription({
      filter: `principalId eq '${BACKUP_SP}'`,
    }))
      rows.push(row);
    expect(rows.map((row) => row.scope)).toEqual([`/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-app`]);
  });

  test('lists what is inherited too, over pages', async () => {
    const rows = [];
    for await (const row of armClient(tenant).roleAssignments.listForScope(VAULT.slice(1))) rows.push(row);
    expect(rows.map((row) => row.principalType)).toEqual([
      'ServicePrincipal',
      'Group',
      'ServicePrincipal',
      'ServicePrincipal',
    ]);
  });

  test('takes a scope with a leading slash', async () => {
    const rows = [];
    for await (const row of armClient(tenant).roleDefinitions.list(`/subscriptions/${SUBSCRIPTION}`, {
      filter: "roleName eq 'Contributor'",
    }))
      rows.push(row);
    expect(rows.map((row) => row.id)).toEqual([
      `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
    ]);
  });
});

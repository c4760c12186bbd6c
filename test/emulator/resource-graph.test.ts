import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askArm, start } from './connect.ts';
import { BACKUP_SP, GROUP, OTHER, RESOURCE_GROUP, SUBSCRIPTION, state, VAULT, WEAK } from './tenant.ts';

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

const PATH = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';
const ALL = { authorizationScopeFilter: 'AtScopeAboveAndBelow', resultFormat: 'objectArray' };
const ask = (
  query: string,
  options: Record<string, unknown> = ALL,
  more = {},
  as?: readonly [string, string],
  emulator = tenant,
) => askArm(emulator, PATH, { method: 'POST', body: JSON.stringify({ query, options, ...more }) }, as);
const ASSIGNMENTS =
  "authorizationresources | where type =~ 'Microsoft.Authorization/roleAssignments' | project id, scope = tostring(properties.scope) | order by id asc";
const scopes = (body: { data: { scope: string }[] }) => body.data.map(({ scope }) => scope).toSorted();
const MG = '/providers/Microsoft.Management/managementGroups/mg-contoso';

describe('what a query sees', () => {
  test("the program's own query answers assignments, their roles, roles by name and subscriptions", async () => {
    const query = `authorizationresources
      | where type =~ 'microsoft.authorization/roleassignments'
      | where tostring(properties.principalId) in~ ('${BACKUP_SP}', '${GROUP.toUpperCase()}')
      | extend roleGuid = tostring(split(tolower(tostring(properties.roleDefinitionId)), '/roledefinitions/')[1])
      | join kind=leftouter (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | extend roleGuid = tolower(name) | project roleGuid, definition = properties) on roleGuid
      | project id, name, type, properties, definition
      | union (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | where tostring(properties.roleName) in~ ('owner', 'Snapshot Maker') | project id, name, type, properties)
      | union (resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | where subscriptionId in~ ('${SUBSCRIPTION}', '${OTHER}') | project id, name, type, properties)
      | order by id asc`;
    const { status, body, headers } = await ask(query);
    expect([status, body.totalRecords, body.resultTruncated, '$skipToken' in body]).toEqual([200, 5, 'false', false]);
    expect(headers.get('x-ms-user-quota-remaining')).toBe('14');
    const seen = body.data.map(
      (row: { type: string; definition: { roleName: string } | null; properties: { roleName?: string } }) => [
        row.type,
        row.definition?.roleName ?? row.properties.roleName ?? null,
      ],
    );
    expect(seen).toEqual(
      expect.arrayContaining([
        ['microsoft.authorization/roleassignments', 'Contributor'],
        ['microsoft.authorization/roleassignments', 'Backup Contributor'],
        ['microsoft.authorization/roledefinitions', 'Owner'],
        ['microsoft.authorization/roledefinitions', 'Snapshot Maker'],
        ['microsoft.resources/subscriptions', null],
      ]),
    );
    const subscription = body.data.find((row: { type: string }) => row.type === 'microsoft.resources/subscriptions');
    expect(subscription.properties.managementGroupAncestorsChain).toEqual([
      { name: 'mg-contoso', displayName: 'mg-contoso' },
      { name: '11111111-1111-4111-8111-111111111111', displayName: 'Tenant Root Group' },
    ]);
    const owner = body.data.find((row: { properties: { roleName?: string } }) => row.properties.roleName === 'Owner');
    expect(owner.id).toBe('/providers/Microsoft.Authorization/RoleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635');
  });

  test('inherited assignments only when asked for', async () => {
    expect(scopes((await ask(ASSIGNMENTS, {})).body)).toEqual([RESOURCE_GROUP, RESOURCE_GROUP]);
    expect(scopes((await ask(ASSIGNMENTS)).body)).toEqual([MG, MG, RESOURCE_GROUP, RESOURCE_GROUP]);
    expect(scopes((await ask(ASSIGNMENTS, { authorizationScopeFilter: 'AtScopeAndAbove' })).body)).toEqual([MG, MG]);
  });

  test('nothing of what the caller can not read, without a word', async () => {
    expect(scopes((await ask(ASSIGNMENTS, {}, {}, [WEAK, 'weak-secret'])).body)).toEqual([
      RESOURCE_GROUP,
      RESOURCE_GROUP,
    ]);
    expect((await ask(ASSIGNMENTS, ALL, { subscriptions: [OTHER] })).body.data).toEqual([]);
    expect((await ask(ASSIGNMENTS, ALL, { subscriptions: [SUBSCRIPTION] })).body.count).toBe(4);
    expect((await ask(ASSIGNMENTS, {}, { managementGroups: ['mg-contoso'] })).body.count).toBe(4);
  });

  test('assignments of a management group where there is no subscription', async () => {
    const base = state();
    const bare = await start({ tenant: { ...base, arm: { ...base.arm, subscriptions: [], resources: [] } } });
    expect(scopes((await ask(ASSIGNMENTS, ALL, {}, undefined, bare)).body)).toEqual([MG, MG]);
    await bare.close();
  });

  test('resources, and groups apart from them', async () => {
    const resources = await ask("resources | where type == 'microsoft.recoveryservices/vaults' | project id, identity");
    expect(resources.body.data).toMatchObject([{ id: VAULT, identity: { type: 'SystemAssigned' } }]);
    const groups = await ask(
      "resourcecontainers | where type == 'microsoft.resources/subscriptions/resourcegroups' | project name, resourceGroup",
    );
    expect(groups.body.data).toEqual([{ name: 'rg-app', resourceGroup: 'rg-app' }]);
  });
});

describe('pages', () => {
  const many = () => {
    const base = state();
    const rows = Array.from({ length: 1100 }, (_, index) => ({
      scope: `${RESOURCE_GROUP}/x/y${index}`,
      roleName: 'Reader',
      principalId: BACKUP_SP,
    }));
    return start({ tenant: { ...base, arm: { ...base.arm, roleAssignments: rows } } });
  };

  test('go on by token where the query projects and orders by id, and stop without a word where not', async () => {
    const large = await many();
    const by = (query: string, options: Record<string, unknown>) =>
      ask(query, { ...ALL, ...options }, {}, undefined, large);
    const first = (await by(ASSIGNMENTS, {})).body;
    expect([first.count, first.totalRecords, first.resultTruncated, typeof first.$skipToken]).toEqual([
      100,
      1102,
      'false',
      'string',
    ]);
    const ids = new Set<string>();
    let token: string | undefined;
    do {
      const { body } = await by(ASSIGNMENTS, { $top: 1000, ...(token === undefined ? {} : { $skipToken: token }) });
      for (const row of body.data) ids.add(row.id);
      token = body.$skipToken;
    } while (token !== undefined);
    expect(ids.size).toBe(1102);
    const cut = (
      await by("authorizationresources | where type endswith '/roleassignments' | project name", { $top: 1000 })
    ).body;
    expect([cut.count, cut.resultTruncated, '$skipToken' in cut]).toEqual([1000, 'true', false]);
    await large.close();
  });

  test('can be a table', async () => {
    const { body } = await ask('resources | project name, type', { ...ALL, resultFormat: 'table' });
    expect(body.data).toEqual({
      columns: [
        { name: 'name', type: 'string' },
        { name: 'type', type: 'string' },
      ],
      rows: [['vault-1', 'microsoft.recoveryservices/vaults']],
    });
  });
});

describe('a refusal', () => {
  test.each<[string, string, Record<string, unknown>, string, string]>([
    [
      'query that can not be read',
      'resources | summarize count()',
      {},
      'InvalidQuery',
      'the operator `summarize` is not supported',
    ],
    ['missing query', '', {}, 'InvalidQuery', 'The query is missing.'],
    [
      'too large page',
      'resources',
      { $top: 1001 },
      'InvalidTop',
      "The value '1001' of $top must be between 1 and 1000.",
    ],
    ['made-up token', 'resources', { $skipToken: 'abc' }, 'InvalidSkipToken', 'The skip token is not valid.'],
    [
      'unknown scope filter',
      'resources',
      { authorizationScopeFilter: 'x' },
      'InvalidAuthorizationScopeFilter',
      "The authorization scope filter 'x' is not one of",
    ],
  ])('of a %s', async (_, query, options, code, message) => {
    const { status, body } = await ask(query, options);
    expect([status, body.error.code, body.error.details[0].code]).toEqual([400, 'BadRequest', code]);
    expect(body.error.details[0].message).toContain(message);
  });
});

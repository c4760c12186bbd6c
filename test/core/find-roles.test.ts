import { describe, expect, it } from 'vitest';
import { findRoles } from '../../src/core/find-roles.ts';
import type { ReadInput } from '../../src/core/kind.ts';
import type { ArmPort } from '../../src/core/ports.ts';
import { ok } from '../../src/core/result.ts';

const self = 'c0000000-0000-4000-8000-000000000001';
const subscription = '11111111-1111-4111-8111-111111111111';
const whole = `/subscriptions/${subscription}`;
const managementGroup = '/providers/Microsoft.Management/managementGroups/mg-root';
const never = () => Promise.reject(new Error('not asked here'));

const own = (permissions: object, scope = whole, more: object = {}): unknown => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/1`,
  type: 'microsoft.authorization/roleassignments',
  properties: { principalId: self, roleDefinitionId: '/x/roleDefinitions/r1', scope, ...more },
  definition: { roleName: 'Its role', type: 'CustomRole', permissions: [permissions] },
});
const visible = {
  id: whole,
  type: 'microsoft.resources/subscriptions',
  properties: { managementGroupAncestorsChain: [{ name: 'mg-root' }] },
};

const find = async (rows: readonly unknown[], principals: readonly string[] = [], as: string | null = self) => {
  const queries: string[] = [];
  const arm: ArmPort = {
    principal: () => Promise.resolve(ok(as)),
    get: never,
    list: never,
    listRoleAssignments: never,
    query: (query) => {
      queries.push(query);
      return Promise.resolve(ok(rows));
    },
  };
  const input = { policies: [], subscriptions: [subscription], ports: { arm } } as unknown as ReadInput;
  return { queries, found: await findRoles(input, principals) };
};

describe('what the program is known to see', () => {
  const cases = [
    { name: 'with every action', rows: [own({ actions: ['*'] })], is: true },
    { name: 'as Reader', rows: [own({ actions: ['*/read'] })], is: true },
    { name: 'by the one action', rows: [own({ actions: ['Microsoft.Authorization/roleAssignments/read'] })], is: true },
    { name: 'from a management group', rows: [visible, own({ actions: ['*/read'] }, managementGroup)], is: true },
    {
      name: 'as Contributor',
      rows: [
        own({
          actions: ['*'],
          notActions: [
            'Microsoft.Authorization/*/Delete',
            'Microsoft.Authorization/*/Write',
            'Microsoft.Authorization/elevateAccess/Action',
          ],
        }),
      ],
      is: true,
    },
    { name: 'without a role', rows: [visible], is: false },
    { name: 'by another action', rows: [own({ actions: ['Microsoft.Compute/*/read'] })], is: false },
    { name: 'by data alone', rows: [own({ actions: [], dataActions: ['*'] })], is: false },
    {
      name: 'with reading taken away',
      rows: [own({ actions: ['*'], notActions: ['Microsoft.Authorization/roleAssignments/read'] })],
      is: false,
    },
    {
      name: 'with reading taken away by a wildcard',
      rows: [own({ actions: ['*'], notActions: ['Microsoft.Authorization/roleAssignments/*'] })],
      is: false,
    },
    {
      name: 'with reading taken away by a wider one',
      rows: [own({ actions: ['*/read'], notActions: ['*/roleAssignments/read'] })],
      is: false,
    },
    { name: 'under a condition', rows: [own({ actions: ['*'] }, whole, { condition: '@x' })], is: false },
    {
      name: 'within a group of the subscription',
      rows: [own({ actions: ['*'] }, `${whole}/resourceGroups/rg`)],
      is: false,
    },
    {
      name: 'from a management group that is not above',
      rows: [visible, own({ actions: ['*'] }, `${managementGroup}-2`)],
      is: false,
    },
    { name: 'by a role of somebody else', rows: [own({ actions: ['*'] }, whole, { principalId: 'b1' })], is: false },
  ];
  it.each(cases)('$name: $is', async ({ rows, is }) => {
    const { found } = await find(rows);
    expect(found.ok && found.value.seesAll(whole)).toBe(is);
  });

  it('is nothing where the token doesn’t say who it is', async () => {
    const { found } = await find([own({ actions: ['*'] })], [], null);
    expect(found.ok && found.value.seesAll(whole)).toBe(false);
  });
});

describe('the query', () => {
  it('asks for two hundred at once, and for the rest of it only once', async () => {
    const principals = Array.from({ length: 401 }, (_, index) => `b${index}`);
    const { queries, found } = await find([own({ actions: ['*'] })], principals);
    expect(queries).toHaveLength(3);
    expect(queries.filter((query) => query.includes('resourcecontainers'))).toHaveLength(1);
    expect(found.ok && found.value.assignments).toHaveLength(1);
  });

  it('fails for a row of a sort that was not asked for', async () => {
    const { found } = await find([{ id: '/x', type: 'microsoft.compute/disks' }]);
    expect(found).toMatchObject({
      ok: false,
      error: { reason: 'malformed', detail: 'a row is of type `microsoft.compute/disks`, which was not asked for' },
    });
  });

  it('takes a definition without a type for a custom one', async () => {
    const { found } = await find([
      {
        id: '/x',
        name: 'r9',
        type: 'microsoft.authorization/roledefinitions',
        properties: { roleName: 'Reader', permissions: [] },
      },
    ]);
    expect(found.ok && found.value.definitions.map(({ type }) => type)).toEqual(['CustomRole']);
  });
});

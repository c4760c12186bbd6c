import { describe, expect, it } from 'vitest';
import { type FindStrangersInput, findStrangers } from '../../src/app/find-strangers.ts';
import { appId, objectId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Answer, TenantPorts } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import { permissions } from '../../src/knowledge/permissions.ts';
import { vendors } from '../../src/knowledge/vendors.ts';
import { appIdentity, policy as resolved, vaultSystem } from '../support/policies.ts';
import { refused } from '../support/read-kind.ts';

const guid = (start: string, number: number): string =>
  `${start}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const roleOf = (value: string): string =>
  permissions.find((one) => one.api === microsoftGraph && one.type === 'application' && one.value === value)?.id ??
  value;

const apis = [microsoftGraph, exchangeOnline, sharePointOnline].map((id, number) => ({
  appId: id,
  objectId: objectId(guid('e', number)),
  displayName: `API ${number}`,
  application: null,
  delegated: null,
}));

const subscription = '/subscriptions/5a000000-0000-4000-8000-000000000001';
const vault = `${subscription}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/rsv`;

/** Rows of Microsoft Graph's list: principal number and permission. */
const held = (number: number, value: string, more: object = {}) => ({
  principalId: guid('b', number),
  principalType: 'ServicePrincipal',
  principalDisplayName: `app ${number}`,
  appRoleId: roleOf(value),
  ...more,
});
const head = (number: number, more: object = {}) => ({
  id: guid('b', number),
  appId: guid('a', number),
  displayName: `app ${number}`,
  servicePrincipalType: 'Application',
  appOwnerOrganizationId: guid('c', 1),
  alternativeNames: [],
  ...more,
});
const backup = (number: number) => ['Mail.Read', 'Sites.Read.All'].map((value) => held(number, value));

interface World {
  readonly held?: readonly object[];
  readonly heads?: readonly object[];
  readonly named?: readonly object[];
  readonly azure?: Answer<readonly unknown[]>;
  readonly policies?: readonly Policy[];
  readonly known?: readonly { readonly objectId: string }[];
  readonly apis?: typeof apis;
  readonly fails?: string;
  readonly subscriptions?: readonly string[];
}

const visible = { id: subscription, name: 'Production', type: 'microsoft.resources/subscriptions' };

const find = async (world: World) => {
  const paths: string[] = [];
  const queries: string[] = [];
  const list = async (path: string): Promise<Answer<readonly unknown[]>> => {
    paths.push(path);
    if (world.fails !== undefined && path.includes(world.fails)) return err(refused);
    if (path.includes('appRoleAssignedTo')) return ok(path.includes(guid('e', 0)) ? (world.held ?? []) : []);
    if (path.includes('startswith')) return ok(path.includes(`'${vendors[0]?.names[0]}'`) ? (world.named ?? []) : []);
    const rows = [...(world.heads ?? []), ...apis.map((api) => ({ ...api, id: api.objectId }))];
    const key = path.includes('$filter=appId') ? 'appId' : 'id';
    return ok(rows.filter((row) => path.includes(`'${new Map(Object.entries(row)).get(key)}'`)));
  };
  const never = () => Promise.reject(new Error('not asked for'));
  const query = async (text: string): Promise<Answer<readonly unknown[]>> => {
    queries.push(text);
    return queries.length === 1 ? (world.azure ?? ok([visible])) : ok([]);
  };
  const ports: TenantPorts = {
    graph: { get: never, list, beta: { get: never, list: never }, held: async () => new Set() },
    arm: { principal: never, get: never, list: never, listRoleAssignments: never, query },
  };
  const input: FindStrangersInput = {
    policies: world.policies ?? [],
    snapshot: {
      names: { apis: world.apis ?? apis, azureRoles: [], directoryRoles: [] },
      identities: (world.known ?? []).map(({ objectId: id }) => ({ objectId: id, goneObjectId: null })),
    } as unknown as Snapshot,
    ports,
    subscriptions: world.subscriptions ?? [],
    progress: () => undefined,
  };
  const { strangers, reads } = await findStrangers(input);
  return {
    strangers: strangers.map(({ identity, permissions: values }) => `${identity}: ${values.map(({ value }) => value)}`),
    gaps: reads.flatMap(({ kind, needs, failure }) =>
      failure === null ? [] : [`${kind}: ${failure.reason}, ${failure.detail}, ${needs}`],
    ),
    reads: reads.map(({ kind }) => kind),
    paths,
    queries,
  };
};

const named = Math.ceil(vendors.flatMap(({ names }) => names).length / 15);
const policyOn = (...identities: Policy['identities']): Policy => resolved({ identities }).policy;

describe('strangers', () => {
  it('are who holds what backup software holds, and nobody else', async () => {
    const world = {
      held: [...backup(1), held(2, 'User.Read.All'), held(3, 'Mail.Send')],
      heads: [head(1), head(2), head(3)],
    };
    const found = await find(world);
    expect(found).toMatchObject({ strangers: [`${guid('a', 1)}: Mail.Read,Sites.Read.All`], gaps: [] });
    expect(found.paths.filter((path) => path.includes(`'${guid('b', 2)}'`))).toEqual([]);
  });

  const spared: readonly (readonly [string, World])[] = [
    ['named by a policy, by app id', { policies: [policyOn(appIdentity(guid('a', 1)))] }],
    ['found for a policy, by object id', { known: [{ objectId: guid('b', 1) }] }],
    [
      'to be gone by a policy',
      {
        policies: [
          resolved({
            mustNotExist: [
              { appId: appId(guid('a', 1)), userPrincipalName: null, purpose: null, place: appIdentity().place },
            ],
          }).policy,
        ],
      },
    ],
    [
      "Microsoft's own service",
      { heads: [head(1, { appOwnerOrganizationId: 'F8CDEF31-A31E-4B4A-93E4-5F571E91255A' })] },
    ],
    ['gone', { heads: [] }],
    ['a user', { held: backup(1).map((row) => ({ ...row, principalType: 'User' })) }],
    ['one that may only sign in', { held: [{ ...held(1, 'x'), appRoleId: guid('0', 0) }] }],
  ];
  it.each(spared)('are not: who is %s', async (_, world) => {
    const found = await find({ held: backup(1), heads: [head(1)], ...world });
    expect(found).toMatchObject({ strangers: [], gaps: [] });
  });

  it('are named by the resource that a managed identity belongs to', async () => {
    const machine = `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`;
    const managed = { servicePrincipalType: 'ManagedIdentity', alternativeNames: ['isExplicit=False', machine] };
    const found = await find({ held: backup(1), heads: [head(1, managed)] });
    expect(found.strangers).toEqual([`${machine}: Mail.Read,Sites.Read.All`]);
  });

  const vaultRow = (principal: string) => ({
    id: vault,
    name: 'rsv',
    type: 'microsoft.recoveryservices/vaults',
    identity: { type: 'SystemAssigned', principalId: principal },
  });

  it('are the identities of vaults, but of those that a policy speaks of', async () => {
    const world = { heads: [head(7)], azure: ok([visible, vaultRow(guid('b', 7))]) };
    expect((await find(world)).strangers).toEqual([`${vault}: `]);
    const spelt = policyOn(vaultSystem(vault.toUpperCase()));
    expect((await find({ ...world, policies: [spelt] })).strangers).toEqual([]);
  });

  it('are not looked for where a vault has no identity', async () => {
    const azure = ok([visible, { ...vaultRow(''), identity: null }, { ...vaultRow(''), identity: { type: 'None' } }]);
    expect(await find({ azure })).toMatchObject({ strangers: [], gaps: [] });
  });
});

describe('what could not be read', () => {
  it.each([
    ['a list of an API', { fails: guid('e', 2) }, ['app-role-assignment: forbidden, HTTP 403, Application.Read.All']],
    [
      'the names of makers',
      { fails: 'startswith' },
      ['app-role-assignment: forbidden, HTTP 403, Application.Read.All'],
    ],
    [
      'the APIs themselves',
      { fails: 'appId in', apis: [] },
      ['app-role-assignment: forbidden, HTTP 403, Application.Read.All'],
    ],
    [
      'who a suspect is',
      { fails: '$filter=id in', held: backup(1) },
      ['service-principal: forbidden, HTTP 403, Application.Read.All'],
    ],
  ])('is a gap: %s', async (_, world, gaps) => {
    expect((await find(world as World)).gaps).toEqual(gaps);
  });

  const roles = 'azure-role-assignment';
  const reader = 'Reader at the subscriptions (Microsoft.Authorization/roleAssignments/read)';
  const vaults =
    'Reader at the vaults (Microsoft.RecoveryServices/vaults/read, Microsoft.DataProtection/backupVaults/read)';
  it.each([
    ['a refusal', { azure: err(refused) }, 'forbidden, HTTP 403'],
    [
      'an answer that makes no sense',
      { azure: ok([{ id: 'x', type: 'microsoft.web/sites' }]) },
      'malformed, a row is of type `microsoft.web/sites`, which was not asked for',
    ],
    [
      'a subscription that hides',
      { subscriptions: [guid('d', 1)] },
      `not-visible, subscription ${guid('d', 1)} is not visible`,
    ],
  ])('of Azure is a gap: %s', async (_, world, why) => {
    const found = await find(world);
    expect(found.gaps).toEqual([`${roles}: ${why}, ${reader}`, `vault-identity: ${why}, ${vaults}`]);
  });

  it('of Azure is not claimed where no subscription shows and none is expected', async () => {
    const found = await find({ azure: ok([]) });
    expect(found).toMatchObject({ gaps: [], reads: ['app-role-assignment', 'service-principal'] });
  });
});

describe('requests', () => {
  it('are three lists, the names, and one for 15 suspects', async () => {
    for (const [count, details] of [
      [0, 0],
      [1, 1],
      [15, 1],
      [16, 2],
      [40, 3],
    ] as const) {
      const numbers = Array.from({ length: count }, (_, number) => number + 1);
      const found = await find({ held: numbers.flatMap(backup), heads: numbers.map((number) => head(number)) });
      expect(found.strangers).toHaveLength(count);
      expect(found.paths).toHaveLength(3 + named + details);
      expect(found.queries).toHaveLength(count === 0 ? 1 : 2);
    }
  });

  it('are the same however many others hold what backup does not', async () => {
    const others = Array.from({ length: 5_000 }, (_, number) => held(number + 100, 'User.Read.All'));
    const found = await find({ held: [...others, ...backup(1)], heads: [head(1)] });
    expect(found.paths).toHaveLength(3 + named + 1);
  });

  it('take one more where the APIs are not known yet', async () => {
    expect((await find({ apis: [] })).paths).toHaveLength(3 + named + 1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import { findIdentities } from '../../src/app/find-identities.ts';
import { armId, identityId, objectId } from '../../src/core/ids.ts';
import type { PolicyIdentity } from '../../src/core/policy.ts';
import type { TenantPorts } from '../../src/core/ports.ts';
import { ok } from '../../src/core/result.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { fleet } from '../support/fleet.ts';
import { appIdentity, line } from '../support/policies.ts';
import { serve, temporaryFolder } from '../support/rig.ts';

const plain = fleet(3, 0);
const { tenantId } = plain;
const subscription = '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-0';
const user = `${subscription}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uai`;
const vault = (name: string) => `${subscription}/providers/Microsoft.DataProtection/backupVaults/${name}`;
const machine = (name: string) => `${subscription}/providers/Microsoft.Compute/virtualMachines/${name}`;
const guid = (kind: string, number: number): string =>
  `${kind}${String(number).padStart(7, '0')}-0000-4000-8000-000000000000`;
const principal = (id: string, app: string, more: object = {}) => ({
  id,
  appId: app,
  displayName: `of ${app.slice(0, 8)}`,
  accountEnabled: true,
  servicePrincipalType: 'Application',
  appOwnerOrganizationId: tenantId,
  passwordCredentials: [],
  keyCredentials: [],
  ...more,
});
const managed = { servicePrincipalType: 'ManagedIdentity', appOwnerOrganizationId: null };
const resource = (id: string, type: string, more: object) => ({
  id,
  name: id.split('/').at(-1),
  type,
  location: 'westeurope',
  properties: {},
  ...more,
});
const systemOf = (id: string) => ({ identity: { type: 'SystemAssigned', principalId: id, tenantId } });
const attached = {
  identity: {
    type: 'UserAssigned',
    userAssignedIdentities: {
      [user.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')]: {
        principalId: guid('b', 71),
        clientId: guid('a', 71),
      },
    },
  },
};

const tenant = {
  ...plain,
  graph: {
    ...plain.graph,
    users: [{ id: guid('b', 50), displayName: 'Ada', userPrincipalName: 'ada@contoso.example' }],
    servicePrincipals: [
      ...(plain.graph?.servicePrincipals ?? []),
      principal(guid('b', 8), guid('a', 8), { appOwnerOrganizationId: guid('e', 99) }),
      principal(guid('b', 9), guid('a', 9)),
      principal(guid('b', 70), guid('a', 70), managed),
      principal(guid('b', 71), guid('a', 71), managed),
      principal(guid('b', 72), guid('a', 72), managed),
    ],
  },
  arm: {
    ...plain.arm,
    resources: [
      ...(plain.arm?.resources ?? []),
      resource(user, 'Microsoft.ManagedIdentity/userAssignedIdentities', {
        properties: { principalId: guid('b', 71), clientId: guid('a', 71), tenantId },
      }),
      resource(vault('system'), 'Microsoft.DataProtection/backupVaults', systemOf(guid('b', 70))),
      resource(vault('users'), 'Microsoft.DataProtection/backupVaults', attached),
      resource(vault('bare'), 'Microsoft.DataProtection/backupVaults', {}),
      resource(vault('lost'), 'Microsoft.DataProtection/backupVaults', systemOf(guid('b', 79))),
      resource(machine('vm'), 'Microsoft.Compute/virtualMachines', systemOf(guid('b', 72))),
      resource(machine('bare'), 'Microsoft.Compute/virtualMachines', {}),
    ],
  },
};

let emulator: Emulator;
let ports: TenantPorts;
beforeAll(async () => {
  emulator = await serve(tenant);
  const [caller] = tenant.callers ?? [];
  const by = { type: 'secret' as const, secret: caller?.secret ?? '' };
  const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
  ({ ports } = await connect({ tenantId, clientId: caller?.appId ?? '', by }, cloud, 1_000));
});
afterAll(() => emulator.close());

const app = (number: number, pinned: string | null = null) => appIdentity(guid('a', number), pinned);
const ofSystem = (name: string): PolicyIdentity => ({
  type: 'vault-system',
  id: identityId(vault(name)),
  place: line(8),
  vault: armId(vault(name)),
});
const ofUser = (name: string): PolicyIdentity => ({
  type: 'vault-user',
  id: identityId(user),
  place: line(8),
  vault: armId(vault(name)),
  managedIdentity: armId(user),
});
const alone = (id: string): PolicyIdentity => ({
  type: 'managed-identity',
  id: identityId(id),
  place: line(8),
  managedIdentity: armId(id),
});
const person = (id: string): PolicyIdentity => ({
  type: 'user',
  id: identityId(id),
  place: line(8),
  objectId: objectId(id),
});

interface Is {
  readonly state: string;
  readonly objectId?: string | null;
  readonly gone?: string;
  readonly mistake?: string;
  readonly gaps?: readonly string[];
}
const cases: { name: string; identity: PolicyIdentity; is: Is }[] = [
  { name: 'an app', identity: app(0), is: { state: 'found', objectId: guid('b', 0) } },
  { name: 'an app with its object id', identity: app(0, guid('b', 0)), is: { state: 'found', objectId: guid('b', 0) } },
  {
    name: 'an app made anew',
    identity: app(0, guid('b', 66)),
    is: { state: 'found', objectId: guid('b', 0), gone: guid('b', 66) },
  },
  {
    name: 'another app’s object id',
    identity: app(0, guid('b', 1)),
    is: {
      state: 'found',
      objectId: guid('b', 0),
      mistake: `object id \`${guid('b', 1)}\` belongs to another app, \`${guid('a', 1)}\``,
    },
  },
  {
    name: 'the object id of the registration',
    identity: app(0, guid('d', 0)),
    is: {
      state: 'found',
      objectId: guid('b', 0),
      mistake: `object id \`${guid('d', 0)}\` is that of the app registration; its service principal is \`${guid('b', 0)}\``,
    },
  },
  {
    name: 'an object id in place of the app id',
    identity: appIdentity(guid('b', 2)),
    is: {
      state: 'absent',
      mistake: `\`${guid('b', 2)}\` is an object id; the app id of that service principal is \`${guid('a', 2)}\``,
    },
  },
  { name: 'an app that is not there', identity: app(3), is: { state: 'absent' } },
  {
    name: 'a vendor’s app, which is registered elsewhere',
    identity: app(8),
    is: { state: 'found', objectId: guid('b', 8) },
  },
  {
    name: 'an app of this tenant without registration',
    identity: app(9),
    is: { state: 'found', objectId: guid('b', 9), gaps: ['credential not-found: no application object was returned'] },
  },
  { name: 'a user', identity: person(guid('b', 50)), is: { state: 'found', objectId: guid('b', 50) } },
  {
    name: 'a user that is not there',
    identity: person(guid('b', 51)),
    is: { state: 'unread', gaps: [expect.stringMatching(/^service-principal not-found: HTTP 404/)] },
  },
  { name: 'a vault’s own identity', identity: ofSystem('system'), is: { state: 'found', objectId: guid('b', 70) } },
  { name: 'a vault’s own identity that is off', identity: ofSystem('bare'), is: { state: 'absent' } },
  {
    name: 'a vault’s own identity that the directory lacks',
    identity: ofSystem('lost'),
    is: {
      state: 'unread',
      objectId: guid('b', 79),
      gaps: ['service-principal not-found: no service principal was returned'],
    },
  },
  {
    name: 'a vault that is not there',
    identity: ofSystem('none'),
    is: { state: 'unread', gaps: [expect.stringMatching(/^vault-identity not-found: HTTP 404/)] },
  },
  {
    name: 'a user-assigned identity of a vault, in another case',
    identity: ofUser('users'),
    is: { state: 'found', objectId: guid('b', 71) },
  },
  {
    name: 'a user-assigned identity that doesn’t hang on the vault',
    identity: ofUser('bare'),
    is: { state: 'absent' },
  },
  { name: 'a user-assigned identity alone', identity: alone(user), is: { state: 'found', objectId: guid('b', 71) } },
  { name: 'a machine', identity: alone(machine('vm')), is: { state: 'found', objectId: guid('b', 72) } },
  {
    name: 'a machine without identity',
    identity: alone(machine('bare')),
    is: { state: 'absent', mistake: `\`${machine('bare')}\` has no system-assigned identity` },
  },
  {
    name: 'a thing of another type',
    identity: alone(`${subscription}/providers/Microsoft.Batch/pools/p`),
    is: {
      state: 'unread',
      gaps: ["service-principal not-supported: identities of type microsoft.batch/pools can't be read yet"],
    },
  },
];

const outcome = async (identity: PolicyIdentity): Promise<Is> => {
  const { identities, gaps } = await findIdentities([identity], ports, tenantId);
  const [found, ...others] = identities;
  if (found === undefined || others.length > 0) throw new Error(`${identities.length} identities for one`);
  return {
    state: found.state,
    objectId: found.objectId,
    ...(found.goneObjectId === null ? {} : { gone: found.goneObjectId }),
    ...(found.mistake === null ? {} : { mistake: found.mistake }),
    gaps: gaps.map(({ kind, reason, detail }) => `${kind} ${reason}: ${detail}`),
  };
};

describe('who an identity is', () => {
  it.each(cases)('$name', async ({ identity, is }) => {
    const { mistake, ...rest } = await outcome(identity);
    expect(rest).toEqual({ objectId: null, gaps: [], ...is, ...{ mistake: undefined } });
    if (is.mistake !== undefined) expect(mistake).toBe(is.mistake);
  });

  it('is found out for each vault that one user-assigned identity is to hang on', async () => {
    const { identities } = await findIdentities([ofUser('users'), ofUser('bare'), alone(user)], ports, tenantId);
    expect(identities.map(({ state }) => state)).toEqual(['found', 'absent', 'found']);
  });

  it('is found out once, however many policies name it', async () => {
    const before = emulator.requests().length;
    const { identities } = await findIdentities(
      Array.from({ length: 40 }, () => app(0)),
      ports,
      tenantId,
    );
    expect(identities).toHaveLength(1);
    expect(
      emulator
        .requests()
        .slice(before)
        .filter(({ batch }) => batch === null),
    ).toHaveLength(1);
  });
});

describe('an answer that is none', () => {
  const never = () => Promise.reject(new Error('not asked here'));
  const answering = (row: unknown): TenantPorts => {
    const both = { get: async () => ok(row), list: async () => ok([row]) };
    return {
      graph: { ...both, beta: both, held: never },
      arm: { ...both, principal: never, query: never, listRoleAssignments: never },
    };
  };
  const rows = [
    null,
    7,
    'x',
    [],
    { id: 7, appId: guid('a', 0) },
    { id: 'x' },
    { id: guid('b', 0), appId: guid('a', 0), displayName: {} },
    { id: 'x', appId: 'y', name: 7, displayName: 7 },
  ];
  const asked = [app(0), person(guid('b', 50)), ofSystem('system'), ofUser('users'), alone(user), alone(machine('vm'))];
  it.each(rows.map((row) => ({ row })))('$row leaves gaps and breaks nothing', async ({ row }) => {
    for (const identity of asked) {
      const { identities, gaps } = await findIdentities([identity], answering(row), tenantId);
      expect(identities).toHaveLength(1);
      if (identities[0]?.state === 'unread') expect(gaps.map(({ reason }) => reason)).toContain('malformed');
      else expect(identity.type === 'user' || identities[0]?.state === 'absent').toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import { armId, objectId, roleId } from '../../src/core/ids.ts';
import { objectOf, stringOf } from '../../src/core/wire.ts';
import type { WritePort } from '../../src/core/write.ts';
import type { WriteTarget } from '../../src/core/write-target.ts';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { writerOf } from '../../src/writers/index.ts';
import { start } from '../emulator/connect.ts';
import {
  ASSIGNMENT_ROLES,
  BACKUP_SP,
  GRAPH,
  MAIL_READ,
  OWNER,
  READ_ROLES,
  READER,
  RESOURCE_GROUP,
  SECRET,
  state,
  TENANT,
} from '../emulator/tenant.ts';
import { temporaryFolder } from '../support/rig.ts';

const kv = `${RESOURCE_GROUP}/providers/Microsoft.KeyVault/vaults/kv-prod`;
const reader = roleId('acdd72a7-3385-48ef-bd42-f606fba81ae7');
const principal = objectId(BACKUP_SP);
const by = { type: 'secret', secret: SECRET } as const;

/** A tenant that a caller may change, behind the real SDKs and the real sender. */
const open = async (options: Partial<EmulatorOptions> = {}) => {
  const base = state();
  const callers = (base.callers ?? []).map((caller) =>
    caller.appId === READER
      ? { ...caller, roles: [...READ_ROLES, ...ASSIGNMENT_ROLES], armRoles: [{ role: 'Owner', scope: '/' }] }
      : caller,
  );
  const foreign = { tenantId: TENANT, objectId: OWNER, permissions: { keys: ['all'] } };
  const properties = { tenantId: TENANT, vaultUri: 'https://kv-prod.vault.azure.net', accessPolicies: [foreign] };
  const vault = { id: kv, name: 'kv-prod', type: 'Microsoft.KeyVault/vaults', location: 'westeurope', properties };
  const arm = { ...base.arm, resources: [...(base.arm?.resources ?? []), vault] };
  const emulator = await start({ tenant: { ...base, callers, arm }, ...options });
  const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
  const connection = await connect({ tenantId: TENANT, clientId: READER, by }, cloud, 1_000, { write: true });
  const { write } = connection;
  if (write === undefined) throw new Error('nobody can write here');
  return { emulator, ports: connection.ports, write, requests: connection.requests };
};
type Tenant = Awaited<ReturnType<typeof open>>;
type Action = 'create' | 'update' | 'delete';

const idsAt = async ({ ports }: Tenant, path: string): Promise<string[]> => {
  const rows = await ports.graph.list(path);
  return rows.ok ? rows.value.map((row) => stringOf(objectOf(row, 'a row'), 'id')) : [];
};
const assignmentAt = (scope: string) =>
  armId(`${scope}/providers/Microsoft.Authorization/roleAssignments/9d0f0f5e-0000-4000-8000-00000000000a`);
const roleAt = (scope: string, condition: string | null = null): WriteTarget => ({
  kind: 'azure-role-assignment',
  principal,
  principalType: 'ServicePrincipal',
  role: reader,
  scope: armId(scope === '' ? '/' : scope),
  condition,
  assignmentId: assignmentAt(scope),
});
const keyTarget = (before: Record<string, string[]> | null, after: Record<string, string[]> | null): WriteTarget => ({
  kind: 'key-vault-access',
  vault: armId(kv),
  principal,
  before,
  after,
});

const look = async ({ ports }: Tenant, target: WriteTarget, action: Action) => {
  const seen = await writerOf(target.kind)?.look(target, action, ports);
  if (seen?.ok !== true) throw new Error(seen === undefined ? 'no writer' : seen.error.detail);
  return seen.value;
};

/** Looks, sends, and looks again until it is done; how many looks that took. */
const carryOut = async (tenant: Tenant, target: WriteTarget, action: Action) => {
  const seen = await look(tenant, target, action);
  if (seen.state !== 'ready') return seen;
  const answer = await tenant.write.send(seen.request);
  const status = answer.came ? answer.status : answer.detail;
  for (let looks = 1; looks < 30; looks += 1)
    if ((await look(tenant, target, action)).state === 'done') return { status, looks };
  throw new Error('it never came about');
};

/** The targets of each kind, in an order in which they can be carried out, with what the API answers. */
const cases: readonly (readonly [
  string,
  (tenant: Tenant, resource: string) => Promise<readonly [WriteTarget, Action, number][]>,
])[] = [
  [
    'an application permission',
    async (tenant, resource) => {
      const [held = ''] = await idsAt(tenant, `/servicePrincipals/${BACKUP_SP}/appRoleAssignments?$top=999`);
      const target = {
        kind: 'app-role-assignment',
        principal,
        resource: objectId(resource),
        role: roleId(MAIL_READ),
      } as const;
      return [
        [{ ...target, assignmentId: held }, 'delete', 204],
        [{ ...target, assignmentId: null }, 'create', 201],
      ];
    },
  ],
  [
    'a delegated permission',
    async (tenant, resource) => {
      const [held = ''] = await idsAt(tenant, `/oauth2PermissionGrants?$filter=clientId eq '${BACKUP_SP}'`);
      const target = {
        kind: 'delegated-grant',
        client: principal,
        resource: objectId(resource),
        consent: 'AllPrincipals',
        user: null,
      } as const;
      return [
        [{ ...target, scope: 'Mail.Read', grantId: null }, 'create', 204],
        [{ ...target, scope: 'user.read', grantId: held }, 'delete', 204],
        [{ ...target, scope: 'offline_access', grantId: held }, 'delete', 204],
        [{ ...target, scope: 'Mail.Read', grantId: held }, 'delete', 204],
        [{ ...target, scope: 'User.Read', grantId: null }, 'create', 201],
      ];
    },
  ],
  ...[RESOURCE_GROUP, kv, '/providers/Microsoft.Management/managementGroups/mg-contoso', ''].map(
    (scope) =>
      [
        `an Azure role at ${scope === '' ? 'the root' : scope}`,
        async () => [
          [roleAt(scope), 'create', 201],
          [roleAt(scope, 'x'), 'update', 200],
          [roleAt(scope, 'x'), 'delete', 200],
        ],
      ] as const satisfies (typeof cases)[number],
  ),
  [
    'an access policy',
    async () => [
      [keyTarget(null, { keys: ['get', 'wrapkey'] }), 'create', 200],
      [keyTarget({ keys: ['get', 'wrapkey'] }, { keys: ['list'] }), 'update', 200],
      [keyTarget({ keys: ['list'] }, null), 'delete', 200],
    ],
  ],
];

describe.each([0, 2])('in a tenant whose reads lag by %i', (replicationLag) => {
  it.each(cases)('%s comes and goes, and neither is done twice', async (_, targetsOf) => {
    const tenant = await open({ replicationLag });
    const [resource = ''] = await idsAt(tenant, `/servicePrincipals?$filter=appId eq '${GRAPH}'`);
    for (const [target, action, status] of await targetsOf(tenant, resource)) {
      expect(await carryOut(tenant, target, action)).toEqual({ status, looks: replicationLag + 1 });
      expect(await carryOut(tenant, target, action)).toEqual({ state: 'done' });
    }
    await tenant.emulator.close();
  });
});

it('a lost answer is found out by looking, and a second request gives nothing twice', async () => {
  const tenant = await open({
    faults: [{ match: { method: 'POST', path: 'appRoleAssignedTo' }, answer: { lost: true } }],
  });
  const [resource = ''] = await idsAt(tenant, `/servicePrincipals?$filter=appId eq '${GRAPH}'`);
  const role = roleId('00000000-0000-0000-0000-000000000000');
  const target = {
    kind: 'app-role-assignment',
    principal,
    resource: objectId(resource),
    role,
    assignmentId: null,
  } as const;
  const before = { ...tenant.requests };
  const seen = await look(tenant, target, 'create');
  if (seen.state !== 'ready') throw new Error(seen.state);
  expect(await tenant.write.send(seen.request)).toEqual({ came: false, detail: 'no answer: socket hang up' });
  expect(tenant.requests.graph - before.graph).toBe(2);
  expect(await look(tenant, target, 'create')).toEqual({ state: 'done' });
  expect(await tenant.write.send(seen.request)).toMatchObject({
    status: 400,
    code: 'Request_BadRequest',
    message: 'Permission being assigned already exists on the object',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  await tenant.emulator.close();
});

it('a connection has a sender only where it was asked for', async () => {
  const emulator = await start();
  const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
  const signIn = { tenantId: TENANT, clientId: READER, by };
  const senders: (WritePort | undefined)[] = [];
  for (const more of [[], [{}], [{ write: false }], [{ write: true }]] as const)
    senders.push((await connect(signIn, cloud, 1_000, ...more)).write);
  expect(senders.map((sender) => typeof sender?.send)).toEqual(['undefined', 'undefined', 'undefined', 'function']);
  await emulator.close();
});

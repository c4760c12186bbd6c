import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askArm, send, start, tokenFor } from './connect.ts';
import { BACKUP_SP, READER, SUBSCRIPTION, state, VAULT } from './tenant.ts';

const V = 'api-version=2022-04-01';
const SCOPE = `/subscriptions/${SUBSCRIPTION}`;
const NAME = '00000000-0000-4000-8000-0000000000aa';
const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const authorization = (scope: string, rest: string) => `${scope}/providers/Microsoft.Authorization/${rest}`;

let tenant: Emulator;
beforeAll(async () => {
  tenant = await start();
});
afterAll(() => tenant.close());

describe('a write', () => {
  const owning = async () => {
    const base = state();
    const callers =
      base.callers?.map((caller) =>
        caller.appId === READER ? { ...caller, armRoles: [{ role: 'Owner', scope: SCOPE }] } : caller,
      ) ?? [];
    return start({ tenant: { ...base, callers } });
  };
  const put = (emulator: Emulator, name: string, properties: Record<string, unknown>) =>
    askArm(emulator, authorization(SCOPE, `roleAssignments/${name}?${V}`), {
      method: 'PUT',
      body: JSON.stringify({ properties }),
    });
  const grant = {
    roleDefinitionId: authorization('', `roleDefinitions/${CONTRIBUTOR}`),
    principalId: BACKUP_SP,
    principalType: 'ServicePrincipal',
  };

  test('of an assignment answers as Azure does, again and again', async () => {
    const own = await owning();
    const made = await put(own, NAME, grant);
    expect([made.status, made.body.id]).toEqual([201, authorization(SCOPE, `roleAssignments/${NAME}`)]);
    expect((await put(own, NAME, grant)).status).toBe(200);
    const twin = await put(own, '00000000-0000-4000-8000-0000000000bb', grant);
    expect([twin.status, twin.body.error]).toEqual([
      409,
      {
        code: 'RoleAssignmentExists',
        message: `The role assignment already exists. The ID of the existing role assignment is ${NAME.replaceAll('-', '')}.`,
      },
    ]);
    const other = await put(own, NAME, { ...grant, principalId: '00000000-0000-4000-8000-0000000000cc' });
    expect([other.status, other.body.error.code]).toEqual([400, 'RoleAssignmentUpdateNotPermitted']);
    const path = authorization(SCOPE, `roleAssignments/${NAME}?${V}`);
    expect((await askArm(own, path, { method: 'DELETE' })).body.name).toBe(NAME);
    expect((await askArm(own, path, { method: 'DELETE' })).status).toBe(204);
    await own.close();
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ['type, which Azure takes for a user', { principalType: '' }, 400, 'UnmatchedPrincipalType'],
    [
      'principal and no type',
      { principalId: '00000000-0000-4000-8000-0000000000cc', principalType: '' },
      400,
      'PrincipalNotFound',
    ],
    ['role', { roleDefinitionId: authorization('', `roleDefinitions/${NAME}`) }, 404, 'RoleDefinitionDoesNotExist'],
  ])('without a known %s is refused', async (_, change, status, code) => {
    const own = await owning();
    const answer = await put(own, NAME, { ...grant, ...change });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    await own.close();
  });

  test('by a reader is refused', async () => {
    const { status, body } = await put(tenant, NAME, grant);
    expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
  });

  test('below a lock takes nothing away', async () => {
    const base = state();
    const lock = {
      id: authorization(SCOPE, 'locks/keep'),
      name: 'keep',
      type: 'Microsoft.Authorization/locks',
      properties: { level: 'CanNotDelete' },
    };
    const callers = base.callers?.map((caller) => ({ ...caller, armRoles: [{ role: 'Owner', scope: SCOPE }] })) ?? [];
    const locked = await start({
      tenant: { ...base, callers, arm: { ...base.arm, resources: [...(base.arm?.resources ?? []), lock] } },
    });
    const rows = await askArm(
      locked,
      authorization(SCOPE, `roleAssignments?${V}&$filter=principalId eq '${BACKUP_SP}'`),
    );
    const { status, body } = await askArm(locked, `${rows.body.value[0].id}?${V}`, { method: 'DELETE' });
    expect([status, body.error.code]).toEqual([409, 'ScopeLocked']);
    await locked.close();
  });

  test('of a vault is done later, and can be followed', async () => {
    const own = await owning();
    const patch = { method: 'PATCH', body: JSON.stringify({ identity: { type: 'None' } }) };
    const { status, headers } = await askArm(own, `${VAULT}?${V}`, patch);
    expect(status).toBe(202);
    const token = await tokenFor(own, 'resourceManager');
    const poll = async () => (await send(headers.get('azure-asyncoperation') ?? '', token)).body.status;
    expect([await poll(), await poll()]).toEqual(['InProgress', 'Succeeded']);
    expect((await askArm(own, `${VAULT}?${V}`)).body.identity).toEqual({ type: 'None' });
    await own.close();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { start, tokenFor } from './connect.ts';
import { BACKUP_SP, GROUP, OWNER, SECRET, SUBSCRIPTION, state } from './tenant.ts';

const lean = 'aaaaaaaa-0000-4000-8000-000000000001';
const blind = 'aaaaaaaa-0000-4000-8000-000000000002';
const outer = 'aaaaaaaa-0000-4000-8000-000000000003';
const scope = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-app`;

/** The small company, with an outer group of a known id that an eligible role was given to. */
const tenant = (): TenantState => {
  const base = state();
  return {
    ...base,
    callers: [
      ...(base.callers ?? []),
      { appId: lean, secret: SECRET, roles: ['Application.Read.All', 'User.Read.All'] },
      { appId: blind, secret: SECRET, roles: ['Policy.Read.All'] },
    ],
    graph: {
      ...base.graph,
      groups: [
        { id: GROUP, displayName: 'Backup group', members: [BACKUP_SP, OWNER] },
        { id: outer, displayName: 'Outer group', isAssignableToRole: true, members: [GROUP] },
      ],
    },
    arm: {
      ...base.arm,
      roleEligibilities: [
        { scope, roleName: 'Owner', principalId: outer },
        { scope, roleName: 'Reader', principalId: OWNER },
        { scope, roleName: 'Reader', principalId: BACKUP_SP },
      ],
    },
  };
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await start({ tenant: tenant(), ...knownToEmulator() });
});
afterAll(() => emulator.close());

const ask = async (api: 'graph' | 'resourceManager', path: string, caller?: string) => {
  const token = await (caller === undefined ? tokenFor(emulator, api) : tokenFor(emulator, api, caller));
  const response = await fetch(`${emulator.cloud[api]}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const { value } = (await response.json()) as { readonly value?: readonly Record<string, unknown>[] };
  return { status: response.status, value: value ?? [] };
};
const groupsOf = async (who: string, relation = 'transitiveMemberOf', caller?: string) => {
  const { status, value } = await ask(
    'graph',
    `/v1.0/${who}/${relation}?$select=id,displayName,isAssignableToRole`,
    caller,
  );
  const groups = value.filter((row) => row['@odata.type'] === '#microsoft.graph.group');
  return { status, groups: groups.map((row) => [row['id'], row['displayName'], row['isAssignableToRole']]) };
};

describe('memberships', () => {
  it.each([`servicePrincipals/${BACKUP_SP}`, `users/${OWNER}`])('of %s reach through nested groups', async (who) => {
    expect(await groupsOf(who)).toEqual({
      status: 200,
      groups: [
        [GROUP, 'Backup group', null],
        [outer, 'Outer group', true],
      ],
    });
    expect((await groupsOf(who, 'memberOf')).groups).toEqual([[GROUP, 'Backup group', null]]);
  });

  it.each([`servicePrincipals/${BACKUP_SP}`, `users/${OWNER}`])(
    'of %s are ids alone to a caller who may not read groups, and refused to one who may read neither',
    async (who) => {
      expect(await groupsOf(who, 'transitiveMemberOf', lean)).toEqual({
        status: 200,
        groups: [
          [GROUP, null, null],
          [outer, null, null],
        ],
      });
      expect((await groupsOf(who, 'transitiveMemberOf', blind)).status).toBe(403);
    },
  );

  it('of nobody are not found', async () => {
    expect((await groupsOf('users/aaaaaaaa-0000-4000-8000-00000000dead')).status).toBe(404);
  });
});

describe('eligible Azure roles', () => {
  it.each([
    {
      name: 'of a person and the groups around it',
      filter: `assignedTo('${OWNER}')`,
      is: ['Direct User', 'Group outer'],
    },
    {
      name: 'of a principal and the groups around it',
      filter: `assignedTo('${BACKUP_SP}')`,
      is: ['Direct BACKUP', 'Group outer'],
    },
    { name: 'of one alone', filter: `principalId eq '${OWNER}'`, is: ['Direct User'] },
    { name: 'of a stranger', filter: "assignedTo('aaaaaaaa-0000-4000-8000-00000000dead')", is: [] },
  ])('$name', async ({ filter, is }) => {
    const path = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances`;
    const { status, value } = await ask(
      'resourceManager',
      `${path}?api-version=2020-10-01&$filter=${encodeURIComponent(filter)}`,
    );
    const names: Readonly<Record<string, string>> = { [OWNER]: 'User', [BACKUP_SP]: 'BACKUP', [outer]: 'outer' };
    const rows = value.map((row) => row['properties'] as Record<string, string>);
    expect([
      status,
      rows.map(({ memberType, principalId }) => `${memberType} ${names[principalId ?? '']}`).toSorted(),
    ]).toEqual([200, is]);
    for (const { roleEligibilityScheduleId } of rows) expect(roleEligibilityScheduleId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

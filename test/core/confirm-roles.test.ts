import { describe, expect, it } from 'vitest';
import { type ConfirmedRoles, confirmRoles } from '../../src/core/confirm-roles.ts';
import type { FoundRoles } from '../../src/core/find-roles.ts';
import type { Answer, ArmPort } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import type { RoleAssignmentRow } from '../../src/core/role-rows.ts';
import { canonicalScope } from '../../src/core/scope.ts';

const subscription = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const whole = `/subscriptions/${subscription}`;
const group = `${whole}/resourceGroups/rg-app`;
const elsewhere = `/subscriptions/${other}/resourceGroups/rg-app`;
const above = '/providers/Microsoft.Management/managementGroups/mg-prod';
const backup = 'b0000000-0000-4000-8000-000000000001';
const stranger = 'b0000000-0000-4000-8000-000000000002';
const second = 'b0000000-0000-4000-8000-000000000003';
const failure = { reason: 'forbidden', status: 403, request: 'GET /x', detail: 'HTTP 403' } as const;

const row = (role: string, scope: string, principal = backup): RoleAssignmentRow => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}-${principal}`,
  principal,
  role,
  scope,
  condition: null,
  created: null,
});

const wire = ({ id, principal, role, scope }: RoleAssignmentRow): unknown => ({
  id,
  properties: { principalId: principal.toUpperCase(), roleDefinitionId: `/x/roleDefinitions/${role}`, scope },
});

interface Given {
  readonly shown: readonly RoleAssignmentRow[];
  readonly arm?: Answer<readonly unknown[]>;
  readonly differing?: readonly string[];
  readonly seesAll?: boolean;
  readonly visible?: boolean;
  readonly principals?: readonly string[];
}

/** Confirms one subscription; tells what stands and what ARM was asked. */
const confirm = async (given: Given): Promise<ConfirmedRoles & { asked: string[] }> => {
  const asked: string[] = [];
  const never = () => Promise.reject(new Error('only role assignments are asked for'));
  const arm: ArmPort = {
    principal: never,
    get: never,
    list: never,
    query: never,
    listRoleAssignments: (scope, principal) => {
      asked.push(`${scope} of ${principal ?? 'all'}`);
      return Promise.resolve(given.arm ?? ok([]));
    },
  };
  const found: FoundRoles = {
    assignments: given.shown,
    definitions: [],
    subscriptions: new Map(given.visible === false ? [] : [[subscription, ['mg-prod']]]),
    seesAll: () => given.seesAll ?? true,
    seesAny: true,
  };
  const principals = new Set(given.principals ?? [backup, second]);
  const confirmed = await confirmRoles(found, principals, [subscription], () => given.differing ?? [], arm);
  return { ...confirmed, asked };
};

const say = ({ assignments }: ConfirmedRoles): string[] =>
  assignments.map(({ role, scope }) => `${role} ${canonicalScope(scope)}`).toSorted();

describe('ARM is asked', () => {
  const cases = [
    { name: 'not at all where all is seen and nothing differs', given: {}, asked: [] },
    { name: 'of the one who differs', given: { differing: [backup] }, asked: [`${whole} of ${backup}`] },
    { name: 'of all at once where two differ', given: { differing: [backup, second] }, asked: [`${whole} of all`] },
    { name: 'where the subscription is not visible', given: { visible: false }, asked: [`${whole} of all`] },
    { name: 'where it may be seen in part', given: { seesAll: false }, asked: [`${whole} of all`] },
    {
      name: 'of the only identity there is',
      given: { seesAll: false, principals: [backup] },
      asked: [`${whole} of ${backup}`],
    },
  ];
  it.each(cases)('$name', async ({ given, asked }) => {
    const confirmed = await confirm({ shown: [row('reader', group)], arm: ok([]), ...given });
    expect(confirmed.asked).toEqual(asked);
  });
});

describe('what stands', () => {
  const cases: { name: string; given: Given; stands: string[] }[] = [
    {
      name: 'Resource Graph’s word, where it needs no confirmation',
      given: { shown: [row('reader', group), row('owner', group, stranger)] },
      stands: [`reader ${group.toLowerCase()}`],
    },
    {
      name: 'ARM’s, where Resource Graph doesn’t show a grant yet',
      given: { shown: [], differing: [backup], arm: ok([wire(row('reader', group))]) },
      stands: [`reader ${group.toLowerCase()}`],
    },
    {
      name: 'ARM’s, where Resource Graph still shows what is gone',
      given: { shown: [row('reader', group)], differing: [backup], arm: ok([]) },
      stands: [],
    },
    {
      name: 'a grant once, that both show in another spelling',
      given: {
        shown: [row('reader', group.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/'))],
        differing: [backup],
        arm: ok([wire(row('reader', group))]),
      },
      stands: [`reader ${group.toLowerCase()}`],
    },
    {
      name: 'what ARM says of one, beside what Resource Graph says of another',
      given: { shown: [row('reader', group), row('writer', group, second)], differing: [backup], arm: ok([]) },
      stands: [`writer ${group.toLowerCase()}`],
    },
    {
      name: 'nothing of strangers that ARM lists',
      given: { shown: [], seesAll: false, arm: ok([wire(row('owner', group, stranger))]) },
      stands: [],
    },
    {
      name: 'what lies in another subscription',
      given: { shown: [row('reader', elsewhere)], differing: [backup], arm: ok([]) },
      stands: [`reader ${elsewhere.toLowerCase()}`],
    },
    {
      name: 'an inherited role that only ARM shows',
      given: { shown: [], seesAll: false, arm: ok([wire(row('owner', above)), wire(row('owner', '/'))]) },
      stands: ['owner /', `owner ${above.toLowerCase()}`],
    },
    {
      name: 'no inherited role that ARM doesn’t know any more',
      given: { shown: [row('owner', above)], differing: [backup], arm: ok([]) },
      stands: [],
    },
    {
      name: 'an inherited role of a group that doesn’t hold the subscription',
      given: { shown: [row('owner', `${above}-other`)], differing: [backup], arm: ok([]) },
      stands: [`owner ${above.toLowerCase()}-other`],
    },
  ];
  it.each(cases)('$name', async ({ given, stands }) => {
    const confirmed = await confirm(given);
    expect(say(confirmed)).toEqual(stands);
    expect(confirmed.unread.size).toBe(0);
  });
});

describe('what ARM can’t confirm is unread', () => {
  const malformed = { reason: 'malformed', status: 200 };
  const cases = [
    { name: 'a refusal', arm: err(failure), error: failure },
    {
      name: 'a row without scope',
      arm: ok([{ id: '/x', properties: { principalId: 'p', roleDefinitionId: 'd' } }]),
      error: { ...malformed, detail: '`scope` is undefined where a text belongs' },
    },
    {
      name: 'a row that is none',
      arm: ok([null]),
      error: { ...malformed, detail: 'a role assignment is null where an object belongs' },
    },
    {
      name: 'a role without id',
      arm: ok([{ id: '/x', properties: { principalId: 'p', roleDefinitionId: '/x/', scope: '/' } }]),
      error: { ...malformed, detail: '`roleDefinitionId` ends without a GUID' },
    },
  ];
  it.each(cases)('$name', async ({ arm, error }) => {
    const confirmed = await confirm({ shown: [row('reader', group)], differing: [backup], arm });
    expect(confirmed.unread.get(subscription)).toMatchObject(error);
  });
});

import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { diff } from '../../src/core/diff.ts';
import { armId, identityId, roleId } from '../../src/core/ids.ts';
import type { WrittenAzureRole } from '../../src/core/policy.ts';
import { err, ok } from '../../src/core/result.ts';
import { azureRoleAssignment } from '../../src/kinds/azure-role-assignment.ts';
import { backupObject, subscription } from '../support/facts.ts';
import { crew } from '../support/group-facts.ts';
import { line } from '../support/policies.ts';
import {
  gone,
  inCrew,
  policy,
  reader,
  reading,
  row,
  scope,
  seeing,
  visible,
  written,
} from '../support/read-azure-roles.ts';
import { asking, desiredOf, foundApp, refused, sayGaps } from '../support/read-kind.ts';

describe('Azure roles that are held', () => {
  it('are read with what they allow, and without asking ARM where nothing differs', async () => {
    const { facts, gaps, asked, names } = await reading({
      rows: [...seeing, row(backupObject, scope, { createdOn: '2026-01-01T00:00:00Z' })],
    });
    expect([gaps, asked]).toEqual([[], []]);
    expect(facts).toMatchObject([
      {
        subject: 'Reader',
        role: reader,
        scope,
        roleType: 'BuiltInRole',
        orphaned: false,
        principal: backupObject,
        created: '2026-01-01T00:00:00Z',
        permissions: [{ actions: ['*/read'] }],
      },
    ]);
    expect(names?.azureRoles?.map(({ name }) => name)).toEqual(['Reader']);
  });

  it('of the program itself are nobody’s business', async () => {
    expect((await reading({ rows: [...seeing, row(backupObject, scope)] })).says).toEqual([
      'Reader /resourceGroups/rg-app',
    ]);
  });

  it('inherited from above that nobody asked for are confirmed by ARM too', async () => {
    const rows = [...seeing, row(backupObject, scope), row(backupObject, '/')];
    const gone = await reading({ rows, list: ok([row(backupObject, scope)]) });
    expect([gone.says, gone.asked]).toEqual([['Reader /resourceGroups/rg-app'], [`${subscription}/roleAssignments`]]);
    const there = await reading({ rows, list: ok([row(backupObject, scope), row(backupObject, '/')]) });
    expect(there.says).toEqual(['Reader /resourceGroups/rg-app', 'Reader /']);
  });

  it('that a gone identity left behind are its own facts', async () => {
    const identities = [foundApp({ goneObjectId: gone })];
    const { says, facts } = await reading({
      rows: [...seeing, row(backupObject, scope), row(gone, scope)],
      identities,
      list: ok([row(backupObject, scope), row(gone, scope)]),
    });
    expect(says).toEqual(['Reader /resourceGroups/rg-app', 'Reader /resourceGroups/rg-app of one gone']);
    expect(new Set(facts.map(({ key }) => key)).size).toBe(2);
  });

  it('of two names for one principal are held by both', async () => {
    const other = foundApp({ id: identityId('/subscriptions/1/vault') });
    const { facts } = await reading({ rows: [...seeing, row(backupObject, scope)], identities: [foundApp(), other] });
    expect(new Set(facts.map(({ identity }) => identity)).size).toBe(2);
  });
});

describe('what is open', () => {
  const cases: { name: string; given: Parameters<typeof reading>[0]; gaps: string[]; facts: number }[] = [
    {
      name: 'ARM refuses to confirm',
      given: { rows: [visible], list: err(refused) },
      gaps: ['forbidden: HTTP 403'],
      facts: 0,
    },
    {
      name: 'ARM confirms with rows that are none',
      given: { rows: [visible], list: ok([{}]) },
      gaps: ['malformed: `properties` of a role assignment is undefined where an object belongs'],
      facts: 0,
    },
    {
      name: 'Resource Graph gives rows that are none',
      given: { rows: [null] },
      gaps: ['malformed: a row is null where an object belongs'],
      facts: 0,
    },
    {
      name: 'a definition that can’t be read',
      given: {
        rows: [...seeing, row(backupObject, scope, { roleDefinitionId: '/x/roleDefinitions/unknown' }, {})],
        list: ok([row(backupObject, scope, { roleDefinitionId: '/x/roleDefinitions/unknown' })]),
      },
      gaps: ['forbidden: HTTP 403'],
      facts: 0,
    },
    {
      name: 'a definition without a name',
      given: { rows: [...seeing, row(backupObject, scope, {}, { definition: { permissions: [] } })] },
      gaps: ['malformed: `roleName` is undefined where a text belongs'],
      facts: 0,
    },
    {
      name: 'nothing of Azure is visible, and a policy says that nothing is held',
      given: { rows: [], policies: [asking({ azureRoles: [] })] },
      gaps: ['not-visible: no subscription is named by a policy or the configuration, and none is visible'],
      facts: 0,
    },
    {
      name: 'nothing, where no policy speaks of Azure',
      given: { rows: [], policies: [asking({})] },
      gaps: [],
      facts: 0,
    },
    {
      name: 'nothing, where all is visible',
      given: { rows: seeing, policies: [asking({ azureRoles: [] })] },
      gaps: [],
      facts: 0,
    },
  ];
  it.each(cases)('$name', async ({ given, gaps, facts }) => {
    const found = await reading(given);
    expect([sayGaps(found), found.facts.length]).toEqual([gaps.map((gap) => `azure-role-assignment ${gap}`), facts]);
  });

  it('a definition is asked for within the subscription that it is held in', async () => {
    const custom = { roleDefinitionId: '/x/roleDefinitions/custom-1' };
    const get = ok({ id: 'x', properties: { roleName: 'Our own', type: 'CustomRole', permissions: [] } });
    const found = await reading({ rows: seeing, list: ok([row(backupObject, scope, custom)]), get });
    expect(found.asked).toEqual([
      `${subscription}/roleAssignments`,
      `${subscription}/providers/Microsoft.Authorization/roleDefinitions/custom-1`,
    ]);
    expect(found.says).toEqual(['Our own /resourceGroups/rg-app']);
  });
});

describe('Azure roles that are asked for', () => {
  it('are resolved, unknown ones said, eligible ones left to their own plane', () => {
    const azureRoles = [
      written(),
      written({ role: 'Disk Bakcup Reader', place: line(31) }),
      written({ role: 'Owner', eligible: true }),
      written({ role: null, roleId: roleId('b24988ac-6180-42a0-ab88-20f7382dd24c') }),
    ];
    expect(desiredOf(azureRoleAssignment, asking({ azureRoles }))).toEqual({
      facts: ['Reader at 30', 'Contributor at 30'],
      problems: [
        '31 unknown-role: no built-in Azure role is called `Disk Bakcup Reader` (did you mean `Disk Backup Reader`?)',
      ],
    });
  });

  it('by an id that the tenant doesn’t have are a mistake where the tenant was asked', () => {
    const azureRoles = [written({ role: null, roleId: roleId('00000000-0000-4000-8000-000000000bad') })];
    const asked = createNames({ apis: [], azureRoles: [], directoryRoles: [] }, true);
    expect(desiredOf(azureRoleAssignment, asking({ azureRoles }), asked).problems).toEqual([
      '30 unknown-role: no Azure role has the id `00000000-0000-4000-8000-000000000bad` (a custom role is named by its `roleId`)',
    ]);
    expect(desiredOf(azureRoleAssignment, asking({ azureRoles })).problems).toEqual([]);
  });

  const drift = async (more: Partial<WrittenAzureRole>, held: readonly unknown[]) => {
    const wanting = asking({ azureRoles: [written(more)] });
    const desired = azureRoleAssignment.desired(wanting, createNames(null, false)).facts.map(({ fact }) => fact);
    const { facts: actual } = await reading({
      rows: [...seeing, ...held],
      policies: [wanting],
      list: ok(held),
      groups: inCrew,
    });
    return diff({ kinds: [azureRoleAssignment], desired, actual, governs: () => true, wasRead: () => true }).map(
      ({ cause }) => cause,
    );
  };
  it.each([
    { name: 'held', more: {}, held: [row(backupObject, scope)], is: [] },
    {
      name: 'held, in another case',
      more: { scope: armId(scope.toUpperCase()) },
      held: [row(backupObject, scope)],
      is: [],
    },
    { name: 'missing', more: {}, held: [], is: ['missing'] },
    {
      name: 'under a condition that nobody asked for',
      more: {},
      held: [row(backupObject, scope, { condition: '@x' })],
      is: ['changed'],
    },
    { name: 'without the condition', more: { condition: '@x' }, held: [row(backupObject, scope)], is: ['changed'] },
    {
      name: 'elsewhere too',
      more: {},
      held: [row(backupObject, scope), row(backupObject, subscription)],
      is: ['undeclared'],
    },
    { name: 'held by a group alone', more: {}, held: [row(crew, scope)], is: [] },
    {
      name: 'held by a group under a condition',
      more: {},
      held: [row(crew, scope, { condition: '@x' })],
      is: ['changed'],
    },
    {
      name: 'by a group elsewhere',
      more: {},
      held: [row(backupObject, scope), row(crew, subscription)],
      is: ['undeclared'],
    },
    { name: 'elsewhere instead', more: {}, held: [row(backupObject, `${scope}-dr`)], is: ['missing', 'undeclared'] },
  ])('$name', async ({ more, held, is }) => {
    expect((await drift(more, held)).toSorted()).toEqual(is);
  });

  it('are managed where they are written, and by a retired policy', () => {
    expect(
      [policy, asking({ azureRoles: [] }), asking({}), asking({}, { state: 'retired' })].map(
        azureRoleAssignment.governs,
      ),
    ).toEqual([true, true, false, true]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AzureRoleEligibilityFact } from '../../src/core/access-fact.ts';
import { armId, objectId } from '../../src/core/ids.ts';
import type { WrittenAzureRole } from '../../src/core/policy.ts';
import { err, ok } from '../../src/core/result.ts';
import { azureRoleEligibility } from '../../src/kinds/azure-role-eligibility.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { group, subscription } from '../support/facts.ts';
import { crew, operator, operatorIdentity } from '../support/group-facts.ts';
import { line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const scope = group('rg-app');
const owner = findAzureRole('Owner')?.id;
const asked = (at: string) =>
  `${at}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?assignedTo('${operator}')`;
const row = (more: object = {}, name = '1') => ({
  id: `${scope}/providers/Microsoft.Authorization/RoleEligibilityScheduleInstances/${name}`,
  type: 'Microsoft.Authorization/RoleEligibilityScheduleInstances',
  properties: {
    principalId: operator.toUpperCase(),
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${owner}`,
    scope,
    roleEligibilityScheduleId: `${scope}/providers/Microsoft.Authorization/roleEligibilitySchedules/s1`,
    memberType: 'Direct',
    startDateTime: '2026-01-01T00:00:00Z',
    endDateTime: '2027-01-01T00:00:00Z',
    condition: null,
    ...more,
  },
});
const written = (more: Partial<WrittenAzureRole> = {}): WrittenAzureRole => ({
  role: 'Owner',
  roleId: null,
  scope: armId(scope),
  condition: null,
  eligible: true,
  purpose: null,
  place: line(30),
  ...more,
});
const people = { identities: [operatorIdentity] };
const person = foundApp({ id: operatorIdentity.id, objectId: objectId(operator), appId: null, servicePrincipal: null });

const reading = (armLists: KindCase['armLists'] = {}, more: Omit<KindCase, 'armLists'> = {}) =>
  readKind(azureRoleEligibility, {
    identities: [person],
    policies: [asking({ azureRoles: [written()] }, people)],
    armLists,
    ...more,
  });
const readRows = (...rows: readonly unknown[]) => reading({ [asked(subscription)]: ok(rows) });

/** `suffix of the key, schedule or -, groups`. */
const say = (facts: readonly object[]): string[] =>
  (facts as readonly AzureRoleEligibilityFact[]).map(
    ({ key, scheduleId, through }) =>
      `${/@.*$/.exec(key)?.[0] ?? 'plain'} ${scheduleId === null ? '-' : 'own'} ${through?.join('+') ?? 'itself'}`,
  );

describe('Azure roles that may be activated', () => {
  it('are read with what they allow, in one request', async () => {
    const { facts, gaps, paths } = await readRows(row());
    expect([gaps, paths]).toEqual([[], [`arm ${asked(subscription)}`]]);
    expect(facts).toMatchObject([
      {
        kind: 'azure-role-eligibility',
        subject: 'Owner',
        scope,
        roleType: 'BuiltInRole',
        end: '2027-01-01T00:00:00Z',
        permissions: [{ actions: ['*'] }],
      },
    ]);
    expect(say(facts)).toEqual(['plain own itself']);
  });

  it.each([
    { name: 'by a group', rows: [row({ principalId: crew, memberType: 'Group' })], is: [`plain - ${crew}`] },
    { name: 'by a group of which no more is told', rows: [row({ memberType: 'Group' })], is: ['plain - '] },
    {
      name: 'both ways',
      rows: [row({ principalId: crew, memberType: 'Group' }, '2'), row()],
      is: [`plain own ${crew}`],
    },
    {
      name: 'under a condition, and by a group without',
      rows: [row({ condition: '@x' }), row({ principalId: crew, memberType: 'Group' }, '2')],
      is: ['plain own itself', `@${crew} - ${crew}`],
    },
    { name: 'inherited from above', rows: [row({ memberType: 'Inherited' })], is: ['plain own itself'] },
    { name: 'for good', rows: [row({ endDateTime: null })], is: ['plain own itself'] },
    { name: 'none', rows: [], is: [] },
  ])('$name', async ({ rows, is }) => {
    const found = await readRows(...rows);
    expect([say(found.facts), found.gaps]).toEqual([is, []]);
  });

  it('are asked where policies and the configuration say, and above where one is written there', async () => {
    const above = '/providers/microsoft.management/managementgroups/mg';
    const policies = [asking({ azureRoles: [written(), written({ scope: armId(above) })] }, people)];
    const lists = { [asked(subscription)]: ok([row()]), [asked(above)]: ok([row()]) };
    const found = await reading(lists, { policies });
    expect([found.paths, found.facts.length]).toEqual([
      [asked(subscription), asked(above)].map((path) => `arm ${path}`),
      1,
    ]);
  });

  it('are asked in all that is visible where nobody names a subscription', async () => {
    const policies = [asking({ azureRoles: [] }, people)];
    const listed = { '/subscriptions': ok([{ subscriptionId: subscription.split('/')[2] }]) };
    const found = await reading({ ...listed, [asked(subscription)]: ok([row()]) }, { policies });
    expect([found.facts.length, found.paths.length]).toEqual([1, 2]);
  });

  it('are asked of ARM by their definition where it is no built-in one', async () => {
    const custom = row({ roleDefinitionId: `${subscription}/x/roleDefinitions/custom-1` });
    const definition = { properties: { roleName: 'Our own', type: 'CustomRole', permissions: [] } };
    const at = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/custom-1`;
    const lists = { [asked(subscription)]: ok([custom]) };
    const found = await reading(lists, { arm: { [at]: ok(definition) } });
    expect([found.facts.map(({ subject }) => subject), found.gaps]).toEqual([['Our own'], []]);
    expect(sayGaps(await reading(lists))).toEqual(['azure-role-eligibility forbidden: HTTP 403']);
  });
});

describe('what is open', () => {
  const nobody = { policies: [asking({ azureRoles: [] }, people)] };
  it.each([
    { name: 'a refusal', lists: {}, more: {}, says: 'forbidden: HTTP 403' },
    { name: 'a refusal of the list of subscriptions', lists: {}, more: nobody, says: 'forbidden: HTTP 403' },
    {
      name: 'no subscription at all',
      lists: { '/subscriptions': ok([]) },
      more: nobody,
      says: 'not-visible: no subscription is named by a policy or the configuration, and none is visible',
    },
    {
      name: 'a row without properties',
      lists: { [asked(subscription)]: ok([{ id: 'x' }]) },
      more: {},
      says: 'malformed: `properties` of a role assignment is undefined where an object belongs',
    },
    {
      name: 'a row that ends at no date',
      lists: { [asked(subscription)]: ok([row({ endDateTime: 'soon' })]) },
      more: {},
      says: 'malformed: `endDateTime` is a text where a date belongs',
    },
    {
      name: 'a list that broke off',
      lists: { [asked(subscription)]: err(refused) },
      more: {},
      says: 'forbidden: HTTP 403',
    },
  ])('$name is a gap', async ({ lists, more, says }) => {
    const found = await reading(lists, more);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`azure-role-eligibility ${says}`]]);
  });
});

describe('Azure roles that a policy makes eligible', () => {
  it('are resolved, those that are held left to their own plane', () => {
    const azureRoles = [
      written(),
      written({ role: 'Reader', eligible: false }),
      written({ role: 'Ownr', place: line(31) }),
    ];
    expect(desiredOf(azureRoleEligibility, asking({ azureRoles }, people))).toEqual({
      facts: ['Owner at 30'],
      problems: ['31 unknown-role: no built-in Azure role is called `Ownr` (did you mean `Owner`?)'],
    });
  });

  it.each([
    { name: 'a person whose Azure roles are managed', policy: asking({ azureRoles: [] }, people), is: ['/'] },
    { name: 'a person of whose Azure roles nobody speaks', policy: asking({}, people), is: [] },
    {
      name: 'an application without eligible roles',
      policy: asking({ azureRoles: [written({ eligible: false })] }),
      is: [],
    },
    { name: 'an application with one', policy: asking({ azureRoles: [written()] }), is: [subscription] },
  ])('are read for $name: $is', ({ policy, is }) => {
    expect(azureRoleEligibility.asks(policy).map((need) => 'scope' in need && need.scope)).toEqual(is);
  });

  it('compare by condition, and not by how long', async () => {
    const [wanted] = azureRoleEligibility.desired(asking({ azureRoles: [written({ condition: '@x' })] }, people), {
      azureRole: () => ({ state: 'found', value: { id: owner, name: 'Owner', type: 'BuiltInRole', permissions: [] } }),
    } as never).facts;
    const same = async (more: object) => {
      const [held] = (await readRows(row(more))).facts;
      return (
        wanted !== undefined &&
        held !== undefined &&
        wanted.fact.key === held.key &&
        azureRoleEligibility.same(wanted.fact, held)
      );
    };
    expect([
      await same({ condition: ' @x' }),
      await same({ condition: '@x', endDateTime: null }),
      await same({}),
    ]).toEqual([true, true, false]);
  });
});

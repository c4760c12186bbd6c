import { describe, expect, it } from 'vitest';
import { type Fact, isOnlyThroughGroups } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { err, ok } from '../../src/core/result.ts';
import { backupObject, subscription } from '../support/facts.ts';
import { crew, department } from '../support/group-facts.ts';
import { gone, inCrew, reading, row, scope, seeing } from '../support/read-azure-roles.ts';
import { foundApp, refused, sayGaps } from '../support/read-kind.ts';

const inBoth = ok([
  { group: crew, displayName: 'Backup Crew', roleAssignable: false },
  { group: department, displayName: null, roleAssignable: null },
]);

describe('Azure roles that groups hold', () => {
  const inside = (facts: readonly Fact[]): string[] =>
    facts.map((fact) =>
      fact.kind === 'azure-role-assignment'
        ? `${fact.subject} ${fact.scope.replace(subscription, '') || '/'} ${isOnlyThroughGroups(fact) ? 'only' : 'also'} ${fact.through?.map((id) => (id === crew ? 'crew' : 'department')).join('+') ?? '-'}`
        : fact.kind,
    );

  it.each([
    {
      name: 'as the policy asks, and nothing more to confirm',
      rows: [row(crew, scope)],
      is: ['Reader /resourceGroups/rg-app only crew'],
      asks: [],
    },
    {
      name: 'and it holds itself',
      rows: [row(backupObject, scope), row(crew, scope)],
      is: ['Reader /resourceGroups/rg-app also crew'],
      asks: [],
    },
    {
      name: 'two of them',
      rows: [row(crew, scope), row(department, scope)],
      is: ['Reader /resourceGroups/rg-app only crew+department'],
      asks: [],
    },
    {
      name: 'none, beside its own',
      rows: [row(backupObject, scope)],
      is: ['Reader /resourceGroups/rg-app also -'],
      asks: [],
    },
  ])('$name', async ({ rows, is, asks }) => {
    const found = await reading({ rows: [...seeing, ...rows], groups: inBoth });
    expect([inside(found.facts), found.gaps, found.asked]).toEqual([is, [], asks]);
  });

  it('are asked for in the same query', async () => {
    const { queries } = await reading({ rows: [...seeing, row(crew, scope)], groups: inBoth });
    expect(queries).toHaveLength(1);
    for (const principal of [backupObject, crew, department]) expect(queries[0]).toContain(`'${principal}'`);
  });

  it('count as principals: 200 of them go into one query', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        group: objectId(`9b000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
        displayName: null,
        roleAssignable: false,
      }));
    const queries = async (count: number) =>
      (await reading({ rows: [...seeing, row(backupObject, scope)], groups: ok(many(count)) })).queries.length;
    expect([await queries(0), await queries(199), await queries(200)]).toEqual([1, 1, 2]);
  });

  it('and nobody asked for are confirmed by ARM, of that group alone', async () => {
    const rows = [...seeing, row(backupObject, scope), row(crew, subscription)];
    const there = await reading({ rows, groups: inCrew, list: ok([row(crew, subscription)]) });
    expect([there.asked, inside(there.facts).toSorted()]).toEqual([
      [`${subscription}/roleAssignments`],
      ['Reader / only crew', 'Reader /resourceGroups/rg-app also -'],
    ]);
    const gone = await reading({ rows, groups: inCrew, list: ok([]) });
    expect(inside(gone.facts)).toEqual(['Reader /resourceGroups/rg-app also -']);
  });

  it('that Resource Graph lags behind are found by ARM, whoever of them holds what is asked for', async () => {
    const found = await reading({
      rows: seeing,
      groups: inBoth,
      list: ok([row(department, scope), row('stranger', scope)]),
    });
    expect([inside(found.facts), found.gaps]).toEqual([['Reader /resourceGroups/rg-app only department'], []]);
  });

  it('are no orphans, and those of one gone are', async () => {
    const found = await reading({
      rows: [...seeing, row(crew, scope), row(gone, scope)],
      identities: [foundApp({ goneObjectId: gone })],
      groups: inCrew,
      list: ok([row(crew, scope), row(gone, scope)]),
    });
    expect(found.says.toSorted()).toEqual([
      'Reader /resourceGroups/rg-app',
      'Reader /resourceGroups/rg-app of one gone',
    ]);
  });

  it('are unknown where the groups are: a gap, and what it holds itself is known', async () => {
    const found = await reading({ rows: [...seeing, row(backupObject, scope)], groups: err(refused) });
    expect([found.says, sayGaps(found), found.gaps.map(({ needs }) => needs)]).toEqual([
      ['Reader /resourceGroups/rg-app'],
      ['azure-role-assignment forbidden: HTTP 403'],
      ['Application.Read.All'],
    ]);
  });
});

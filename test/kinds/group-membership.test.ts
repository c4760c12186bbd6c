import { describe, expect, it } from 'vitest';
import { createGroupBook } from '../../src/app/group-book.ts';
import { objectId } from '../../src/core/ids.ts';
import type { GraphPort } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { groupMembership } from '../../src/kinds/group-membership.ts';
import { backupObject } from '../support/facts.ts';
import { crew, department, operatorIdentity } from '../support/group-facts.ts';
import { appIdentity, line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps } from '../support/read-kind.ts';

const row = {
  '@odata.type': '#microsoft.graph.group',
  id: crew.toUpperCase(),
  displayName: 'Backup Crew',
  isAssignableToRole: null,
};
const path = `/servicePrincipals/${backupObject}/transitiveMemberOf?$select=id,displayName,isAssignableToRole`;

/** The groups of one identity, as Graph's rows tell them, and the paths asked. */
const ask = async (rows: readonly unknown[], identity = foundApp(), times = 1) => {
  const paths: string[] = [];
  const list: GraphPort['list'] = async (asked) => {
    paths.push(asked);
    return ok(rows);
  };
  const groupsOf = createGroupBook({ get: async () => err(refused), list });
  const answers = await Promise.all(Array.from({ length: times }, () => groupsOf(identity)));
  return { answer: answers[0], paths };
};

describe('groups of an identity', () => {
  it.each([
    { name: 'as they are', rows: [row], is: [{ group: crew, displayName: 'Backup Crew', roleAssignable: null }] },
    {
      name: 'made for directory roles',
      rows: [{ ...row, isAssignableToRole: true }],
      is: [{ group: crew, displayName: 'Backup Crew', roleAssignable: true }],
    },
    {
      name: 'of which no more than the id may be read',
      rows: [{ '@odata.type': '#microsoft.graph.group', id: crew, displayName: null, isAssignableToRole: null }],
      is: [{ group: crew, displayName: null, roleAssignable: null }],
    },
    {
      name: 'without the roles and units of the same list',
      rows: [
        { '@odata.type': '#microsoft.graph.directoryRole', id: 'x' },
        { '@odata.type': '#microsoft.graph.administrativeUnit', id: 'y' },
      ],
      is: [],
    },
    { name: 'none', rows: [], is: [] },
  ])('$name', async ({ rows, is }) => {
    expect((await ask(rows)).answer).toEqual(ok(is));
  });

  it.each([
    {
      name: 'that does not say what it is',
      rows: [{ id: crew }],
      detail: '`@odata.type` is undefined where a text belongs',
    },
    { name: 'without an id', rows: [{ ...row, id: null }], detail: '`id` is null where a text belongs' },
    { name: 'of another shape', rows: ['x'], detail: 'a membership is string where an object belongs' },
  ])('one $name leaves all of them unknown', async ({ rows, detail }) => {
    expect((await ask(rows)).answer).toEqual(err({ reason: 'malformed', status: 200, request: `GET ${path}`, detail }));
  });

  it('are asked once, however many kinds want to know, and of users as such', async () => {
    expect((await ask([], foundApp(), 3)).paths).toEqual([path]);
    expect((await ask([], foundApp({ servicePrincipal: null }))).paths).toEqual([
      path.replace('servicePrincipals', 'users'),
    ]);
  });

  it.each([
    { name: 'is not there', more: { objectId: null, state: 'absent' as const } },
    { name: 'could not be found out', more: { state: 'unread' as const, servicePrincipal: null } },
  ])('are not asked of one that $name', async ({ more }) => {
    expect(await ask([row], foundApp(more))).toEqual({ answer: ok([]), paths: [] });
  });
});

const member = { group: crew, displayName: 'Backup Crew', roleAssignable: false };
const policies = [asking({ groups: [] })];

describe('group memberships', () => {
  it('are facts of each identity', async () => {
    const { facts, gaps, paths } = await readKind(groupMembership, {
      policies,
      groups: ok([member, { ...member, group: department }]),
    });
    expect([facts.map(({ subject }) => subject), gaps, paths]).toEqual([[crew, department], [], []]);
    expect(facts[0]).toMatchObject({ group: crew, displayName: 'Backup Crew', roleAssignable: false });
  });

  it.each([
    { name: 'an application', identity: foundApp(), needs: 'Application.Read.All' },
    { name: 'a user', identity: foundApp({ servicePrincipal: null }), needs: 'User.Read.All' },
  ])('that may not be read are a gap of $name', async ({ identity, needs }) => {
    const found = await readKind(groupMembership, { policies, identities: [identity], groups: err(refused) });
    expect([found.facts, sayGaps(found), found.gaps.map((gap) => gap.needs)]).toEqual([
      [],
      ['group-membership forbidden: HTTP 403'],
      [needs],
    ]);
  });

  it('that are asked for are known by their ids', async () => {
    const groups = [crew, department].map((id, index) => ({ id, place: line(30 + index) }));
    expect(desiredOf(groupMembership, asking({ groups }))).toEqual({
      facts: [`${crew} at 30`, `${department} at 31`],
      problems: [],
    });
    expect(desiredOf(groupMembership, asking({})).facts).toEqual([]);
  });

  it('are managed where groups are written, and by a retired policy; and asked of everybody', () => {
    const all = [asking({ groups: [] }), asking({}), asking({}, { state: 'retired' })];
    expect(all.map(groupMembership.governs)).toEqual([true, false, true]);
    const both = asking({}, { identities: [appIdentity(), operatorIdentity] });
    expect(
      [...all, both].map((policy) =>
        groupMembership.asks(policy).map((need) => 'permission' in need && need.permission),
      ),
    ).toEqual([
      ['Application.Read.All'],
      ['Application.Read.All'],
      ['Application.Read.All'],
      ['Application.Read.All', 'User.Read.All'],
    ]);
  });

  it('that are asked for and held are the same, whatever the group is called', async () => {
    const wanted = groupMembership.desired(
      asking({ groups: [{ id: objectId(crew), place: line(30) }] }),
      null as never,
    );
    const { facts } = await readKind(groupMembership, { policies, groups: ok([member]) });
    const [want, have] = [wanted.facts[0]?.fact, facts[0]];
    expect(want?.key).toBe(have?.key);
    expect(want !== undefined && have !== undefined && groupMembership.same(want, have)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import type { Fact } from '../../src/core/fact.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import type { MemberOf } from '../../src/core/kind.ts';
import { err, ok } from '../../src/core/result.ts';
import { directoryRoleAssignment } from '../../src/kinds/directory-role-assignment.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { backupApp, backupObject } from '../support/facts.ts';
import { crew, department, operator, operatorIdentity } from '../support/group-facts.ts';
import { line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps } from '../support/read-kind.ts';

const template = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const row = {
  id: 'd1',
  principalId: backupObject.toUpperCase(),
  directoryScopeId: '/',
  roleDefinition: { id: 'x', templateId: template, displayName: 'Exchange Administrator' },
};
const role = (name: string, more = {}) => ({ role: name, scope: null, eligible: false, place: line(30), ...more });
const policies = [asking({ directoryRoles: [] })];
const reading = (rows: readonly unknown[]) =>
  readKind(directoryRoleAssignment, { policies, lists: { roleAssignments: ok(rows) } });

describe('directory roles that are held', () => {
  it('are read by template id, for the directory and for units of it', async () => {
    const { facts, names } = await reading([row, { ...row, id: 'd2', directoryScopeId: '/administrativeUnits/AU' }]);
    expect(
      facts.map((fact) => fact.kind === 'directory-role-assignment' && [fact.subject, fact.role, fact.scope]),
    ).toEqual([
      ['Exchange Administrator', template, '/'],
      ['Exchange Administrator', template, '/administrativeUnits/AU'],
    ]);
    expect(names?.directoryRoles).toContainEqual({ id: template, name: 'Exchange Administrator' });
  });

  it('of strangers are left alone', async () => {
    expect((await reading([{ ...row, principalId: 'other' }])).facts).toEqual([]);
  });

  it('are asked for fifteen at a time', async () => {
    const identities = Array.from({ length: 31 }, (_, index) =>
      foundApp({ id: identityId(`app-${index}`), objectId: objectId(`object-${index}`) }),
    );
    const declaring = identities.map(({ id }) =>
      asking({ directoryRoles: [] }, { identities: [{ type: 'app', id, place: line(1) } as never] }),
    );
    const { paths } = await readKind(directoryRoleAssignment, {
      identities,
      policies: declaring,
      lists: { roleAssignments: ok([]) },
    });
    expect(paths.map((path) => path.split("','").length)).toEqual([15, 15, 1]);
  });

  const malformed = [
    {
      name: 'without definition',
      rows: [{ ...row, roleDefinition: null }],
      detail: '`roleDefinition` is null where an object belongs',
    },
    {
      name: 'without a name',
      rows: [{ ...row, roleDefinition: { templateId: 'x' } }],
      detail: '`displayName` is undefined where a text belongs',
    },
    { name: 'of nobody', rows: [{ ...row, principalId: 7 }], detail: '`principalId` is number where a text belongs' },
  ];
  it.each(malformed)('one $name leaves a gap and no fact', async ({ rows, detail }) => {
    const found = await reading(rows);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`directory-role-assignment malformed: ${detail}`]]);
  });
});

describe('directory roles that are asked for', () => {
  it('are resolved, eligible ones apart, and unknown ones said', () => {
    const access = {
      directoryRoles: [
        role('exchange administrator'),
        role('Exchange Adminstrator'),
        role('Global Reader', { eligible: true }),
        role('Our own role'),
      ],
    };
    expect(desiredOf(directoryRoleAssignment, asking(access))).toEqual({
      facts: ['Exchange Administrator at 30', 'Global Reader at 30', 'Our own role at 30'],
      problems: [
        '30 unknown-role: no directory role is called `Exchange Adminstrator` (did you mean `Exchange Administrator`?)',
      ],
    });
  });

  it('a custom role that the tenant has is meant by its name, but never takes a built-in’s', () => {
    const book = {
      apis: [],
      azureRoles: [],
      directoryRoles: [
        { id: 'c1' as never, name: 'Our own role' },
        { id: 'c2' as never, name: 'Exchange Administrator' },
      ],
    };
    const { facts } = directoryRoleAssignment.desired(
      asking({ directoryRoles: [role('Our own role'), role('Exchange Administrator')] }),
      createNames(book, true),
    );
    expect(facts.map(({ fact }) => fact.kind === 'directory-role-assignment' && fact.role)).toEqual(['c1', template]);
  });
});

/** `role at scope, own or -, groups, eligible`. */
const say = (facts: readonly Fact[]): string[] =>
  facts.map((fact) =>
    fact.kind !== 'directory-role-assignment'
      ? fact.kind
      : [
          `${fact.subject} ${fact.scope}`,
          fact.assignmentId ?? '-',
          (fact.through ?? []).map((id) => (id === crew ? 'crew' : 'department')).join('+') || '-',
          fact.eligible ? 'eligible' : 'active',
        ].join(' '),
  );

const group = (roleAssignable: boolean | null, id = crew): MemberOf => ({
  group: id,
  displayName: 'Crew',
  roleAssignable,
});

describe('directory roles of groups', () => {
  const ofCrew = { ...row, id: 'd9', principalId: crew };
  const held = (rows: Record<string, readonly unknown[]>, groups: readonly MemberOf[]) =>
    readKind(directoryRoleAssignment, {
      policies,
      groups: ok(groups),
      lists: Object.fromEntries(Object.entries(rows).map(([who, list]) => [who, ok(list)])),
    });

  it('are the identity’s, by the group', async () => {
    const found = await held({ [backupObject]: [], [crew]: [ofCrew] }, [group(true)]);
    expect([say(found.facts), found.gaps, found.paths.length]).toEqual([
      ['Exchange Administrator / - crew active'],
      [],
      2,
    ]);
  });

  it('and its own are one fact', async () => {
    const found = await held({ [backupObject]: [row], [crew]: [ofCrew] }, [group(true)]);
    expect(say(found.facts)).toEqual(['Exchange Administrator / d1 crew active']);
  });

  it.each([
    { name: 'that was made for roles', groups: [group(true)], reads: 2 },
    { name: 'of which that may not be read', groups: [group(null)], reads: 2 },
    { name: 'that cannot hold roles', groups: [group(false)], reads: 1 },
    { name: 'that is not there', groups: [], reads: 1 },
  ])('are asked once more for a group $name: $reads reads', async ({ groups, reads }) => {
    const found = await held({ [backupObject]: [], [crew]: [] }, groups);
    expect([found.paths.length, found.facts, found.gaps]).toEqual([reads, [], []]);
  });

  it('are unknown where the groups are, and what it holds itself is known', async () => {
    const found = await readKind(directoryRoleAssignment, {
      policies,
      groups: err(refused),
      lists: { roleAssignments: ok([row]) },
    });
    expect([say(found.facts), sayGaps(found), found.gaps.map(({ needs }) => needs)]).toEqual([
      ['Exchange Administrator / d1 - active'],
      ['directory-role-assignment forbidden: HTTP 403'],
      ['Application.Read.All'],
    ]);
  });
});

const person = foundApp({ id: operatorIdentity.id, objectId: objectId(operator), appId: null, servicePrincipal: null });
const ofPerson = (more: object = {}) => ({ ...row, id: 'e1', principalId: operator, ...more });
const unlicensed = err({
  ...refused,
  reason: 'malformed' as const,
  detail: 'HTTP 400, UnknownError: {"errorCode":"AadPremiumLicenseRequired","message":"The tenant needs …"}',
});

describe('eligible directory roles', () => {
  const people = (directoryRoles: Parameters<typeof asking>[0]['directoryRoles'] = []) => [
    asking({ directoryRoles: directoryRoles ?? null }, { identities: [operatorIdentity] }),
  ];
  const declaring = [role('Global Reader', { eligible: true })];
  const reading = (more: object) =>
    readKind(directoryRoleAssignment, {
      identities: [person],
      policies: people(),
      lists: { roleAssignments: ok([]), roleEligibilityScheduleInstances: ok([]) },
      ...more,
    });

  it('are read of people, and told apart from those that are held', async () => {
    const found = await reading({
      lists: { roleAssignments: ok([ofPerson()]), roleEligibilityScheduleInstances: ok([ofPerson({ id: 'e2' })]) },
    });
    expect(say(found.facts)).toEqual([
      'Exchange Administrator / e1 - active',
      'Exchange Administrator / e2 - eligible',
    ]);
    expect(new Set(found.facts.map(({ key }) => key)).size).toBe(2);
    expect(found.paths).toContain(
      `/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '${operator}'&$expand=roleDefinition`,
    );
  });

  it('of groups are theirs too, each group asked for itself', async () => {
    const found = await reading({
      groups: ok([
        group(true),
        group(true, department),
        group(false, objectId('9a000000-0000-4000-8000-000000000003')),
      ]),
      lists: {
        roleAssignments: ok([]),
        [`eq '${crew}'`]: ok([ofPerson({ principalId: crew })]),
        roleEligibilityScheduleInstances: ok([]),
      },
    });
    expect(say(found.facts)).toEqual(['Exchange Administrator / - crew eligible']);
    expect(found.paths.filter((path) => path.includes('Eligibility'))).toHaveLength(3);
  });

  it.each([
    { name: 'an application whose policy asks for none', policies: [asking({ directoryRoles: [] })], reads: 0 },
    { name: 'an application whose policy asks for one', policies: [asking({ directoryRoles: declaring })], reads: 1 },
  ])('are read of $name: $reads reads', async ({ policies: given, reads }) => {
    const found = await reading({ identities: [foundApp()], policies: given });
    expect(found.paths.filter((path) => path.includes('Eligibility'))).toHaveLength(reads);
    expect(given.flatMap((policy) => directoryRoleAssignment.asks(policy)).length).toBe(2 + reads);
  });

  it('that may not be read are a gap', async () => {
    const found = await reading({ lists: { roleAssignments: ok([]), roleEligibilityScheduleInstances: err(refused) } });
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [],
      ['directory-role-assignment forbidden: HTTP 403'],
      'RoleEligibilitySchedule.Read.Directory',
    ]);
  });

  it.each([
    { name: 'no gap where nobody asks for one', given: people(), gaps: [] },
    {
      name: 'a gap where a policy asks for one',
      given: people(declaring),
      gaps: [
        'not-supported: Microsoft Entra ID P2 or Microsoft Entra ID Governance, of which eligible roles are a part',
      ],
    },
  ])('in a tenant without Privileged Identity Management are $name', async ({ given, gaps }) => {
    const found = await reading({
      policies: given,
      lists: { roleAssignments: ok([]), roleEligibilityScheduleInstances: unlicensed },
    });
    expect(found.gaps.map(({ reason, needs }) => `${reason}: ${needs}`)).toEqual(gaps);
  });

  it.skipIf(!hasContractExamples)('as Microsoft shows them are understood', async () => {
    const rows = contractRows('graph-pim-eligibilityscheduleinstances-expand-200');
    // The example expands no more of a role than its name; the whole of it has an id.
    const whole = rows.map((one) => ({ ...one, roleDefinition: { ...(one['roleDefinition'] as object), id: 'r' } }));
    const found = await reading({
      identities: [{ ...person, objectId: objectId(String(rows[0]?.['principalId'])) }],
      lists: { roleAssignments: ok([]), roleEligibilityScheduleInstances: ok(whole) },
    });
    expect([say(found.facts), found.gaps]).toEqual([
      ['Search Administrator / XrtkCdube02sKVjnlIYqQBht8lJR0U9DrhSkqDEisrI-1-e - eligible'],
      [],
    ]);
  });

  it('of an application stay under its name', () => {
    const { facts } = directoryRoleAssignment.desired(asking({ directoryRoles: declaring }), createNames(null, false));
    expect(facts.map(({ fact }) => fact.key)).toEqual([
      expect.stringMatching(new RegExp(`^directory-role-assignment/${backupApp}/[0-9a-f-]+//@eligible$`)),
    ]);
  });
});

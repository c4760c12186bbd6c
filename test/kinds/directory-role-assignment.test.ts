import { describe, expect, it } from 'vitest';
import { createNames } from '../../src/app/create-names.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import { directoryRoleAssignment } from '../../src/kinds/directory-role-assignment.ts';
import { backupObject } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, desiredOf, foundApp, readKind, sayGaps } from '../support/read-kind.ts';

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
  it('are resolved, unknown ones said, eligible ones left to their own plane', () => {
    const access = {
      directoryRoles: [
        role('exchange administrator'),
        role('Exchange Adminstrator'),
        role('Global Reader', { eligible: true }),
        role('Our own role'),
      ],
    };
    expect(desiredOf(directoryRoleAssignment, asking(access))).toEqual({
      facts: ['Exchange Administrator at 30', 'Our own role at 30'],
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

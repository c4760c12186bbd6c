import { describe, expect, it } from 'vitest';
import { ok } from '../../src/core/result.ts';
import { appRoleAssignment } from '../../src/kinds/app-role-assignment.ts';
import { contractRows, hasContractExamples } from '../support/contract-example.ts';
import { backupApp, graph } from '../support/facts.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps, written } from '../support/read-kind.ts';

const row = {
  id: 'a1',
  resourceId: 'R1',
  appRoleId: '810C84A8-4A9E-49E6-BF7D-12D183F40D01',
  createdDateTime: '2026-01-01T00:00:00Z',
};
const reading = (rows: readonly unknown[]) => readKind(appRoleAssignment, { lists: { appRoleAssignments: ok(rows) } });

describe('application permissions that are held', () => {
  it('are read with ids in lower case', async () => {
    const { facts, gaps } = await reading([row]);
    expect([facts, gaps]).toEqual([
      [
        {
          kind: 'app-role-assignment',
          key: `app-role-assignment/${backupApp}/${graph}/810c84a8-4a9e-49e6-bf7d-12d183f40d01`,
          identity: backupApp,
          subject: 'role 810c84a8-4a9e-49e6-bf7d-12d183f40d01',
          api: graph,
          apiName: 'Microsoft Graph',
          role: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
          assignmentId: 'a1',
          created: '2026-01-01T00:00:00Z',
          purpose: null,
        },
      ],
      [],
    ]);
  });

  it('are none where none are listed, and "may sign in" is none', async () => {
    expect((await reading([])).facts).toEqual([]);
    expect((await reading([{ ...row, appRoleId: '00000000-0000-0000-0000-000000000000' }])).facts).toEqual([]);
  });

  it('of somebody without service principal are not asked for', async () => {
    const identities = [foundApp({ servicePrincipal: null, state: 'absent' })];
    expect(await readKind(appRoleAssignment, { identities })).toMatchObject({ facts: [], gaps: [], paths: [] });
  });

  it.skipIf(!hasContractExamples)('are read from Microsoft’s example (skipped without the reference)', async () => {
    const { facts, gaps } = await reading(contractRows('graph-approleassignments-list-200-sp'));
    expect([facts.length, gaps]).toEqual([1, []]);
  });

  const malformed = [
    { name: 'without id', rows: [{ ...row, id: undefined }], detail: '`id` is undefined where a text belongs' },
    { name: 'with an empty id', rows: [{ ...row, id: '' }], detail: '`id` is string where a text belongs' },
    {
      name: 'with a number as role',
      rows: [{ ...row, appRoleId: 7 }],
      detail: '`appRoleId` is number where a text belongs',
    },
    { name: 'of no API', rows: [{ ...row, resourceId: null }], detail: '`resourceId` is null where a text belongs' },
    { name: 'that is null', rows: [row, null], detail: 'an app role assignment is null where an object belongs' },
    { name: 'that is a list', rows: [[]], detail: 'an app role assignment is a list where an object belongs' },
  ];
  it.each(malformed)('one $name leaves a gap and no fact', async ({ rows, detail }) => {
    const found = await reading(rows);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`app-role-assignment malformed: ${detail}`]]);
  });

  it('that may not be read, or whose API may not, leave a gap', async () => {
    expect(sayGaps(await readKind(appRoleAssignment, {}))).toEqual(['app-role-assignment forbidden: HTTP 403']);
    const names = { appRole: async () => ({ ok: false as const, error: refused }) };
    const unnamed = await readKind(appRoleAssignment, { lists: { appRoleAssignments: ok([row]) }, names });
    expect([unnamed.facts, sayGaps(unnamed)]).toEqual([[], ['app-role-assignment forbidden: HTTP 403']]);
  });
});

describe('application permissions that are asked for', () => {
  const of = (...names: string[]) =>
    desiredOf(appRoleAssignment, asking({ applicationPermissions: [written('Microsoft Graph', ...names)] }));

  it('are resolved line by line', () => {
    expect(of('Mail.Read', 'Sites.Read.All')).toEqual({
      facts: ['Mail.Read at 20', 'Sites.Read.All at 21'],
      problems: [],
    });
  });

  it('and unknown are all said, with what was meant', () => {
    const access = {
      applicationPermissions: [
        written('Microsoft Graf', 'Mail.Read'),
        written('Microsoft Graph', 'Mail.Raed', 'Mail.Read'),
      ],
    };
    expect(desiredOf(appRoleAssignment, asking(access))).toEqual({
      facts: ['Mail.Read at 21'],
      problems: [
        '19 unknown-api: no API is called `Microsoft Graf` (did you mean `Microsoft Graph`?)',
        '20 unknown-permission: Microsoft Graph offers no application permission `Mail.Raed` (did you mean `Mail.Read`?)',
      ],
    });
  });

  it('are as many as identities, and none of a retired policy, which manages them all the same', () => {
    const access = { applicationPermissions: [written('Microsoft Graph', 'Mail.Read')] };
    const retired = asking(access, { state: 'retired' });
    expect(desiredOf(appRoleAssignment, retired).facts).toEqual([]);
    expect(
      [retired, asking(access), asking({ applicationPermissions: [] }), asking({})].map(appRoleAssignment.governs),
    ).toEqual([true, true, true, false]);
  });
});

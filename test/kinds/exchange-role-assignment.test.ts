import { describe, expect, it } from 'vitest';
import { identityId, objectId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import { exchangeRoleAssignment } from '../../src/kinds/exchange-role-assignment.ts';
import { settleAccess } from '../../src/knowledge/settle-access.ts';
import { contractExample, hasContractExamples } from '../support/contract-example.ts';
import { backupApp, backupObject } from '../support/facts.ts';
import { line, protects } from '../support/policies.ts';
import { asking, desiredOf, foundApp, type KindCase, readKind, sayGaps } from '../support/read-kind.ts';

const permission = 'RoleManagement.Read.Exchange';
const role = (name: string, scope: string) => ({ role: name, scope, place: line(30) });
const declaring = asking({ exchangeRoles: [role('Application Mail.Read', 'organization')] });
const plain = asking({});
const ninja = asking({}, { product: { value: 'ninjaone', place: line(5) } });

const definitions = ok([
  { id: 'r-mail', displayName: 'Application Mail.Read' },
  { id: 'R-EWS', displayName: 'Application EWS.AccessAsApp' },
]);
const scopes = ok([{ id: 's-1', displayName: 'Backed-up mailboxes' }]);
const row = {
  id: 'a-1',
  principalId: `/ServicePrincipals/${backupObject}`,
  roleDefinitionId: 'r-mail',
  directoryScopeId: '/',
  appScopeId: null,
};
const lists = (...rows: readonly unknown[]) => ({
  'exchange/roleAssignments': ok(rows),
  'exchange/roleDefinitions': definitions,
  'exchange/customAppScopes': scopes,
});
const say = ({ facts }: { readonly facts: readonly unknown[] }) =>
  facts.map((fact) => {
    const { role: name, scope, roleGroup } = fact as { role: string; scope: string; roleGroup: string | null };
    return `${name} @ ${scope}${roleGroup === null ? '' : ` by ${roleGroup}`}`;
  });
const reading = (more: KindCase) => readKind(exchangeRoleAssignment, { policies: [declaring], ...more });

describe('Exchange roles that Microsoft Graph tells', () => {
  it.each([
    ['the organisation', { directoryScopeId: '/' }, 'organization'],
    ['a group', { directoryScopeId: '/Groups/AB' }, 'group:ab'],
    ['a group, as other clients spell it', { directoryScopeId: '/groups/ab' }, 'group:ab'],
    ['an administrative unit', { directoryScopeId: '/AdministrativeUnits/CD' }, 'administrativeUnit:cd'],
    ['a user', { directoryScopeId: '/Users/ef' }, 'user:ef'],
    ['a custom scope', { directoryScopeId: null, appScopeId: 'S-1' }, 'Backed-up mailboxes'],
  ])('hold for %s', async (_, place, scope) => {
    const { facts, gaps } = await reading({ lists: lists({ ...row, ...place }) });
    expect(gaps).toEqual([]);
    expect(facts).toEqual([
      {
        kind: 'exchange-role-assignment',
        key: `exchange-role-assignment/${backupApp}/application mail.read/${scope.toLowerCase()}`,
        identity: backupApp,
        subject: 'Application Mail.Read',
        role: 'Application Mail.Read',
        scope,
        parent: null,
        roleGroup: null,
        commands: null,
        assignmentId: 'a-1',
      },
    ]);
  });

  it('take one turn where a policy declares some: one filter, the roles and the scopes', async () => {
    const { paths } = await reading({ lists: lists(row) });
    expect(paths).toEqual([
      'beta/roleManagement/exchange/roleDefinitions',
      'beta/roleManagement/exchange/customAppScopes',
      `beta/roleManagement/exchange/roleAssignments?$filter=principalId eq '/ServicePrincipals/${backupObject}'`,
    ]);
  });

  it('take one request of a policy that declares none, where there are none, and none without the permission', async () => {
    const told = await reading({ policies: [plain], held: [permission], lists: lists() });
    expect([told.facts, told.gaps, told.paths.length]).toEqual([[], [], 1]);
    const untold = await reading({ policies: [plain], lists: lists(row) });
    expect([untold.facts, untold.gaps, untold.paths]).toEqual([[], [], []]);
  });

  const many = Array.from({ length: 31 }, (_, index) =>
    foundApp({ id: identityId(`app-${index}`), objectId: objectId(`object-${index}`) }),
  );
  it('are asked for fifteen at a time, and one by one where the service refuses several', async () => {
    const some = await reading({ identities: many, policies: [plain], held: [permission], lists: lists() });
    expect(some.paths.map((path) => path.split("','").length)).toEqual([15, 15, 1]);
    const refused = {
      ok: false,
      error: { reason: 'malformed', status: 400, request: 'GET x', detail: 'no `in`' },
    } as const;
    const each = await reading({
      identities: many,
      policies: [plain],
      held: [permission],
      lists: { 'principalId in': refused, ...lists() },
    });
    expect([each.gaps, each.paths.length]).toEqual([[], 2 + 31]);
  });

  it('of a person are asked for as of a user', async () => {
    const id = 'b270dc32-9ede-4648-9d40-c8a1070aba97';
    const person = { type: 'user', id: identityId(id), objectId: objectId(id), place: line(8) } as const;
    const { paths } = await reading({
      policies: [asking({ exchangeRoles: [] }, { identities: [person] })],
      identities: [foundApp({ id: identityId(id), objectId: objectId(id), servicePrincipal: null })],
      lists: lists(),
    });
    expect(paths.at(-1)).toContain(`principalId eq '/Users/${id}'`);
  });

  it.each([
    ['a refusal', { lists: {} }, 'exchange-role-assignment forbidden: HTTP 403'],
    [
      'a row without scope',
      { lists: lists({ ...row, directoryScopeId: null }) },
      'exchange-role-assignment malformed: both `directoryScopeId` and `appScopeId` are missing',
    ],
    [
      'a scope of an unknown sort',
      { lists: lists({ ...row, directoryScopeId: '/Devices/1' }) },
      'exchange-role-assignment malformed: `directoryScopeId` is `/Devices/1`',
    ],
    [
      'a role that is not listed',
      { lists: lists({ ...row, roleDefinitionId: 'r-9' }) },
      'exchange-role-assignment incomplete: `r-9` is assigned and not among them',
    ],
    [
      'a custom scope that is not listed',
      { lists: lists({ ...row, directoryScopeId: null, appScopeId: 's-9' }) },
      'exchange-role-assignment incomplete: `s-9` is assigned and not among them',
    ],
    [
      'a definition without a name',
      { lists: { ...lists(row), 'exchange/roleDefinitions': ok([{ id: 'r-mail' }]) } },
      'exchange-role-assignment malformed: `displayName` is undefined where a text belongs',
    ],
  ])('leave a gap after %s', async (_, given, gap) => {
    const found = await reading(given);
    expect([found.facts, sayGaps(found)]).toEqual([[], [gap]]);
    expect(found.gaps.map(({ needs }) => needs)).toEqual([permission]);
  });

  it.skipIf(!hasContractExamples)('are read from a recorded answer', async () => {
    const body = contractExample('graph-exchange-roleassignment-post-group-201');
    const identities = [foundApp({ objectId: objectId('fc33aa61-cf0e-46b6-9506-f633347202ab') })];
    const named = {
      ...lists(body),
      'exchange/roleDefinitions': ok([{ id: body['roleDefinitionId'], displayName: 'Application Mail.Read' }]),
    };
    expect(say(await reading({ identities, lists: named }))).toEqual([
      'Application Mail.Read @ group:1a70e568-d286-4ad1-b036-734ff8667915',
    ]);
  });
});

describe('Exchange roles that are asked for', () => {
  it('stand by Microsoft’s spelling, custom ones for themselves, and near misses are said', () => {
    const access = {
      exchangeRoles: [
        role('application mail.read', 'Backed-up mailboxes'),
        role('Application Mail.Raed', 'organization'),
        role('Our own role', 'group:AB'),
        role('Application of ours', 'organization'),
      ],
    };
    expect(desiredOf(exchangeRoleAssignment, asking(access))).toEqual({
      facts: ['Application Mail.Read at 30', 'Our own role at 30', 'Application of ours at 30'],
      problems: [
        '30 unknown-role: no Exchange role is called `Application Mail.Raed` (did you mean `Application Mail.Read`?)',
      ],
    });
  });

  it('are computed for the whole organisation where no scope is named', () => {
    const workloads = ['exchange-mail', 'exchange-calendar', 'exchange-contacts', 'exchange-mailbox-settings'];
    const minimal = settleAccess(asking({}, { access: 'minimal', protects: workloads.map((one) => protects(one)) }));
    expect(
      exchangeRoleAssignment.desired(minimal, null as never).facts.map(({ fact }) => fact.key.split('/').slice(2)),
    ).toEqual([
      ['application mail.read', 'organization'],
      ['application calendars.read', 'organization'],
      ['application contacts.read', 'organization'],
      ['application mailboxsettings.read', 'organization'],
    ]);
    expect([exchangeRoleAssignment.governs(minimal), exchangeRoleAssignment.asks(minimal)]).toMatchObject([
      true,
      [{ permission }],
    ]);
  });

  it.each([
    ['which declares some', declaring, [permission], true],
    ['which declares none', plain, [], false],
    ['of a product that makes a role group', ninja, ['Get-RoleGroup'], false],
    ['which is retired and declared none', { ...plain, state: 'retired' } as const, [], true],
    ['which is retired and declared some', { ...declaring, state: 'retired' } as const, [permission], true],
  ])('a policy %s has read what it needs', (_, policy, needs, governs) => {
    const asked = exchangeRoleAssignment
      .asks(policy)
      .map((need) => ('permission' in need ? need.permission : 'command' in need ? need.command : ''));
    expect([asked, exchangeRoleAssignment.governs(policy)]).toEqual([needs, governs]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { tenantId } from '../../src/core/ids.ts';
import { ok } from '../../src/core/result.ts';
import { exchangeRoleAssignment } from '../../src/kinds/exchange-role-assignment.ts';
import { backupApp, backupObject } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, type KindCase, readKind, runTenant, sayGaps } from '../support/read-kind.ts';

const permission = 'RoleManagement.Read.Exchange';
const plain = asking({});
const ninja = asking({}, { product: { value: 'ninjaone', place: line(5) } });
const reading = (more: KindCase) => readKind(exchangeRoleAssignment, more);

const evidence = (command: string, result: unknown, collectedAt = '2026-11-20T08:00:00Z'): Evidence => ({
  command,
  tenantId: tenantId(runTenant),
  collectedAt,
  result,
  file: `evidence/${command}.json`,
});
const say = ({ facts }: { readonly facts: readonly unknown[] }) =>
  facts.map((fact) => {
    const { role: name, scope, roleGroup } = fact as { role: string; scope: string; roleGroup: string | null };
    return `${name} @ ${scope}${roleGroup === null ? '' : ` by ${roleGroup}`}`;
  });

describe('Exchange roles that evidence tells', () => {
  const group = { Name: 'Backup', Roles: ['ApplicationImpersonation'], Members: ['Backup App'] };
  const principal = { DisplayName: 'Backup App', AppId: backupApp, ObjectId: backupObject, Guid: 'e-1' };
  const read = (files: readonly Evidence[], policies = [ninja]) => reading({ policies, evidence: files });

  it.each([
    [
      'by the name that Exchange knows it by',
      [evidence('Get-RoleGroup', [group]), evidence('Get-ServicePrincipal', [principal])],
    ],
    ['by its object id', [evidence('Get-RoleGroup', [{ ...group, Members: [backupObject.toUpperCase()] }])]],
    ['by its app id, one group alone', [evidence('Get-RoleGroup', { ...group, Members: backupApp })]],
    [
      'by its display name, where nobody tells how Exchange calls it',
      [evidence('Get-RoleGroup', [{ ...group, Members: ['Backup'] }])],
    ],
    [
      'by an object with an id of Exchange’s own',
      [
        evidence('Get-RoleGroup', [{ ...group, Members: [{ Guid: 'E-1' }] }]),
        evidence('Get-ServicePrincipal', [principal]),
      ],
    ],
    [
      'by a row of its own',
      [
        evidence('Get-RoleGroup', [{ ...group, Members: [] }]),
        evidence('Get-RoleGroupMember', [{ RoleGroup: 'Backup', Name: 'x', ExternalDirectoryObjectId: backupObject }]),
      ],
    ],
    [
      'by a path, and roles as objects',
      [
        evidence('Get-RoleGroup', [
          { ...group, Roles: [{ Name: 'ApplicationImpersonation' }], Members: ['contoso.example/Backup App'] },
        ]),
        evidence('Get-ServicePrincipal', principal),
      ],
    ],
  ])('are held by a role group, of which it is a member %s', async (_, files) => {
    const { facts, gaps } = await read(files);
    expect([say({ facts }), gaps]).toEqual([['ApplicationImpersonation @ organization by Backup'], []]);
  });

  it.each([
    [
      'another one of its display name',
      [evidence('Get-RoleGroup', [{ ...group, Members: ['Backup'] }]), evidence('Get-ServicePrincipal', [principal])],
    ],
    [
      'one with another id and the same name',
      [evidence('Get-RoleGroup', [{ ...group, Members: [{ Name: 'Backup', Guid: 'e-2' }] }])],
    ],
    ['nobody', [evidence('Get-RoleGroup', [{ ...group, Members: [] }])]],
    ['it, in a group without roles', [evidence('Get-RoleGroup', [{ ...group, Members: [backupObject], Roles: [] }])]],
    ['it, switched off', [evidence('Get-ManagementRoleAssignment', [{ Role: 'X', App: backupApp, Enabled: false }])]],
    ['no group at all', [evidence('Get-RoleGroup', [])]],
  ])('are none where the member is %s', async (_, files) => {
    const { facts, gaps } = await read(files);
    expect([facts, gaps]).toEqual([[], []]);
  });

  it.each([
    [{ RecipientWriteScope: 'Organization' }, 'organization'],
    [{}, 'organization'],
    [{ CustomResourceScope: 'Backed-up mailboxes' }, 'Backed-up mailboxes'],
    [{ RecipientWriteScope: 'CustomRecipientScope', CustomRecipientWriteScope: 'Some' }, 'Some'],
    [{ RecipientAdministrativeUnitScope: 'au-1' }, 'administrativeUnit:au-1'],
    [{ RecipientWriteScope: 'Self' }, 'Self'],
  ])('hold by an assignment of their own %j', async (place, scope) => {
    const { facts } = await read([
      evidence('Get-ManagementRoleAssignment', [{ Role: 'Mailbox Search', RoleAssigneeName: backupObject, ...place }]),
    ]);
    expect(say({ facts })).toEqual([`Mailbox Search @ ${scope}`]);
  });

  it('know the scope, the commands and the parent of a group’s role', async () => {
    const { facts } = await read([
      evidence('Get-RoleGroup', [{ ...group, Roles: ['Own role', 'Mailbox Search'], Members: [backupObject] }]),
      evidence('Get-ManagementRoleAssignment', [
        {
          Role: 'Own role',
          RoleAssigneeName: 'Backup',
          RoleAssigneeType: 'RoleGroup',
          CustomRecipientWriteScope: 'Some',
        },
      ]),
      evidence('Get-ManagementRoleEntry', [
        { Identity: 'Own role\\Get-Mailbox', Name: 'Get-Mailbox' },
        { Role: 'Own role', Name: 'Add-MailboxPermission' },
      ]),
      evidence('Get-ManagementRole', [
        { Name: 'Own role', Parent: 'Mail Recipients' },
        { Name: 'Mail Recipients', Parent: null },
      ]),
    ]);
    expect(facts).toMatchObject([
      {
        role: 'Own role',
        scope: 'Some',
        roleGroup: 'Backup',
        parent: 'Mail Recipients',
        commands: ['Add-MailboxPermission', 'Get-Mailbox'],
      },
      { role: 'Mailbox Search', scope: 'organization', roleGroup: 'Backup', parent: null, commands: null },
    ]);
  });

  it('an application role that Microsoft Graph no longer tells is gone, others stay', async () => {
    const files = [
      evidence('Get-ManagementRoleAssignment', [
        { Role: 'Application Mail.Read', App: backupApp },
        { Role: 'Mailbox Search', App: backupApp },
      ]),
    ];
    const { facts } = await reading({
      policies: [plain],
      held: [permission],
      lists: { 'exchange/roleAssignments': ok([]) },
      evidence: files,
    });
    expect(say({ facts })).toEqual(['Mailbox Search @ organization']);
  });

  const absent = `exchange-role-assignment no-evidence: no file says what Get-RoleGroup answers in tenant ${runTenant}`;
  it.each([
    ['none, of a product whose page makes a role group', [], [ninja], [absent]],
    ['none, of another policy', [], [plain], []],
    ['none of role groups', [evidence('Get-ManagementRoleEntry', [])], [ninja], [absent]],
    [
      'what is too old',
      [evidence('Get-RoleGroup', [], '2026-09-01T00:00:00Z')],
      [ninja],
      [
        'exchange-role-assignment stale-evidence: evidence/Get-RoleGroup.json is of 2026-09-01T00:00:00Z, older than P30D',
      ],
    ],
    ['one of the three', [evidence('Get-RoleGroupMember', [])], [ninja], []],
    [
      'a text, whoever asks',
      [evidence('Get-RoleGroup', 'x')],
      [plain],
      ['exchange-role-assignment malformed: a row of Get-RoleGroup is string where an object belongs'],
    ],
    [
      'a group without a name',
      [evidence('Get-RoleGroup', [{ Roles: [] }])],
      [plain],
      ['exchange-role-assignment malformed: `Name` is undefined where a text belongs'],
    ],
    [
      'a member of nothing',
      [evidence('Get-RoleGroupMember', [{ Name: 'x' }])],
      [plain],
      ['exchange-role-assignment malformed: `RoleGroup` is undefined where a text belongs'],
    ],
    [
      'a member that is nobody',
      [evidence('Get-RoleGroup', [{ ...group, Members: [{}] }])],
      [plain],
      ['exchange-role-assignment malformed: a member of a role group has neither name nor id'],
    ],
    [
      'service principals that make no sense',
      [evidence('Get-RoleGroup', []), evidence('Get-ServicePrincipal', [7])],
      [plain],
      ['exchange-role-assignment malformed: a row of Get-ServicePrincipal is number where an object belongs'],
    ],
    [
      'an assignment to nobody',
      [evidence('Get-ManagementRoleAssignment', [{ Role: 'x' }])],
      [plain],
      ['exchange-role-assignment malformed: `RoleAssigneeName` is missing'],
    ],
  ])('leave, with %s, what they should', async (_, files, policies, gaps) => {
    const found = await read(files, policies);
    expect([found.facts, sayGaps(found)]).toEqual([[], gaps]);
  });
});

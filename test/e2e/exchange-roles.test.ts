import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, httpRequests, serve, temporaryFolder, writePolicies } from '../support/rig.ts';

const app = 'a0000000-0000-4000-8000-000000000000';
const object = 'b0000000-0000-4000-8000-000000000000';
const plain = fleet(1, 0);
const [caller] = plain.callers ?? [];
if (caller === undefined) throw new Error('the fleet has no caller');

const scopeId = 'fa29d77a-f763-43b9-99be-2d42c2795a5c';
const held = (roleName: string, more: object = { directoryScopeId: '/' }) => ({
  principalId: `/ServicePrincipals/${object}`,
  roleName,
  ...more,
});
const everyRole = ['Mail.Read', 'Calendars.Read', 'Contacts.Read', 'MailboxSettings.Read'].map(
  (name) => `Application ${name}`,
);

interface Given {
  readonly roles?: readonly object[];
  readonly permissions?: readonly string[];
  readonly mayRead?: boolean;
}
const tenant = ({ roles = [], permissions = ['User.ReadBasic.All'], mayRead = true }: Given): TenantState => ({
  ...plain,
  callers: [{ ...caller, roles: [...(caller.roles ?? []), ...(mayRead ? ['RoleManagement.Read.Exchange'] : [])] }],
  graph: {
    ...plain.graph,
    appRoleAssignments: permissions.map((appRole) => ({
      principalId: object,
      resourceAppId:
        appRole === 'Exchange.ManageAsApp'
          ? '00000002-0000-0ff1-ce00-000000000000'
          : '00000003-0000-0000-c000-000000000000',
      appRole,
    })),
    exchange: {
      roleAssignments: roles,
      customAppScopes: [
        { id: scopeId, displayName: 'Backed-up mailboxes', type: 'RecipientScope', customAttributes: {} },
      ],
    },
  } as NonNullable<TenantState['graph']>,
  arm: { ...plain.arm, roleAssignments: [] },
});

const policy = (spec: string): Record<string, string> => ({
  'mail.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: mail, owner: backup-team@contoso.example }
spec:
  identities: [{ appId: ${app} }]
${spec}`,
});
const minimal = policy(`  protects:
    - { workload: exchange-mail, operations: [backup] }
    - { workload: exchange-calendar, operations: [backup] }
    - { workload: exchange-contacts, operations: [backup] }
    - { workload: exchange-mailbox-settings, operations: [backup] }
  access: minimal
`);
const scoped = policy(`  protects: [{ workload: exchange-mail, operations: [backup], scopes: [Backed-up mailboxes] }]
  access:
    applicationPermissions: { Microsoft Graph: [User.ReadBasic.All] }
    exchangeRoles: [{ role: Application Mail.Read, scope: Backed-up mailboxes }]
`);
const ninja = policy(`  product: ninjaone
  protects: [{ workload: exchange-mail, operations: [backup] }]
  access:
    applicationPermissions: { Microsoft Graph: [Mail.ReadBasic.All, User.ReadBasic.All] }
`);

const writeEvidence = (answers: Readonly<Record<string, unknown>>): string => {
  const folder = join(temporaryFolder(), 'evidence');
  mkdirSync(folder);
  for (const [command, result] of Object.entries(answers)) {
    const text = { command, tenantId: plain.tenantId, collectedAt: '2026-11-20T08:00:00Z', result };
    writeFileSync(join(folder, `${command}.json`), JSON.stringify(text));
  }
  return folder;
};

const about = /exchange|missing-for-workload|undeclared|tenant-wide|exceeds|redundant/;
const run = async (given: Given, files: Record<string, string>, evidence: string | null = null) => {
  const state = tenant(given);
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, writePolicies(files), { evidence });
    return {
      exit: report.exitCode,
      says: report.findings.flatMap(({ rule, subject, scope, severity }) =>
        about.test(rule) ? [`${severity} ${rule} ${subject}${scope === null ? '' : ` @ ${scope}`}`] : [],
      ),
      drift: report.drift.flatMap(({ change }) => {
        const fact = changedFact(change);
        return fact.kind === 'exchange-role-assignment' ? [`${change.cause} ${fact.role} @ ${fact.scope}`] : [];
      }),
      gaps: report.coverage
        .filter(({ state: of }) => of === 'gap')
        .map(({ kind, reason, needs }) => `${kind}: ${reason}, ${needs}`),
      log: emulator.requests(),
    };
  } finally {
    await emulator.close();
  }
};

describe('the least access to the mailboxes of a whole tenant', () => {
  it('is clean where the tenant holds exactly that', async () => {
    const found = await run({ roles: everyRole.map((name) => held(name)) }, minimal);
    expect(found).toMatchObject({ says: [], drift: [], gaps: [] });
  });

  it('lacks what is not assigned, by drift and as a backup that would fail', async () => {
    const found = await run({ roles: everyRole.slice(1).map((name) => held(name)) }, minimal);
    expect(found).toMatchObject({
      says: ['high missing-for-workload Application Mail.Read @ organization'],
      drift: ['missing Application Mail.Read @ organization'],
      gaps: [],
    });
  });

  it('is not known where Exchange’s roles may not be read', async () => {
    const found = await run({ mayRead: false }, minimal);
    expect(found).toMatchObject({
      exit: 3,
      says: [],
      drift: [],
      gaps: ['exchange-role-assignment: forbidden, RoleManagement.Read.Exchange'],
    });
  });
});

describe('a role for some mailboxes', () => {
  it('is clean in its scope', async () => {
    const found = await run({ roles: [held('Application Mail.Read', { appScopeId: scopeId })] }, scoped);
    expect(found).toMatchObject({ says: [], drift: [], gaps: [] });
  });

  it('on every mailbox is missing, undeclared and too much', async () => {
    const found = await run({ roles: [held('Application Mail.Read')] }, scoped);
    expect(found).toMatchObject({
      exit: 1,
      drift: ['missing Application Mail.Read @ Backed-up mailboxes', 'undeclared Application Mail.Read @ organization'],
      gaps: [],
    });
    expect(found.says).toEqual([
      'medium exchange-role-reaches-every-mailbox Application Mail.Read @ organization',
      'medium undeclared-access Application Mail.Read @ organization',
    ]);
  });

  it('takes one request more than the rest, in a batch of beta', async () => {
    const found = await run({ roles: [held('Application Mail.Read', { appScopeId: scopeId })] }, scoped);
    const beta = found.log.filter(({ path }) => path.includes('/roleManagement/exchange/'));
    expect(beta.map(({ batch }) => batch !== null)).toEqual([true, true, true]);
    expect(httpRequests(found.log).filter(({ path }) => path.startsWith('/beta/'))).toHaveLength(1);
    expect(httpRequests(found.log).length).toBeLessThanOrEqual(7);
  });
});

describe('NinjaOne, whose list of permissions looks harmless', () => {
  const given = { permissions: ['Mail.ReadBasic.All', 'User.ReadBasic.All'] };
  const group = (...roles: readonly string[]) => [
    { Name: 'NinjaOne Backup', Roles: roles, Members: ['NinjaOne Sub-App'] },
  ];
  const known = { 'Get-ServicePrincipal': [{ DisplayName: 'NinjaOne Sub-App', AppId: app, ObjectId: object }] };

  it('reads every mailbox by a role group, and may give itself more', async () => {
    const evidence = writeEvidence({
      ...known,
      'Get-RoleGroup': group('NinjaOne Backup Role', 'Mailbox Search'),
      'Get-ManagementRoleEntry': [{ Role: 'NinjaOne Backup Role', Name: 'Add-RoleGroupMember' }],
    });
    const found = await run(given, ninja, evidence);
    expect(found).toMatchObject({ exit: 1, gaps: [] });
    expect(found.says.filter((one) => one.includes('exchange'))).toEqual([
      'critical exchange-role-escalates NinjaOne Backup Role @ organization',
      'high exchange-role-reaches-every-mailbox Mailbox Search @ organization',
    ]);
  });

  it('does not, where the role group is gone', async () => {
    const found = await run(given, ninja, writeEvidence({ 'Get-RoleGroup': [] }));
    expect([found.says.filter((one) => one.includes('exchange')), found.gaps]).toEqual([[], []]);
  });

  it('is not known without evidence', async () => {
    const found = await run(given, ninja, writeEvidence({}));
    expect([found.exit, found.gaps]).toEqual([
      3,
      ['exchange-role-assignment: no-evidence, evidence of Get-RoleGroup (docs/evidence.md)'],
    ]);
  });
});

it.each([
  [1, 7],
  [50, 18],
])('%i policies that declare none take at most %i requests, of which one for Exchange', async (policies, atMost) => {
  const many = fleet(policies, 0);
  const state = { ...many, callers: [{ ...caller, roles: [...(caller.roles ?? []), 'RoleManagement.Read.Exchange'] }] };
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, writePolicies(fleetPolicies(policies)), { rules: [] });
    const requests = httpRequests(emulator.requests());
    expect(report.coverage.some(({ kind }) => kind === 'exchange-role-assignment')).toBe(true);
    expect(requests.filter(({ path }) => path.startsWith('/beta/'))).toHaveLength(1);
    expect(requests.length).toBeLessThanOrEqual(atMost);
  } finally {
    await emulator.close();
  }
});

import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import {
  administrators,
  appPolicy,
  crew,
  department,
  operator,
  operatorPolicy,
  type Parts,
  principal,
  readerRoles,
  subscription,
  takenOver,
  tenantWith,
} from '../support/group-tenant.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';

const mine = new Set([
  'azure-role-assignment',
  'directory-role-assignment',
  'group-membership',
  'azure-role-eligibility',
]);
const tell = ({ exitCode, findings, drift, coverage, plan }: Report) => ({
  exit: exitCode,
  says: findings.map(({ rule, message }) => `${rule}: ${message}`),
  drift: drift.map(({ change }) => `${change.cause} ${changedFact(change).kind} ${changedFact(change).subject}`),
  gaps: coverage
    .filter(({ state, kind }) => state === 'gap' && mine.has(kind))
    .map(({ kind, reason, needs }) => `${kind}: ${reason}, ${needs}`),
  steps: plan.steps.map(({ id }) => id),
});

const run = async (parts: Parts, policies: Record<string, string>, faults: FaultScript = []) => {
  const tenant = tenantWith(parts);
  const emulator = await serve(tenant, faults);
  try {
    const report = await checkOn(emulator, tenant, writePolicies(policies));
    return { report, ...tell(report), log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};

const declaring = (...groups: readonly string[]): string =>
  `    groups: [${groups.join(', ')}]\n    directoryRoles: []\n`;

describe('a backup app whose groups rule the subscription and the tenant', () => {
  it('is found by both, each with its group, and no plan touches what a group holds', async () => {
    const found = await run(takenOver, appPolicy(declaring(crew, department, administrators)));
    expect(found).toMatchObject({ exit: 1, gaps: [], steps: [] });
    const owner = `through group \`Infrastructure\` (\`${department}\`)`;
    const ruler = `through group \`Backup Administrators\` (\`${administrators}\`)`;
    expect(found.says.filter((text) => text.startsWith('self-escalation'))).toEqual([
      `self-escalation: directory role \`Global Administrator\` lets its holder grant itself more: it does anything in the tenant, ${ruler}`,
      expect.stringContaining(`, ${owner}`),
    ]);
    expect(found.says.filter((text) => text.startsWith('undeclared-access'))).toEqual([
      `undeclared-access: directory role \`Global Administrator\` on the whole directory is held, and policy \`backup-0\` does not ask for it, ${ruler}`,
      expect.stringMatching(/^undeclared-access: `Owner` on .* does not ask for it, through group `Infrastructure`/),
    ]);
    expect(found.drift).toEqual([
      'undeclared directory-role-assignment Global Administrator',
      'undeclared azure-role-assignment Owner',
    ]);
    for (const { rule, help } of found.report.findings.filter(({ message }) => message.includes('through group')))
      expect(`${rule}: ${help}`).toContain(': take the identity out of group `');
  });

  it('has nothing taken from it: a second run plans nothing either, and says the same', async () => {
    const policies = appPolicy(declaring(crew, department, administrators));
    const [first, second] = [await run(takenOver, policies), await run(takenOver, policies)];
    expect([first.steps, second.steps]).toEqual([[], []]);
    expect(second.report.plan.digest).toBe(first.report.plan.digest);
    expect(second.says).toEqual(first.says);
  });

  it('loses only its own assignment where it holds the role itself too, and the finding stands', async () => {
    const both: Parts = {
      ...takenOver,
      azure: [
        ...(takenOver.azure ?? []),
        { scope: subscription, roleName: 'Owner', principalId: principal, principalType: 'ServicePrincipal' },
      ],
    };
    const found = await run(both, appPolicy(declaring(crew, department, administrators)));
    expect(found.steps).toEqual([expect.stringMatching(/^azure-role-assignment\/delete\//)]);
    const owner = found.report.findings.find(({ rule, subject }) => rule === 'self-escalation' && subject === 'Owner');
    expect(owner).toMatchObject({ stands: true, curedByPlan: false });
    expect(owner?.message).toContain(`, itself and through group \`Infrastructure\` (\`${department}\`)`);
  });

  it('has a clean twin, whose group holds nothing and is declared', async () => {
    const twin = { groups: [{ id: crew, displayName: 'Backup Crew', members: [principal] }] };
    expect(await run(twin, appPolicy(declaring(crew)))).toMatchObject({
      exit: 0,
      says: [],
      drift: [],
      gaps: [],
      steps: [],
    });
  });
});

describe('groups', () => {
  const groups = takenOver.groups?.slice(0, 2) ?? [];
  it.each([
    { name: 'all declared, the outer one too', groups, more: declaring(crew, department), drift: [], exit: 0 },
    { name: 'of which no policy speaks', groups, more: '', drift: [], exit: 0 },
    {
      name: 'the outer one undeclared',
      groups,
      more: declaring(crew),
      drift: [`undeclared group-membership ${department}`],
      exit: 1,
    },
    {
      name: 'one missing',
      groups: groups.slice(0, 1),
      more: declaring(crew, administrators),
      drift: [`missing group-membership ${administrators}`],
      exit: 0,
    },
  ])('$name', async ({ groups: held, more, drift, exit }) => {
    expect(await run({ groups: held }, appPolicy(more))).toMatchObject({ exit, drift, gaps: [], steps: [] });
  });

  it('hold what a policy asks for: it is not missing', async () => {
    const tenant = tenantWith({ groups });
    const [asked] = tenant.arm?.roleAssignments ?? [];
    const byGroup = { ...asked, principalId: crew, principalType: 'Group' };
    const served = { ...tenant, arm: { ...tenant.arm, roleAssignments: [byGroup] } };
    const emulator = await serve(served);
    try {
      const report = await checkOn(emulator, served, writePolicies(appPolicy('')));
      expect(tell(report)).toMatchObject({ exit: 0, says: [], drift: [], gaps: [], steps: [] });
    } finally {
      await emulator.close();
    }
  });

  it('that may not be read by name are named by id, and asked for directory roles all the same', async () => {
    const reader = readerRoles.filter((role) => role !== 'Directory.Read.All');
    const found = await run({ ...takenOver, reader }, appPolicy(declaring(crew, department, administrators)));
    expect(
      found.says.some(
        (text) => text.includes(`Global Administrator\` lets`) && text.endsWith(`through group \`${administrators}\``),
      ),
    ).toBe(true);
    expect(found.gaps).toEqual([]);
  });

  it('that may not be asked for leave three planes open, and what is held directly stays known', async () => {
    const refused: FaultScript = [
      {
        match: { api: 'graph', inner: true, path: 'transitiveMemberOf', times: 'always' },
        answer: { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } },
      },
    ];
    const found = await run(takenOver, appPolicy(declaring(crew, department, administrators)), refused);
    expect(found).toMatchObject({ exit: 3, drift: [], steps: [] });
    expect(found.gaps).toEqual(
      ['group-membership', 'directory-role-assignment', 'azure-role-assignment'].map(
        (kind) => `${kind}: forbidden, Application.Read.All`,
      ),
    );
  });

  it('cost nothing where there is none, and one request where one may hold directory roles', async () => {
    const counts = async (parts: Parts) => httpRequests((await run(parts, appPolicy(''))).log).length;
    const [none, plain, assignable] = [
      await counts({}),
      await counts({
        groups: [{ id: crew, displayName: 'Backup Crew', isAssignableToRole: false, members: [principal] }],
      }),
      await counts({
        groups: [{ id: crew, displayName: 'Backup Crew', isAssignableToRole: true, members: [principal] }],
      }),
    ];
    expect([plain - none, assignable - none]).toEqual([0, 1]);
  });
});

describe('roles that a person may activate', () => {
  const reader = { role: 'Disk Restore Operator', scope: `${subscription}/resourceGroups/rg-0` };
  const eligible = [{ scope: reader.scope, roleName: reader.role, principalId: operator, principalType: 'User' }];
  const roleEligibilities = [{ principalId: operator, roleName: 'Global Reader' }];
  const asking = (more = '') =>
    operatorPolicy(
      `    azureRoles:\n      - { role: ${reader.role}, scope: ${reader.scope}, eligible: true }\n${more}    directoryRoles: [{ role: Global Reader, eligible: true }]\n`,
    );

  it('are clean where they are as the policy says', async () => {
    expect(await run({ eligible, roleEligibilities }, asking())).toMatchObject({
      exit: 0,
      says: [],
      drift: [],
      gaps: [],
    });
  });

  it('are missing where nobody made them so, and not by being held', async () => {
    const found = await run(
      { azure: [{ ...eligible[0], scope: reader.scope, principalId: operator }], roleAssignments: roleEligibilities },
      asking(),
    );
    expect(found.drift).toEqual([
      'undeclared directory-role-assignment Global Reader',
      'missing directory-role-assignment Global Reader',
      'undeclared azure-role-assignment Disk Restore Operator',
      'missing azure-role-eligibility Disk Restore Operator',
    ]);
  });

  it('are undeclared and told where a group brings more, with the group', async () => {
    const owner = { scope: subscription, roleName: 'Owner', principalId: crew, principalType: 'Group' };
    const parts: Parts = { groups: takenOver.groups ?? [], eligible: [...eligible, owner], roleEligibilities };
    const found = await run(parts, asking());
    expect(found).toMatchObject({ exit: 1, drift: ['undeclared azure-role-eligibility Owner'], gaps: [], steps: [] });
    expect(found.says).toEqual([
      `eligible-privileged-role: \`Owner\` on \`${subscription}\` can be activated, and then allows \`Microsoft.Authorization/roleAssignments/write\` (assigns any role to anyone), through group \`Backup Crew\` (\`${crew}\`)`,
    ]);
  });

  it('are changed under another condition', async () => {
    const found = await run(
      { eligible: [{ ...eligible[0], scope: reader.scope, condition: '@x' } as never], roleEligibilities },
      asking(),
    );
    expect(found.drift).toEqual(['changed azure-role-eligibility Disk Restore Operator']);
  });

  it('that may not be read are gaps', async () => {
    const found = await run({ reader: ['User.Read.All'], eligible, roleEligibilities }, asking(), [
      {
        match: { api: 'resourceManager', path: 'roleEligibilityScheduleInstances', times: 'always' },
        answer: { status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } },
      },
    ]);
    expect(found.exit).toBe(3);
    expect(found.gaps).toEqual([
      'directory-role-assignment: forbidden, RoleManagement.Read.Directory',
      'azure-role-eligibility: forbidden, Reader at the subscription (Microsoft.Authorization/roleAssignments/read)',
    ]);
  });

  it.each([
    { name: 'open where a policy asks for one', policies: asking(), exit: 3, gaps: 1 },
    { name: 'none where no policy does', policies: operatorPolicy('    directoryRoles: []\n'), exit: 0, gaps: 0 },
  ])('in a tenant without Privileged Identity Management are $name', async ({ policies, exit, gaps }) => {
    const message = '{"errorCode":"AadPremiumLicenseRequired","message":"The tenant needs a licence."}';
    const unlicensed: FaultScript = [
      {
        match: { api: 'graph', inner: true, path: 'roleEligibilityScheduleInstances', times: 'always' },
        answer: { status: 400, body: { error: { code: 'UnknownError', message } } },
      },
    ];
    const found = await run({ eligible }, policies, unlicensed);
    expect([found.exit, found.gaps.length]).toEqual([exit, gaps]);
  });

  it('cost one read inside a batch and one of ARM for a person, and none for an app', async () => {
    const paths = async (policies: Record<string, string>) =>
      (await run({ eligible, roleEligibilities }, policies)).log
        .filter(({ path }) => path.includes('EligibilityScheduleInstances'))
        .map(({ batch }) => batch !== null);
    expect(await paths(asking())).toEqual([true, false]);
    expect(await paths(appPolicy(declaring()))).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { privilegedAzureRole } from '../../src/rules/privileged-azure-role.ts';
import { recreatedIdentity } from '../../src/rules/recreated-identity.ts';
import { undeclaredAccess } from '../../src/rules/undeclared-access.ts';
import { unusedException } from '../../src/rules/unused-exception.ts';
import { fleet } from '../support/fleet.ts';
import { checkOn, serve, writePolicies } from '../support/rig.ts';

const group = '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-0';
const app = 'a0000000-0000-4000-8000-000000000000';
const principalId = 'b0000000-0000-4000-8000-000000000000';
const plain = fleet(1, 0);

/** The app holds Owner beside what its policy asks for, and lacks two of the three roles that it asks for. */
const drifted: TenantState = {
  ...plain,
  arm: {
    ...plain.arm,
    roleAssignments: [
      ...(plain.arm?.roleAssignments ?? []),
      { scope: group, roleName: 'Owner', principalId, principalType: 'ServicePrincipal' },
    ],
  },
};

type Enforcement = 'report' | 'additive' | 'authoritative';
const policy = (
  enforcement: Enforcement,
  roles: readonly string[],
  name = 'backup',
): string => `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: ${name}, owner: backup-team@contoso.example }
spec:
  enforcement: ${enforcement}
  identities: [{ appId: "${app}", objectId: "${principalId}" }]
  protects:
    - { workload: azure-vm-disk, operations: [backup], scopes: [${group}] }
    - { workload: sharepoint, operations: [backup] }
  access:
    applicationPermissions: { Microsoft Graph: [Sites.Read.All] }
    delegatedPermissions: {}
    directoryRoles: []
    azureRoles: [${roles.map((role) => `{ role: ${role}, scope: ${group} }`).join(', ')}]
`;
const asked = ['Disk Backup Reader', 'Disk Snapshot Contributor', 'Reader'];

/** Few rules: what is looked at here is how they are judged. */
const rules = [privilegedAzureRole, undeclaredAccess, recreatedIdentity, unusedException];

let emulator: Emulator;
let matching: Emulator;
beforeAll(async () => {
  [emulator, matching] = await Promise.all([serve(drifted), serve(plain)]);
});
afterAll(async () => {
  await Promise.all([emulator.close(), matching.close()]);
});

const check = (
  files: Readonly<Record<string, string>>,
  options: Parameters<typeof checkOn>[3] = {},
  on = emulator,
): Promise<Report> => checkOn(on, drifted, writePolicies(files), { failOn: 'high', rules, ...options });
const steps = ({ plan }: Report): string[] =>
  plan.steps.map(({ change }) => `${change.action} ${(change.after ?? change.before)?.subject}`);
const of = ({ findings }: Report, subject: string) => {
  const found = findings.filter((finding) => finding.rule === 'privileged-azure-role' && finding.subject === subject);
  return found.map(({ side, curedByPlan, stands }) => ({ side, curedByPlan, stands }));
};

describe('one tenant under each enforcement', () => {
  const cases = [
    {
      enforcement: 'report',
      exitCode: 1,
      conclusion: 'violations',
      plan: [],
      owner: { side: 'tenant', curedByPlan: false, stands: true },
    },
    {
      enforcement: 'additive',
      exitCode: 1,
      conclusion: 'violations',
      plan: ['create Disk Snapshot Contributor', 'create Reader'],
      owner: { side: 'tenant', curedByPlan: false, stands: true },
    },
    {
      enforcement: 'authoritative',
      exitCode: 0,
      conclusion: 'changes',
      plan: ['create Disk Snapshot Contributor', 'create Reader', 'delete Owner'],
      owner: { side: 'tenant', curedByPlan: true, stands: false },
    },
  ] as const;

  it.each(cases)('$enforcement', async ({ enforcement, exitCode, conclusion, plan, owner }) => {
    const policies = writePolicies({ 'backup.yaml': policy(enforcement, asked) });
    const run = () => checkOn(emulator, drifted, policies, { failOn: 'high', rules });
    const [first, second] = [await run(), await run()];
    expect(first).toMatchObject({ exitCode, conclusion, diagnostics: [] });
    expect(first.drift.map(({ change }) => change.cause).toSorted()).toEqual(['missing', 'missing', 'undeclared']);
    expect(steps(first)).toEqual(plan);
    expect(of(first, 'Owner')).toEqual([owner]);
    expect(second.plan).toEqual(first.plan);
    expect(second.findings).toEqual(first.findings);
  });

  it('each has a digest of its own, which neither time nor file names change', async () => {
    const digest = async (enforcement: Enforcement, file = 'backup.yaml', asOf = '2026-11-22'): Promise<string> =>
      (await check({ [file]: policy(enforcement, asked) }, { asOf: new Date(asOf) })).plan.digest;
    const digests = await Promise.all([digest('report'), digest('additive'), digest('authoritative')]);
    expect(new Set(digests).size).toBe(3);
    expect(await digest('authoritative', 'moved.yaml', '2027-01-01')).toBe(digests[2]);
  });
});

describe('a check is judged by what will stand after the merge', () => {
  const wide = ['Disk Backup Reader', 'Contributor'];
  it.each([
    {
      name: 'a wide role that is asked for and nobody grants doesn’t stand',
      enforcement: 'report',
      stands: false,
      exitCode: 0,
    },
    { name: 'one that the plan grants stands', enforcement: 'additive', stands: true, exitCode: 1 },
    {
      name: 'one that the plan grants stands, whatever it may revoke',
      enforcement: 'authoritative',
      stands: true,
      exitCode: 1,
    },
  ] as const)('$name', async ({ enforcement, stands, exitCode }) => {
    const report = await check({ 'backup.yaml': policy(enforcement, wide) }, {}, matching);
    expect(of(report, 'Contributor')).toEqual([{ side: 'policy', curedByPlan: false, stands }]);
    expect(report.exitCode).toBe(exitCode);
  });

  it('one that is never granted doesn’t stand, whatever a policy asks', async () => {
    const report = await check({ 'backup.yaml': policy('additive', ['Disk Backup Reader', 'Owner']) }, {}, matching);
    expect(of(report, 'Owner')).toEqual([{ side: 'policy', curedByPlan: false, stands: false }]);
    expect(report.plan.withheld.map(({ code }) => code)).toEqual(['never-grant']);
  });

  it('what is asked for and held stands whatever the enforcement', async () => {
    const report = await check({ 'backup.yaml': policy('authoritative', [...asked, 'Owner']) });
    expect(of(report, 'Owner')).toEqual([{ side: 'both', curedByPlan: false, stands: true }]);
  });

  it('drift alone fails only where it is told to', async () => {
    const files = { 'backup.yaml': policy('authoritative', asked) };
    expect(await check(files, { failOnDrift: true })).toMatchObject({ exitCode: 1, conclusion: 'drift' });
    const clean = { 'backup.yaml': policy('authoritative', ['Disk Backup Reader']) };
    expect(await check(clean, { failOnDrift: true }, matching)).toMatchObject({ exitCode: 0, conclusion: 'clean' });
  });

  it('what another policy’s plan removes doesn’t stand in the eyes of the first', async () => {
    const onlooker = policy('report', asked, 'a-onlooker').replace(
      / {2}access:[\s\S]*$/,
      '  access: { delegatedPermissions: {} }\n',
    );
    const report = await check({ 'a.yaml': onlooker, 'b.yaml': policy('authoritative', asked) });
    expect(report.diagnostics).toEqual([]);
    expect(of(report, 'Owner')).toEqual([{ side: 'tenant', curedByPlan: true, stands: false }]);
  });
});

describe('what the configuration keeps out of every plan', () => {
  const configured = (more: string): string => {
    const text = `apiVersion: backup-access/v1\nkind: BackupAccessConfig\n${more}\n`;
    return `${writePolicies({ 'backup-access.yaml': text })}/backup-access.yaml`;
  };
  it.each([
    { more: 'neverGrant: [Disk Snapshot Contributor]', codes: ['never-grant create', 'breaks-backup delete'] },
    {
      more: `untouchable: { identities: ["${app}"] }`,
      codes: ['untouchable create', 'untouchable create', 'untouchable delete'],
    },
    { more: 'neverGrant: [Sites.FullControl.All]', codes: [] },
  ])('$more', async ({ more, codes }) => {
    const files = { 'backup.yaml': policy('authoritative', asked) };
    const { plan, diagnostics } = await check(files, { config: configured(more) });
    expect(diagnostics).toEqual([]);
    const told = plan.withheld.map(({ code, change }) => `${code} ${change.action}`);
    expect(told.toSorted()).toEqual(codes.toSorted());
    expect(plan.steps).toHaveLength(3 - codes.length);
  });
});

describe('what is only ever judged is never planned', () => {
  it('a service principal made anew is neither changed nor called cured', async () => {
    const pinned = policy('authoritative', asked).replace(principalId, 'b0000000-0000-4000-8000-00000000dead');
    const report = await check({ 'backup.yaml': pinned });
    expect(report.plan.steps).toEqual([]);
    expect(report.plan.withheld.map(({ code }) => code)).toEqual(['recreated', 'recreated', 'recreated']);
    const found = report.findings.filter(({ rule }) => rule === 'recreated-identity');
    expect(found.map(({ curedByPlan, stands }) => ({ curedByPlan, stands }))).toEqual([
      { curedByPlan: false, stands: true },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { rules } from '../../src/rules/index.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';

const plain = fleet(1, 0);
const [caller] = plain.callers ?? [];
const [application] = plain.graph?.applications ?? [];
const [principal] = plain.graph?.servicePrincipals ?? [];
if (caller === undefined || application === undefined || principal === undefined) throw new Error('the fleet is empty');

const subApp = 'aaaaaaaa-0000-4000-8000-000000000001';
const legacy = 'aaaaaaaa-0000-4000-8000-000000000002';
const admin = 'backupadmin@contoso.example';
const adminId = 'cccccccc-0000-4000-8000-000000000001';
const ids = { app: String(application['appId']), object: String(principal['id']) };

const others = (appId: string, index: number) => ({
  id: `bbbbbbbb-0000-4000-8000-00000000000${index}`,
  appId,
  displayName: `Other ${index}`,
  accountEnabled: true,
});
const administrator = {
  id: adminId,
  userPrincipalName: admin,
  displayName: 'backupadmin',
  accountEnabled: true,
  mail: admin,
  assignedLicenses: [{ skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900', disabledPlans: [] }],
};
const credential = (more: object) => ({
  name: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:contoso@1/backup@2:environment:backup',
  audiences: ['api://AzureADTokenExchange'],
  ...more,
});

/** The fleet's tenant with more in its directory, for a reader with these permissions. */
const tenant = (
  graph: Readonly<Record<string, readonly object[]>>,
  roles: readonly string[] = caller.roles ?? [],
): TenantState => ({
  ...plain,
  callers: [{ ...caller, roles }],
  graph: { ...plain.graph, ...graph } as NonNullable<TenantState['graph']>,
});
const trusting = (...credentials: readonly object[]): TenantState =>
  tenant({ applications: [{ ...application, federatedIdentityCredentials: credentials }] });
const withLogs = [...(caller.roles ?? []), 'AuditLog.Read.All'];

const told = /^(federated-|credential-|required-|forbidden-|unused-(identity|credential)|granted-by)/;
const tell = ({ exitCode, findings, drift, coverage }: Report) => ({
  exit: exitCode,
  says: findings.map(({ rule, subject, severity }) => `${severity} ${rule} ${subject}`),
  drift: drift.map(({ change }) => `${change.cause} ${changedFact(change).subject}`),
  gaps: coverage
    .filter(({ state }) => state === 'gap')
    .map(({ kind, reason, needs }) => `${kind}: ${reason}, ${needs}`),
});
const run = async (state: TenantState, more = '') => {
  const emulator = await serve(state);
  try {
    const files = Object.fromEntries(Object.entries(fleetPolicies(1)).map(([name, text]) => [name, `${text}${more}`]));
    const report = await checkOn(emulator, state, writePolicies(files), {
      rules: rules.filter(({ id }) => told.test(id)),
    });
    return { ...tell(report), report, log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};
const clean = { exit: 0, says: [], drift: [], gaps: [] };

describe('federated credentials', () => {
  it('with ids, for one environment, are clean', async () => {
    expect(await run(trusting(credential({ id: 'f1' })))).toMatchObject(clean);
  });

  it('that trust too much are findings, a flexible expression among them, and no drift', async () => {
    const flexible = {
      subject: null,
      claimsMatchingExpression: { value: "claims['sub'] matches 'repo:contoso/*'", languageVersion: 1 },
    };
    const found = await run(
      trusting(
        credential({ id: 'f1', ...flexible }),
        credential({ id: 'f2', subject: 'repo:contoso/backup:environment:x' }),
      ),
      '  credentials: { allow: [certificate] }\n',
    );
    expect(found).toMatchObject({ exit: 1, drift: [], gaps: [] });
    expect(found.says).toEqual([
      'high federated-subject-too-wide f1',
      'medium credential-type-not-allowed f1',
      'medium credential-type-not-allowed f2',
      'low federated-subject-by-name f1',
      'low federated-subject-by-name f2',
    ]);
  });

  it('that may not be read are a gap', async () => {
    const found = await run(tenant({}, ['Directory.Read.All']));
    expect(found).toMatchObject({ exit: 3, gaps: ['federated-credential: forbidden, Application.Read.All'] });
  });

  it('take one batch of beta, however many apps', async () => {
    const { log } = await run(trusting(credential({ id: 'f1' })));
    expect(httpRequests(log).filter(({ path }) => path.startsWith('/beta'))).toHaveLength(1);
    expect(log.filter(({ path, batch }) => path.startsWith('/beta') && batch !== null)).toHaveLength(1);
  });
});

describe('apps and users that are named', () => {
  const policy = `  mustExist: [{ appId: ${subApp}, purpose: reads mail }]\n  mustNotExist: [{ appId: ${legacy} }, { userPrincipalName: ${admin} }]\n`;
  const principals = (...more: readonly object[]) => ({ servicePrincipals: [principal, ...more] });

  it('that are there, and gone, as they should are clean', async () => {
    expect(await run(tenant(principals(others(subApp, 1))), policy)).toMatchObject(clean);
  });

  it('of a product that left things behind are three findings: a sub-app, the legacy app, the administrator', async () => {
    const roleAssignments = [{ principalId: adminId, roleName: 'Global Administrator', directoryScopeId: '/' }];
    const found = await run(
      tenant({ ...principals(others(legacy, 2)), users: [administrator], roleAssignments }),
      policy,
    );
    expect(found).toMatchObject({ exit: 1, gaps: [] });
    expect(found.says).toEqual([
      `critical forbidden-app-present ${adminId}`,
      `high required-app-missing ${subApp}`,
      `medium forbidden-app-present ${legacy}`,
    ]);
    expect(found.drift.toSorted()).toEqual(
      [`missing ${subApp}`, `undeclared ${adminId}`, `undeclared ${legacy}`].toSorted(),
    );
    expect(found.report.plan.steps).toEqual([]);
    expect(found.report.findings.find(({ subject }) => subject === adminId)?.evidence).toMatchObject({
      roles: ['Global Administrator'],
      licences: 1,
      hasMailbox: true,
    });
  });

  it('that lie in the deleted items are missing, or a remark', async () => {
    const deletedItems = [
      {
        '@odata.type': '#microsoft.graph.servicePrincipal',
        ...others(subApp, 1),
        deletedDateTime: '2026-11-20T00:00:00Z',
      },
      { '@odata.type': '#microsoft.graph.application', ...others(legacy, 2), deletedDateTime: '2026-11-20T00:00:00Z' },
      {
        '@odata.type': '#microsoft.graph.user',
        ...administrator,
        userPrincipalName: `${adminId.replaceAll('-', '')}${admin}`,
      },
    ];
    const found = await run(tenant({ deletedItems }), policy);
    expect(found).toMatchObject({ exit: 1, gaps: [], drift: [`missing ${subApp}`] });
    expect(found.says).toEqual([
      `high required-app-missing ${subApp}`,
      `low forbidden-app-in-deleted-items ${legacy}`,
      `low forbidden-app-in-deleted-items ${adminId}`,
    ]);
  });

  it('that may not be read are a gap, and nobody is called missing', async () => {
    const found = await run(tenant({}, ['Application.Read.All', 'RoleManagement.Read.Directory']), policy);
    expect(found.gaps).toContain('app-presence: forbidden, User.Read.All');
    expect([found.says, found.drift.filter((line) => line.includes(subApp))]).toEqual([[], []]);
  });

  it('take six reads in a batch that travels anyway, and one batch for the roles of those who are there', async () => {
    const without = await run(tenant(principals(others(subApp, 1))));
    const found = await run(tenant(principals(others(subApp, 1))), policy);
    const own = found.log.filter(({ path }) =>
      [subApp, admin, 'deletedItems', 'bbbbbbbb-'].some((text) => decodeURIComponent(path).includes(text)),
    );
    expect(own.map(({ batch }) => batch !== null)).toEqual(Array.from({ length: 7 }, () => true));
    expect(httpRequests(found.log).length - httpRequests(without.log).length).toBe(1);
  });
});

describe('what logs and reports tell', () => {
  const consent = {
    id: 'Directory_1',
    activityDisplayName: 'Consent to application',
    activityDateTime: '2026-11-20T08:00:00Z',
    initiatedBy: { user: { id: adminId, userPrincipalName: admin }, app: null },
    targetResources: [{ id: ids.object, type: 'ServicePrincipal' }],
  };
  const last = (lastSignInDateTime: string) => ({ lastSignInDateTime });
  const logs = {
    roleAssignments: [{ principalId: adminId, roleName: 'Global Administrator', directoryScopeId: '/' }],
    auditLogs: [consent],
    signInActivities: [{ appId: ids.app, applicationAuthenticationClientSignInActivity: last('2026-05-01T00:00:00Z') }],
  };

  it('is a remark and a finding where the reader may read them', async () => {
    const found = await run(tenant(logs, withLogs));
    expect(found).toMatchObject({ exit: 1, drift: [], gaps: [] });
    expect(found.says).toEqual([
      `medium unused-identity ${ids.app}`,
      'low granted-by-global-administrator Consent to application',
    ]);
  });

  it('is silence, and no gap, where the reader may not, or where they hold nothing', async () => {
    expect(await run(tenant(logs))).toMatchObject(clean);
    expect(await run(tenant({}, withLogs))).toMatchObject(clean);
  });

  it('takes three reads, one batch of which travels anyway', async () => {
    const without = await run(tenant({}));
    const found = await run(tenant({}, withLogs));
    expect(found.log.length - without.log.length).toBe(3);
    expect(httpRequests(found.log).length).toBe(httpRequests(without.log).length);
  });
});

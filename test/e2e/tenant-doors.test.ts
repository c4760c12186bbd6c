import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import type { GraphState, TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';

const principal = 'b0000000-0000-4000-8000-000000000000';
const registration = 'd0000000-0000-4000-8000-000000000000';
const user = 'f2000000-0000-4000-8000-000000000001';
const plain = fleet(1, 0);
const [caller] = plain.callers ?? [];
if (caller === undefined) throw new Error('the fleet has no caller');

/** The fleet's tenant with more in its directory, read by a caller with more permissions. */
const tenant = (more: GraphState, roles: readonly string[]): TenantState => ({
  ...plain,
  callers: [{ ...caller, roles: [...(caller.roles ?? []), ...roles] }],
  graph: { ...plain.graph, ...more },
});

const tell = ({ exitCode, findings, drift, coverage, plan }: Report) => ({
  exit: exitCode,
  says: findings.map(({ rule, subject, scope }) => `${rule} ${subject}${scope === null ? '' : ` ${scope}`}`),
  drift: drift.map(({ change }) => `${change.cause} ${changedFact(change).subject}`),
  gaps: coverage.flatMap(({ kind, state, reason, needs }) => (state === 'gap' ? [`${kind}: ${reason}, ${needs}`] : [])),
  steps: plan.steps.length,
});

const run = async (state: TenantState, policies: Record<string, string>) => {
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, writePolicies(policies));
    return { ...tell(report), verdicts: report.verdicts, log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};
const told = async (state: TenantState, policies: Record<string, string>, rules: readonly string[]) => {
  const { says, gaps: all, log } = await run(state, policies);
  const gaps = all.filter((gap) => /^(app-management-policy|conditional-access|administrator)/.test(gap));
  return { says: says.filter((line) => rules.includes(line.split(' ')[0] ?? '')), gaps, log };
};
const stating = (text: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fleetPolicies(1)).map(([name, policy]) => [name, `${policy}${text}`]));

describe('settings of Microsoft Entra', () => {
  const settings = `  tenantSettings:
    entra.userConsent: low-risk
    entra.groupOwnerConsent: disabled
    entra.adminConsentRequests: enabled
    entra.usersCanRegisterApps: disabled
    entra.usersCanCreateGroups: disabled
    entra.usersCanCreateTenants: disabled
    entra.securityDefaults: enabled
    entra.appManagementPolicy: enabled
`;
  const closed: GraphState = {
    authorizationPolicy: {
      defaultUserRolePermissions: {
        allowedToCreateApps: false,
        allowedToCreateSecurityGroups: false,
        allowedToCreateTenants: false,
      },
    },
    adminConsentRequestPolicy: { isEnabled: true },
    defaultAppManagementPolicy: { isEnabled: true },
    groupSettings: [
      {
        templateId: 'dffd5d46-495d-40a9-8e21-954ff55e198a',
        values: [{ name: 'EnableGroupSpecificConsent', value: 'false' }],
      },
    ],
  };

  it('that are as stated are clean', async () => {
    const found = await run(tenant(closed, ['Policy.Read.All']), stating(settings));
    expect(found).toMatchObject({ drift: [], gaps: [] });
    expect(found.says.filter((line) => line.startsWith('risky'))).toEqual([]);
  });

  it('of a tenant where nobody set any are drift, and findings where they are doors', async () => {
    const open = {
      authorizationPolicy: {
        defaultUserRolePermissions: {
          permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
        },
      },
    };
    const found = await run(tenant(open, ['Policy.Read.All']), stating(settings));
    expect(found.drift.toSorted()).toEqual([
      'changed entra.adminConsentRequests',
      'changed entra.appManagementPolicy',
      'changed entra.groupOwnerConsent',
      'changed entra.userConsent',
      'changed entra.usersCanCreateGroups',
      'changed entra.usersCanCreateTenants',
      'changed entra.usersCanRegisterApps',
    ]);
    expect(found.says.filter((line) => line.startsWith('risky')).toSorted()).toEqual([
      'risky-tenant-setting entra.groupOwnerConsent',
      'risky-tenant-setting entra.userConsent',
      'risky-tenant-setting entra.usersCanCreateTenants',
      'risky-tenant-setting entra.usersCanRegisterApps',
    ]);
  });

  it('that may not be read are a gap', async () => {
    const found = await run(tenant(closed, []), stating(settings));
    expect(found).toMatchObject({ exit: 3, drift: [], gaps: ['tenant-setting: forbidden, Policy.Read.All'] });
  });

  it('take one read an object, in a batch that travels anyway', async () => {
    const stated = await run(tenant(closed, ['Policy.Read.All']), stating(settings));
    const without = await run(tenant(closed, ['Policy.Read.All']), fleetPolicies(1));
    // Whoever may read policies reads the default one on credentials for another kind too.
    expect(stated.log.length - without.log.length).toBe(5);
    expect(httpRequests(stated.log).length).toBe(httpRequests(without.log).length);
  });
});

describe('policies on credentials, for a program that may read them', () => {
  const rules = ['exempt-from-app-management', 'credential-beats-app-management'];
  const restricting: GraphState = {
    defaultAppManagementPolicy: {
      isEnabled: true,
      applicationRestrictions: {
        passwordCredentials: [{ restrictionType: 'passwordAddition', state: 'enabled', maxLifetime: null }],
        keyCredentials: [{ restrictionType: 'asymmetricKeyLifetime', state: 'enabled', maxLifetime: 'P1Y' }],
      },
    },
  };
  const exempting = {
    id: 'c1000000-0000-4000-8000-000000000001',
    displayName: 'Backup may have secrets',
    restrictions: { passwordCredentials: [{ restrictionType: 'passwordAddition', state: 'disabled' }] },
    appliesTo: [registration],
  };

  it.each<[string, GraphState, readonly string[]]>([
    ['restricts nothing', {}, []],
    ['restricts what the app does not have', restricting, []],
    [
      'exempts it',
      { ...restricting, appManagementPolicies: [exempting] },
      ['exempt-from-app-management passwordAddition'],
    ],
    ['exempts another app', { ...restricting, appManagementPolicies: [{ ...exempting, appliesTo: [] }] }, []],
  ])('a tenant that %s', async (_, state, says) => {
    expect(await told(tenant(state, ['Policy.Read.All']), fleetPolicies(1), rules)).toMatchObject({ says, gaps: [] });
  });

  it('are not asked for by others, who learn nothing and lack nothing', async () => {
    const found = await run(tenant(restricting, []), fleetPolicies(1));
    expect(found.gaps).toEqual([]);
    expect(found.log.filter(({ path }) => /olicies/.test(path))).toEqual([]);
    expect(found.verdicts.filter(({ rule }) => rules.includes(rule)).map(({ verdict }) => verdict)).toEqual([
      'unknown',
      'unknown',
    ]);
  });
});

describe('Conditional Access and administrators', () => {
  const policy = (more: object) => ({
    id: 'ca000000-0000-4000-8000-000000000001',
    displayName: 'Only from our own addresses',
    state: 'enabled',
    grantControls: { operator: 'OR', builtInControls: ['block'] },
    ...more,
  });
  const leavingOut = {
    clientApplications: {
      includeServicePrincipals: ['ServicePrincipalsInMyTenant'],
      excludeServicePrincipals: [principal],
    },
  };
  const onCodes = { users: { includeUsers: ['All'] }, authenticationFlows: { transferMethods: 'deviceCodeFlow' } };
  const ninja = Object.fromEntries(
    Object.entries(fleetPolicies(1)).map(([name, text]) => [
      name,
      text.replace('spec:\n', 'spec:\n  product: ninjaone\n'),
    ]),
  );
  const reader = ['Policy.Read.All', 'RoleManagement.Read.Directory'];
  const rules = [
    'excluded-from-conditional-access',
    'device-code-flow-open',
    'administrator-with-mailbox',
    'permanent-administrator-for-backup',
  ];
  const administrators = (userPrincipalName: string, licences: readonly object[]): GraphState => ({
    users: [
      { id: user, userPrincipalName, displayName: 'Somebody', mail: userPrincipalName, assignedLicenses: licences },
    ],
    roleAssignments: [{ principalId: user, roleName: 'Global Administrator', directoryScopeId: '/' }],
  });
  const open = 'device-code-flow-open ca000000-0000-4000-8000-000000000001';

  it.each<[string, GraphState, Record<string, string>, readonly string[]]>([
    ['says nothing', {}, fleetPolicies(1), []],
    [
      'leaves the app out',
      { conditionalAccessPolicies: [policy({ conditions: leavingOut })] },
      fleetPolicies(1),
      [`excluded-from-conditional-access ca000000-0000-4000-8000-000000000001`],
    ],
    [
      'leaves the app out of what is off',
      { conditionalAccessPolicies: [policy({ state: 'disabled', conditions: leavingOut })] },
      fleetPolicies(1),
      [],
    ],
    ['says nothing of codes, for a product that asks for them', {}, ninja, []],
    [
      'only watches codes, for a product that asks for them',
      {
        conditionalAccessPolicies: [policy({ state: 'enabledForReportingButNotEnforced', conditions: onCodes })],
      },
      ninja,
      [open],
    ],
    ['blocks codes', { conditionalAccessPolicies: [policy({ conditions: onCodes })] }, ninja, []],
    [
      'has an administrator called after backup, with mail',
      { ...administrators('backupadmin@contoso.example', [{ skuId: 'x' }]) },
      ninja,
      [
        'administrator-with-mailbox backupadmin@contoso.example',
        'permanent-administrator-for-backup backupadmin@contoso.example',
      ],
    ],
    [
      'has an administrator called after backup, without mail',
      { ...administrators('backupadmin@contoso.example', []) },
      ninja,
      ['permanent-administrator-for-backup backupadmin@contoso.example'],
    ],
    ['has ordinary administrators', { ...administrators('it@contoso.example', [{ skuId: 'x' }]) }, ninja, []],
  ])('a tenant that %s', async (_, state, policies, says) => {
    const found = await told(tenant(state, reader), policies, rules);
    expect({ ...found, says: found.says.toSorted() }).toMatchObject({ says: says.toSorted(), gaps: [] });
  });

  it('take one list for all policies, and reads of administrators only where a policy is about people', async () => {
    const without = await told(tenant({}, reader), fleetPolicies(1), rules);
    const asked = (found: typeof without, part: string) =>
      found.log.filter(({ path }) => decodeURIComponent(path).includes(part)).length;
    expect([asked(without, '/conditionalAccess/policies'), asked(without, 'roleDefinitionId eq')]).toEqual([1, 0]);
    const state = tenant(administrators('it@contoso.example', []), reader);
    const found = await told(state, ninja, rules);
    expect([
      asked(found, '/conditionalAccess/policies'),
      asked(found, 'roleDefinitionId eq'),
      asked(found, '/users?'),
    ]).toEqual([1, 2, 1]);
  });
});

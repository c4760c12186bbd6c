import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import type { GraphState, TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet } from '../support/fleet.ts';
import { checkOn, httpRequests, serve, writePolicies } from '../support/rig.ts';

const graphApp = '00000003-0000-0000-c000-000000000000';
const app = 'a0000000-0000-4000-8000-000000000000';
const principal = 'b0000000-0000-4000-8000-000000000000';
const plain = fleet(1, 0);
const [caller] = plain.callers ?? [];
if (caller === undefined) throw new Error('the fleet has no caller');

/** The fleet's tenant with more in its directory, read by a caller with more permissions. */
const tenant = (more: GraphState, roles: readonly string[]): TenantState => ({
  ...plain,
  callers: [{ ...caller, roles: [...(caller.roles ?? []), ...roles] }],
  graph: { ...plain.graph, ...more },
  arm: { ...plain.arm, roleAssignments: [] },
});

const tell = ({ exitCode, findings, drift, coverage, plan }: Report) => ({
  exit: exitCode,
  says: findings.map(({ rule, subject, scope }) => `${rule} ${subject}${scope === null ? '' : ` ${scope}`}`),
  drift: drift.map(({ change }) => `${change.cause} ${changedFact(change).subject}`),
  gaps: coverage.flatMap(({ kind, state, reason, needs }) => (state === 'gap' ? [`${kind}: ${reason}, ${needs}`] : [])),
  steps: plan.steps.length,
  fixes: findings.flatMap(({ fix }) => fix?.title ?? []),
});

const run = async (state: TenantState, policies: Record<string, string>) => {
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, writePolicies(policies));
    return { ...tell(report), log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};
describe('grants on single sites', () => {
  const finance = 'https://contoso.sharepoint.com/sites/finance';
  const legal = 'https://contoso.sharepoint.com/sites/legal';
  const full = ['Sites.FullControl.All'];
  const site = (webUrl: string, ...grants: readonly (readonly [appId: string, ...roles: string[]])[]) => ({
    id: `contoso.sharepoint.com,${webUrl.split('/').at(-1)},1`,
    webUrl,
    permissions: grants.map(([appId, ...roles]) => ({ appId, roles })),
  });
  const other = 'a9999999-0000-4000-8000-000000000009';
  const holding = (finances: readonly string[], legals: readonly string[], roles = full): TenantState =>
    tenant(
      {
        appRoleAssignments: [{ principalId: principal, resourceAppId: graphApp, appRole: 'Sites.Selected' }],
        sites: [
          site(finance, [other, 'fullcontrol'], ...(finances.length === 0 ? [] : [[app, ...finances] as const])),
          site(legal, ...(legals.length === 0 ? [] : [[app, ...legals] as const])),
        ],
      },
      roles,
    );
  const policy = (access: string): Record<string, string> => ({
    'sites.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: sites, owner: backup-team@contoso.example }
spec:
  identities: [{ appId: "${app}" }]
  protects:
    - { workload: sharepoint, operations: [backup], scopes: [${finance}/, ${legal}] }
  access: ${access}
`,
  });
  const declared = policy(
    `{ applicationPermissions: { Microsoft Graph: [Sites.Selected] }, siteGrants: [{ site: ${finance}, role: read }, { site: ${legal}, role: read }] }`,
  );
  const owner = 'no-owner owners';

  it('that are as declared are clean, and so are those that are computed', async () => {
    const state = holding(['read'], ['read']);
    for (const asked of [declared, policy('minimal')])
      expect(await run(state, asked)).toMatchObject({ says: [owner], drift: [], gaps: [], steps: 0 });
  });

  it('that are missing, wider than declared or held by nobody’s wish are drift, and no step of a plan', async () => {
    expect(await run(holding(['read', 'fullcontrol'], []), declared)).toMatchObject({
      says: [`missing-for-workload read ${legal}`, `site-grant-wider-than-needed fullcontrol ${finance}`, owner],
      drift: ['changed read', 'missing read'],
      gaps: [],
      steps: 0,
      fixes: [],
    });
    const none = policy('{ applicationPermissions: { Microsoft Graph: [Sites.Selected] }, siteGrants: [] }');
    expect(await run(holding(['read'], ['write']), none)).toMatchObject({
      drift: ['undeclared read', 'undeclared write'],
      says: expect.arrayContaining([
        `undeclared-access read ${finance}`,
        `undeclared-access write ${legal}`,
      ]) as string[],
    });
  });

  it('are void beside a permission on all sites', async () => {
    const state = holding(['read'], ['read']);
    const everywhere = { principalId: principal, resourceAppId: graphApp, appRole: 'Sites.Read.All' };
    const grants = [...(state.graph?.appRoleAssignments ?? []), everywhere];
    const found = await run({ ...state, graph: { ...state.graph, appRoleAssignments: grants } }, declared);
    expect(found.says).toContain('tenant-wide-where-scoped Sites.Read.All');
  });

  it('are a gap where they may not be read, or a site is not there', async () => {
    expect(await run(holding(['read'], ['read'], []), declared)).toMatchObject({
      exit: 3,
      drift: [],
      gaps: ['site-grant: forbidden, Sites.FullControl.All'],
    });
    const state = holding(['read'], ['read']);
    const without = { ...state, graph: { ...state.graph, sites: (state.graph?.sites ?? []).slice(0, 1) } };
    expect(await run(without, declared)).toMatchObject({
      exit: 3,
      drift: [],
      gaps: ['site-grant: not-found, the address of a site that is there'],
    });
  });

  it('take two reads a site and one a grant, in three batches of which the first travels anyway', async () => {
    const { log } = await run(holding(['read'], ['read']), declared);
    const sites = log.filter(({ path }) => path.includes('/sites/'));
    expect(sites.map(({ batch }) => batch !== null)).toEqual([true, true, true, true, true, true]);
    expect(new Set(sites.map(({ batch }) => batch?.split('/')[0])).size).toBe(3);
    const unmanaged = await run(
      holding(['read'], ['read']),
      policy('{ applicationPermissions: { Microsoft Graph: [Sites.Selected] } }'),
    );
    expect(unmanaged.log.filter(({ path }) => path.includes('/sites/'))).toEqual([]);
    expect(httpRequests(log).length - httpRequests(unmanaged.log).length).toBe(2);
  });
});

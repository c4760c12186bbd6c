import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../../src/adapters/snapshot-file.ts';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { loadFiles } from '../../src/load-files.ts';
import { readLive } from '../../src/run-check.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { asOf, checkOn, httpRequests, serve, temporaryFolder, writePolicies } from '../support/rig.ts';

const app = 'a0000000-0000-4000-8000-000000000000';
const plain = fleet(2, 0);
const [caller] = plain.callers ?? [];
if (caller === undefined) throw new Error('the fleet has no caller');

/** A tenant whose reader may, or may not, read SharePoint's settings. */
const tenant = (isLegacyAuthProtocolsEnabled: boolean, mayRead = true): TenantState => ({
  ...plain,
  callers: [{ ...caller, roles: [...(caller.roles ?? []), ...(mayRead ? ['SharePointTenantSettings.Read.All'] : [])] }],
  graph: { ...plain.graph, sharepointSettings: { isLegacyAuthProtocolsEnabled } },
});

/** A folder with what the two commands answered. */
const writeEvidence = (answers: Readonly<Record<string, unknown>>, collectedAt = '2026-11-20T08:00:00Z'): string => {
  const folder = join(temporaryFolder(), 'evidence');
  mkdirSync(folder);
  for (const [command, result] of Object.entries(answers)) {
    const text = JSON.stringify({ command, tenantId: plain.tenantId, collectedAt, result });
    writeFileSync(join(folder, `${command}.json`), text);
  }
  return folder;
};
const principal = {
  ClientId: app,
  AllowAppOnly: true,
  TenantScopedPermissions: [{ Scope: 'http://sharepoint/content/tenant', Right: 'FullControl' }],
};
const open = { 'Get-SPOTenant': { DisableCustomAppAuthentication: false }, 'Get-PnPAzureACSPrincipal': [principal] };
const closed = { 'Get-SPOTenant': { DisableCustomAppAuthentication: true }, 'Get-PnPAzureACSPrincipal': [] };

const settings = (value: string, more = ''): string =>
  `  tenantSettings:\n    sharepoint.legacyAuthProtocols: ${value}\n    sharepoint.customAppAuthentication: ${value}\n${more}`;
const stating = (count: number, text: string): Record<string, string> =>
  Object.fromEntries(Object.entries(fleetPolicies(count)).map(([name, policy]) => [name, `${policy}${text}`]));

const told = new Set(['risky-tenant-setting', 'acs-app-principal']);
const tell = ({ exitCode, findings, drift, coverage }: Report) => ({
  exit: exitCode,
  says: findings.flatMap(({ rule, subject, side }) => (told.has(rule) ? [`${rule} ${subject} (${side})`] : [])),
  drift: drift.map(({ change }) => `${change.cause} ${changedFact(change).subject}`),
  gaps: coverage
    .filter(({ state }) => state === 'gap')
    .map(({ kind, reason, needs }) => `${kind}: ${reason}, ${needs}`),
});

const run = async (state: TenantState, policies: Record<string, string>, evidence: string | null) => {
  const emulator = await serve(state);
  try {
    const report = await checkOn(emulator, state, writePolicies(policies), { evidence });
    return { report, ...tell(report), log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};
const legacy = 'sharepoint.legacyAuthProtocols';
const custom = 'sharepoint.customAppAuthentication';

describe('settings of a tenant', () => {
  it('that are as stated are clean', async () => {
    const found = await run(tenant(false), stating(1, settings('disabled')), writeEvidence(closed));
    expect(found).toMatchObject({ says: [], drift: [], gaps: [] });
  });

  it('that stand open are drift and findings, and no step of a plan', async () => {
    const found = await run(tenant(true), stating(1, settings('disabled')), writeEvidence(open));
    expect(found).toMatchObject({
      exit: 1,
      says: [
        `acs-app-principal ${app} (tenant)`,
        `risky-tenant-setting ${legacy} (tenant)`,
        `risky-tenant-setting ${custom} (tenant)`,
      ],
      drift: [`changed ${custom}`, `changed ${legacy}`],
      gaps: [],
    });
    expect(found.report.plan.steps).toEqual([]);
  });

  it('that the policy itself wants open are findings on both sides, and no drift', async () => {
    const found = await run(tenant(true), stating(1, settings('enabled')), writeEvidence(open));
    expect(found).toMatchObject({ exit: 1, drift: [], gaps: [] });
    expect(found.says).toEqual([
      `acs-app-principal ${app} (tenant)`,
      `risky-tenant-setting ${legacy} (both)`,
      `risky-tenant-setting ${custom} (both)`,
    ]);
  });

  it('that may not be read are a gap, and hide nothing of what could be read', async () => {
    const found = await run(tenant(true, false), stating(1, settings('disabled')), writeEvidence(open));
    expect(found).toMatchObject({
      exit: 3,
      says: [`acs-app-principal ${app} (tenant)`, `risky-tenant-setting ${custom} (tenant)`],
      drift: [`changed ${custom}`],
      gaps: ['tenant-setting: forbidden, SharePointTenantSettings.Read.All'],
    });
  });

  it.each([
    ['absent', writeEvidence({}), 'no-evidence'],
    ['too old', writeEvidence(closed, '2026-10-01T00:00:00Z'), 'stale-evidence'],
  ])('of which the evidence is %s are gaps', async (_, evidence, reason) => {
    const found = await run(tenant(false), stating(1, settings('disabled')), evidence);
    expect(found).toMatchObject({ exit: 3, says: [], drift: [] });
    expect(found.gaps).toEqual([
      `tenant-setting: ${reason}, evidence of Get-SPOTenant (docs/evidence.md)`,
      `acs-app-principal: ${reason}, evidence of Get-PnPAzureACSPrincipal (docs/evidence.md)`,
    ]);
  });

  it('take one read more, inside a batch that travels anyway, for however many policies', async () => {
    const evidence = writeEvidence(closed);
    for (const count of [1, 2]) {
      const without = await run(tenant(false), fleetPolicies(count), evidence);
      const stated = await run(tenant(false), stating(count, settings('disabled')), evidence);
      const asked = stated.log.filter(({ path }) => path.includes('/admin/sharepoint/settings'));
      expect(asked.map(({ batch }) => batch !== null)).toEqual([true]);
      expect(without.log.filter(({ path }) => path.includes('/admin/sharepoint/settings'))).toEqual([]);
      expect(stated.log.length).toBe(without.log.length + 1);
      expect(httpRequests(stated.log).length).toBe(httpRequests(without.log).length);
      expect(httpRequests(stated.log).length).toBeLessThanOrEqual(7);
    }
  });
});

describe('a snapshot', () => {
  it('replays settings and app principals, and is silent on what a policy came to state since', async () => {
    const state = tenant(true);
    const emulator = await serve(state);
    try {
      const policies = writePolicies(stating(1, settings('disabled')));
      const evidence = writeEvidence(open);
      const [cloud, file] = [writeCloudFile(emulator, temporaryFolder()), join(temporaryFolder(), 'snapshot.json')];
      const options = { policies, config: null, tenant: null, cloud, snapshot: null, evidence, failOn: null, asOf };
      const by = { type: 'secret' as const, secret: caller.secret ?? '' };
      const signIn = () => ({ tenantId: state.tenantId, clientId: caller.appId, by });
      const seen = await readLive(
        await loadFiles(options),
        null,
        { ...options, failOnDrift: false, live: true },
        { signIn, progress: () => undefined },
      );
      if (seen.snapshot === null) throw new Error('nothing was read');
      await writeSnapshot(file, seen.snapshot);

      // Whatever evidence lies beside it by now: the snapshot says what was known then.
      const replay = (folder: string) =>
        checkOn(emulator, state, folder, { snapshot: file, evidence: writeEvidence({}) });
      const live = await checkOn(emulator, state, policies, { evidence });
      expect(tell(await replay(policies))).toEqual(tell(live));
      expect(tell(live).says).toHaveLength(3);

      const since = await replay(writePolicies(stating(1, settings('disabled', '    exchange.ews: disabled\n'))));
      expect(tell(since)).toMatchObject({
        exit: 3,
        drift: [`changed ${custom}`, `changed ${legacy}`],
        gaps: ['tenant-setting: incomplete, a snapshot taken with this policy'],
      });
    } finally {
      await emulator.close();
    }
  });
});

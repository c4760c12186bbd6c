import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { UsageError } from '../../src/options.ts';
import { renderReport, reportFiles } from '../../src/render-outputs.ts';
import { renderAnnotations } from '../../src/report/render-annotations.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, httpRequests, writePolicies } from '../support/rig.ts';
import {
  gapsOf,
  grants,
  graph,
  group,
  guid,
  identities,
  noLists,
  plain,
  principal,
  scanOn,
  strangers,
  unmanaged,
  vault,
  wild,
  withTenant,
} from '../support/strangers.ts';

describe('a scan', () => {
  it('finds who looks like backup software and has no policy, and nobody else', async () => {
    const report = await withTenant(wild, (emulator) => scanOn(emulator, writePolicies(fleetPolicies(1))));
    expect(report).toMatchObject({ mode: 'scan', exitCode: 1, conclusion: 'violations' });
    expect(gapsOf(report)).toEqual([]);
    expect(
      unmanaged(report).map(({ severity, confidence, identity, policy, side, stands, evidence }) => [
        severity,
        confidence,
        identity,
        evidence['sign'],
        policy,
        side,
        stands,
      ]),
    ).toEqual([
      ['high', 'likely', guid('8', 1), 'profile', '', 'tenant', true],
      ['high', 'likely', guid('8', 2), 'name', '', 'tenant', true],
      ['high', 'likely', guid('8', 3), 'name', '', 'tenant', true],
      ['medium', 'certain', vault, 'vault', '', 'tenant', true],
    ]);
    expect(unmanaged(report)[0]?.evidence['holds']).toEqual([
      'Sites.FullControl.All on Microsoft Graph',
      'User.Read.All on Microsoft Graph',
      'full_access_as_app on Office 365 Exchange Online',
    ]);
    expect(unmanaged(report)[2]?.evidence['holds']).toEqual([
      `Contributor on ${group('rg-0')}`,
      `Storage Account Contributor on ${group('rg-0')}`,
    ]);
  });

  it('of a tenant in which every backup has its policy says what a check says', async () => {
    await withTenant(plain, async (emulator) => {
      const policies = writePolicies(fleetPolicies(1));
      const [scan, check] = [await scanOn(emulator, policies), await checkOn(emulator, plain, policies)];
      expect(unmanaged(scan)).toEqual([]);
      expect(scan.findings).toEqual(check.findings);
      expect([scan.exitCode, scan.conclusion]).toEqual([check.exitCode, check.conclusion]);
    });
  });

  it('works where there is no policy at all', async () => {
    const found = await withTenant(wild, async (emulator) => identities(await scanOn(emulator, writePolicies({}))));
    expect(found.toSorted()).toEqual([guid('a', 0), ...strangers].toSorted());
  });

  it('lets drift fail, which a check only tells', async () => {
    const drifted = { ...plain, arm: { ...plain.arm, roleAssignments: [] } };
    await withTenant(drifted, async (emulator) => {
      const policies = writePolicies(fleetPolicies(1));
      const options = { failOn: 'never' as const };
      const scan = await scanOn(emulator, policies, options);
      expect([scan.exitCode, scan.conclusion]).toEqual([1, 'drift']);
      expect((await checkOn(emulator, drifted, policies, options)).exitCode).toBe(0);
    });
  });

  it('has no snapshot to go by', async () => {
    const scan = withTenant(plain, (emulator) => scanOn(emulator, writePolicies({}), { snapshot: 's.json' }));
    await expect(scan).rejects.toThrow(UsageError);
  });

  it('names what to grant where it may not look', async () => {
    const report = await withTenant(wild, (emulator) => scanOn(emulator, writePolicies({})), noLists);
    expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete' });
    expect(gapsOf(report)).toEqual(['app-role-assignment of the whole tenant: forbidden, Application.Read.All']);
    // What else could be read still speaks.
    expect(identities(report)).toContain(vault);
  });

  it('writes its findings into every format, without a file to point at', async () => {
    const report = await withTenant(wild, (emulator) => scanOn(emulator, writePolicies({})));
    const screen = { color: false, width: 100 };
    const json = JSON.parse(renderReport(report, 'json', screen));
    expect(json.findings[0]).toMatchObject({ policy: null, file: null, line: null, column: null, endLine: null });
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(readFileSync('schemas/report.v1.schema.json', 'utf8')),
    );
    validate(json);
    expect(validate.errors).toBeNull();
    const sarif = JSON.parse(renderReport(report, 'sarif', screen));
    const places = sarif.runs[0].results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    expect(places.every((uri: string) => uri.endsWith('.yaml'))).toBe(true);
    expect(sarif.runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('unmanaged-backup-access');
    for (const format of ['text', 'markdown'] as const) {
      const text = renderReport(report, format, screen);
      expect(text).toContain('in no policy');
      expect(text).not.toMatch(/^::error/m);
      expect(text).not.toContain(':0:0');
    }
    expect(renderAnnotations(report).map(({ file }) => file)).toEqual([null, null, null, null, null]);
    expect(reportFiles('out').map(({ file }) => file)).toEqual([
      join('out', 'report.json'),
      join('out', 'report.md'),
      join('out', 'report.sarif'),
    ]);
  });
});

describe('requests of a scan', () => {
  const count = async (state: TenantState, policies: Record<string, string>) =>
    withTenant(state, async (emulator) => {
      const report = await scanOn(emulator, writePolicies(policies));
      const log = emulator.requests();
      expect(log.filter(({ write }) => write)).toEqual([]);
      const { graph: ofGraph, resourceManager, token } = report.requests;
      expect(ofGraph + resourceManager + token).toBe(httpRequests(log).length);
      return httpRequests(log).length;
    });

  it('are two more than those of a check, and four where there are suspects', async () => {
    const check = await withTenant(plain, async (emulator) => {
      await checkOn(emulator, plain, writePolicies(fleetPolicies(1)));
      return httpRequests(emulator.requests()).length;
    });
    // One batch for the lists, one Resource Graph query; the rest only where somebody is to be looked at.
    expect((await count(plain, fleetPolicies(1))) - check).toBe(2);
    expect((await count(wild, fleetPolicies(1))) - check).toBe(4);
  });

  it('are the same in a tenant of 20,000 service principals', async () => {
    const large = fleet(1, 20_000);
    expect(await count(large, fleetPolicies(1))).toBe(await count(plain, fleetPolicies(1)));
  }, 60_000);

  it('grow by a page of 999 grants on an API, and not by who holds them', async () => {
    const many = Array.from({ length: 1_200 }, (_, number) => principal(number + 100, `app ${number}`));
    const crowded: TenantState = {
      ...plain,
      graph: {
        ...plain.graph,
        servicePrincipals: [...(plain.graph?.servicePrincipals ?? []), ...many],
        appRoleAssignments: [
          ...(plain.graph?.appRoleAssignments ?? []),
          ...many.flatMap((_, number) => grants(number + 100, graph, 'User.Read.All')),
        ],
      },
    };
    expect((await count(crowded, fleetPolicies(1))) - (await count(plain, fleetPolicies(1)))).toBe(1);
  });
});

import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { initCommand } from '../../src/commands/init.ts';
import { changedFact } from '../../src/core/change.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { CheckOptions } from '../../src/options.ts';
import { fleetPolicies } from '../support/fleet.ts';
import { asOf, checkOn, optionsOn, temporaryFolder, writePolicies } from '../support/rig.ts';
import { environment, gapsOf, noLists, scanOn, unmanaged, wild, withTenant } from '../support/strangers.ts';

const init = async (options: CheckOptions, fromTenant: boolean, variables = environment) => {
  let said = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    return { code: await initCommand(options, fromTenant, variables), said };
  } finally {
    spy.mockRestore();
  }
};

describe('init --from-tenant', () => {
  it('writes what each holds, after which a scan is silent and a check speaks on its lines', async () => {
    await withTenant(wild, async (emulator) => {
      const policies = writePolicies(fleetPolicies(1));
      const options = optionsOn(emulator, policies);
      const first = await init(options, true);
      expect(first.code).toBe(0);
      const written = readdirSync(policies).filter((name) => !name.startsWith('backup-'));
      expect(written).toEqual([
        'hubstor-backup-app-80000000.yaml',
        'rsv-prod-90000000.yaml',
        'svc-m365-17-80000000.yaml',
        'x-error-veeam-80000000.yaml',
      ]);
      // Nothing of a hostile name starts a line.
      expect(first.said).not.toMatch(/^::/m);
      const texts = written.map((name) => readFileSync(join(policies, name), 'utf8'));
      expect(texts.every((text) => !/^::/m.test(text))).toBe(true);

      const scan = await scanOn(emulator, policies);
      expect(scan.diagnostics).toEqual([]);
      expect(unmanaged(scan)).toEqual([]);
      expect(scan.drift.map(({ change }) => `${change.cause} ${changedFact(change).subject}`)).toEqual([]);
      expect(gapsOf(scan)).toEqual([]);

      const check = await checkOn(emulator, wild, policies);
      const files = new Set(check.findings.map(({ place }) => place.file.split('/').at(-1)));
      expect(files.has('hubstor-backup-app-80000000.yaml')).toBe(true);
      const onLines = check.findings.filter(
        ({ policy, place }) => policy.startsWith('hubstor-backup-app') && place.line > 20,
      );
      expect(onLines.map(({ subject }) => subject)).toContain('Contributor');

      const again = await init(options, true);
      expect(again).toEqual({ code: 0, said: 'no backup software without a policy was seen, nothing was written\n' });
    });
  });

  it('knows all of a company that has no policy yet, and nothing of it drifts', async () => {
    const contoso = loadTenantFile('examples/contoso/tenant.yaml');
    const [reader] = contoso.callers ?? [];
    await withTenant(contoso, async (emulator) => {
      const policies = writePolicies({});
      const options = optionsOn(emulator, policies);
      const as = {
        AZURE_TENANT_ID: contoso.tenantId,
        AZURE_CLIENT_ID: reader?.appId ?? '',
        AZURE_CLIENT_SECRET: reader?.secret ?? '',
      };
      expect((await init(options, true, as)).code).toBe(0);
      expect(readdirSync(policies).length).toBeGreaterThanOrEqual(12);
      const report = await checkOn(emulator, contoso, policies);
      expect(report.diagnostics).toEqual([]);
      expect(report.drift.map(({ change }) => `${change.cause} ${changedFact(change).key}`)).toEqual([]);
      expect((await init(options, true, as)).said).toBe(
        'no backup software without a policy was seen, nothing was written\n',
      );
    });
  });

  it('never overwrites a file, nor follows a link', async () => {
    await withTenant(wild, async (emulator) => {
      const policies = writePolicies({ 'backup-0.yaml': fleetPolicies(1)['backup-0.yaml'] ?? '' });
      // What lies in the way must be no policy that names the identity: a profile's folder can't be told from one.
      const elsewhere = join(temporaryFolder(), 'elsewhere.yaml');
      const link = join(policies, 'svc-m365-17-80000000.yaml');
      symlinkSync(elsewhere, link);
      const { code } = await init(optionsOn(emulator, policies), true);
      // A link among the policies is a mistake of its own, which stops the run before anything is written.
      expect(code).toBe(2);
      expect(existsSync(elsewhere)).toBe(false);
      rmSync(link);
      const other = (fleetPolicies(1)['backup-0.yaml'] ?? '').replace('name: backup-0', 'name: other');
      writeFileSync(link, other);
      const { said } = await init(optionsOn(emulator, policies), true);
      expect(readFileSync(link, 'utf8')).toBe(other);
      expect(said).toContain('svc-m365-17-80000000.yaml: is there already and stays as it is');
    });
  });

  it('ends with 3 where it may not look, and writes what it saw', async () => {
    await withTenant(
      wild,
      async (emulator) => {
        const policies = writePolicies(fleetPolicies(1));
        const { code, said } = await init(optionsOn(emulator, policies), true);
        expect(code).toBe(3);
        expect(said).toContain('not everything was read: forbidden, needs Application.Read.All');
        expect(readdirSync(policies)).toContain('rsv-prod-90000000.yaml');
      },
      noLists,
    );
  });
});

describe('init', () => {
  it('writes one policy to start from, and only once', async () => {
    const folder = join(temporaryFolder(), 'new', 'policies');
    const options = { policies: folder, asOf } as CheckOptions;
    expect((await init(options, false)).code).toBe(0);
    const file = join(folder, 'first-backup.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('appId: "00000000-0000-0000-0000-000000000000"');
    writeFileSync(file, 'mine');
    expect(await init(options, false)).toEqual({ code: 0, said: `${file}: is there already, nothing was written\n` });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('says so where the folder is a file', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'policies'), '');
    const options = { policies: join(folder, 'policies'), asOf } as CheckOptions;
    await expect(init(options, false)).rejects.toThrow(/can't be made a folder: EEXIST/);
  });
});

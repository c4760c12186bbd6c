import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSnapshot } from '../../src/adapters/snapshot-file.ts';
import type { Report } from '../../src/core/report.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, serve, snapshotOn, temporaryFolder, writePolicies } from '../support/rig.ts';
import { vaultPolicy, withVault } from '../support/vault.ts';

const tenant = withVault(fleet(2, 0));
const files = { ...fleetPolicies(1), 'vault.yaml': vaultPolicy };
const file = join(temporaryFolder(), 'snapshot.json');
let emulator: Emulator;
let snapshot: Snapshot;

beforeAll(async () => {
  emulator = await serve(tenant);
  snapshot = await snapshotOn(emulator, tenant, writePolicies(files));
  await writeSnapshot(file, snapshot);
});
afterAll(() => emulator.close());

const replay = (policies: string): Promise<Report> => checkOn(emulator, tenant, policies, { snapshot: file });

describe('a snapshot', () => {
  it('gives the report that the tenant gave', async () => {
    const policies = writePolicies(files);
    const [live, saved] = [await checkOn(emulator, tenant, policies), await replay(policies)];
    const { requests: _, source: __, ...rest } = live;
    expect(live.drift.length).toBeGreaterThan(0);
    expect(saved).toMatchObject(rest);
    expect([live.source, saved.source]).toEqual(['live', 'snapshot']);
  });

  it('says nothing of an identity that it was taken without', async () => {
    const other = fleetPolicies(2)['backup-1.yaml'] ?? '';
    const report = await replay(writePolicies({ ...files, 'backup-1.yaml': other }));
    expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete' });
    const gaps = report.coverage.filter(({ state, subject }) => state === 'gap' && subject === 'backup-1');
    expect(gaps.length).toBeGreaterThanOrEqual(6);
    expect(gaps[0]).toMatchObject({ reason: 'incomplete', needs: 'a snapshot taken with this policy' });
    expect(report.drift.filter(({ policy }) => policy === 'backup-1')).toEqual([]);
    expect(
      report.verdicts.filter(
        ({ policy, rule, verdict }) => policy === 'backup-1' && rule === 'undeclared-access' && verdict !== 'unknown',
      ),
    ).toEqual([]);
  });

  it('is silent on a plane that it was taken without, whenever a policy came to speak of it', async () => {
    const more = Object.fromEntries(
      Object.entries(fleetPolicies(1)).map(([name, text]) => [name, `${text}    exchangeRoles: []\n`]),
    );
    const report = await replay(writePolicies(more));
    expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete', diagnostics: [] });
    expect(report.coverage.filter(({ state }) => state === 'gap').map(({ kind }) => kind)).toEqual([
      'exchange-role-assignment',
    ]);
  });

  it('of another tenant is refused', async () => {
    const folder = temporaryFolder();
    const config = join(folder, 'backup-access.yaml');
    const tenantId = '12345678-0000-4000-8000-000000000001';
    writeFileSync(
      config,
      `apiVersion: backup-access/v1\nkind: BackupAccessConfig\ntenants:\n  fabrikam: { tenantId: "${tenantId}" }\n`,
    );
    const run = checkOn(emulator, tenant, writePolicies(files), { snapshot: file, config });
    await expect(run).rejects.toThrow(`${file} is of tenant ${tenant.tenantId}, but fabrikam is ${tenantId}`);
  });
});

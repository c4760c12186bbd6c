import { describe, expect, it } from 'vitest';
import type { EffectiveAccess, Reach } from '../../src/core/effective.ts';
import type { Report } from '../../src/core/report.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { renderText } from '../../src/report/render-text.ts';
import { checkOn, serve, temporaryFolder } from '../support/rig.ts';

const contoso = loadTenantFile('examples/contoso/tenant.yaml');

const check = async (tenant: TenantState, evidence: string): Promise<Report> => {
  const emulator = await serve(tenant);
  try {
    return await checkOn(emulator, tenant, 'policies', { evidence, config: 'examples/contoso/backup-access.yaml' });
  } finally {
    await emulator.close();
  }
};

const of = (report: Report, policy: string, name = ''): EffectiveAccess => {
  const found = report.effectiveAccess.find((one) => one.policy === policy && (one.displayName ?? '').includes(name));
  if (found === undefined) throw new Error(`${policy} has no ${name}`);
  return found;
};
const reachOf = ({ reaches }: EffectiveAccess, id: string): Reach => {
  const found = reaches.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};
const tell = (access: EffectiveAccess, id: string): string => {
  const { what, where, answer, by } = reachOf(access, id);
  return `${answer}: ${`${what} ${where}`.trim()} by ${[...new Set(by.map(({ subject }) => subject))].join(', ')}`;
};

describe('who reaches what in Contoso', async () => {
  const report = await check(contoso, 'examples/contoso/evidence');

  it('vPlus reads every mailbox, by full_access_as_app too', () => {
    const vplus = of(report, 'catalogic-vplus');
    expect(tell(vplus, 'reads-every-mailbox')).toMatch(/^yes: reads every mailbox by .*full_access_as_app/);
    expect(tell(vplus, 'sends-as-anybody')).toBe('yes: sends mail as anybody by full_access_as_app');
    expect(reachOf(vplus, 'takes-over-tenant').remarks).toEqual(['in further steps, not at once']);
    expect(vplus.in.map(({ what }) => what)).toContain('whoever has the secret (1 more not valid now)');
  });

  it('an Exchange role group gives NinjaOne every mailbox, beside a harmless-looking table of permissions', () => {
    const ninja = of(report, 'ninjaone-subapps', 'Sub-App 1');
    expect(tell(ninja, 'reads-every-mailbox')).toMatch(/ApplicationImpersonation/);
    expect(reachOf(ninja, 'reads-every-mailbox').by.filter(({ kind }) => kind === 'app-role-assignment')).toEqual([]);
  });

  it('HubStor assigns roles where it is Owner, and reads account keys in all its groups', () => {
    const hubstor = of(report, 'hubstor');
    expect(tell(hubstor, 'assigns-azure-roles')).toBe(
      'yes: assigns any Azure role in resource group `rg-media-prod` by Owner',
    );
    expect(tell(hubstor, 'reads-account-keys')).toMatch(/^yes: reads storage account keys in 4 resource groups by /);
    expect(hubstor.out[0]?.what).toBe('it can assign itself any role in resource group `rg-media-prod`');
    expect(hubstor.counts.resourceGroups).toBe(4);
    expect(tell(hubstor, 'reads-every-mailbox')).toBe('no: reads every mailbox by ');
  });

  it('vault identities reach what their roles say, and are taken by whoever runs the vault', () => {
    const disks = of(report, 'azure-backup-disks');
    expect(tell(disks, 'exports-disks')).toMatch(
      /^yes: exports disks in subscription `[0-9a-f-]+` by .*Disk Backup Reader/,
    );
    expect(disks.in.map(({ what }) => what)).toEqual(['whoever runs the vault `bv-disks-prod`']);
    const machines = of(report, 'azure-backup-machines');
    expect(tell(machines, 'runs-code-on-machines')).toBe(
      'yes: runs code on virtual machines in 3 resource groups by Contributor',
    );
  });

  it('the worst stand first, and the terminal tells all of it in a few lines', () => {
    expect(report.effectiveAccess.slice(0, 2).map(({ policy }) => policy)).toEqual([
      'ninjaone-backupadmin',
      'catalogic-vplus',
    ]);
    const lines = renderText(report, { color: false, width: 100 }).split('\n');
    const start = lines.indexOf('Who reaches what, as the tenant is now');
    expect(lines.indexOf('', start) - start).toBeLessThan(140);
  });
});

describe('what could not be read', () => {
  it('leaves it unknown, never no', async () => {
    const report = await check(contoso, temporaryFolder());
    const { reaches } = of(report, 'hubstor');
    const mail = reaches.filter(({ id }) => id.endsWith('-every-mailbox'));
    expect(mail.map(({ answer, unread }) => [answer, unread.map(({ kind }) => kind)])).toEqual([
      ['unknown', ['exchange-role-assignment']],
      ['unknown', ['exchange-role-assignment']],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { appId } from '../../src/core/ids.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import { findProduct } from '../../src/knowledge/products.ts';
import {
  backupRoles,
  hintingRoles,
  permissionsOfOtherTrades,
  speaksOfBackup,
  vendorByAppId,
  vendorByName,
  vendors,
} from '../../src/knowledge/vendors.ts';

describe('a name', () => {
  it.each([
    ['Veeam Backup for Microsoft 365', 'Veeam'],
    ['svc-veeam-prod', 'Veeam'],
    ['VeeamBackup365', 'Veeam'],
    ['HubStor Backup App', 'HubStor'],
    ['hubstor_backup', 'HubStor'],
    ['vPlus Microsoft 365', 'Catalogic Software'],
    ['NinjaOne SaaS Backup (legacy)', 'NinjaOne'],
    ['Dropsuite', 'NinjaOne'],
    ['AvePoint Cloud Backup', 'AvePoint'],
    ['Barracuda Cloud-to-Cloud Backup', 'Barracuda'],
    ['Afi.ai', 'Afi'],
    ['NetBackup Snapshot Manager', 'Veritas'],
  ])('`%s` is of %s', (name, vendor) => {
    expect(vendorByName(name)?.name).toBe(vendor);
  });

  it.each([
    '',
    'NinjaOne',
    'Barracuda Email Gateway',
    'Dell Warranty Sync',
    'IBM Security Verify',
    'Datto RMM',
    'Microsoft Intune Connector',
    'Workday HR Sync',
    'Afire Alarm',
    'Metallica Fan Club',
    'Steam Veeamer',
    'Zertofly',
  ])('`%s` is of no maker', (name) => {
    expect(vendorByName(name)).toBeNull();
  });

  it.each(['Backup', 'nightly-backup', 'SQLBackup', 'M365 back up', 'Restore service'])(
    '`%s` speaks of backup',
    (name) => {
      expect(speaksOfBackup(name)).toBe(true);
    },
  );

  it.each(['', 'Backupper', 'Playback', 'Restoration Hardware', 'Back Office', 'Scale up'])(
    '`%s` does not speak of backup',
    (name) => {
      expect(speaksOfBackup(name)).toBe(false);
    },
  );
});

describe('an app id', () => {
  const id = appId('7a000000-0000-4000-8000-000000000001');
  const known = [{ name: 'Made up', names: ['Made up'], appIds: [id], products: [] }];

  it('is known or not', () => {
    expect(vendorByAppId(id, known)?.name).toBe('Made up');
    expect(vendorByAppId(appId('7a000000-0000-4000-8000-000000000002'), known)).toBeNull();
    expect(vendorByAppId(id)).toBeNull();
  });
});

describe('the data', () => {
  it('names each maker once, and no name twice', () => {
    const names = vendors.map(({ name }) => name);
    const words = vendors.flatMap((vendor) => vendor.names.map((name) => name.toLowerCase()));
    expect(names).toEqual([...new Set(names)].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(words).toEqual([...new Set(words)]);
  });

  it('names products and roles that are there', () => {
    expect(vendors.flatMap(({ products }) => products).filter((id) => findProduct(id) === null)).toEqual([]);
    expect([...backupRoles, ...hintingRoles].filter((id) => findAzureRole(id) === null)).toEqual([]);
    expect(backupRoles.filter((id) => hintingRoles.includes(id))).toEqual([]);
  });

  it('calls nothing another trade that a built-in product asks for', () => {
    const asked = vendors.flatMap(({ products }) =>
      products.flatMap((id) => findProduct(id)?.documented.map(({ value }) => value) ?? []),
    );
    expect(asked.filter((value) => permissionsOfOtherTrades.has(value))).toEqual([]);
  });

  it('knows the permissions of backup by their names', () => {
    const graph = '00000003-0000-0000-c000-000000000000';
    expect(findPermission(appId(graph), 'application', 'Mail.Read')?.sensitivity).toBe('high');
  });
});

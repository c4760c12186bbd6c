import type { EffectiveAccess } from '../../src/core/effective.ts';
import { hubstorAccess, reach } from './report-access.ts';
import { groupScope } from './report-parts.ts';

/** A role by which something is reached. */
export const roleAt = (subject: string, group: string) => ({
  kind: 'azure-role-assignment' as const,
  subject,
  api: null,
  scope: groupScope(group),
  through: [],
});

/** What HubStor reaches by Contributor. */
export const accessNow: EffectiveAccess = {
  ...hubstorAccess,
  remarks: [],
  out: [],
  reaches: [
    ...hubstorAccess.reaches.filter(({ weight }) => weight === 'grave'),
    ...(
      [
        ['runs-code-on-machines', 'runs code on virtual machines'],
        ['reads-account-keys', 'reads storage account keys'],
        ['exports-disks', 'exports disks'],
        ['deletes-disks', 'deletes disks'],
        ['deletes-resource-groups', 'deletes whole resource groups'],
      ] as const
    ).map(([id, what]) =>
      reach(id, what, { where: 'in resource group `rg-erp-prod`', by: [roleAt('Contributor', 'rg-erp-prod')] }),
    ),
  ],
};

/** What it reaches by two narrow roles. */
export const accessAfter: EffectiveAccess = {
  ...accessNow,
  reaches: [
    ...hubstorAccess.reaches.filter(({ weight }) => weight === 'grave'),
    reach('exports-disks', 'exports disks', {
      where: 'in resource group `rg-erp-prod`',
      by: [roleAt('Disk Backup Reader', 'rg-erp-prod')],
    }),
    reach('deletes-snapshots', 'deletes snapshots or restore points', {
      where: 'in resource group `rg-snapshots`',
      by: [roleAt('Disk Snapshot Contributor', 'rg-snapshots')],
    }),
  ],
};

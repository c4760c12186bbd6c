import { describe, expect, it } from 'vitest';
import { appId } from '../../src/core/ids.ts';
import { exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import { azureRoles } from '../../src/knowledge/azure-roles.ts';
import { backupLikeness, type Likeness } from '../../src/knowledge/backup-likeness.ts';
import { contentWorkloads } from '../../src/knowledge/content-workloads.ts';
import { products } from '../../src/knowledge/products.ts';

const graph = (...values: readonly string[]) => values.map((value) => ({ api: microsoftGraph, value }));
const exchange = (...values: readonly string[]) => values.map((value) => ({ api: exchangeOnline, value }));
const sharePoint = (...values: readonly string[]) => values.map((value) => ({ api: sharePointOnline, value }));
const roles = (...names: readonly string[]) =>
  names.map((name) => ({ id: azureRoles.find((role) => role.name === name)?.id ?? name, name, takesSnapshots: false }));

interface Case {
  readonly name?: string;
  readonly permissions?: ReturnType<typeof graph>;
  readonly roles?: ReturnType<typeof roles>;
}

const like = ({ name = 'svc-app-17', permissions = [], roles: held = [] }: Case): Likeness | null =>
  backupLikeness({ appId: null, displayName: name, permissions, roles: held });

const flagged: readonly (readonly [string, Case, string])[] = [
  [
    'EWS with SharePoint in full',
    { permissions: [...exchange('full_access_as_app'), ...sharePoint('Sites.FullControl.All')] },
    'content',
  ],
  [
    'mail, sites and files',
    { permissions: graph('Mail.Read', 'Sites.Read.All', 'Files.Read.All', 'User.Read.All') },
    'content',
  ],
  ['mail and files to write', { permissions: graph('Mail.ReadWrite', 'Files.ReadWrite.All') }, 'content'],
  ['EWS with files', { permissions: [...exchange('full_access_as_app'), ...graph('Files.Read.All')] }, 'content'],
  [
    'export of mailboxes with sites',
    {
      permissions: graph('MailboxFolder.Read.All', 'MailboxItem.Read.All', 'MailboxItem.Export.All', 'Sites.Read.All'),
    },
    'content',
  ],
  [
    'Microsoft 365 Backup Storage',
    {
      permissions: graph(
        'BackupRestore-Configuration.ReadWrite.All',
        'BackupRestore-Search.Read.All',
        'BackupRestore-Monitor.Read.All',
      ),
    },
    'profile',
  ],
  ['a maker by name with one permission', { name: 'Veeam ONE', permissions: graph('User.Read.All') }, 'name'],
  ['a maker by name with an Azure role', { name: 'HubStor', roles: roles('Contributor') }, 'name'],
  [
    'HubStor under another name',
    { roles: roles('Contributor', 'Storage Account Contributor', 'Storage Blob Data Contributor') },
    'profile',
  ],
  ['a role that is there for backups', { roles: roles('Disk Snapshot Contributor') }, 'azure-role'],
  ['a role of the backup service', { roles: roles('Backup Contributor') }, 'azure-role'],
  ['a custom role that copies disks', { roles: [{ id: 'x', name: 'Veeamish', takesSnapshots: true }] }, 'azure-role'],
  ['backup in its name and every mailbox', { name: 'Nightly Backup', permissions: graph('Mail.Read') }, 'name'],
  ['backup in its name and Contributor', { name: 'vm-backup', roles: roles('Contributor') }, 'name'],
];

const spared: readonly (readonly [string, Case])[] = [
  ['nothing at all', {}],
  ['a maker by name that holds nothing: single sign-on', { name: 'Druva' }],
  [
    'the Intune connector',
    {
      name: 'Intune Connector',
      permissions: graph('DeviceManagementManagedDevices.Read.All', 'User.Read.All', 'Directory.Read.All'),
    },
  ],
  ['HR sync', { name: 'Workday Sync', permissions: graph('User.Read.All', 'User.ReadWrite.All', 'Group.Read.All') }],
  ['a mailer', { name: 'Invoice Mailer', permissions: graph('Mail.Send', 'User.Read.All') }],
  [
    'a mailer that tells of backups',
    { name: 'Backup Report Mailer', permissions: graph('Mail.Send', 'User.Read.All') },
  ],
  [
    'eDiscovery',
    {
      name: 'Legal Hold',
      permissions: graph('eDiscovery.ReadWrite.All', 'Mail.Read', 'Files.Read.All', 'Sites.Read.All'),
    },
  ],
  [
    'antivirus',
    {
      name: 'Mail Shield',
      permissions: graph(
        'Mail.ReadWrite',
        'Files.ReadWrite.All',
        'ThreatSubmission.ReadWrite.All',
        'SecurityAlert.Read.All',
      ),
    },
  ],
  [
    'data-loss prevention',
    {
      name: 'DLP',
      permissions: [
        ...graph('Mail.Read', 'Files.Read.All', 'Sites.FullControl.All', 'InformationProtectionPolicy.Read.All'),
      ],
    },
  ],
  [
    'a Teams bot',
    {
      name: 'Stand-up Bot',
      permissions: graph('TeamsAppInstallation.ReadForTeam.All', 'ChannelMessage.Read.All', 'User.Read.All'),
    },
  ],
  [
    'a SIEM',
    {
      name: 'SIEM',
      permissions: graph(
        'AuditLog.Read.All',
        'Directory.Read.All',
        'SecurityEvents.Read.All',
        'SecurityAlert.Read.All',
      ),
    },
  ],
  ['mail signatures over EWS', { name: 'Signatures', permissions: exchange('full_access_as_app') }],
  [
    'an intranet',
    { name: 'Intranet', permissions: [...sharePoint('Sites.FullControl.All'), ...graph('User.Read.All')] },
  ],
  [
    'a CRM that files mail',
    { name: 'CRM', permissions: graph('Mail.Read', 'Calendars.ReadWrite', 'Contacts.ReadWrite') },
  ],
  ['a site of its own', { name: 'Reports', permissions: graph('Sites.Selected', 'Mail.Read') }],
  [
    'a deployment pipeline',
    { name: 'terraform', roles: roles('Contributor', 'Storage Blob Data Contributor', 'Key Vault Administrator') },
  ],
  ['an owner', { name: 'landing-zone', roles: roles('Owner', 'User Access Administrator') }],
  ['a monitor of backups', { name: 'backup dashboard', roles: roles('Backup Reader', 'Reader') }],
  [
    'storage alone',
    { name: 'data-pipeline', roles: roles('Storage Account Contributor', 'Storage Blob Data Contributor') },
  ],
  ['a name of a maker in a longer word', { name: 'Veeamer', permissions: graph('User.Read.All') }],
];

describe('backup software without a policy', () => {
  it.each(flagged)('is told by its grants: %s', (_, held, sign) => {
    expect(like(held)?.sign).toBe(sign);
  });

  it.each(spared)('is not: %s', (_, held) => {
    expect(like(held)).toBeNull();
  });

  it('is told for certain by an app id, whatever it holds', () => {
    const id = appId('7a000000-0000-4000-8000-000000000001');
    const vendors = [{ name: 'Made up', names: ['Made up'], appIds: [id], products: [] }];
    const suspect = { appId: id, displayName: 'x', permissions: [], roles: [] };
    expect(backupLikeness(suspect, { vendors })).toMatchObject({ sign: 'app-id', vendor: { name: 'Made up' } });
    expect(backupLikeness({ ...suspect, appId: null }, { vendors })).toBeNull();
  });

  const paged = products.filter(
    ({ documented }) => documented.filter(({ plane }) => plane === 'application').length >= 4,
  );

  it('comes nearest to the product whose page it follows', () => {
    expect(paged.length).toBeGreaterThanOrEqual(9);
    for (const { id, documented } of paged) {
      const permissions = documented.flatMap(({ plane, api, value }) =>
        plane === 'application' && api !== null ? [{ api, value }] : [],
      );
      const found = like({ permissions });
      expect({ id, near: found?.near?.product.id, score: found?.near?.score }).toEqual({ id, near: id, score: 100 });
      // One row left out, as people do, is still the same product.
      expect(like({ permissions: permissions.slice(1) })?.near?.score).toBeGreaterThan(60);
    }
  });

  it('scores less the more it holds beside', () => {
    const nakivo = products.find(({ id }) => id === 'nakivo');
    const permissions = (nakivo?.documented ?? []).flatMap(({ api, value }) => (api === null ? [] : [{ api, value }]));
    const scoreOf = (more: readonly string[]) =>
      like({ permissions: [...permissions, ...graph(...more)] })?.near?.score ?? 0;
    expect(scoreOf(['Policy.Read.All'])).toBeLessThan(scoreOf([]));
    expect(scoreOf(['Policy.Read.All', 'RoleManagement.ReadWrite.Directory'])).toBeLessThan(
      scoreOf(['Policy.Read.All']),
    );
  });
});

describe('content that permissions reach', () => {
  it.each([
    [graph('Mail.Read'), ['exchange-mail']],
    [graph('Mail.ReadWrite'), ['exchange-mail']],
    [exchange('full_access_as_app'), ['exchange-mail', 'exchange-calendar', 'exchange-contacts']],
    [sharePoint('Sites.FullControl.All'), ['onedrive', 'sharepoint']],
    [graph('Files.Read.All'), ['onedrive']],
    [graph('Sites.Read.All'), ['onedrive', 'sharepoint']],
    [graph('Chat.Read.All'), ['teams-chats']],
    [graph('Mail.ReadBasic.All', 'User.Read.All', 'Sites.Selected', 'Mail.Send', 'Directory.Read.All'), []],
    [exchange('Exchange.ManageAsApp'), []],
    [sharePoint('Mail.Read'), []],
  ])('%j', (held, reached) => {
    expect(contentWorkloads(held)).toEqual(reached);
  });
});

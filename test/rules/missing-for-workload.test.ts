import type { WrittenAccess } from '../../src/core/policy.ts';
import { missingForWorkload } from '../../src/rules/missing-for-workload.ts';
import { finance, legal, siteGrant } from '../support/door-facts.ts';
import {
  account,
  allows,
  appRole,
  azureRole,
  backupApp,
  disk,
  exchange,
  group,
  otherApp,
  sharePoint,
} from '../support/facts.ts';
import { appIdentity, line, policy, protects } from '../support/policies.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const mail = policy({ protects: [protects('exchange-mail')] });
const snapshots = group('rg-snapshots');
const server = `${group('rg-app')}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-1`;
const disks = policy({ protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] })] });
const encrypted = policy({ protects: [protects('vault-encryption', { key: [`${keyVault()}/keys/k`] })] });
const byPolicy = (keys: readonly string[], inEffect = true) =>
  keyVaultPolicy({ keys }, { identity: backupApp, inEffect });
const noKey = (says: string): string =>
  `high certain Key Vault Crypto Service Encryption User: the next backup of \`vault-encryption\` would fail: \`Key Vault Crypto Service Encryption User\` on \`${keyVault()}/keys/k\` ${says}`;
const sites = policy({ protects: [protects('sharepoint', { source: [finance, `${legal}/`] })] });
const written = (more: Partial<WrittenAccess>): WrittenAccess => ({
  applicationPermissions: null,
  delegatedPermissions: null,
  azureRoles: null,
  directoryRoles: null,
  exchangeRoles: null,
  siteGrants: null,
  keyVaultAccess: null,
  groups: null,
  ...more,
});

testRule(missingForWorkload, {
  pass: {
    'an access policy in place of a role on a key': {
      facts: [byPolicy(['get', 'unwrapkey', 'wrapkey'])],
      policy: encrypted,
    },
    'an access policy that gives everything': { facts: [byPolicy(['all'])], policy: encrypted },
    'the least, with what sources accept': { facts: [appRole('Mail.Read'), appRole('User.Read.All')], policy: mail },
    'another way that is whole': {
      facts: ['User.ReadBasic.All', 'MailboxFolder.Read.All', 'MailboxItem.Read.All', 'MailboxItem.Export.All'].map(
        (name) => appRole(name),
      ),
      policy: mail,
    },
    'broader permissions': { facts: [appRole('Mail.ReadWrite'), appRole('User.ReadWrite.All')], policy: mail },
    'full access to all mailboxes': {
      facts: [appRole('full_access_as_app', { api: exchange }), appRole('User.ReadBasic.All')],
      policy: mail,
    },
    'Exchange roles that the policy declares': {
      facts: [appRole('User.ReadBasic.All')],
      policy: policy({
        protects: [protects('exchange-mail', { source: ['Backed-up mailboxes'] })],
        access: written({
          exchangeRoles: [{ role: 'Application Mail.ReadWrite', scope: 'Backed-up mailboxes', place: line(20) }],
        }),
      }),
    },
    'users, teams and channels by what reads them all': {
      facts: [appRole('Files.Read.All'), appRole('Directory.Read.All')],
      policy: policy({ protects: [protects('onedrive'), protects('teams-settings')] }),
    },
    'teams and channels by their groups': {
      facts: [appRole('Group.Read.All')],
      policy: policy({ protects: [protects('teams-settings'), protects('groups')] }),
    },
    'drives and sites through SharePoint itself': {
      facts: [appRole('Sites.FullControl.All', { api: sharePoint })],
      policy: policy({ protects: [protects('onedrive'), protects('sharepoint')] }),
    },
    'chosen sites, each with its grant': {
      facts: [appRole('Sites.Selected'), siteGrant('read'), siteGrant('write', legal)],
      policy: sites,
      unread: [],
    },
    'chosen sites, of which nobody read the grants': {
      facts: [appRole('Sites.Selected')],
      policy: sites,
      unread: ['site-grant'],
    },
    'chosen sites through SharePoint itself': {
      facts: [appRole('Sites.Selected', { api: sharePoint })],
      policy: policy({ protects: [protects('sharepoint', { source: ['https://contoso.sharepoint.com/sites/hr'] })] }),
    },
    'mailboxes of a product that works through Exchange roles': {
      facts: [appRole('Exchange.ManageAsApp', { api: exchange }), appRole('User.Read.All')],
      policy: policy({ product: { value: 'ninjaone', place: line(5) }, protects: [protects('exchange-mail')] }),
    },
    'files by the keys of their account, and snapshots by a custom role': {
      facts: [
        azureRole('Storage Account Contributor', account('st1')),
        azureRole('Disk Backup Reader', disk('data1')),
        azureRole('Keeper', snapshots, { permissions: allows(['Microsoft.Compute/snapshots/*']) }),
      ],
      policy: policy({
        protects: [
          protects('azure-files', { source: [account('st1')] }),
          protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] }),
        ],
      }),
    },
    'what an elevation grants when it comes': {
      facts: [appRole('Mail.Read'), appRole('User.ReadBasic.All')],
      policy: policy({
        protects: [{ ...protects('exchange-mail'), elevations: [{ operation: 'restore', maxDuration: 'PT8H' }] }],
      }),
    },
    'a policy that protects nothing': [appRole('Mail.Read')],
    'a retired policy': { facts: [], policy: policy({ protects: [protects('exchange-mail')], state: 'retired' }) },
    'the least roles': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Disk Snapshot Contributor', snapshots)],
      policy: disks,
    },
    'wider roles above, and a custom role of the needed actions': {
      facts: [
        azureRole('Contributor', snapshots),
        azureRole('Exporter', group('rg-app'), {
          permissions: allows(['Microsoft.Compute/disks/*/action', 'Microsoft.Compute/disks/read']),
        }),
      ],
      policy: disks,
    },
    'a role whose actions could not be read, which may be the very one': {
      facts: [
        azureRole('Something', disk('data1'), { permissions: null }),
        azureRole('Disk Snapshot Contributor', snapshots),
      ],
      policy: disks,
    },
    'a group of which single disks are reached': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Disk Snapshot Contributor', snapshots)],
      policy: policy({
        protects: [protects('azure-disk', { source: [group('rg-app')], snapshots: [snapshots] })],
      }),
    },
    'what needs nothing': { facts: [], policy: policy({ protects: [protects('azure-vm', { source: [disk('x')] })] }) },
  },
  fail: {
    'chosen sites, one without its grant': {
      facts: [appRole('Sites.Selected'), siteGrant('read')],
      policy: sites,
      unread: [],
      says: [`high certain read: the next backup of \`sharepoint\` would fail: \`read\` on \`${legal}/\` is missing`],
    },
    'a site whose grant is too little': {
      facts: [appRole('Sites.Selected'), siteGrant('read')],
      policy: policy({ protects: [protects('sharepoint-permissions', { source: [finance] })] }),
      unread: [],
      says: [
        `high certain fullcontrol: the next backup of \`sharepoint-permissions\` would fail: \`fullcontrol\` on \`${finance}\` is missing`,
      ],
    },
    'an access policy that does not unwrap': {
      facts: [byPolicy(['get', 'wrapkey'])],
      policy: encrypted,
      says: [noKey('is missing')],
    },
    'an access policy that counts for nothing': {
      facts: [byPolicy(['all'], false)],
      policy: encrypted,
      says: [noKey('is missing')],
    },
    'the resource group itself, which a role inside it does not reach': {
      facts: [azureRole('PostgreSQL Flexible Server Long Term Retention Backup Role', server)],
      policy: policy({ protects: [protects('azure-postgresql-flexible', { source: [server] })] }),
      says: [
        `high certain Reader: the next backup of \`azure-postgresql-flexible\` would fail: \`Reader\` on \`${group('rg-app')}\` is missing`,
      ],
    },
    'a permission that has no scoped form': {
      facts: [],
      policy: policy({ protects: [protects('teams-chats'), protects('teams-tabs')] }),
      says: [
        'high certain Chat.Read.All: the next backup of `teams-chats` would fail: `Chat.Read.All` on Microsoft Graph is missing',
        'high certain TeamsTab.Read.All: the next backup of `teams-tabs` would fail: `TeamsTab.Read.All` on Microsoft Graph is missing',
      ],
    },
    'one that several workloads need, once': {
      facts: [appRole('User.Read.All')],
      policy: policy({ protects: [protects('onedrive'), protects('teams-files'), protects('onenote')] }),
      says: [
        'high certain Files.Read.All: the next backup of `onedrive`, `teams-files` and `onenote` would fail: `Files.Read.All` on Microsoft Graph is missing',
      ],
    },
    'members of groups, which the basic reading of groups does not show': {
      facts: [appRole('Group.ReadBasic.All')],
      policy: policy({ protects: [protects('groups')] }),
      says: [
        'high certain GroupMember.Read.All: the next backup of `groups` would fail: `GroupMember.Read.All` on Microsoft Graph is missing',
      ],
    },
    'mailboxes of such a product that lacks what it works by': {
      facts: [appRole('User.Read.All')],
      policy: policy({ product: { value: 'ninjaone', place: line(5) }, protects: [protects('exchange-mail')] }),
      says: [
        'high likely Mail.Read: the next backup of `exchange-mail` would fail: `Mail.Read` on Microsoft Graph is missing',
      ],
    },
    'mailboxes, which Exchange roles may still open': {
      facts: [appRole('Mail.ReadBasic.All'), appRole('User.ReadBasic.All')],
      policy: mail,
      says: [
        'high likely Mail.Read: the next backup of `exchange-mail` would fail: `Mail.Read` on Microsoft Graph is missing',
      ],
    },
    'the rest of another way that was begun': {
      facts: [appRole('User.ReadBasic.All'), appRole('MailboxFolder.Read.All'), appRole('MailboxItem.Read.All')],
      policy: policy({ protects: [protects('exchange-mail')] }),
      says: [
        'high likely MailboxItem.Export.All: the next backup of `exchange-mail` would fail: `MailboxItem.Export.All` on Microsoft Graph is missing',
      ],
    },
    'a declared restore': {
      facts: [appRole('ChannelMessage.Read.All')],
      policy: policy({ protects: [protects('teams-channel-messages', {}, ['backup', 'restore'])] }),
      says: [
        'medium certain Teamwork.Migrate.All: the next restore of `teams-channel-messages` would fail: `Teamwork.Migrate.All` on Microsoft Graph is missing',
      ],
    },
    'a role at one of two scopes': {
      facts: [azureRole('Disk Backup Reader', disk('data1')), azureRole('Disk Snapshot Contributor', snapshots)],
      policy: policy({
        protects: [protects('azure-disk', { source: [disk('data1'), disk('data2')], snapshots: [snapshots] })],
      }),
      says: [
        `high certain Disk Backup Reader: the next backup of \`azure-disk\` would fail: \`Disk Backup Reader\` on \`${disk('data2')}\` is missing`,
      ],
    },
    'a role for which the policy names no scope': {
      facts: [azureRole('Disk Backup Reader', disk('data1'))],
      policy: policy({ protects: [protects('azure-disk', { source: [disk('data1')] })] }),
      says: [
        'high likely Disk Snapshot Contributor: the next backup of `azure-disk` would fail: `Disk Snapshot Contributor` is missing, and the policy names no `snapshots` scope for it',
      ],
    },
    'a role that a gone identity holds, and one of another identity': {
      facts: [
        azureRole('Disk Backup Reader', disk('data1'), { orphaned: true }),
        azureRole('Disk Snapshot Contributor', snapshots),
        azureRole('Disk Backup Reader', disk('data1'), { identity: otherApp }),
      ],
      policy: policy({
        identities: [appIdentity()],
        protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] })],
      }),
      says: [
        `high certain Disk Backup Reader: the next backup of \`azure-disk\` would fail: \`Disk Backup Reader\` on \`${disk('data1')}\` is missing`,
      ],
    },
    'where what is needed is little known': {
      facts: [],
      policy: policy({ protects: [protects('exchange-archive', { source: ['Archives'] })] }),
      says: [
        'high likely Application EWS.AccessAsApp: the next backup of `exchange-archive` would fail: `Application EWS.AccessAsApp` on `Archives` is missing',
      ],
    },
  },
});

import type { WrittenAccess } from '../../src/core/policy.ts';
import { missingForWorkload } from '../../src/rules/missing-for-workload.ts';
import { allows, appRole, azureRole, disk, exchange, group, otherApp } from '../support/facts.ts';
import { appIdentity, line, policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const mail = policy({ protects: [protects('exchange-mail')] });
const snapshots = group('rg-snapshots');
const disks = policy({ protects: [protects('azure-disk', { source: [disk('data1')], snapshots: [snapshots] })] });
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

import { exchange, sharePoint } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { protect, type Wish } from './policy-text.ts';

/** What a product protects in an ordinary set-up, and the least that Microsoft's tables give for that. */
const least: Readonly<Record<string, readonly [product: string, workloads: string, graph: string]>> = {
  'vPlus, mail and files': [
    'catalogic-vplus',
    'exchange-mail exchange-calendar exchange-contacts onedrive sharepoint',
    'User.Read.All, Mail.Read, Calendars.Read, Contacts.Read, Sites.Read.All',
  ],
  'vPlus, Teams': [
    'catalogic-vplus',
    'teams-settings teams-members teams-channel-messages teams-chats teams-tabs groups',
    'TeamSettings.Read.All, ChannelSettings.Read.All, TeamMember.Read.All, ChannelMember.Read.All, ChannelMessage.Read.All, Chat.Read.All, TeamsTab.Read.All, GroupMember.Read.All',
  ],
  'vPlus, hidden groups too': ['catalogic-vplus', 'groups', 'GroupMember.Read.All, Member.Read.Hidden'],
  'NinjaOne, files and groups': [
    'ninjaone',
    'onedrive onenote sharepoint groups',
    'User.Read.All, Sites.Read.All, GroupMember.Read.All',
  ],
  'NinjaOne, Teams': ['ninjaone', 'teams-channel-messages teams-chats', 'ChannelMessage.Read.All, Chat.Read.All'],
  'Veeam, without archived teams': [
    'veeam-microsoft-365',
    'onedrive sharepoint teams-channel-messages groups',
    'User.Read.All, Sites.Read.All, ChannelMessage.Read.All, Group.Read.All',
  ],
  'Veeam, with archived teams': [
    'veeam-microsoft-365',
    'teams-settings teams-channel-messages',
    'TeamSettings.ReadWrite.All, ChannelSettings.Read.All, ChannelMessage.Read.All',
  ],
  'Commvault, Teams as its page lists for backups alone': [
    'commvault-cloud',
    'teams-settings teams-members teams-channel-messages teams-chats',
    'TeamSettings.Read.All, ChannelSettings.Read.All, TeamMember.Read.All, ChannelMember.Read.All, ChannelMessage.Read.All, Chat.Read.All',
  ],
  'Commvault, OneDrive': ['commvault-cloud', 'onedrive', 'Files.Read.All, User.Read.All'],
  'AvePoint, tabs': ['avepoint-cloud-backup', 'teams-tabs groups', 'TeamsTab.Read.All, GroupMember.Read.All'],
  'AvePoint, Entra read only': [
    'avepoint-cloud-backup',
    'entra-users entra-applications',
    'User.Read.All, Application.Read.All, Directory.Read.All',
  ],
  'AvePoint Express on Microsoft 365 Backup': [
    'avepoint-cloud-backup-express',
    'microsoft-365-backup-storage',
    'BackupRestore-Configuration.ReadWrite.All, BackupRestore-Search.Read.All, BackupRestore-Monitor.Read.All',
  ],
  'NAKIVO, its backup column on Graph': [
    'nakivo',
    'exchange-mail exchange-calendar exchange-contacts exchange-mailbox-settings onedrive groups',
    'Calendars.Read, Mail.Read, Contacts.Read, MailboxSettings.Read, User.Read.All, Files.Read.All, Group.Read.All',
  ],
  'IBM, sites': ['ibm-storage-protect-for-cloud', 'sharepoint onedrive', 'Sites.Read.All, User.Read.All'],
  'IBM, mail and groups': [
    'ibm-storage-protect-for-cloud',
    'exchange-mail groups',
    'User.Read.All, Mail.Read, Group.Read.All',
  ],
  'CloudCover365, sites and teams': [
    'cloudcover-365',
    'sharepoint teams-settings groups',
    'Sites.Read.All, TeamSettings.Read.All, ChannelSettings.Read.All, Group.Read.All',
  ],
  'RecoveryManager Plus, mail and Entra': [
    'manageengine-recoverymanager-plus',
    'exchange-mail entra-users',
    'Mail.Read, User.Read.All, GroupMember.Read.All',
  ],
  'Synology, mail, drives and sites': [
    'synology-active-backup',
    'exchange-mail onedrive sharepoint',
    'Mail.Read, User.Read.All, Sites.Read.All',
  ],
  'Microsoft 365 Backup': [
    'microsoft-365-backup',
    'microsoft-365-backup-storage',
    'BackupRestore-Configuration.ReadWrite.All, BackupRestore-Search.Read.All, BackupRestore-Monitor.Read.All',
  ],
  'SysCloud, drives and calendars': [
    'syscloud',
    'onedrive exchange-calendar',
    'Files.Read.All, User.Read.All, Calendars.Read',
  ],
};

const wish = (product: string, workloads: string, graph: string, more: Partial<Wish> = {}): Wish => ({
  product,
  protects: workloads.split(' ').map((workload) => protect(workload)),
  graph,
  ...more,
});

const kept = Object.entries(least).flatMap(
  ([name, [product, workloads, graph]]): readonly (readonly [string, CorpusCase])[] => [
    [
      `${name}: the least`,
      {
        policy: wish(product, workloads, graph, { delegated: {}, directoryRoles: '', roles: [] }),
        tempts: ['exceeds-workload', 'redundant-permission', 'missing-for-workload', 'write-where-read-suffices'],
        expect: [],
      },
    ],
    [
      `${name}: the least, on a fork's pull request`,
      {
        policy: wish(product, workloads, graph),
        held: 'unseen',
        tempts: ['missing-for-workload', 'no-owner', 'foreign-application', 'undeclared-access'],
        expect: [],
      },
    ],
    [
      `${name}: access computed`,
      {
        policy: { product, protects: workloads.split(' ').map((workload) => protect(workload)), access: 'minimal' },
        tempts: ['exceeds-workload', 'tier0-permission', 'redundant-permission', 'missing-for-workload'],
        expect: [],
      },
    ],
  ],
);

const mailboxes = 'full_access_as_app · Exchange';

/** Backup products as their makers document them, and as they could be set up. */
export const productCases: Cases = {
  ...Object.fromEntries(kept),
  'Veeam, version 6a: sites written where they are read': {
    policy: wish('veeam-microsoft-365', 'sharepoint groups', 'Sites.ReadWrite.All, Group.Read.All'),
    expect: ['write-where-read-suffices · Sites.ReadWrite.All'],
  },
  'Veeam, full access and full control on the backup app': {
    policy: wish('veeam-microsoft-365', 'sharepoint', 'Sites.Read.All', {
      apis: { [exchange]: 'full_access_as_app', [sharePoint]: 'Sites.FullControl.All' },
    }),
    expect: [
      `tenant-wide-mailbox-access · ${mailboxes}`,
      `retired-api · ${mailboxes}`,
      'write-where-read-suffices · Sites.FullControl.All · SharePoint',
    ],
  },
  'NinjaOne, the application rows for files': {
    policy: wish(
      'ninjaone',
      'onedrive sharepoint',
      'Files.ReadWrite.All, Sites.Manage.All, Sites.ReadWrite.All, User.Read.All',
    ),
    expect: [
      'redundant-permission · Files.ReadWrite.All',
      'redundant-permission · Sites.ReadWrite.All',
      'write-where-read-suffices · Sites.Manage.All',
    ],
  },
  'NinjaOne, import into channels at all times': {
    policy: wish(
      'ninjaone',
      'teams-channel-messages teams-chats',
      'ChannelMessage.Read.All, Chat.Read.All, Teamwork.Migrate.All',
    ),
    expect: ['standing-restore-access · Teamwork.Migrate.All'],
  },
  'NinjaOne, Reports.Read.All and the roles of administrators': {
    policy: wish(
      'ninjaone',
      'onedrive',
      'Files.Read.All, User.Read.All, Reports.Read.All, RoleManagement.Read.Directory',
    ),
    expect: ['exceeds-workload · Reports.Read.All', 'exceeds-workload · RoleManagement.Read.Directory'],
  },
  'vPlus, chats written and read': {
    policy: wish(
      'catalogic-vplus',
      'teams-chats',
      'Chat.ReadWrite.All, Chat.Read.All, Chat.ReadBasic.All, ChatMember.Read.All',
    ),
    expect: [
      'write-where-read-suffices · Chat.ReadWrite.All',
      'redundant-permission · Chat.Read.All',
      'redundant-permission · Chat.ReadBasic.All',
      'redundant-permission · ChatMember.Read.All',
    ],
  },
  'vPlus, the four of groups': {
    policy: wish(
      'catalogic-vplus',
      'groups',
      'Group.Create, Group.ReadWrite.All, GroupMember.Read.All, GroupMember.ReadWrite.All',
    ),
    expect: [
      'tier0-permission · Group.ReadWrite.All',
      'tier0-permission · GroupMember.ReadWrite.All',
      'redundant-permission · Group.Create',
      'redundant-permission · GroupMember.Read.All',
      'redundant-permission · GroupMember.ReadWrite.All',
      keeperTakesOver,
    ],
  },
  'vPlus, the two of users': {
    policy: wish('catalogic-vplus', 'onedrive', 'Files.Read.All, User.Read.All, User.ReadWrite.All'),
    expect: ['tier0-permission · User.ReadWrite.All', 'redundant-permission · User.Read.All', keeperTakesOver],
  },
  'NAKIVO, its backup column on SharePoint': {
    policy: wish('nakivo', 'sharepoint', '', { apis: { [sharePoint]: 'Sites.FullControl.All, User.ReadWrite.All' } }),
    expect: [
      'write-where-read-suffices · Sites.FullControl.All · SharePoint',
      'write-where-read-suffices · User.ReadWrite.All · SharePoint',
    ],
  },
  'AvePoint, its three permissions on sites': {
    policy: wish('avepoint-cloud-backup', 'sharepoint', 'Sites.ReadWrite.All, Sites.Manage.All, Sites.FullControl.All'),
    expect: [
      'redundant-permission · Sites.ReadWrite.All',
      'redundant-permission · Sites.Manage.All',
      'write-where-read-suffices · Sites.FullControl.All',
    ],
  },
  'AvePoint Express, content beside Microsoft 365 Backup': {
    policy: wish(
      'avepoint-cloud-backup-express',
      'microsoft-365-backup-storage',
      `${least['Microsoft 365 Backup']?.[2]}, Sites.Read.All, Group.Read.All, User.Read.All`,
    ),
    expect: [
      'exceeds-workload · Sites.Read.All',
      'exceeds-workload · Group.Read.All',
      'exceeds-workload · User.Read.All',
    ],
  },
  'AvePoint Express, its switch and its restore at all times': {
    policy: wish(
      'avepoint-cloud-backup-express',
      'microsoft-365-backup-storage',
      `${least['Microsoft 365 Backup']?.[2]}, BackupRestore-Control.ReadWrite.All, BackupRestore-Restore.ReadWrite.All`,
    ),
    expect: [
      'standing-onboarding-access · BackupRestore-Control.ReadWrite.All',
      'standing-restore-access · BackupRestore-Restore.ReadWrite.All',
    ],
  },
  'Microsoft 365 Backup, switched on at all times': {
    policy: {
      product: 'microsoft-365-backup',
      protects: [protect('microsoft-365-backup-storage', 'backup onboard')],
      graph: `${least['Microsoft 365 Backup']?.[2]}, BackupRestore-Control.ReadWrite.All`,
    },
    expect: ['standing-onboarding-access · BackupRestore-Control.ReadWrite.All'],
  },
};

import { exchange, sharePoint } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { elevation, protect, type Wish } from './policy-text.ts';

const some = ['Backed-up mailboxes'];
const finance = 'https://contoso.sharepoint.com/sites/finance';
const wide = (name: string): string => `tenant-wide-where-scoped · ${name}`;
const cannot = (name: string): string => `permission-cannot-do-its-purpose · ${name}`;
const mail = (graph: string, more: Partial<Wish> = {}): Wish => ({
  protects: [protect('exchange-mail')],
  graph,
  ...more,
});

/** Permissions on the whole tenant where a part is protected, and those that cannot do what they are held for. */
export const scopedCases: Cases = {
  'scoped: Mail.Read for some mailboxes': {
    policy: mail('User.ReadBasic.All, Mail.Read', { protects: [protect('exchange-mail', 'backup', some)] }),
    expect: [wide('Mail.Read')],
  },
  'scoped: Calendars.Read and Contacts.Read for some mailboxes': {
    policy: {
      protects: [protect('exchange-calendar', 'backup', some), protect('exchange-contacts', 'backup', some)],
      graph: 'Calendars.Read, Contacts.Read',
    },
    expect: [wide('Calendars.Read'), wide('Contacts.Read')],
  },
  'scoped: Sites.Read.All for one site': {
    policy: { protects: [protect('sharepoint', 'backup', [finance])], graph: 'Sites.Read.All' },
    expect: [wide('Sites.Read.All')],
  },
  'scoped: a consent that voids the Exchange role beside it': {
    policy: mail('User.ReadBasic.All, Mail.Read', {
      protects: [protect('exchange-mail', 'backup', some)],
      exchangeRoles: [['Application Mail.Read', 'Backed-up mailboxes']],
    }),
    expect: [wide('Mail.Read')],
  },
  'scoped: the Exchange role alone': {
    policy: mail('User.ReadBasic.All', {
      protects: [protect('exchange-mail', 'backup', some)],
      exchangeRoles: [['Application Mail.Read', 'Backed-up mailboxes']],
    }),
    tempts: ['tenant-wide-where-scoped', 'missing-for-workload', 'exceeds-workload'],
    expect: [],
  },
  'scoped: the Exchange role for every mailbox': {
    policy: mail('User.ReadBasic.All', { exchangeRoles: [['Application Mail.Read', 'organization']] }),
    tempts: ['tenant-wide-where-scoped', 'missing-for-workload', 'tenant-wide-mailbox-access'],
    expect: [],
  },
  'scoped: Sites.Selected with a grant on the site': {
    policy: {
      protects: [protect('sharepoint', 'backup', [finance])],
      graph: 'Sites.Selected',
      siteGrants: [[finance, 'read']],
    },
    tempts: ['tenant-wide-where-scoped', 'missing-for-workload', 'redundant-permission', 'exceeds-workload'],
    expect: [],
  },
  'scoped: one workload of some mailboxes, another of all': {
    policy: {
      protects: [protect('onedrive'), protect('teams-files')],
      graph: 'Files.Read.All, User.Read.All',
    },
    tempts: ['tenant-wide-where-scoped', 'exceeds-workload'],
    expect: [],
  },
  'scoped: chats, which nothing confines': {
    policy: { protects: [protect('teams-chats'), protect('planner')], graph: 'Chat.Read.All, Tasks.Read.All' },
    tempts: ['tenant-wide-where-scoped'],
    expect: [],
  },
  'scoped: access computed for some mailboxes': {
    policy: {
      protects: [protect('exchange-mail', 'backup', some), protect('exchange-calendar', 'backup', some)],
      access: 'minimal',
    },
    tempts: ['tenant-wide-where-scoped', 'missing-for-workload', 'exceeds-workload'],
    expect: [],
  },
  'purpose: Mail.ReadBasic.All for mail, as NinjaOne asks': {
    policy: mail('User.ReadBasic.All, Mail.ReadBasic.All'),
    tempts: ['exceeds-workload'],
    expect: [cannot('Mail.ReadBasic.All'), 'missing-for-workload · Mail.Read'],
  },
  'purpose: Calendars.ReadBasic.All for calendars': {
    policy: { protects: [protect('exchange-calendar')], graph: 'Calendars.ReadBasic.All' },
    tempts: ['exceeds-workload'],
    expect: [cannot('Calendars.ReadBasic.All'), 'missing-for-workload · Calendars.Read'],
  },
  'purpose: Chat.ReadBasic.All for chats': {
    policy: { protects: [protect('teams-chats')], graph: 'Chat.ReadBasic.All' },
    tempts: ['exceeds-workload'],
    expect: [cannot('Chat.ReadBasic.All'), 'missing-for-workload · Chat.Read.All'],
  },
  'purpose: Chat.Read.All is to restore': {
    policy: {
      protects: [protect('teams-chats')],
      graph: '{ permission: Chat.Read.All, purpose: backup and restore of chats }',
    },
    tempts: ['standing-restore-access'],
    expect: [cannot('Chat.Read.All')],
  },
  'purpose: ChannelMessage.Read.All is for chats': {
    policy: {
      protects: [protect('teams-channel-messages')],
      graph: '{ permission: ChannelMessage.Read.All, purpose: Teams chat }',
    },
    expect: [cannot('ChannelMessage.Read.All')],
  },
  'purpose: Mail.ReadBasic.All beside Mail.Read': {
    policy: mail('User.ReadBasic.All, Mail.ReadBasic.All, Mail.Read'),
    tempts: ['permission-cannot-do-its-purpose', 'exceeds-workload'],
    expect: ['redundant-permission · Mail.ReadBasic.All'],
  },
  'purpose: it reads, and says so': {
    policy: mail(
      '{ permission: User.ReadBasic.All, purpose: lists users }, { permission: Mail.Read, purpose: reads mail }',
    ),
    tempts: ['permission-cannot-do-its-purpose', 'permission-without-purpose'],
    expect: [],
  },
  'purpose: what is read for a later restore': {
    policy: {
      protects: [protect('teams-channel-messages')],
      graph: '{ permission: ChannelMessage.Read.All, purpose: exports channel messages }',
    },
    tempts: ['permission-cannot-do-its-purpose'],
    expect: [],
  },
  'serves nothing: Reports.Read.All, of which NinjaOne says no purpose': {
    policy: mail('User.ReadBasic.All, Mail.Read, Reports.Read.All'),
    expect: ['exceeds-workload · Reports.Read.All'],
  },
  'serves nothing: Policy.Read.All, as Commvault asks': {
    policy: { protects: [protect('onedrive')], graph: 'Files.Read.All, User.Read.All, Policy.Read.All' },
    expect: ['exceeds-workload · Policy.Read.All'],
  },
  'serves nothing: Sites.Read.All beside mail': {
    policy: mail('User.ReadBasic.All, Mail.Read, Sites.Read.All'),
    expect: ['exceeds-workload · Sites.Read.All'],
  },
  'serves nothing, by a policy that protects nothing': {
    policy: { graph: 'Mail.Read, Reports.Read.All' },
    tempts: ['exceeds-workload', 'missing-for-workload'],
    expect: [],
  },
  'serves two: Files.Read.All for drives and notebooks': {
    policy: { protects: [protect('onedrive'), protect('onenote')], graph: 'Files.Read.All, User.Read.All' },
    tempts: ['exceeds-workload', 'redundant-permission'],
    expect: [],
  },
  'serves two: Sites.Read.All covers drives as well': {
    policy: { protects: [protect('onedrive'), protect('sharepoint')], graph: 'Sites.Read.All, User.Read.All' },
    tempts: ['missing-for-workload', 'write-where-read-suffices', 'exceeds-workload'],
    expect: [],
  },
  'redundant: Files.Read.All beside Sites.Read.All': {
    policy: {
      protects: [protect('onedrive'), protect('sharepoint')],
      graph: 'Files.Read.All, Sites.Read.All, User.Read.All',
    },
    expect: ['redundant-permission · Files.Read.All'],
  },
  'redundant: the same name on two APIs': {
    policy: {
      protects: [protect('sharepoint')],
      graph: 'Sites.Read.All',
      apis: { [sharePoint]: 'Sites.Read.All, TermStore.Read.All' },
    },
    tempts: ['redundant-permission', 'exceeds-workload'],
    expect: [],
  },
  'redundant: Group.Read.All is not within Directory.Read.All': {
    policy: {
      protects: [protect('groups'), protect('entra-applications')],
      graph: 'Group.Read.All, Application.Read.All, Directory.Read.All',
    },
    tempts: ['redundant-permission', 'exceeds-workload', 'tier0-permission'],
    expect: [],
  },
  'redundant: the four of SharePoint, as vPlus asks': {
    policy: {
      protects: [protect('sharepoint')],
      graph: 'Sites.Read.All',
      apis: {
        [sharePoint]:
          'Sites.Read.All, Sites.ReadWrite.All, Sites.Manage.All, Sites.FullControl.All, TermStore.Read.All',
      },
    },
    expect: [
      'redundant-permission · Sites.Read.All · SharePoint',
      'redundant-permission · Sites.ReadWrite.All · SharePoint',
      'redundant-permission · Sites.Manage.All · SharePoint',
      'write-where-read-suffices · Sites.FullControl.All · SharePoint',
    ],
  },
  'set-up: the switch of Microsoft 365 Backup left on': {
    policy: {
      protects: [protect('microsoft-365-backup-storage')],
      graph:
        'BackupRestore-Configuration.ReadWrite.All, BackupRestore-Search.Read.All, BackupRestore-Monitor.Read.All, BackupRestore-Control.ReadWrite.All',
    },
    tempts: ['exceeds-workload', 'write-where-read-suffices'],
    expect: ['standing-onboarding-access · BackupRestore-Control.ReadWrite.All'],
  },
  'set-up: declared as an elevation, of which nothing stands': {
    policy: {
      protects: [protect('microsoft-365-backup-storage', 'backup', [], elevation('onboard'))],
      graph: 'BackupRestore-Configuration.ReadWrite.All, BackupRestore-Search.Read.All, BackupRestore-Monitor.Read.All',
    },
    tempts: ['standing-onboarding-access', 'missing-for-workload'],
    expect: [],
  },
  'mailboxes: full access beside Graph’s own': {
    policy: mail('User.ReadBasic.All, Mail.Read', { apis: { [exchange]: 'full_access_as_app' } }),
    tempts: ['redundant-permission', 'exceeds-workload'],
    expect: [
      'tenant-wide-mailbox-access · full_access_as_app · Exchange',
      'retired-api · full_access_as_app · Exchange',
    ],
  },
  'restore: Group.ReadWrite.All for teams, as Commvault asks': {
    policy: { protects: [protect('groups')], graph: 'Group.ReadWrite.All' },
    tempts: ['write-where-read-suffices', 'missing-for-workload', 'standing-restore-access'],
    expect: ['tier0-permission · Group.ReadWrite.All', keeperTakesOver],
  },
};

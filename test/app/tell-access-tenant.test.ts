import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { accessPolicy, exchangeRole, siteGrant } from '../support/access-facts.ts';
import { appRole, delegated, directoryRole, exchange, forUser, sharePoint } from '../support/facts.ts';
import { accessOf, rowsOf, type Seen } from '../support/tell-reaches.ts';

type Case = readonly [name: string, facts: readonly Fact[], rows: readonly string[], seen?: Seen];

const named = (cases: readonly Case[]) => cases.map(([name, facts, rows, seen = {}]) => ({ name, facts, rows, seen }));

const sites = 'https://contoso.sharepoint.com/sites';
const selected = appRole('Sites.Selected');
const harmless: readonly Case[] = [
  ['nothing', [], []],
  ['a permission that reaches nothing of the list', [appRole('Reports.Read.All')], []],
  ['a permission of that name on another API', [appRole('Mail.Read', { api: sharePoint })], []],
  ['messages without bodies', [appRole('Mail.ReadBasic.All')], []],
  ['sign-in scopes', [delegated('User.Read'), delegated('openid'), delegated('offline_access')], []],
  ['Sites.Selected without a site', [selected], []],
  ['a site grant without Sites.Selected', [siteGrant(`${sites}/legal`)], []],
  ['a directory role that backup does not meet', [directoryRole('Printer Administrator')], []],
  ['an Exchange role that only shows settings', [exchangeRole('View-Only Configuration')], []],
  [
    'an Exchange role whose commands are harmless',
    [exchangeRole('Custom', 'organization', { commands: ['Get-Mailbox'] })],
    [],
  ],
  [
    'a custom Exchange role made from a harmless one',
    [exchangeRole('Ours', 'organization', { parent: 'Audit Logs' })],
    [],
  ],
  ['Exchange.ManageAsApp without a role', [appRole('Exchange.ManageAsApp', { api: exchange })], []],
  ['an access policy that confines nothing held', [accessPolicy('Backup group')], []],
];

const reaching: readonly Case[] = [
  ['reading mail', [appRole('Mail.Read')], ['yes reads every mailbox: Mail.Read']],
  ['reading mail, spelt otherwise', [appRole('mail.read')], ['yes reads every mailbox: mail.read']],
  [
    'writing mail',
    [appRole('Mail.ReadWrite')],
    ['yes reads every mailbox: Mail.ReadWrite', 'yes changes every mailbox: Mail.ReadWrite'],
  ],
  ['sending mail', [appRole('Mail.Send')], ['yes sends mail as anybody: Mail.Send']],
  [
    'full_access_as_app',
    [appRole('full_access_as_app', { api: exchange })],
    [
      'yes reads every mailbox: full_access_as_app',
      'yes changes every mailbox: full_access_as_app',
      'yes sends mail as anybody: full_access_as_app',
      'yes plants forwarding rules in every mailbox: full_access_as_app',
      'yes reads every calendar: full_access_as_app',
    ],
  ],
  ['exporting items', [appRole('MailboxItem.Export.All')], ['yes reads every mailbox: MailboxItem.Export.All']],
  [
    'mailboxes that admit the app',
    [appRole('SMTP.SendAsApp', { api: exchange })],
    [
      'unknown sends mail from mailboxes that admit it:  (`SMTP.SendAsApp` opens the mailboxes that admit the app, and which those are was not read)',
    ],
  ],
  [
    'a scoped Exchange role',
    [exchangeRole('Application Mail.Read', 'Backup mailboxes')],
    ['yes reads mailboxes within `Backup mailboxes`: Application Mail.Read'],
  ],
  [
    'two scopes of one role',
    [exchangeRole('Application Mail.Read', 'B'), exchangeRole('Application Mail.Read', 'A')],
    ['yes reads mailboxes within `A` and `B`: Application Mail.Read, Application Mail.Read'],
  ],
  [
    'an Exchange role of the whole organisation',
    [exchangeRole('Application Mail.Send')],
    ['yes sends mail as anybody: Application Mail.Send'],
  ],
  [
    'a scope that a consent makes void',
    [appRole('Mail.Read'), exchangeRole('Application Mail.Read', 'Backup mailboxes')],
    [
      'yes reads every mailbox: Mail.Read (the Exchange scope `Backup mailboxes` is void: `Mail.Read` on Microsoft Graph reads every mailbox)',
    ],
  ],
  [
    'a scope that another API makes void',
    [
      appRole('Mail.Read', { api: exchange }),
      exchangeRole('Application Mail.Read', 'Legal'),
      exchangeRole('Application Mail.Send', 'Legal'),
    ],
    [
      'yes reads every mailbox: Mail.Read (the Exchange scope `Legal` is void: `Mail.Read` on Office 365 Exchange Online reads every mailbox)',
      'yes sends mail from mailboxes within `Legal`: Application Mail.Send',
    ],
  ],
  [
    'an application access policy',
    [appRole('Mail.Read'), accessPolicy('Backup group')],
    ['yes reads mailboxes within `members of Backup group`: Mail.Read'],
  ],
  [
    'an application access policy that another permission makes void',
    [appRole('Mail.Read'), appRole('MailboxItem.Export.All'), accessPolicy('Backup group')],
    [
      'yes reads every mailbox: MailboxItem.Export.All (the application access policy `Backup group` is void: `MailboxItem.Export.All` on Microsoft Graph reads every mailbox)',
    ],
  ],
  [
    'an application access policy that keeps some out',
    [appRole('Mail.Read'), accessPolicy('Board', 'DenyAccess')],
    ['yes reads every mailbox: Mail.Read (an application access policy keeps it from members of `Board`)'],
  ],
  [
    'access policies that nobody read',
    [appRole('Mail.Read')],
    ['yes reads every mailbox: Mail.Read (unless an application access policy confines it: those were not read)'],
    { unread: ['application-access-policy'] },
  ],
  [
    'a management role that gives itself mailboxes',
    [appRole('Exchange.ManageAsApp', { api: exchange }), exchangeRole('Mail Recipients')],
    [
      'yes reads every mailbox: Mail Recipients',
      'yes changes every mailbox: Mail Recipients',
      'yes sends mail as anybody: Mail Recipients',
      'yes plants forwarding rules in every mailbox: Mail Recipients',
      'yes reads every calendar: Mail Recipients',
    ],
  ],
  [
    'a harmless-looking role with one grave command',
    [
      appRole('Exchange.ManageAsApp', { api: exchange }),
      exchangeRole('Backup Role', 'organization', { commands: ['Get-Mailbox', 'New-InboxRule'] }),
    ],
    ['yes reads every mailbox: Backup Role', 'yes plants forwarding rules in every mailbox: Backup Role'],
  ],
  [
    'a management role that nobody may use yet',
    [exchangeRole('Mailbox Search')],
    [
      'yes reads every mailbox: Mailbox Search (an app needs `Exchange.ManageAsApp`, or Exchange Web Services for impersonation, to use it, and was seen to hold neither)',
    ],
  ],
  [
    'an Exchange role of which nobody knows what it allows',
    [appRole('Mail.Send'), exchangeRole('Ours')],
    [
      'unknown reads every mailbox:  (what the Exchange role `Ours` allows is not known)',
      'unknown changes every mailbox:  (what the Exchange role `Ours` allows is not known)',
      'yes sends mail as anybody: Mail.Send',
      'unknown plants forwarding rules in every mailbox:  (what the Exchange role `Ours` allows is not known)',
      'unknown reads every calendar:  (what the Exchange role `Ours` allows is not known)',
    ],
  ],
  ['reading every site', [appRole('Sites.Read.All')], ['yes reads every site and drive: Sites.Read.All']],
  [
    'full control of every site through SharePoint itself',
    [appRole('Sites.FullControl.All', { api: sharePoint })],
    [
      'yes reads every site and drive: Sites.FullControl.All',
      'yes changes every site and drive: Sites.FullControl.All',
    ],
  ],
  [
    'two sites',
    [selected, siteGrant(`${sites}/legal`), siteGrant(`${sites}/hr`, 'write')],
    [
      `yes reads 2 sites: \`${sites}/hr\` and \`${sites}/legal\`: read, write`,
      `yes changes 1 site: \`${sites}/hr\`: write`,
    ],
  ],
  [
    'a site grant that a consent makes void',
    [selected, siteGrant(`${sites}/legal`), appRole('Files.Read.All')],
    [
      `yes reads every site and drive: Files.Read.All (the site grant \`${sites}/legal\` is void: \`Files.Read.All\` on Microsoft Graph reads every site and drive)`,
    ],
  ],
  ['reading chats', [appRole('Chat.Read.All')], ['yes reads every chat: Chat.Read.All']],
  [
    'taking the tenant over at once',
    [appRole('AppRoleAssignment.ReadWrite.All')],
    ['yes can take over the tenant: AppRoleAssignment.ReadWrite.All'],
  ],
  [
    'taking the tenant over in steps',
    [appRole('User.ReadWrite.All')],
    [
      'yes can take over the tenant: User.ReadWrite.All (in further steps, not at once)',
      'yes changes users and groups: User.ReadWrite.All',
    ],
  ],
  [
    'a directory role that assigns roles',
    [directoryRole('Privileged Role Administrator')],
    ['yes can take over the tenant: Privileged Role Administrator'],
  ],
  [
    'a directory role within a part of the directory',
    [directoryRole('User Administrator', { scope: '/administrativeUnits/a1' })],
    ['yes changes users and groups within `administrativeUnits/a1`: User Administrator'],
  ],
  [
    'restoring with Microsoft 365 Backup Storage',
    [appRole('BackupRestore-Restore.ReadWrite.All')],
    ['yes rolls mailboxes and sites back with Microsoft 365 Backup Storage: BackupRestore-Restore.ReadWrite.All'],
  ],
  [
    'acting as one person',
    [delegated('Mail.Read', { consents: [forUser('u1')] }), delegated('offline_access')],
    ['yes acts as users who sign in (for 1 person): Mail.Read (with `offline_access` also when they are gone)'],
  ],
  [
    'acting as everybody',
    [delegated('Files.ReadWrite.All')],
    ['yes acts as users who sign in (for everybody): Files.ReadWrite.All'],
  ],
];

const unread: readonly Case[] = [
  [
    'application permissions that could not be read',
    [],
    [
      'unknown can take over the tenant: app-role-assignment forbidden',
      'unknown changes users and groups: app-role-assignment forbidden',
      'unknown reads every mailbox: app-role-assignment forbidden',
    ],
    { gaps: ['app-role-assignment'] },
  ],
  [
    'Exchange roles that nobody asked for',
    [appRole('Mail.Send')],
    [
      'unknown reads every mailbox: exchange-role-assignment unread',
      'unknown changes every mailbox: exchange-role-assignment unread',
      'yes sends mail as anybody: Mail.Send',
    ],
    { unread: ['exchange-role-assignment'] },
  ],
  [
    'site grants that could not be read',
    [selected],
    ['unknown reads single sites: site-grant forbidden', 'unknown changes single sites: site-grant forbidden'],
    { gaps: ['site-grant'] },
  ],
  ['site grants that could give nothing', [], [], { gaps: ['site-grant'] }],
];

describe('what is reached in Microsoft Entra and Microsoft 365', () => {
  test.each(named(harmless))('nothing by $name', ({ facts, rows, seen }) => {
    expect(rowsOf(accessOf(facts, seen))).toEqual(rows);
  });

  test.each(named(reaching))('by $name', ({ facts, rows, seen }) => {
    expect(rowsOf(accessOf(facts, seen))).toEqual(rows);
  });

  test.each(named(unread))('unknown for the sake of $name', ({ facts, rows, seen }) => {
    expect(rowsOf(accessOf(facts, seen)).slice(0, 3)).toEqual(rows);
  });

  test('a Global Administrator reaches everything there', () => {
    const { reaches } = accessOf([directoryRole('Global Administrator')]);
    const not = reaches.filter(({ area, answer }) => area !== 'azure' && area !== 'people' && answer !== 'yes');
    expect(not).toEqual([]);
  });

  test('who takes over the tenant lacks nothing for long', () => {
    const { reaches } = accessOf([appRole('RoleManagement.ReadWrite.Directory')]);
    const mail = reaches.find(({ id }) => id === 'reads-every-mailbox');
    expect([mail?.answer, mail?.remarks]).toEqual(['no', ['not yet: who takes over the tenant has this too']]);
  });

  test('many grants are counted, and the first of them named', () => {
    const grants = Array.from({ length: 20 }, (_, at) => exchangeRole('Application Mail.Read', `scope ${at}`));
    const [row] = accessOf(grants).reaches.filter(({ answer }) => answer === 'yes');
    expect([row?.by.length, row?.more]).toEqual([8, 12]);
  });
});

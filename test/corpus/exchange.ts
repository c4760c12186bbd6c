import type { Fact } from '../../src/core/fact.ts';
import { identityId } from '../../src/core/ids.ts';
import { accessPolicy, exchangeAccount, exchangeRole } from '../support/exchange-facts.ts';
import { directoryRole } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';

const scope = 'Backed-up mailboxes';
const some = protect('exchange-mail', 'backup', [scope]);
const users = 'User.ReadBasic.All';
const ours: Wish = {
  protects: [protect('exchange-mail')],
  graph: users,
  exchangeRoles: [['Application Mail.Read', 'organization']],
};
const scoped: Wish = { protects: [some], graph: users, exchangeRoles: [['Application Mail.Read', scope]] };
const ninja = { roleGroup: 'NinjaOne Backup' };
const person = 'b270dc32-9ede-4648-9d40-c8a1070aba97';
const account = 'backupadmin@contoso.example';
const ofPerson: Wish = { identities: [`{ user: "${person}" }`], directoryRoles: '' };

const also = (
  policy: Wish,
  facts: readonly Fact[],
  expect: readonly string[],
  tempts: readonly string[] = [],
): CorpusCase => ({
  policy,
  also: facts,
  ...(tempts.length === 0 ? {} : { tempts }),
  expect,
});
/** A policy that manages no role in Exchange, and a tenant that has this one. */
const held = (facts: readonly Fact[], expect: readonly string[], tempts: readonly string[] = []): CorpusCase =>
  also({ protects: [protect('exchange-mail')], graph: `${users}, Mail.Read` }, facts, expect, tempts);
const admin = (more: Parameters<typeof exchangeAccount>[1]): Fact =>
  exchangeAccount(account, { identity: person, ...more });
const ofAdmin = (role: string): Fact => ({
  ...directoryRole(role, { identity: person }),
  identity: identityId(person),
});
const everywhere = (role: string): string => `exchange-role-reaches-every-mailbox · ${role} · organization`;
const escalates = (role: string, where = 'organization'): string => `exchange-role-escalates · ${role} · ${where}`;
const openers = ['exchange-role-reaches-every-mailbox', 'exchange-role-escalates'];
const accounts = [
  'mailbox-audit-bypassed',
  'administrator-with-remote-powershell',
  'administrator-owns-public-folders',
];

/** Roles in Exchange, as Microsoft Graph and evidence tell them, and what evidence tells of accounts. */
export const exchangeCases: Cases = {
  'exchange: NinjaOne’s role group acts as everybody': held(
    [exchangeRole('ApplicationImpersonation', 'organization', ninja)],
    [everywhere('ApplicationImpersonation')],
  ),
  'exchange: a search of all mailboxes': held([exchangeRole('Mailbox Search')], [everywhere('Mailbox Search')]),
  'exchange: a custom role gives full access': held(
    [exchangeRole('Backup', 'organization', { commands: ['Add-MailboxPermission'], ...ninja })],
    [everywhere('Backup')],
  ),
  'exchange: everything in every mailbox, by an application role': held(
    [exchangeRole('Application EWS.AccessAsApp')],
    [everywhere('Application EWS.AccessAsApp')],
    ['exceeds-workload', 'write-where-read-suffices'],
  ),
  'exchange: the role for some, held for all': {
    policy: scoped,
    held: [exchangeRole('Application Mail.Read')],
    expect: [
      everywhere('Application Mail.Read'),
      'undeclared-access · Application Mail.Read · organization',
      `missing-for-workload · ${users}`,
    ],
  },
  'exchange: Role Management': held([exchangeRole('Role Management')], [escalates('Role Management')]),
  'exchange: NinjaOne’s role assigns roles': held(
    [
      exchangeRole('NinjaOne Backup Role', 'organization', {
        commands: ['Get-Mailbox', 'New-ManagementRoleAssignment'],
        ...ninja,
      }),
    ],
    [escalates('NinjaOne Backup Role')],
  ),
  'exchange: a role in a scope that adds members': held(
    [exchangeRole('Own', scope, { commands: ['Add-RoleGroupMember'] })],
    [escalates('Own', scope)],
  ),
  'exchange: the role as declared, for all': also(
    ours,
    [],
    [],
    [...openers, 'missing-for-workload', 'redundant-permission'],
  ),
  'exchange: the role as declared, for some': also(
    scoped,
    [],
    [],
    [...openers, 'missing-for-workload', 'tenant-wide-where-scoped'],
  ),
  'exchange: a custom role that looks around': held(
    [exchangeRole('Own', 'organization', { commands: ['Get-Mailbox', 'Get-RoleGroup'], parent: 'Role Management' })],
    [],
    openers,
  ),
  'exchange: a search in a scope': held([exchangeRole('Mailbox Search', 'Legal')], [], openers),
  'exchange: a role group that views': held([exchangeRole('View-Only Recipients', 'organization', ninja)], [], openers),
  'exchange: minimal Microsoft 365 mail, as computed': also(
    {
      protects: ['exchange-mail', 'exchange-calendar', 'exchange-contacts', 'exchange-mailbox-settings'].map((one) =>
        protect(one),
      ),
      access: 'minimal',
    },
    [],
    [],
    [...openers, 'missing-for-workload', 'exceeds-workload', 'undeclared-access'],
  ),
  ...Object.fromEntries(
    ['calendar', 'contacts', 'mailbox-settings', 'archive'].flatMap((what): [string, CorpusCase][] =>
      [[], [scope]].map((where) => [
        `exchange: ${what} of ${where.length === 0 ? 'all' : 'some'}, as computed`,
        also({ protects: [protect(`exchange-${what}`, 'backup', where)], access: 'minimal' }, [], [], openers),
      ]),
    ),
  ),
  ...Object.fromEntries(
    ['View-Only Configuration', 'View-Only Audit Logs', 'Message Tracking', 'Legal Hold', 'Distribution Groups'].map(
      (role) => [`exchange: ${role} by a role group`, held([exchangeRole(role, 'organization', ninja)], [], openers)],
    ),
  ),
  'exchange: minimal, and one of the roles is gone': {
    policy: { protects: [protect('exchange-mail'), protect('exchange-calendar')], access: 'minimal' },
    lacks: ['Application Calendars.Read'],
    expect: ['missing-for-workload · Application Calendars.Read · organization'],
  },
  'exchange: the declared scope is gone': {
    policy: scoped,
    lacks: ['Application Mail.Read'],
    expect: [`missing-for-workload · Application Mail.Read · ${scope}`],
  },
  'exchange: a role that nobody declared': also(
    ours,
    [exchangeRole('Application Calendars.Read', scope)],
    [`undeclared-access · Application Calendars.Read · ${scope}`],
    ['exceeds-workload'],
  ),
  'exchange: it writes where it only reads': also(
    { ...scoped, exchangeRoles: [['Application Mail.ReadWrite', scope]] },
    [],
    [`write-where-read-suffices · Application Mail.ReadWrite · ${scope}`],
    ['exceeds-workload'],
  ),
  'exchange: a role that serves nothing': also(
    {
      ...ours,
      exchangeRoles: [
        ['Application Mail.Read', 'organization'],
        ['Application Contacts.Read', 'organization'],
      ],
    },
    [],
    ['exceeds-workload · Application Contacts.Read · organization'],
  ),
  'exchange: a role within another one': also(
    {
      ...scoped,
      exchangeRoles: [
        ['Application Mail.Read', scope],
        ['Application Mail.ReadBasic', scope],
      ],
    },
    [],
    [`redundant-permission · Application Mail.ReadBasic · ${scope}`],
    ['exceeds-workload'],
  ),
  'exchange: a consent voids a scope, of a policy that protects nothing': also(
    { graph: 'Mail.Read' },
    [exchangeRole('Application Mail.Read', scope)],
    ['tenant-wide-where-scoped · Mail.Read'],
  ),
  'access policy: it confines': held([accessPolicy(scope)], [`application-access-policy-legacy · ${scope} · ${scope}`]),
  'access policy: it denies': held(
    [accessPolicy('Board', 'DenyAccess')],
    ['application-access-policy-legacy · Board · Board'],
  ),
  'access policy: on all employees': held(
    [accessPolicy('All staff')],
    ['application-access-policy-legacy · All staff · All staff'],
  ),
  'access policy: none, but a role': also(scoped, [], [], ['application-access-policy-legacy']),
  'access policy: none, but a consent': held([], [], ['application-access-policy-legacy']),
  'access policy: none, by a policy without mail': also({ graph: users }, [], [], ['application-access-policy-legacy']),
  'account: unseen in mailboxes': also(
    ofPerson,
    [admin({ auditBypass: true })],
    [`mailbox-audit-bypassed · ${account}`],
  ),
  'account: unseen, and nobody tells of its PowerShell': also(
    ofPerson,
    [admin({ auditBypass: true, powerShell: null })],
    [`mailbox-audit-bypassed · ${account}`],
  ),
  'account: unseen, beside an app': also(
    ours,
    [exchangeAccount(account, { auditBypass: true })],
    [`mailbox-audit-bypassed · ${account}`],
  ),
  'account: seen, plain and without PowerShell': also(ofPerson, [admin({})], [], accounts),
  'account: nobody tells': also(ofPerson, [admin({ powerShell: null, auditBypass: null })], [], accounts),
  'account: plain, with PowerShell and folders': also(
    ofPerson,
    [admin({ powerShell: true, publicFolders: ['\\'] })],
    [],
    accounts,
  ),
  'account: plain, beside an app that administers nothing': also(
    ours,
    [exchangeAccount(account, { publicFolders: ['\\'], powerShell: true })],
    [],
    accounts,
  ),
  ...Object.fromEntries(
    ['Global Administrator', 'Exchange Administrator', 'User Administrator'].flatMap((role): [string, CorpusCase][] => {
      const others = [`undeclared-access · ${role} · /`];
      const told = [`${role === 'Global Administrator' ? 'self-escalation' : 'tier0-directory-role'} · ${role} · /`];
      return [
        [
          `account: ${role} with PowerShell`,
          also(
            ofPerson,
            [admin({ powerShell: true }), ofAdmin(role)],
            [`administrator-with-remote-powershell · ${account}`, ...others, ...told],
          ),
        ],
        [
          `account: ${role} with folders`,
          also(
            ofPerson,
            [admin({ publicFolders: ['\\Sales'] }), ofAdmin(role)],
            [`administrator-owns-public-folders · ${account}`, ...others, ...told],
          ),
        ],
      ];
    }),
  ),
};

import { azureAdGraph, exchange, group, servicePrincipal, vault } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { protect, type Wish } from './policy-text.ts';
import { keeper } from './run-case.ts';

const mailboxes = (day?: string) => ({
  policy: { protects: [protect('exchange-archive')], apis: { [exchange]: 'full_access_as_app' } } satisfies Wish,
  ...(day === undefined ? {} : { day }),
});
const every = 'tenant-wide-mailbox-access · full_access_as_app · Exchange';
const ending = 'retired-api · full_access_as_app · Exchange';
const server = `${group('rg-app')}/providers/Microsoft.DBforPostgreSQL/servers/pg-old`;
const secret = `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-1/secrets/connection`;

/** Services that are switched off, or soon will be, judged by the day of the run. */
export const retiredCases: Cases = {
  'EWS: while it is being switched off': {
    ...mailboxes(),
    tempts: ['missing-for-workload', 'exceeds-workload'],
    expect: [every, ending],
  },
  'EWS: in the year before its last day': { ...mailboxes('2026-05-01'), expect: [every, ending] },
  'EWS: more than a year before': { ...mailboxes('2025-11-01'), tempts: ['retired-api'], expect: [every] },
  'EWS: when it is gone for good': { ...mailboxes('2027-05-01'), expect: [every, ending] },
  'EWS: years before anybody spoke of it': { ...mailboxes('2024-01-01'), tempts: ['retired-api'], expect: [every] },
  'EWS: full access for mail backup': {
    policy: {
      protects: [protect('exchange-mail')],
      graph: 'User.ReadBasic.All',
      apis: { [exchange]: 'full_access_as_app' },
    },
    tempts: ['missing-for-workload', 'exceeds-workload', 'write-where-read-suffices', 'self-escalation'],
    expect: [every, ending],
  },
  'EWS: by an Exchange role within a scope': {
    policy: {
      protects: [protect('exchange-archive', 'backup', ['Backed-up mailboxes'])],
      graph: '',
      exchangeRoles: [['Application EWS.AccessAsApp', 'Backed-up mailboxes']],
    },
    tempts: ['tenant-wide-mailbox-access', 'missing-for-workload', 'retired-api'],
    expect: [],
  },
  'EWS: Exchange.ManageAsApp lists archives': {
    policy: {
      protects: [protect('exchange-archive', 'backup', ['Backed-up mailboxes'])],
      apis: { [exchange]: 'Exchange.ManageAsApp' },
      exchangeRoles: [['Application EWS.AccessAsApp', 'Backed-up mailboxes']],
    },
    tempts: ['tenant-wide-mailbox-access', 'exceeds-workload', 'tenant-wide-where-scoped'],
    expect: [],
  },
  'EWS: mail by Microsoft Graph': {
    policy: { protects: [protect('exchange-mail')], graph: 'User.ReadBasic.All, Mail.Read' },
    tempts: ['tenant-wide-mailbox-access', 'retired-api', 'tenant-wide-where-scoped'],
    expect: [],
  },
  'EWS: mail exported whole, as Veeam does from 2026 on': {
    policy: {
      product: 'veeam-microsoft-365',
      protects: [protect('exchange-mail')],
      graph: 'User.Read.All, MailboxItem.Read.All, MailboxFolder.Read.All, MailboxItem.Export.All',
    },
    tempts: [
      'tenant-wide-mailbox-access',
      'missing-for-workload',
      'exceeds-workload',
      'permission-cannot-do-its-purpose',
    ],
    expect: [],
  },
  'OneNote: Notes.Read.All, which app tokens cannot use': {
    policy: { protects: [protect('onenote')], graph: 'Files.Read.All, Notes.Read.All' },
    tempts: ['exceeds-workload', 'redundant-permission', 'write-where-read-suffices'],
    expect: ['retired-api · Notes.Read.All'],
  },
  'OneNote: Notes.ReadWrite.All alone, as NinjaOne asks': {
    policy: { protects: [protect('onenote')], graph: 'Notes.ReadWrite.All' },
    expect: ['retired-api · Notes.ReadWrite.All', 'missing-for-workload · Files.Read.All'],
  },
  'OneNote: before 2025': {
    policy: { protects: [protect('onenote')], graph: 'Files.Read.All' },
    day: '2024-01-01',
    tempts: ['retired-api', 'missing-for-workload'],
    expect: [],
  },
  'Azure AD Graph: Directory.Read.All': {
    policy: {
      protects: [protect('entra-devices')],
      graph: 'Device.Read.All',
      apis: { [azureAdGraph]: 'Directory.Read.All' },
    },
    tempts: ['exceeds-workload', 'redundant-permission'],
    expect: ['retired-api · Directory.Read.All · Azure AD Graph'],
  },
  'Azure AD Graph: Domain.ReadWrite.All, as RecoveryManager Plus asks': {
    policy: {
      protects: [protect('entra-devices')],
      graph: 'Device.Read.All',
      apis: { [azureAdGraph]: 'Domain.ReadWrite.All' },
    },
    tempts: ['exceeds-workload', 'self-escalation'],
    // What the API would allow, if it ever answered again, is told as well.
    expect: [
      'retired-api · Domain.ReadWrite.All · Azure AD Graph',
      'tier0-permission · Domain.ReadWrite.All · Azure AD Graph',
      keeperTakesOver,
    ],
  },
  'Azure AD Graph: nothing held, nothing asked': {
    policy: { protects: [protect('entra-devices')], graph: 'Device.Read.All' },
    also: [servicePrincipal({ owners: [keeper], requests: ['00000003-0000-0000-c000-000000000000' as never] })],
    tempts: ['retired-api'],
    expect: [],
  },
  'Azure AD Graph: the manifest still asks': {
    policy: { protects: [protect('entra-devices')], graph: 'Device.Read.All, Application.ReadWrite.All' },
    also: [servicePrincipal({ owners: [keeper], requests: [azureAdGraph as never] })],
    expect: ['retired-api · Azure AD Graph', 'self-escalation · Application.ReadWrite.All', keeperTakesOver],
  },
  'PostgreSQL single server': {
    policy: {
      identities: [`{ vault: ${vault()}, managedIdentity: system }`],
      protects: [protect('azure-postgresql-single', 'backup', { source: [server], key: [secret] })],
      roles: [
        ['Reader', server],
        ['Key Vault Secrets User', secret],
      ],
    },
    tempts: ['crypto-officer-for-encryption', 'privileged-azure-role', 'missing-for-workload'],
    expect: ['retired-api · azure-postgresql-single'],
  },
  'PostgreSQL single server, in its last years': {
    policy: {
      identities: [`{ vault: ${vault()}, managedIdentity: system }`],
      protects: [protect('azure-postgresql-single', 'backup', { source: [server], key: [secret] })],
      roles: [
        ['Reader', server],
        ['Key Vault Secrets User', secret],
      ],
    },
    day: '2023-06-01',
    tempts: ['retired-api', 'missing-for-workload'],
    expect: [],
  },
  'PostgreSQL flexible server': {
    policy: {
      identities: [`{ vault: ${vault()}, managedIdentity: system }`],
      protects: [
        protect('azure-postgresql-flexible', 'backup', [
          `${group('rg-app')}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-1`,
        ]),
      ],
      access: 'minimal',
    },
    tempts: ['retired-api', 'unneeded-vault-identity-role'],
    expect: [],
  },
};

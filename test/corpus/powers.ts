import { appRole, azureAdGraph, backupApp, directoryRole, exchange, sharePoint, vault } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { keeperTakesOver } from './labels.ts';
import { protect, type Wish } from './policy-text.ts';

const least = 'User.ReadBasic.All, Mail.Read';
const mail = (more: string, wish: Partial<Wish> = {}): Wish => ({
  protects: [protect('exchange-mail')],
  graph: more === '' ? least : `${least}, ${more}`,
  ...wish,
});
const roles = (directoryRoles: string): Wish => mail('', { directoryRoles });
const sites: Wish = { protects: [protect('sharepoint')], graph: 'Sites.Read.All' };

const selfEscalating = (name: string): CorpusCase => ({
  policy: mail(name),
  tempts: ['tier0-permission', 'exceeds-workload', 'write-where-read-suffices'],
  expect: [`self-escalation · ${name}`, keeperTakesOver],
});
const tier0 = (name: string): CorpusCase => ({
  policy: mail(name),
  tempts: ['self-escalation', 'exceeds-workload', 'write-where-read-suffices'],
  expect: [`tier0-permission · ${name}`, keeperTakesOver],
});
const harmless = (wish: Wish, tempts: readonly string[], expect: readonly string[] = []): CorpusCase => ({
  policy: wish,
  tempts,
  expect,
});

/** Permissions and directory roles that reach control of the tenant, and those that only sound so. */
export const powerCases: Cases = {
  'power: RoleManagement.ReadWrite.Directory': selfEscalating('RoleManagement.ReadWrite.Directory'),
  'power: AppRoleAssignment.ReadWrite.All, as RecoveryManager Plus asks': selfEscalating(
    'AppRoleAssignment.ReadWrite.All',
  ),
  'power: Application.ReadWrite.All, as Commvault offers': selfEscalating('Application.ReadWrite.All'),
  'power: DelegatedPermissionGrant.ReadWrite.All': selfEscalating('DelegatedPermissionGrant.ReadWrite.All'),
  'power: Directory.ReadWrite.All, as Veeam asked in version 7': tier0('Directory.ReadWrite.All'),
  'power: Group.ReadWrite.All': tier0('Group.ReadWrite.All'),
  'power: User.ReadWrite.All, which also lists': {
    policy: { protects: [protect('exchange-mail')], graph: 'Mail.Read, User.ReadWrite.All' },
    tempts: ['missing-for-workload', 'self-escalation'],
    expect: ['tier0-permission · User.ReadWrite.All', keeperTakesOver],
  },
  'power: Domain.ReadWrite.All': tier0('Domain.ReadWrite.All'),
  'power: Application.ReadWrite.OwnedBy, as Commvault offers': tier0('Application.ReadWrite.OwnedBy'),
  'power: DeviceManagementScripts.ReadWrite.All, as AvePoint asks': tier0('DeviceManagementScripts.ReadWrite.All'),
  'power: User.ReadWrite.All on SharePoint writes profiles': harmless(
    { ...sites, apis: { [sharePoint]: 'User.ReadWrite.All' } },
    ['tier0-permission', 'self-escalation', 'owner-can-take-over'],
    // Where profiles are protected, reading them is enough.
    ['write-where-read-suffices · User.ReadWrite.All · SharePoint'],
  ),
  'power: Directory.Read.All reads': harmless(
    { protects: [protect('entra-applications')], graph: 'Application.Read.All, Directory.Read.All' },
    ['tier0-permission', 'self-escalation', 'exceeds-workload', 'owner-can-take-over'],
  ),
  'power: RoleManagement.Read.Directory reads': harmless(
    { protects: [protect('entra-roles')], graph: 'RoleManagement.Read.Directory' },
    ['tier0-permission', 'self-escalation', 'owner-can-take-over'],
  ),
  'power: User.DeleteRestore.All held by nobody': harmless(
    { protects: [protect('entra-users')], graph: 'User.Read.All, GroupMember.Read.All' },
    ['tier0-permission'],
  ),
  'power: BackupRestore-Configuration.ReadWrite.All writes only what is protected': harmless(
    {
      protects: [protect('microsoft-365-backup-storage')],
      graph: 'BackupRestore-Configuration.ReadWrite.All, BackupRestore-Search.Read.All, BackupRestore-Monitor.Read.All',
    },
    ['write-where-read-suffices', 'tier0-permission'],
  ),
  'power: not granted yet, and the tenant is not seen': {
    policy: mail('AppRoleAssignment.ReadWrite.All'),
    held: 'unseen',
    tempts: ['owner-can-take-over'],
    expect: ['self-escalation · AppRoleAssignment.ReadWrite.All'],
  },
  'power: granted, and taken back by the merge': {
    policy: mail('', { enforcement: 'authoritative' }),
    also: [appRole('RoleManagement.ReadWrite.Directory')],
    tempts: ['tier0-permission', 'exceeds-workload'],
    expect: [
      'self-escalation · RoleManagement.ReadWrite.Directory',
      'undeclared-access · RoleManagement.ReadWrite.Directory',
      keeperTakesOver,
    ],
  },
  'power: Azure AD Graph’s Application.ReadWrite.All': {
    policy: { ...sites, apis: { [azureAdGraph]: 'Application.ReadWrite.All' } },
    tempts: ['exceeds-workload'],
    expect: [
      'retired-api · Application.ReadWrite.All · Azure AD Graph',
      'self-escalation · Application.ReadWrite.All · Azure AD Graph',
      keeperTakesOver,
    ],
  },
  'role: Global Administrator': {
    policy: roles('Global Administrator'),
    tempts: ['tier0-directory-role'],
    expect: ['self-escalation · Global Administrator · /', keeperTakesOver],
  },
  'role: Privileged Role Administrator': {
    policy: roles('Privileged Role Administrator'),
    tempts: ['tier0-directory-role'],
    expect: ['self-escalation · Privileged Role Administrator · /', keeperTakesOver],
  },
  'role: Cloud Application Administrator': {
    policy: roles('Cloud Application Administrator'),
    tempts: ['tier0-directory-role'],
    expect: ['self-escalation · Cloud Application Administrator · /', keeperTakesOver],
  },
  'role: SharePoint Administrator': {
    policy: roles('SharePoint Administrator'),
    tempts: ['self-escalation'],
    expect: ['tier0-directory-role · SharePoint Administrator · /', keeperTakesOver],
  },
  'role: Teams Administrator': {
    policy: roles('Teams Administrator'),
    tempts: ['self-escalation'],
    expect: ['tier0-directory-role · Teams Administrator · /', keeperTakesOver],
  },
  'role: Exchange Administrator, as RecoveryManager Plus asks': {
    policy: mail('', { directoryRoles: 'Exchange Administrator' }),
    tempts: ['self-escalation'],
    expect: ['tier0-directory-role · Exchange Administrator · /', keeperTakesOver],
  },
  'role: of an administrator of one unit': {
    policy: roles('{ role: User Administrator, scope: 5b000000-0000-4000-8000-000000000001 }'),
    tempts: ['self-escalation', 'owner-can-take-over'],
    expect: ['tier0-directory-role · User Administrator · 5b000000-0000-4000-8000-000000000001'],
  },
  'role: Microsoft 365 Backup Administrator': harmless(roles('Microsoft 365 Backup Administrator'), [
    'tier0-directory-role',
    'self-escalation',
    'owner-can-take-over',
  ]),
  'role: Exchange Backup Administrator and SharePoint Backup Administrator': harmless(
    roles('Exchange Backup Administrator, SharePoint Backup Administrator'),
    ['tier0-directory-role', 'self-escalation'],
  ),
  'role: Global Reader, as Veeam asks': harmless(roles('Global Reader'), ['tier0-directory-role', 'self-escalation']),
  'role: held, and in no policy': {
    policy: mail('', { directoryRoles: '' }),
    also: [directoryRole('Exchange Administrator')],
    expect: [
      'tier0-directory-role · Exchange Administrator · /',
      'undeclared-access · Exchange Administrator · /',
      keeperTakesOver,
    ],
  },
  'vault: a Graph permission on its identity': {
    policy: { identities: [`{ vault: ${vault()}, managedIdentity: system }`], graph: 'Directory.Read.All' },
    tempts: ['exceeds-workload', 'tier0-permission'],
    expect: ['directory-access-on-vault-identity · Directory.Read.All'],
  },
  'vault: a directory role on its identity': {
    policy: { identities: [`{ vault: ${vault()}, managedIdentity: system }`], directoryRoles: 'Directory Readers' },
    tempts: ['tier0-directory-role'],
    expect: ['directory-access-on-vault-identity · Directory Readers · /'],
  },
  'vault: full access to mailboxes on its identity': {
    policy: {
      identities: [`{ vault: ${vault()}, managedIdentity: system }`],
      apis: { [exchange]: 'full_access_as_app' },
    },
    expect: [
      'directory-access-on-vault-identity · full_access_as_app · Exchange',
      'tenant-wide-mailbox-access · full_access_as_app · Exchange',
      'retired-api · full_access_as_app · Exchange',
    ],
  },
  'vault: Graph permissions of an app beside it': {
    policy: [mail(''), { identities: [`{ vault: ${vault()}, managedIdentity: system }`], graph: '' }],
    tempts: ['directory-access-on-vault-identity', 'undeclared-access'],
    expect: [],
  },
  'machine: a product that signs in as a machine': {
    policy: {
      identities: [
        '{ managedIdentity: /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm-backup }',
      ],
      protects: [protect('exchange-mail')],
      graph: least,
    },
    tempts: ['directory-access-on-vault-identity', 'no-owner'],
    expect: [],
  },
  'vault: an identity with no work outside Azure': {
    policy: {
      identities: [`{ vault: ${vault()}, managedIdentity: system }`],
      graph: '',
      delegated: {},
      directoryRoles: '',
    },
    tempts: ['directory-access-on-vault-identity', 'unclaimed-vault-identity'],
    expect: [],
  },
  'power: of another app, of which no policy speaks': {
    policy: mail(''),
    also: [directoryRole('Global Administrator', { identity: `${backupApp.slice(0, -1)}f` })],
    tempts: ['self-escalation', 'owner-can-take-over'],
    expect: [],
  },
};

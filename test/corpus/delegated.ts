import { delegated, forUser, serviceManagement, servicePrincipal, vault } from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';

const mail: Wish = { protects: [protect('exchange-mail')], graph: 'User.ReadBasic.All, Mail.Read' };
const held = (graph: string): Wish => ({ ...mail, delegated: { 'Microsoft Graph': graph } });
const ann = forUser('ca000000-0000-4000-8000-000000000001');
const bob = forUser('ca000000-0000-4000-8000-000000000002');
const daemon = (name: string): string => `delegated-grant-on-daemon · ${name}`;

/** Delegated permissions: what an app may do in a person's name, which a backup never uses. */
export const delegatedCases: Cases = {
  'delegated: none at all': {
    policy: { ...mail, delegated: {} },
    tempts: ['delegated-grant-on-daemon', 'offline-access-beside-tier0', 'undeclared-access'],
    expect: [],
  },
  'delegated: a plane of which the policy does not speak, and nothing held': {
    policy: mail,
    tempts: ['delegated-grant-on-daemon'],
    expect: [],
  },
  'delegated: of another app': {
    policy: mail,
    also: [delegated('Directory.AccessAsUser.All', { identity: '6f1c0f5e-0000-4000-8000-0000000000ff' })],
    tempts: ['delegated-grant-on-daemon', 'self-escalation', 'undeclared-access'],
    expect: [],
  },
  'delegated: User.Read': { policy: held('User.Read'), expect: [daemon('User.Read')] },
  'delegated: Domain.Read.All, as NinjaOne asks': {
    policy: held('Domain.Read.All'),
    expect: [daemon('Domain.Read.All')],
  },
  'delegated: declared with a purpose': {
    policy: held('{ permission: User.Read, purpose: signs the administrator in }'),
    expect: [daemon('User.Read')],
  },
  'delegated: user_impersonation on Azure for all': {
    policy: { ...mail, delegated: { [serviceManagement]: 'user_impersonation' } },
    tempts: ['self-escalation', 'offline-access-beside-tier0'],
    expect: [`${daemon('user_impersonation')} · Azure`],
  },
  'delegated: offline_access alone': {
    policy: held('offline_access'),
    tempts: ['offline-access-beside-tier0'],
    expect: [daemon('offline_access')],
  },
  'delegated: offline_access beside a sign-in scope': {
    policy: held('offline_access, User.Read'),
    tempts: ['offline-access-beside-tier0', 'tier0-permission'],
    expect: [daemon('offline_access'), daemon('User.Read')],
  },
  'delegated: offline_access beside Application.ReadWrite.All, as NinjaOne asks': {
    policy: held('offline_access, Application.ReadWrite.All'),
    expect: [
      daemon('offline_access'),
      daemon('Application.ReadWrite.All'),
      'self-escalation · Application.ReadWrite.All',
      'offline-access-beside-tier0 · offline_access',
    ],
  },
  'delegated: offline_access beside User.ReadWrite.All': {
    policy: held('offline_access, User.ReadWrite.All'),
    expect: [
      daemon('offline_access'),
      daemon('User.ReadWrite.All'),
      'tier0-permission · User.ReadWrite.All',
      'offline-access-beside-tier0 · offline_access',
    ],
  },
  'delegated: the restore rows of CloudCover365': {
    policy: held('Directory.Read.All, Group.ReadWrite.All, offline_access'),
    expect: [
      daemon('Directory.Read.All'),
      daemon('Group.ReadWrite.All'),
      daemon('offline_access'),
      'tier0-permission · Group.ReadWrite.All',
      'offline-access-beside-tier0 · offline_access',
    ],
  },
  'delegated: both consented, by two people each': {
    policy: { ...mail },
    also: [
      delegated('offline_access', { consents: [ann] }),
      delegated('AppRoleAssignment.ReadWrite.All', { consents: [bob] }),
    ],
    tempts: ['offline-access-beside-tier0'],
    expect: [
      daemon('offline_access'),
      daemon('AppRoleAssignment.ReadWrite.All'),
      'self-escalation · AppRoleAssignment.ReadWrite.All',
    ],
  },
  'delegated: both consented by one person': {
    policy: { ...mail },
    also: [
      delegated('offline_access', { consents: [ann, bob] }),
      delegated('AppRoleAssignment.ReadWrite.All', { consents: [bob] }),
    ],
    expect: [
      daemon('offline_access'),
      daemon('AppRoleAssignment.ReadWrite.All'),
      'self-escalation · AppRoleAssignment.ReadWrite.All',
      'offline-access-beside-tier0 · offline_access',
    ],
  },
  'delegated: Directory.AccessAsUser.All, as Commvault asks': {
    policy: held('Directory.AccessAsUser.All'),
    expect: [daemon('Directory.AccessAsUser.All'), 'self-escalation · Directory.AccessAsUser.All'],
  },
  'delegated: Exchange Web Services as a user': {
    policy: { ...mail, delegated: { 'Office 365 Exchange Online': 'EWS.AccessAsUser.All' } },
    expect: [`${daemon('EWS.AccessAsUser.All')} · Exchange`, 'retired-api · EWS.AccessAsUser.All · Exchange'],
  },
  'delegated: OneNote, which answers people still': {
    policy: held('Notes.Read.All'),
    tempts: ['retired-api', 'exceeds-workload'],
    expect: [daemon('Notes.Read.All')],
  },
  'delegated: the narrower of two': {
    policy: held('Mail.Read, Mail.ReadWrite'),
    expect: [daemon('Mail.Read'), daemon('Mail.ReadWrite'), 'redundant-permission · Mail.Read'],
  },
  'delegated: of one name with an application permission': {
    policy: held('Mail.Read'),
    tempts: ['redundant-permission', 'write-where-read-suffices'],
    expect: [daemon('Mail.Read')],
  },
  'delegated: consented by a person, and in no policy': {
    policy: { ...mail, delegated: {} },
    also: [delegated('Calendars.Read', { consents: [ann] })],
    expect: [daemon('Calendars.Read'), 'undeclared-access · Calendars.Read'],
  },
  'delegated: tier 0 of one name on SharePoint': {
    policy: { ...mail, delegated: { 'Office 365 SharePoint Online': 'User.ReadWrite.All' } },
    tempts: ['tier0-permission', 'self-escalation', 'offline-access-beside-tier0'],
    expect: [`${daemon('User.ReadWrite.All')} · SharePoint`],
  },
  'delegated: a well-kept vault identity': {
    policy: { identities: [`{ vault: ${vault()}, managedIdentity: system }`], delegated: {} },
    tempts: ['delegated-grant-on-daemon', 'no-owner', 'disabled-identity-still-granted', 'foreign-application'],
    expect: [],
  },
  'delegated: manifest that still asks Azure AD Graph': {
    policy: mail,
    also: [
      servicePrincipal({
        requests: ['00000002-0000-0000-c000-000000000000' as never],
        owners: [{ id: 'ca000000-0000-4000-8000-00000000000a' as never, type: 'user', on: 'application' }],
      }),
    ],
    expect: ['retired-api · Azure AD Graph'],
  },
};

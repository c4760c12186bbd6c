import type { Owner } from '../../src/core/fact.ts';
import { objectId, tenantId } from '../../src/core/ids.ts';
import {
  azureRole,
  backupApp,
  delegated,
  directoryRole,
  disk,
  group,
  otherApp,
  servicePrincipal,
} from '../support/facts.ts';
import type { Cases } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';
import { keeper } from './run-case.ts';

const elsewhere = tenantId('99999999-0000-4000-8000-000000000009');
const mail = 'User.ReadBasic.All, Mail.Read';
const wish: Wish = { protects: [protect('exchange-mail')], graph: mail };
const pinned = '0d3b0f5e-0000-4000-8000-0000000000aa';
const owner = (tail: string, on: Owner['on'] = 'application', type = 'user'): Owner => ({
  id: objectId(`ca000000-0000-4000-8000-0000000000${tail}`),
  type,
  on,
});
/** The app's own principal, well kept but for what a case says. */
const principal = (more: Parameters<typeof servicePrincipal>[0]) => servicePrincipal({ owners: [keeper], ...more });
const two: Wish = { ...wish, identities: [`{ appId: "${backupApp}" }`, `{ appId: "${otherApp}" }`] };
const power = (more: Partial<Wish>): Wish => ({ protects: [protect('exchange-mail')], graph: mail, ...more });

/** Who the identity is: its names, owners, home, audience, and whether it is still the one that was meant. */
export const identityCases: Cases = {
  'home: a vendor’s app whose product nobody names': {
    policy: wish,
    also: [principal({ ownerTenant: elsewhere, hasApplication: false, audience: 'AzureADMultipleOrgs', owners: [] })],
    tempts: ['no-owner', 'multi-tenant-audience', 'expired-credential'],
    expect: ['foreign-application · the app'],
  },
  'home: a consultant’s app, registered in the consultant’s tenant': {
    policy: { ...wish, credentials: '{ allow: [certificate] }' },
    also: [principal({ ownerTenant: elsewhere, hasApplication: false, audience: 'AzureADMyOrg', owners: [] })],
    expect: ['foreign-application · the app'],
  },
  'home: a foreign app that only protects disks': {
    policy: {
      protects: [protect('azure-disk', 'backup', { source: [disk('data1')], snapshots: [group('rg-snapshots')] })],
      roles: [
        ['Disk Backup Reader', disk('data1')],
        ['Disk Snapshot Contributor', group('rg-snapshots')],
      ],
    },
    also: [principal({ ownerTenant: elsewhere, hasApplication: false, owners: [] })],
    expect: ['foreign-application · the app'],
  },
  'home: a vendor’s app, of a product that is named': {
    policy: { ...wish, product: 'ninjaone' },
    also: [principal({ ownerTenant: elsewhere, hasApplication: false, audience: 'AzureADMultipleOrgs', owners: [] })],
    tempts: ['foreign-application', 'no-owner', 'multi-tenant-audience'],
    expect: [],
  },
  'home: the organisation’s own app': { policy: wish, tempts: ['foreign-application', 'no-owner'], expect: [] },
  'home: a service of Microsoft': {
    policy: wish,
    also: [
      principal({
        ownerTenant: tenantId('f8cdef31-a31e-4b4a-93e4-5f571e91255a'),
        hasApplication: false,
        audience: 'AzureADMultipleOrgs',
        owners: [],
      }),
    ],
    tempts: ['foreign-application', 'no-owner', 'multi-tenant-audience'],
    expect: [],
  },
  ...Object.fromEntries(
    ['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount'].map((audience) => [
      `audience: registered here, and accepts ${audience}`,
      {
        policy: wish,
        also: [principal({ audience })],
        tempts: ['foreign-application'],
        expect: ['multi-tenant-audience · signInAudience'],
      },
    ]),
  ),
  'owners: none on an app of this tenant': {
    policy: wish,
    also: [principal({ owners: [] })],
    tempts: ['owner-can-take-over'],
    expect: ['no-owner · owners'],
  },
  'owners: none, on an app that holds nothing': {
    policy: { graph: '' },
    also: [principal({ owners: [] })],
    expect: ['no-owner · owners'],
  },
  'owners: none on the second app of a policy': {
    policy: two,
    also: [servicePrincipal({ identity: otherApp, objectId: pinned, displayName: 'other' })],
    expect: ['no-owner · owners'],
  },
  'owners: on the service principal alone': {
    policy: wish,
    also: [principal({ owners: [{ ...keeper, on: 'service-principal' }] })],
    tempts: ['no-owner', 'owner-can-take-over'],
    expect: [],
  },
  'owners: not all could be read': {
    policy: wish,
    also: [principal({ owners: [], ownersUnread: true })],
    tempts: ['no-owner'],
    expect: [],
  },
  'owners: two, of an app with the least': {
    policy: wish,
    also: [principal({ owners: [owner('01'), owner('02')] })],
    tempts: ['owner-can-take-over', 'no-owner'],
    expect: [],
  },
  'owners: two, of an app with Directory.ReadWrite.All': {
    policy: power({ graph: `${mail}, Directory.ReadWrite.All` }),
    also: [principal({ owners: [owner('01'), owner('02', 'service-principal', 'servicePrincipal')] })],
    expect: [
      'tier0-permission · Directory.ReadWrite.All',
      'owner-can-take-over · ca000000-0000-4000-8000-000000000001',
      'owner-can-take-over · ca000000-0000-4000-8000-000000000002',
    ],
  },
  'owners: one, of an app that is Exchange Administrator': {
    policy: power({ directoryRoles: 'Exchange Administrator' }),
    expect: ['tier0-directory-role · Exchange Administrator · /', 'owner-can-take-over · its owner'],
  },
  'owners: one, of an app with Global Reader': {
    policy: power({ directoryRoles: 'Global Reader' }),
    tempts: ['owner-can-take-over', 'tier0-directory-role', 'self-escalation'],
    expect: [],
  },
  'pinned: another object answers to the app id': {
    policy: { ...wish, identities: [`{ appId: "${backupApp}", objectId: "${pinned}" }`] },
    also: [principal({})],
    expect: ['recreated-identity · its object'],
  },
  'pinned: another object, of a product’s app': {
    policy: {
      ...wish,
      product: 'veeam-microsoft-365',
      identities: [`{ appId: "${backupApp}", objectId: "${pinned}" }`],
    },
    also: [principal({})],
    expect: ['recreated-identity · its object'],
  },
  'pinned: another object, which holds nothing yet': {
    policy: {
      protects: [protect('exchange-mail')],
      identities: [`{ appId: "${backupApp}", objectId: "${pinned}" }`],
      graph: mail,
    },
    held: [],
    also: [principal({})],
    expect: [
      'recreated-identity · its object',
      'missing-for-workload · Mail.Read',
      'missing-for-workload · User.ReadBasic.All',
    ],
  },
  'pinned: the object that is there': {
    policy: { ...wish, identities: [`{ appId: "${backupApp}", objectId: "${pinned}" }`] },
    tempts: ['recreated-identity'],
    expect: [],
  },
  'pinned: nothing, whatever object is there': {
    policy: wish,
    also: [principal({ objectId: pinned })],
    tempts: ['recreated-identity'],
    expect: [],
  },
  'pinned: one of two apps, as it is': {
    policy: {
      ...wish,
      identities: [`{ appId: "${backupApp}", objectId: "${pinned}" }`, `{ appId: "${otherApp}" }`],
    },
    tempts: ['recreated-identity', 'spoofed-display-name'],
    expect: [],
  },
  'disabled: with permissions': {
    policy: wish,
    also: [principal({ enabled: false })],
    expect: ['disabled-identity-still-granted · the app'],
  },
  'disabled: with an Azure role that no policy speaks of': {
    policy: { graph: '' },
    also: [principal({ enabled: false }), azureRole('Disk Backup Reader', disk('data1'))],
    expect: ['disabled-identity-still-granted · the app'],
  },
  'disabled: with a delegated scope': {
    policy: { delegated: { 'Microsoft Graph': 'User.Read' } },
    also: [principal({ enabled: false })],
    expect: ['disabled-identity-still-granted · the app', 'delegated-grant-on-daemon · User.Read'],
  },
  'disabled: with a directory role': {
    policy: {},
    also: [principal({ enabled: false }), directoryRole('Global Reader')],
    expect: ['disabled-identity-still-granted · the app'],
  },
  'disabled: put away, and holds nothing': {
    policy: { graph: '', roles: [] },
    also: [principal({ enabled: false })],
    tempts: ['disabled-identity-still-granted'],
    expect: [],
  },
  'disabled: retired, and all taken back': {
    policy: { state: 'retired' },
    also: [principal({ enabled: false })],
    tempts: ['disabled-identity-still-granted', 'undeclared-access'],
    expect: [],
  },
  'enabled: with its grants': { policy: wish, tempts: ['disabled-identity-still-granted'], expect: [] },
  'name: a Cyrillic letter in a Latin word': {
    policy: wish,
    also: [principal({ displayName: 'B\u0430ckup' })],
    expect: ['spoofed-display-name · its object'],
  },
  'name: a character that shows nothing': {
    policy: wish,
    also: [principal({ displayName: 'Veeam\u200b Backup' })],
    expect: ['spoofed-display-name · its object'],
  },
  'name: text that is turned around': {
    policy: wish,
    also: [principal({ displayName: 'HubStor \u202epukcaB' })],
    expect: ['spoofed-display-name · its object'],
  },
  'name: two apps of one policy that read alike': {
    policy: two,
    also: [
      principal({ displayName: 'HubStor Backup App' }),
      servicePrincipal({ identity: otherApp, objectId: pinned, displayName: 'hubstor  backup app', owners: [keeper] }),
    ],
    expect: ['spoofed-display-name · its object', `spoofed-display-name · ${pinned}`],
  },
  'name: in another alphabet altogether': {
    policy: wish,
    also: [principal({ displayName: 'Резервное копирование' })],
    tempts: ['spoofed-display-name'],
    expect: [],
  },
  'name: with accents': {
    policy: wish,
    also: [principal({ displayName: 'Sauvegarde été, Zürich' })],
    tempts: ['spoofed-display-name'],
    expect: [],
  },
  'name: two apps that are numbered': {
    policy: two,
    also: [
      principal({ displayName: 'vPlus 1' }),
      servicePrincipal({ identity: otherApp, objectId: pinned, displayName: 'vPlus 2', owners: [keeper] }),
    ],
    tempts: ['spoofed-display-name'],
    expect: [],
  },
  'name: of each alphabet a word': {
    policy: wish,
    also: [principal({ displayName: 'Backup Архив' }), delegated('User.Read', { identity: otherApp })],
    tempts: ['spoofed-display-name', 'delegated-grant-on-daemon'],
    expect: [],
  },
};

import type { Owner } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { ownerCanTakeOver } from '../../src/rules/owner-can-take-over.ts';
import {
  appRole,
  azureRole,
  directoryRole,
  disk,
  group,
  otherApp,
  servicePrincipal,
  sharePoint,
} from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const owner = (id: string, on: Owner['on'] = 'application', type = 'user'): Owner => ({ id: objectId(id), type, on });
const owned = servicePrincipal({ owners: [owner('ann')] });
const app = group('rg-app');

testRule(ownerCanTakeOver, {
  pass: {
    'least roles': [
      owned,
      azureRole('Disk Backup Reader', disk('data1')),
      azureRole('Disk Snapshot Contributor', group('rg-snapshots')),
    ],
    'permissions that only read': [owned, appRole('Sites.Read.All'), appRole('Mail.Read')],
    'powerful access without an owner': [servicePrincipal(), azureRole('Owner', app)],
    'powerful access of another identity': [owned, azureRole('Owner', app, { identity: otherApp })],
    'a permission of the same name elsewhere, which is no tier 0': [
      owned,
      appRole('User.ReadWrite.All', { api: sharePoint }),
    ],
    'a directory role on a part of the directory': [
      owned,
      directoryRole('User Administrator', { scope: '/administrativeUnits/au-1' }),
    ],
    'a role held by an identity that is gone': [owned, azureRole('Owner', app, { orphaned: true })],
  },
  fail: {
    'an owner of the application, and Contributor': {
      facts: [owned, azureRole('Contributor', app)],
      says: [
        'medium certain ann: user `ann` owns the application, can add a credential to it, and so use `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app`',
      ],
    },
    'two owners, of tier-0 permissions': {
      facts: [
        servicePrincipal({ owners: [owner('ann'), owner('bot', 'service-principal', 'servicePrincipal')] }),
        appRole('Directory.ReadWrite.All'),
        appRole('RoleManagement.ReadWrite.Directory'),
      ],
      says: [
        'medium certain ann: user `ann` owns the application, can add a credential to it, and so use `RoleManagement.ReadWrite.Directory` on Microsoft Graph and 1 more',
        'medium certain bot: application `bot` owns the service principal, can add a credential to it, and so use `RoleManagement.ReadWrite.Directory` on Microsoft Graph and 1 more',
      ],
    },
    'one owner of both, told once, and what is worst first': {
      facts: [
        servicePrincipal({ owners: [owner('ann', 'service-principal'), owner('ann')] }),
        azureRole('Contributor', app),
        directoryRole('Global Administrator'),
        azureRole('Owner', group('rg-web')),
      ],
      says: [
        'medium certain ann: user `ann` owns the application, can add a credential to it, and so use `Owner` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-web` and 2 more',
      ],
    },
  },
});

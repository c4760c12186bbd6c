import { describe, expect, test } from 'vitest';
import { essentialActions } from '../../src/knowledge/essential-actions.ts';
import { readsOnly } from '../../src/knowledge/reads-only.ts';
import { serviceOf } from '../../src/knowledge/service-of.ts';
import { findWorkload } from '../../src/knowledge/workloads.ts';
import { allows, appRole, azureRole, disk, exchange, group, sharePoint } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';

const of = (...rows: readonly ReturnType<typeof protects>[]) => policy({ protects: rows }).policy;
const mail = of(protects('exchange-mail'));
const disks = of(protects('azure-disk', { source: [disk('data1')], snapshots: [group('rg-snapshots')] }));

describe('what a held permission serves', () => {
  test.each([
    ['its own need', appRole('Mail.Read'), mail, 'needed'],
    ['another way', appRole('MailboxItem.Export.All'), mail, 'needed'],
    ['an accepted one', appRole('User.Read.All'), mail, 'needed'],
    [
      'the same through an Exchange role',
      appRole('full_access_as_app', { api: exchange }),
      of(protects('exchange-archive')),
      'needed',
    ],
    ['by what it implies', appRole('Mail.ReadWrite'), mail, 'wider'],
    ['by what does it too', appRole('Directory.Read.All'), mail, 'wider'],
    ['less than is needed', appRole('Mail.ReadBasic.All'), mail, 'short'],
    ['nothing on another API', appRole('Mail.Read', { api: exchange }), mail, 'unneeded'],
    [
      'the namesake on SharePoint',
      appRole('Sites.Read.All', { api: sharePoint }),
      of(protects('sharepoint')),
      'needed',
    ],
    ['a restore alone', appRole('Teamwork.Migrate.All'), of(protects('teams-channel-messages')), 'temporary'],
    [
      'a declared restore',
      appRole('Mail.ReadWrite'),
      of(protects('exchange-mail', {}, ['backup', 'restore'])),
      'temporary',
    ],
    ['nothing of the sort', appRole('Chat.Read.All'), mail, 'unneeded'],
  ])('%s', (_, fact, one, state) => {
    expect(serviceOf(fact, one)?.state).toBe(state);
  });

  test.each([
    ['its own need', azureRole('Disk Backup Reader', disk('data1')), 'needed'],
    ['from above', azureRole('Disk Backup Reader', group('rg-app')), 'needed'],
    ['elsewhere', azureRole('Disk Backup Reader', group('rg-app-dr')), 'unneeded'],
    [
      'part of a need',
      azureRole('Some', disk('data1'), { permissions: allows(['Microsoft.Compute/disks/read']) }),
      'needed',
    ],
    [
      'a need, and the end of what it began',
      azureRole('Some', disk('data1'), {
        permissions: allows([
          'Microsoft.Compute/disks/beginGetAccess/action',
          'Microsoft.Compute/disks/endGetAccess/action',
        ]),
      }),
      'needed',
    ],
    ['by containment', azureRole('Contributor', group('rg-app')), 'wider'],
    ['a restore alone', azureRole('Disk Restore Operator', group('rg-restore')), 'temporary'],
    ['data, which no disk backup takes', azureRole('Storage Blob Data Contributor', group('rg-app')), 'unneeded'],
    ['who knows', azureRole('Some', group('rg-app'), { permissions: null }), 'unknown'],
  ])('a role: %s', (_, fact, state) => {
    expect(serviceOf(fact, disks)?.state).toBe(state);
  });

  test('nothing can be said where nothing is protected, of a retired policy or a gone identity', () => {
    expect(serviceOf(appRole('Mail.Read'), of())).toBeNull();
    expect(serviceOf(appRole('Mail.Read'), { ...mail, state: 'retired' })).toBeNull();
    expect(serviceOf(azureRole('Contributor', group('rg-app'), { orphaned: true }), disks)).toBeNull();
  });

  test('what would do instead, without what that gives anyway', () => {
    const both = of(protects('onedrive'), protects('sharepoint'));
    expect(serviceOf(appRole('Sites.FullControl.All'), both)).toMatchObject({ least: ['Sites.Read.All'] });
  });
});

test.each([
  ['Sites.Read.All', true],
  ['Mail.ReadBasic.All', true],
  ['TeamsAppInstallation.ReadForTeam.All', true],
  ['MailboxItem.Export.All', true],
  ['Sites.Selected', true],
  ['RoleManagement.Read.Directory', true],
  ['Sites.ReadWrite.All', false],
  ['Application.ReadUpdate.All', false],
  ['MailboxItem.ImportExport.All', false],
  ['Team.Create', false],
  ['Sites.FullControl.All', false],
  ['full_access_as_app', false],
])('%s only reads: %s', (name, expected) => {
  expect(readsOnly(name)).toBe(expected);
});

describe('what of a role the work takes', () => {
  const actionsOf = (workload: string, name: string) => {
    const grant = findWorkload(workload)?.operations.backup?.grants.find(
      (one) => one.plane === 'azure' && one.roleName === name,
    );
    if (grant?.plane !== 'azure') throw new Error(`no such role: ${name}`);
    return essentialActions(grant).flatMap(({ actions, dataActions }) => [...actions, ...dataActions]);
  };
  test.each([
    [
      'azure-disk',
      'Disk Backup Reader',
      ['Microsoft.Compute/disks/beginGetAccess/action', 'Microsoft.Compute/disks/read'],
    ],
    ['azure-vm-disk', 'Reader', ['Microsoft.Compute/virtualMachines/read']],
    ['azure-postgresql-flexible', 'Reader', ['Microsoft.Resources/subscriptions/resourceGroups/read']],
    ['azure-kubernetes', 'Reader', ['*/read']],
    [
      'vault-encryption',
      'Key Vault Crypto Service Encryption User',
      [
        'Microsoft.KeyVault/vaults/keys/read',
        'Microsoft.KeyVault/vaults/keys/unwrap/action',
        'Microsoft.KeyVault/vaults/keys/wrap/action',
      ],
    ],
  ])('%s: %s', (workload, name, expected) => {
    expect(actionsOf(workload, name)).toEqual(expected);
  });
});

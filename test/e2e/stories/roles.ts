import { guidFrom } from '../../../src/emulator/make-id.ts';
import {
  account,
  app,
  appId,
  archive,
  company,
  disk,
  group,
  machine,
  managementGroup,
  objectId,
  policy,
} from './company.ts';
import type { Stories } from './story.ts';

const identity = `  identities: [{ appId: ${appId('veeam')}, objectId: ${objectId('veeam')} }]`;
const lookAlike = guidFrom('look-alike');
const tags = `(@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'backup')`;

/** What third-party apps hold in Azure. */
export const roleStories: Stories = {
  'the least that snapshots of machines need is clean': {
    tenant: company([
      app('veeam', {
        roles: [
          ['Disk Backup Reader', disk('os')],
          ['Reader', machine('shop')],
          ['Disk Snapshot Contributor', group('rg-snapshots')],
        ],
      }),
    ]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `
${identity}
  protects:
    - workload: azure-vm-disk
      operations: [backup]
      scopes: { source: [${disk('os')}, ${machine('shop')}], snapshots: [${group('rg-snapshots')}] }
  access:
    applicationPermissions: {}
    directoryRoles: []
    azureRoles:
      - { role: Disk Backup Reader, scope: ${disk('os')} }
      - { role: Reader, scope: ${machine('shop')} }
      - { role: Disk Snapshot Contributor, scope: ${group('rg-snapshots')} }
`,
      ),
    },
    exit: 0,
  },
  'wide roles are told apart from what is only redundant beside them': {
    tenant: company([
      app('veeam', {
        roles: [
          ['Contributor', managementGroup],
          ['Reader', group('rg-app')],
          ['Storage Blob Data Reader', account('st1')],
        ],
      }),
    ]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `
${identity}
  protects: [{ workload: azure-vm-disk, operations: [backup], scopes: [${group('rg-app')}] }]
  access:
    azureRoles:
      - { role: Contributor, scope: ${managementGroup} }
      - { role: Storage Blob Data Reader, scope: ${account('st1')} }
`,
      ),
    },
    exit: 1,
    says: [
      'high privileged-azure-role: Contributor on mg-contoso (both)',
      'high scope-too-wide: Contributor on mg-contoso (both)',
      'medium undeclared-access: Reader on rg-app (tenant)',
    ],
    drift: ['undeclared azure-role-assignment: Reader on rg-app'],
  },
  'a role on a subscription in which nothing is protected is too wide, even to read': {
    tenant: company([app('veeam', { roles: [['Reader', archive]] })]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `
${identity}
  protects: [{ workload: azure-vm-disk, operations: [backup], scopes: [${group('rg-app')}] }]
  access: { azureRoles: [{ role: Reader, scope: ${archive} }] }
`,
      ),
    },
    exit: 1,
    says: [`medium scope-too-wide: Reader on ${archive.split('/')[2]} (both)`],
  },
  'a custom role that takes the name of a built-in one is not that role': {
    tenant: company([
      app('veeam', { roles: [[lookAlike, group('rg-app')]] }),
      {
        arm: {
          roleDefinitions: [
            {
              name: lookAlike,
              properties: { roleName: 'Reader', assignableScopes: ['/'], permissions: [{ actions: ['*'] }] },
            },
          ],
        },
      },
    ]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `${identity}\n  access: { azureRoles: [{ role: Reader, scope: ${group('rg-app')} }] }`,
      ),
    },
    exit: 1,
    says: [
      'critical privileged-azure-role: Reader on rg-app (tenant)',
      'critical self-escalation: Reader on rg-app (tenant)',
      'critical undeclared-access: Reader on rg-app (tenant)',
    ],
    drift: ['undeclared azure-role-assignment: Reader on rg-app', 'missing azure-role-assignment: Reader on rg-app'],
  },
  'a group whose name only begins like another shares nothing with it': {
    tenant: company([
      app('veeam', {
        roles: [
          ['Contributor', group('rg-erp')],
          ['Disk Backup Reader', group('rg-erp-dr')],
        ],
      }),
    ]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `
${identity}
  access:
    azureRoles:
      - { role: Contributor, scope: ${group('rg-erp')} }
      - { role: Disk Backup Reader, scope: ${group('rg-erp-dr')} }
`,
      ),
    },
    exit: 1,
    says: ['high privileged-azure-role: Contributor on rg-erp (both)'],
  },
  'a condition folded over lines is the same condition': {
    tenant: company([app('veeam', { roles: [['Storage Blob Data Reader', account('st1'), `(${tags} OR ${tags})`]] })]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `
${identity}
  access:
    azureRoles:
      - role: Storage Blob Data Reader
        scope: ${account('st1')}
        condition: |
          (${tags}
          OR ${tags})
`,
      ),
    },
    exit: 0,
  },
  'an app that was made anew leaves its roles to nobody': {
    tenant: company([
      app('veeam', { object: objectId('second veeam') }),
      {
        arm: {
          roleAssignments: [{ scope: disk('os'), roleName: 'Disk Backup Reader', principalId: objectId('veeam') }],
        },
      },
    ]),
    policies: {
      'veeam.yaml': policy(
        'veeam',
        `${identity}\n  access: { azureRoles: [{ role: Disk Backup Reader, scope: ${disk('os')} }] }`,
      ),
    },
    exit: 1,
    says: [
      `high recreated-identity: ${objectId('second veeam')} (tenant)`,
      'medium orphaned-assignment: Disk Backup Reader on os (tenant)',
    ],
    drift: [
      `changed service-principal: ${objectId('veeam')}`,
      'missing azure-role-assignment: Disk Backup Reader on os',
      'undeclared azure-role-assignment: Disk Backup Reader on os',
    ],
  },
  'a pin in one of two policies is enough to find what the app before left behind': {
    tenant: company([
      app('veeam', { object: objectId('second veeam') }),
      { arm: { roleAssignments: [{ scope: group('rg-app'), roleName: 'Reader', principalId: objectId('veeam') }] } },
    ]),
    policies: {
      'a.yaml': policy('a', identity),
      'b.yaml': policy('b', `  identities: [{ appId: ${appId('veeam')} }]`),
    },
    exit: 1,
    says: [
      `high recreated-identity: ${objectId('second veeam')} (tenant)`,
      'medium orphaned-assignment: Reader on rg-app (tenant)',
    ],
    drift: [`changed service-principal: ${objectId('veeam')}`],
  },
};

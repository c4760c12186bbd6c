import { appId, company, disk, group, machine, objectId, policy, resource, userAssigned, vault } from './company.ts';
import { kindsOfVault, type Stories } from './story.ts';

const shared = userAssigned('id-shared');
const onDisk = `azureRoles: [{ role: Disk Backup Reader, scope: ${disk('os')} }]`;
const ofVault = (name: string, user: string): string =>
  policy(name, `  identities: [{ vault: ${vault(name)}, managedIdentity: ${user} }]\n  access: { ${onDisk} }`);
const arc = `${group('rg-app')}/providers/Microsoft.HybridCompute/machines/srv1`;

/** Managed identities, by their vault, their machine or themselves. */
export const vaultStories: Stories = {
  'a vault with what disk backup needs is clean, its renewed keys included': {
    tenant: company([
      resource(vault('bv'), {
        roles: [
          ['Disk Backup Reader', disk('os')],
          ['Disk Snapshot Contributor', group('rg-snapshots')],
        ],
      }),
    ]),
    policies: {
      'bv.yaml': policy(
        'bv',
        `
  product: azure-backup
  identities: [{ vault: ${vault('bv')}, managedIdentity: system }]
  protects:
    - workload: azure-disk
      operations: [backup]
      scopes: { source: [${disk('os')}], snapshots: [${group('rg-snapshots')}] }
  access:
    applicationPermissions: {}
    directoryRoles: []
    azureRoles:
      - { role: Disk Backup Reader, scope: ${disk('os')} }
      - { role: Disk Snapshot Contributor, scope: ${group('rg-snapshots')} }
`,
      ),
    },
    exit: 0,
  },
  'one user-assigned identity on two vaults is attached to both': {
    tenant: company([
      resource(shared, { roles: [['Disk Backup Reader', disk('os')]] }),
      resource(vault('bv-one'), { users: [shared] }),
      resource(vault('bv-two'), { users: [shared] }),
    ]),
    policies: { 'one.yaml': ofVault('bv-one', shared), 'two.yaml': ofVault('bv-two', shared) },
    exit: 0,
  },
  'a vault that lost the user-assigned identity is drift, though another still carries it': {
    tenant: company([
      resource(shared, { roles: [['Disk Backup Reader', disk('os')]] }),
      resource(vault('bv-one'), { users: [shared] }),
      resource(vault('bv-two')),
    ]),
    policies: { 'one.yaml': ofVault('bv-one', shared), 'two.yaml': ofVault('bv-two', shared) },
    exit: 0,
    drift: [`missing vault-identity: ${shared}`],
  },
  'one identity named by its vault and by its app id holds its roles under both names': {
    tenant: company([resource(vault('bv'), { roles: [['Disk Backup Reader', disk('os')]] })]),
    policies: {
      'vault.yaml': ofVault('bv', 'system'),
      'app.yaml': policy('app', `  identities: [{ appId: ${appId(vault('bv'))} }]\n  access: { ${onDisk} }`),
    },
    exit: 0,
  },
  'a vault spelled differently is the same vault, and each finding is one': {
    tenant: company([resource(vault('bv'), { roles: [['Contributor', group('rg-app')]] })]),
    policies: {
      'lower.yaml': policy(
        'lower',
        `  identities: [{ vault: ${vault('bv').toLowerCase()}, managedIdentity: system }]
  access: { azureRoles: [{ role: contributor, scope: ${group('RG-App')} }] }`,
      ),
    },
    exit: 1,
    says: ['high privileged-azure-role: Contributor on rg-app (both)'],
  },
  'a vault that states an identity and not whose is a gap, not a vault without one': {
    tenant: company([
      {
        arm: {
          resources: [
            { id: vault('bv'), type: 'Microsoft.DataProtection/backupVaults', identity: { type: 'SystemAssigned' } },
          ],
        },
      },
    ]),
    policies: { 'bv.yaml': ofVault('bv', 'system') },
    exit: 3,
    gaps: kindsOfVault.map((kind) => `${kind} of bv: malformed`),
  },
  'machines lend their identity, connected servers too': {
    tenant: company([
      resource(machine('shop'), { roles: [['Disk Backup Reader', disk('os')]] }),
      resource(arc, { roles: [['Disk Backup Reader', disk('os')]] }),
    ]),
    policies: {
      'machines.yaml': policy(
        'machines',
        `  identities: [{ managedIdentity: ${machine('shop')} }, { managedIdentity: ${arc} }]\n  access: { ${onDisk} }`,
      ),
    },
    exit: 0,
  },
  'a user who runs the backup is judged by the roles that the user holds': {
    tenant: company([
      {
        graph: {
          users: [{ id: objectId('operator'), userPrincipalName: 'operator@contoso.example', displayName: 'operator' }],
          roleAssignments: [
            { principalId: objectId('operator'), roleName: 'Application Administrator', directoryScopeId: '/' },
          ],
        },
      },
    ]),
    policies: {
      'operator.yaml': policy(
        'operator',
        `  identities: [{ user: ${objectId('operator')} }]\n  access: { directoryRoles: [] }`,
      ),
    },
    exit: 1,
    says: [
      'critical self-escalation: Application Administrator on / (tenant)',
      'critical undeclared-access: Application Administrator on / (tenant)',
    ],
    drift: ['undeclared directory-role-assignment: Application Administrator on /'],
  },
};

import { roleCannotAssign } from '../../src/rules/role-cannot-assign.ts';
import { allows, azureRole, group, vault } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const role = (name: string, purpose: string | null, more = {}) => azureRole(name, vault(), { purpose, ...more });

testRule(roleCannotAssign, {
  pass: {
    'a role that does assign': [
      azureRole('Role Based Access Control Administrator', group('rg-app'), { purpose: 'assigns roles to the vault' }),
    ],
    'another purpose': [role('Backup Contributor', 'configures protection')],
    'no purpose': [role('Backup Contributor', null)],
    'roles that are read': [role('Reader', 'lists the roles that the vault holds')],
    'a role whose actions could not be read': [role('Unread', 'assigns roles', { permissions: null })],
    'a custom role that assigns': [
      role('Assign', 'grants missing roles', { permissions: allows(['Microsoft.Authorization/roleAssignments/*']) }),
    ],
  },
  fail: {
    "Backup Contributor, as Microsoft's page has it": {
      facts: [role('Backup Contributor', 'to manage the identity and assign roles')],
      says: [
        'low likely Backup Contributor: `Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod` is there for this: `to manage the identity and assign roles`; it does not allow `Microsoft.Authorization/roleAssignments/write`',
      ],
    },
    'missing roles, in the words of the portal': {
      facts: [role('Backup Operator', 'Grants missing roles\n  to the `vault`')],
      says: [
        "low likely Backup Operator: `Backup Operator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod` is there for this: `Grants missing roles to the 'vault'`; it does not allow `Microsoft.Authorization/roleAssignments/write`",
      ],
    },
    'role assignments': {
      facts: [role('Contributor', 'Role assignments of the vault')],
      says: [
        'low likely Contributor: `Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-prod` is there for this: `Role assignments of the vault`; it does not allow `Microsoft.Authorization/roleAssignments/write`',
      ],
    },
  },
});

import { duplicateVaultIdentityRole } from '../../src/rules/duplicate-vault-identity-role.ts';
import { account, azureRole, disk, group, otherApp, vault } from '../support/facts.ts';
import { appIdentity, policy, vaultSystem, vaultUser } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const identity = (name: string): string =>
  `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const user = identity('id-1');
const both = policy({ identities: [vaultSystem(vault()), vaultUser(vault(), user)] });
const role = (holder: string, scope = account('st1')) =>
  azureRole('Storage Account Backup Contributor', scope, { identity: holder });

testRule(duplicateVaultIdentityRole, {
  pass: {
    'one identity': { facts: [role(vault())], policy: both },
    'one role each': { facts: [role(vault()), azureRole('Reader', account('st1'), { identity: user })], policy: both },
    'one scope each': { facts: [role(vault()), role(user, account('st2'))], policy: both },
    'identities of two vaults': {
      facts: [role(vault()), role(user)],
      policy: policy({ identities: [vaultSystem(vault()), vaultUser(vault('bv-else'), user)] }),
    },
    'applications, which may be several': {
      facts: [
        azureRole('Disk Backup Reader', disk('data1')),
        azureRole('Disk Backup Reader', disk('data1'), { identity: otherApp }),
      ],
      policy: policy({ identities: [appIdentity(), appIdentity(otherApp)] }),
    },
    'a leftover of a gone identity': { facts: [role(vault()), { ...role(user), orphaned: true }], policy: both },
  },
  fail: {
    'the same role on both': {
      facts: [role(vault()), role(user)],
      policy: both,
      says: [
        'medium certain Storage Account Backup Contributor: `Storage Account Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st1` is held by two identities of vault `bv-prod`, its own and `id-1`: a vault uses one',
      ],
    },
    'spelled in two ways': {
      facts: [role(vault().toUpperCase()), role(user, account('ST1'))],
      policy: both,
      says: [
        'medium certain Storage Account Backup Contributor: `Storage Account Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/ST1` is held by two identities of vault `bv-prod`, its own and `id-1`: a vault uses one',
      ],
    },
    'two user-assigned ones': {
      facts: [role(user), role(identity('id-2'))],
      policy: policy({ identities: [vaultUser(vault(), user), vaultUser(vault(), identity('id-2'))] }),
      says: [
        'medium certain Storage Account Backup Contributor: `Storage Account Backup Contributor` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st1` is held by two identities of vault `bv-prod`, `id-1` and `id-2`: a vault uses one',
      ],
    },
  },
});

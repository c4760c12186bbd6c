import { unclaimedVaultIdentity } from '../../src/rules/unclaimed-vault-identity.ts';
import { group, vault, vaultIdentity } from '../support/facts.ts';
import { managedIdentity, policy, vaultSystem, vaultUser } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const user = `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1`;
const own = vaultIdentity();
const attached = vaultIdentity({ managedIdentity: user });

testRule(unclaimedVaultIdentity, {
  pass: {
    'the identity that the policy names': {
      facts: [own],
      policy: policy({ identities: [vaultSystem(vault())], desired: [own] }),
    },
    'both of them named': {
      facts: [own, attached],
      policy: policy({ identities: [vaultSystem(vault()), vaultUser(vault(), user)], desired: [own, attached] }),
    },
    'one that another policy asks for': {
      facts: [own, attached],
      policy: policy({ identities: [vaultSystem(vault())], desired: [own, attached] }),
    },
    'one that the policy names without the vault': {
      facts: [own, attached],
      policy: policy({ identities: [vaultSystem(vault()), managedIdentity(user)], desired: [own] }),
    },
    'the identity of a vault that the policy does not name': {
      facts: [vaultIdentity({ vault: vault('bv-else'), managedIdentity: user })],
      policy: policy({ identities: [vaultUser(vault(), user)] }),
    },
  },
  fail: {
    "a user-assigned one beside the vault's own": {
      facts: [own, attached],
      policy: policy({ identities: [vaultSystem(vault())], desired: [own] }),
      says: [
        "low likely /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-1: vault `bv-prod` has a second identity switched on, `id-1`, which no policy names: what it holds is nobody's to answer for",
      ],
    },
    "the vault's own beside a user-assigned one, the vault spelled in another way": {
      facts: [own, attached],
      policy: policy({ identities: [vaultUser(vault('BV-Prod'), user)], desired: [attached] }),
      says: [
        "low likely SystemAssigned: vault `bv-prod` has a second identity switched on, its own, which no policy names: what it holds is nobody's to answer for",
      ],
    },
  },
});

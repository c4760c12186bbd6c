import { sharedUserAssignedIdentity } from '../../src/rules/shared-user-assigned-identity.ts';
import { group, vault, vaultIdentity } from '../support/facts.ts';
import { policy, vaultUser } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const identity = (name: string): string =>
  `${group('rg-backup')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
const shared = identity('id-shared');
const naming = policy({ identities: [vaultUser(vault('bv-a'), shared)] });

testRule(sharedUserAssignedIdentity, {
  pass: {
    'one vault': { facts: [vaultIdentity({ vault: vault('bv-a'), managedIdentity: shared })], policy: naming },
    'one vault, spelled in two ways': {
      facts: [
        vaultIdentity({ vault: vault('bv-a'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('BV-A'), managedIdentity: shared }),
      ],
      policy: naming,
    },
    'an identity each': [
      vaultIdentity({ vault: vault('bv-a'), managedIdentity: identity('id-a') }),
      vaultIdentity({ vault: vault('bv-b'), managedIdentity: identity('id-b') }),
    ],
    "vaults' own identities": [vaultIdentity({ vault: vault('bv-a') }), vaultIdentity({ vault: vault('bv-b') })],
  },
  fail: {
    'two vaults': {
      facts: [
        vaultIdentity({ vault: vault('bv-a'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('bv-b'), managedIdentity: shared }),
      ],
      policy: naming,
      says: ['@@'],
    },
    'three vaults': {
      facts: [
        vaultIdentity({ vault: vault('bv-a'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('bv-b'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('bv-c'), managedIdentity: shared }),
      ],
      policy: naming,
      says: ['@@'],
    },
  },
});

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
      says: [
        'medium certain /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shared: user-assigned identity `id-shared` is attached to 2 vaults (`bv-a`, `bv-b`): each of them can use what it holds for the others',
      ],
    },
    'three vaults': {
      facts: [
        vaultIdentity({ vault: vault('bv-a'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('bv-b'), managedIdentity: shared }),
        vaultIdentity({ vault: vault('bv-c'), managedIdentity: shared }),
      ],
      policy: naming,
      says: [
        'medium certain /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-shared: user-assigned identity `id-shared` is attached to 3 vaults (`bv-a`, `bv-b`, `bv-c`): each of them can use what it holds for the others',
      ],
    },
  },
});

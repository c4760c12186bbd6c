import { type BrokenCase, change } from './sample-policy.ts';

/** Vaults and managed identities. */
export const brokenIdentities: Readonly<Record<string, BrokenCase>> = {
  'a disk as a vault': {
    text: change(
      'appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      'vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/disks/d\n      managedIdentity: system',
    ),
    says: [
      '8:14 wrong-resource: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/disks/d` is not a Recovery Services vault or Backup vault [its id ends with `Microsoft.RecoveryServices/vaults/` or `Microsoft.DataProtection/backupVaults/` and a name]',
    ],
  },
  'a system identity of nothing': {
    text: change('appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', 'managedIdentity: system'),
    says: [
      "8:24 wrong-shape: `managedIdentity: system` doesn't say whose identity it is [add the `vault`, or name the machine that owns the identity by its resource id]",
    ],
  },
  'a vault as a managed identity': {
    text: change(
      'appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      'managedIdentity: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.DataProtection/backupVaults/bv',
    ),
    says: [
      "8:24 wrong-shape: a vault's identity is named by `vault` and `managedIdentity` together [write the vault's id as `vault`, and beside it `managedIdentity: system` or a user-assigned identity]",
    ],
  },
  'a machine as the identity of a vault': {
    text: change(
      'appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      'vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.DataProtection/backupVaults/bv\n      managedIdentity: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm',
    ),
    says: [
      '9:24 wrong-resource: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/vm` is not a user-assigned identity [its id ends with `Microsoft.ManagedIdentity/userAssignedIdentities/` and a name]',
    ],
  },
  'a misspelt system': {
    text: change(
      'appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      'vault: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.DataProtection/backupVaults/bv\n      managedIdentity: sytem',
    ),
    says: [
      '9:24 unknown-value: `sytem` is no `managedIdentity` of a vault [write `system`, or the resource id of a user-assigned identity]',
    ],
  },
  'a resource group as a managed identity': {
    text: change(
      'appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      'managedIdentity: /subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
    ),
    says: [
      '8:24 wrong-resource: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app` is not a resource [name the user-assigned identity or the machine itself]',
    ],
  },
};

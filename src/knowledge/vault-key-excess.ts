/** What is done with keys that wrapping the key of a vault never takes, worst first: in actions of roles. */
export const vaultKeyExcess: readonly string[] = ['purge', 'delete', 'update', 'decrypt', 'sign', 'backup'].map(
  (deed) =>
    deed === 'delete' ? 'Microsoft.KeyVault/vaults/keys/delete' : `Microsoft.KeyVault/vaults/keys/${deed}/action`,
);

/** The same in permissions of access policies, worst first. */
export const vaultKeyPermissions: readonly string[] = ['all', 'purge', 'delete', 'update', 'decrypt', 'sign', 'backup'];

/** Does the action or permission end the key, and with it every backup that it encrypts? */
export const endsKey = (deed: string): boolean => /(^|\/)(purge|delete|all)(\/action)?$/.test(deed);

/** Is it such a permission, written as `keys: delete`? */
export const isVaultKeyExcess = (permission: string): boolean =>
  vaultKeyPermissions.some((one) => permission === `keys: ${one}`);

import { matchesPattern } from './action-pattern.ts';

/**
 * Actions that hand out keys, connection strings or signatures: whoever has one needs no sign-in any more, and no log
 * tells who it was (source: learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent).
 */
export const keyActions: readonly string[] = [
  'Microsoft.Storage/storageAccounts/listKeys/action',
  'Microsoft.Storage/storageAccounts/listAccountSas/action',
  'Microsoft.Storage/storageAccounts/listServiceSas/action',
  'Microsoft.Storage/storageAccounts/regenerateKey/action',
  'Microsoft.DocumentDB/databaseAccounts/listKeys/action',
  '*/listKeys/action',
  '*/listConnectionStrings/action',
  '*/sharedKeys/action',
  '*/regenerateKey/action',
];

const lower = keyActions.map((pattern) => pattern.toLowerCase());

/** Does the action hand out keys, or replace them? */
export const isKeyAction = (action: string): boolean =>
  lower.some((pattern) => matchesPattern(pattern, action.toLowerCase()));

/** Is it something done with a key in a key vault, in the data plane? */
export const isVaultKeyAction = (action: string): boolean => /^microsoft\.keyvault\/vaults\/keys\//i.test(action);

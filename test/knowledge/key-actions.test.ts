import { describe, expect, it } from 'vitest';
import { isKeyAction, isVaultKeyAction, keyActionOf } from '../../src/knowledge/key-actions.ts';
import { allows } from '../support/facts.ts';

describe('actions on keys', () => {
  it.each([
    ['Microsoft.Storage/storageAccounts/listKeys/action', true],
    ['microsoft.storage/storageaccounts/LISTACCOUNTSAS/action', true],
    ['Microsoft.OperationalInsights/workspaces/sharedKeys/action', true],
    ['Microsoft.Storage/storageAccounts/delete', false],
    ['Microsoft.KeyVault/vaults/keys/delete', false],
    ['Microsoft.Storage/storageAccounts/listKeys/read', false],
  ])('%s hands out keys: %s', (action, expected) => {
    expect(isKeyAction(action)).toBe(expected);
  });
  it.each([
    [
      'a literal',
      allows(['Microsoft.Search/searchServices/listKeys/action']),
      'Microsoft.Search/searchServices/listKeys/action',
    ],
    [
      'a pattern that says keys',
      allows(['Microsoft.EventHub/*/listKeys/action']),
      'Microsoft.EventHub/*/listKeys/action',
    ],
    ['a pattern that says nothing of them', allows(['*/action']), null],
    ['one that is excluded again', allows(['*/listKeys/action'], { notActions: ['*/listKeys/*'] }), null],
    ['none', allows(['*/read']), null],
  ])('finds %s', (_, permissions, expected) => {
    expect(keyActionOf(permissions)).toBe(expected);
  });
  it('tells keys of a key vault from its other contents', () => {
    expect(isVaultKeyAction('Microsoft.KeyVault/vaults/keys/purge/action')).toBe(true);
    expect(isVaultKeyAction('Microsoft.KeyVault/vaults/secrets/getSecret/action')).toBe(false);
  });
});

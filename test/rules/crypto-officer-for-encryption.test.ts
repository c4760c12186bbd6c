import { cryptoOfficerForEncryption } from '../../src/rules/crypto-officer-for-encryption.ts';
import { allows, azureRole, group, vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const store = `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/kv-1`;
const vaults = policy({ identities: [vaultSystem(vault())] });
const role = (name: string, more = {}) => azureRole(name, store, { identity: vault(), ...more });

testRule(cryptoOfficerForEncryption, {
  pass: {
    'an access policy that wraps': {
      facts: [keyVaultPolicy({ keys: ['get', 'unwrapkey', 'wrapkey'] })],
      policy: vaults,
    },
    'an access policy that counts for nothing': {
      facts: [keyVaultPolicy({ keys: ['all'] }, { inEffect: false })],
      policy: vaults,
    },
    'the role for encryption': { facts: [role('Key Vault Crypto Service Encryption User')], policy: vaults },
    'a role that reads one secret': { facts: [role('Key Vault Secrets User')], policy: vaults },
    'a role that reads metadata': { facts: [role('Key Vault Reader')], policy: vaults },
    'an application, which may use keys otherwise': [azureRole('Key Vault Crypto Officer', store)],
    'a custom role that wraps and unwraps': {
      facts: [
        role('Wrap', {
          permissions: allows([], {
            dataActions: ['Microsoft.KeyVault/vaults/keys/wrap/action', 'Microsoft.KeyVault/vaults/keys/unwrap/action'],
          }),
        }),
      ],
      policy: vaults,
    },
    'a leftover of a gone identity': { facts: [role('Key Vault Crypto Officer', { orphaned: true })], policy: vaults },
    'a role whose actions could not be read': { facts: [role('Unread', { permissions: null })], policy: vaults },
  },
  fail: {
    'an access policy that purges keys': {
      facts: [keyVaultPolicy({ keys: ['get', 'purge', 'sign'] })],
      policy: vaults,
      says: [
        `high certain ${keyVault()}: an access policy of \`${keyVault()}\` allows \`purge\`, and a vault only wraps and unwraps its key: with the key goes every backup that it encrypts`,
      ],
    },
    'an access policy that signs': {
      facts: [keyVaultPolicy({ keys: ['get', 'sign'] })],
      policy: vaults,
      says: [
        `medium certain ${keyVault()}: an access policy of \`${keyVault()}\` allows \`sign\`, and a vault only wraps and unwraps its key`,
      ],
    },
    'Key Vault Crypto Officer': {
      facts: [role('Key Vault Crypto Officer')],
      policy: vaults,
      says: [
        'high certain Key Vault Crypto Officer: `Key Vault Crypto Officer` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-1` allows `Microsoft.KeyVault/vaults/keys/purge/action`, and a vault only wraps and unwraps its key: with the key goes every backup that it encrypts',
      ],
    },
    'Key Vault Administrator, under a condition': {
      facts: [role('Key Vault Administrator', { condition: '@Resource[x] StringEquals y' })],
      policy: vaults,
      says: [
        'high likely Key Vault Administrator: `Key Vault Administrator` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-1` allows `Microsoft.KeyVault/vaults/keys/purge/action`, and a vault only wraps and unwraps its key: with the key goes every backup that it encrypts',
      ],
    },
    'Key Vault Crypto User, which ends no key': {
      facts: [role('Key Vault Crypto User')],
      policy: vaults,
      says: [
        'medium certain Key Vault Crypto User: `Key Vault Crypto User` on `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-1` allows `Microsoft.KeyVault/vaults/keys/update/action`, and a vault only wraps and unwraps its key',
      ],
    },
  },
});

import { keyVaultAccessWiderThanNeeded } from '../../src/rules/key-vault-access-wider-than-needed.ts';
import { backupApp, vault } from '../support/facts.ts';
import { policy, protects, vaultSystem } from '../support/policies.ts';
import { keyVault, keyVaultPolicy } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const encrypted = policy({
  identities: [vaultSystem(vault())],
  protects: [protects('vault-encryption', { key: [`${keyVault()}/keys/vault`] })],
});
const postgres = policy({
  identities: [vaultSystem(vault())],
  protects: [protects('azure-postgresql-single', { key: [`${keyVault()}/secrets/connection`] })],
});
const wrapping = ['get', 'unwrapkey', 'wrapkey'];
const byApp = (permissions: Readonly<Record<string, readonly string[]>>) =>
  keyVaultPolicy(permissions, { identity: backupApp });

testRule(keyVaultAccessWiderThanNeeded, {
  pass: {
    'what wrapping takes': { facts: [keyVaultPolicy({ keys: wrapping })], policy: encrypted },
    'what Recovery Services asks': { facts: [keyVaultPolicy({ keys: [...wrapping, 'list'] })], policy: encrypted },
    'the secret of a database': { facts: [keyVaultPolicy({ secrets: ['get', 'list'] })], policy: postgres },
    'policies that count for nothing': {
      facts: [keyVaultPolicy({ keys: ['all'], secrets: ['all'] }, { inEffect: false })],
      policy: encrypted,
    },
    'what crypto-officer-for-encryption tells': {
      facts: [keyVaultPolicy({ keys: [...wrapping, 'purge', 'delete'] })],
      policy: encrypted,
    },
    'an application that reads its own secret': [byApp({ secrets: ['get'], keys: ['sign'] })],
  },
  fail: {
    'secrets where only a key is used': {
      facts: [keyVaultPolicy({ keys: wrapping, secrets: ['get'] })],
      policy: encrypted,
      says: [
        `medium certain ${keyVault()}: an access policy of key vault \`kv-1\` gives \`secrets: get\`, which nothing that is protected takes`,
      ],
    },
    'making keys': {
      facts: [keyVaultPolicy({ keys: [...wrapping, 'create', 'import'] })],
      policy: encrypted,
      says: [
        `medium certain ${keyVault()}: an access policy of key vault \`kv-1\` gives \`keys: create\` and \`keys: import\`, which nothing that is protected takes`,
      ],
    },
    'deleting certificates': {
      facts: [keyVaultPolicy({ keys: wrapping, certificates: ['delete'] })],
      policy: encrypted,
      says: [
        `high certain ${keyVault()}: an access policy of key vault \`kv-1\` gives \`certificates: delete\`, which nothing that is protected takes`,
      ],
    },
    'an application that may purge': {
      facts: [byApp({ secrets: ['get', 'purge'] })],
      says: [
        `high certain ${keyVault()}: an access policy of key vault \`kv-1\` gives \`secrets: purge\`, which nothing that is protected takes`,
      ],
    },
  },
});

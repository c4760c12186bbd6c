import { storageAccountUnrecoverable } from '../../src/rules/storage-account-unrecoverable.ts';
import { vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { accountSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });

testRule(storageAccountUnrecoverable, {
  pass: {
    'deleted blobs are kept': [accountSetting('blobSoftDelete', 'Enabled')],
    'earlier versions are kept': [accountSetting('versioning', 'Enabled')],
    'another setting': [accountSetting('sharedKeyAccess', 'Disabled')],
  },
  fail: {
    'deleted blobs are gone': {
      facts: [accountSetting('blobSoftDelete', 'Disabled')],
      policy: named,
      says: [
        'low certain blobSoftDelete: storage account `stdocs` keeps no deleted blobs: what is deleted between two backups is gone',
      ],
    },
    'earlier versions are gone': {
      facts: [accountSetting('versioning', 'Disabled')],
      policy: named,
      says: [
        'low certain versioning: storage account `stdocs` keeps no earlier versions of blobs: what is overwritten between two backups is gone',
      ],
    },
  },
});

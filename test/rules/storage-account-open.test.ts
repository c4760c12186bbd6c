import { storageAccountOpen } from '../../src/rules/storage-account-open.ts';
import { vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { accountSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });

testRule(storageAccountOpen, {
  pass: {
    'no shared keys': [accountSetting('sharedKeyAccess', 'Disabled')],
    'a network that denies': [accountSetting('networkDefault', 'Deny')],
    'rules that matter to nobody': [accountSetting('networkDefault', 'Allow', { publicNetworkAccess: 'Disabled' })],
    'no replication to other tenants': [accountSetting('crossTenantReplication', 'Disabled')],
  },
  fail: {
    'shared keys': {
      facts: [accountSetting('sharedKeyAccess', 'Enabled', { byDefault: true })],
      policy: named,
      says: [
        'low certain sharedKeyAccess: storage account `stdocs` takes account keys: whoever has one reads and deletes everything, and no log tells who it was',
      ],
    },
    'every network': {
      facts: [accountSetting('networkDefault', 'Allow', { publicNetworkAccess: null })],
      policy: named,
      says: ['low certain networkDefault: storage account `stdocs` answers every network'],
    },
    'replication to other tenants': {
      facts: [accountSetting('crossTenantReplication', 'Enabled')],
      policy: named,
      says: [
        'low certain crossTenantReplication: storage account `stdocs` may be replicated into another tenant: what is protected can leave by a rule that nobody looks at',
      ],
    },
  },
});

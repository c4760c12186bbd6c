import { vaultOpenToOutside } from '../../src/rules/vault-open-to-outside.ts';
import { vault } from '../support/facts.ts';
import { policy, vaultSystem } from '../support/policies.ts';
import { vaultSetting } from '../support/protection-facts.ts';
import { testRule } from '../support/test-rule.ts';

const named = policy({ identities: [vaultSystem(vault())] });

testRule(vaultOpenToOutside, {
  pass: {
    'a vault behind private endpoints': [vaultSetting('publicNetworkAccess', 'Disabled')],
    'restores that stay in the subscription': [vaultSetting('crossSubscriptionRestore', 'Disabled')],
    'restores that stay there for good': [vaultSetting('crossSubscriptionRestore', 'PermanentlyDisabled')],
    'restores from another region': [vaultSetting('crossRegionRestore', 'Enabled')],
  },
  fail: {
    'the public network': {
      facts: [vaultSetting('publicNetworkAccess', 'Enabled')],
      policy: named,
      says: [
        'low certain publicNetworkAccess: `bv-prod` answers the public network: stolen rights on it work from anywhere',
      ],
    },
    'restores into other subscriptions': {
      facts: [vaultSetting('crossSubscriptionRestore', 'Enabled')],
      policy: named,
      says: [
        'low certain crossSubscriptionRestore: `bv-prod` lets backups be restored into other subscriptions, out of sight of those who watch its own',
      ],
    },
  },
});

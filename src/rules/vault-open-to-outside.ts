import { defineRule } from '../core/rule.ts';
import { scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';

const words: Readonly<Record<string, { readonly says: string; readonly help: string }>> = {
  publicNetworkAccess: {
    says: 'answers the public network: stolen rights on it work from anywhere',
    help: 'give the vault private endpoints, and set `publicNetworkAccess` to `Disabled`',
  },
  crossSubscriptionRestore: {
    says: 'lets backups be restored into other subscriptions, out of sight of those who watch its own',
    help: 'set cross-subscription restore to `Disabled`, or to `PermanentlyDisabled` where nobody will ever need it',
  },
};

/** See docs/rules/vault-open-to-outside.md */
export const vaultOpenToOutside = defineRule({
  id: 'vault-open-to-outside',
  summary: 'A vault can be reached, or restored from, farther than its backups need',
  severity: 'low',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const found = words[fact.setting];
      if (found === undefined || !isValue(fact, 'Enabled')) continue;
      yield {
        ...settingSpot(policy, fact),
        message: `\`${scopeName(fact.resource)}\` ${found.says}`,
        help: found.help,
        evidence: { value: fact.value },
      };
    }
  },
});

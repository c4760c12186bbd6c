import { defineRule } from '../core/rule.ts';
import type { StorageProtectionFact } from '../core/safety-fact.ts';
import { scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';

const words: Readonly<Record<string, { readonly bad: string; readonly says: string; readonly help: string }>> = {
  sharedKeyAccess: {
    bad: 'Enabled',
    says: 'takes account keys: whoever has one reads and deletes everything, and no log tells who it was',
    help: 'set `allowSharedKeyAccess` to false, once nothing signs in by key any more',
  },
  networkDefault: {
    bad: 'Allow',
    says: 'answers every network',
    help: 'set `networkAcls.defaultAction` to `Deny`, and let in trusted services and the networks that need it',
  },
  crossTenantReplication: {
    bad: 'Enabled',
    says: 'may be replicated into another tenant: what is protected can leave by a rule that nobody looks at',
    help: 'set `allowCrossTenantReplication` to false',
  },
};

/** Rules on networks matter only where the public network is let in at all. */
const isShut = ({ details }: StorageProtectionFact): boolean =>
  String(details['publicNetworkAccess']).toLowerCase() === 'disabled';

/** See docs/rules/storage-account-open.md */
export const storageAccountOpen = defineRule({
  id: 'storage-account-open',
  summary: 'A storage account that is protected or restored to stands open',
  severity: 'low',
  confidence: 'certain',
  kinds: ['storage-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const found = words[fact.setting];
      if (found === undefined || !isValue(fact, found.bad) || isShut(fact)) continue;
      yield {
        ...settingSpot(policy, fact),
        message: `storage account \`${scopeName(fact.resource)}\` ${found.says}`,
        help: found.help,
        evidence: { value: fact.value, byDefault: fact.details['byDefault'] === true },
      };
    }
  },
});

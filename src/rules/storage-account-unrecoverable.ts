import { defineRule } from '../core/rule.ts';
import { scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';

const words: Readonly<Record<string, { readonly says: string; readonly help: string }>> = {
  blobSoftDelete: {
    says: 'keeps no deleted blobs: what is deleted between two backups is gone',
    help: 'enable soft delete for blobs, with at least 14 days',
  },
  versioning: {
    says: 'keeps no earlier versions of blobs: what is overwritten between two backups is gone',
    help: 'enable versioning, with a lifecycle rule that ends old versions',
  },
};

/** See docs/rules/storage-account-unrecoverable.md */
export const storageAccountUnrecoverable = defineRule({
  id: 'storage-account-unrecoverable',
  summary: 'A storage account that is protected or restored to keeps nothing that is deleted or overwritten',
  severity: 'low',
  confidence: 'certain',
  kinds: ['storage-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const found = words[fact.setting];
      if (found === undefined || !isValue(fact, 'Disabled')) continue;
      yield {
        ...settingSpot(policy, fact),
        message: `storage account \`${scopeName(fact.resource)}\` ${found.says}`,
        help: found.help,
        evidence: { value: fact.value },
      };
    }
  },
});

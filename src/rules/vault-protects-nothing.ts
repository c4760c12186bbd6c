import { defineRule } from '../core/rule.ts';
import { scopeName } from '../core/scope.ts';
import { settingSpot } from '../core/setting-spot.ts';

/** See docs/rules/vault-protects-nothing.md */
export const vaultProtectsNothing = defineRule({
  id: 'vault-protects-nothing',
  summary: 'A vault takes backups of nothing any more, and its identity keeps its access',
  severity: 'low',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      const items = fact.details['items'];
      // A vault that was never used says nothing yet: it may be about to be.
      if (fact.setting !== 'protectedItems' || fact.value !== '0' || typeof items !== 'number' || items === 0) continue;
      const stopped = items === 1 ? 'the one thing' : `all ${items} things`;
      yield {
        ...settingSpot(policy, fact),
        message: `\`${scopeName(fact.resource)}\` stopped backing up ${stopped} that it holds backups of`,
        help: 'resume protection; or, where it ended for good, take the roles from the identity and retire the policy',
        evidence: { items },
      };
    }
  },
});

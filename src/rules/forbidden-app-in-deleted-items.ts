import { mustBeGone } from '../core/presence.ts';
import { defineRule } from '../core/rule.ts';

/** See docs/rules/forbidden-app-in-deleted-items.md */
export const forbiddenAppInDeletedItems = defineRule({
  id: 'forbidden-app-in-deleted-items',
  summary: 'An app or user that the policy wants gone can still be restored',
  severity: 'low',
  confidence: 'certain',
  kinds: ['app-presence'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    for (const fact of facts) {
      if (fact.state !== 'deleted' || !mustBeGone(policy, fact)) continue;
      const name = fact.what === 'app' ? `app \`${fact.appId}\`` : `user \`${fact.userPrincipalName}\``;
      yield {
        at: fact,
        message: `${name} is deleted and can be restored with all that it held until 30 days are over`,
        help: 'nothing has to be done; delete it for good where nobody will want it back',
        evidence: { displayName: fact.displayName },
      };
    }
  },
});

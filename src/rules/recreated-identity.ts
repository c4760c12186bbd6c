import { defineRule } from '../core/rule.ts';

/**
 * The finding stands at the service principal that is there now; its subject is that one's object id.
 * See docs/rules/recreated-identity.md
 */
export const recreatedIdentity = defineRule({
  id: 'recreated-identity',
  summary: 'The service principal of an app is not the object that the policy pins',
  severity: 'high',
  confidence: 'certain',
  kinds: ['service-principal'],
  since: '0.1.0',
  *check({ facts, policy }) {
    for (const identity of policy.policy.identities) {
      if (identity.type !== 'app' || identity.objectId === null) continue;
      const pinned = identity.objectId;
      for (const fact of facts) {
        if (fact.identity !== identity.id || fact.objectId === pinned) continue;
        yield {
          at: fact,
          message: `app \`${identity.appId}\` is object \`${fact.objectId}\` in this tenant, and the policy pins \`${pinned}\`: it was removed and made anew, and nothing granted to the pinned object applies to it`,
          help: 'find in the audit log who added the service principal and why; if it was meant to be, pin the new object id, else disable it',
          evidence: { pinned, found: fact.objectId },
        };
      }
    }
  },
});

import { defineRule } from '../core/rule.ts';

/** See docs/rules/application-access-policy-legacy.md */
export const applicationAccessPolicyLegacy = defineRule({
  id: 'application-access-policy-legacy',
  summary: 'An application access policy keeps the app to some mailboxes, in a way that Microsoft replaced',
  severity: 'low',
  confidence: 'certain',
  kinds: ['application-access-policy'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      const does = fact.right === 'DenyAccess' ? 'keeps it from' : 'keeps it to';
      yield {
        at: fact,
        message: `an application access policy ${does} the mailboxes of \`${fact.scope}\`, which Microsoft replaced by Exchange application roles with a scope and wants migrated`,
        help: 'assign Exchange application roles on a scope that holds these mailboxes, remove the tenant-wide consents, then the policy, in this order',
        evidence: { right: fact.right },
      };
    }
  },
});

import { isExpiredCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import { defineRule } from '../core/rule.ts';

/** See docs/rules/secret-where-federation.md */
export const secretWhereFederation = defineRule({
  id: 'secret-where-federation',
  summary: 'An identity can sign in with a secret although the policy allows better credentials only',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const allowed = policy.policy.credentials?.allow ?? null;
    if (allowed?.includes('secret')) return;
    const managed = managedIdentitiesIn(all);
    for (const fact of facts) {
      if (fact.type !== 'secret' || managed.has(fact.identity) || isExpiredCredential(fact, now)) continue;
      const listed = allowed?.map((type) => `\`${type}\``).join(' and ');
      const wish =
        allowed === null
          ? 'can be copied and used from anywhere; the policy says nothing of credentials'
          : `can sign in, and the policy allows ${listed === '' ? 'no credential at all' : `only ${listed}`}`;
      yield {
        at: fact,
        severity: allowed === null ? 'low' : 'medium',
        confidence: allowed === null ? 'likely' : 'certain',
        message: `${nameCredential(fact)} ${wish}`,
        help: 'sign in with a managed identity, a federated credential or a certificate, then delete the secret; where the product knows only secrets, add `secret` to `credentials.allow`',
        evidence: { on: fact.on, end: fact.end, allowed, displayName: fact.displayName },
      };
    }
  },
});

import { isExpiredCredential, managedIdentitiesIn, nameCredential } from '../core/credential.ts';
import type { CredentialFact, FederatedCredentialFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

/** Secrets have a rule of their own; a certificate on the service principal may sign SAML tokens, and is told by another. */
const typeOf = (fact: CredentialFact | FederatedCredentialFact): 'federated' | 'certificate' | null => {
  if (fact.kind === 'federated-credential') return 'federated';
  return fact.type === 'certificate' && fact.on === 'application' ? 'certificate' : null;
};

/** See docs/rules/credential-type-not-allowed.md */
export const credentialTypeNotAllowed = defineRule({
  id: 'credential-type-not-allowed',
  summary: 'A certificate or federated credential signs in although the policy does not allow its type',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential', 'federated-credential'],
  since: '0.1.0',
  *check({ facts, all, policy, now }) {
    const allowed = policy.policy.credentials?.allow ?? null;
    if (allowed === null) return;
    const managed = managedIdentitiesIn(all);
    for (const fact of facts) {
      const type = typeOf(fact);
      if (type === null || allowed.includes(type)) continue;
      // What Azure renews by itself is nobody's to judge; whom a person trusts on a managed identity is.
      if (fact.kind === 'credential' && (managed.has(fact.identity) || isExpiredCredential(fact, now))) continue;
      const name = fact.kind === 'credential' ? nameCredential(fact) : `federated credential \`${fact.name}\``;
      const listed = allowed.map((one) => `\`${one}\``).join(' and ');
      yield {
        at: fact,
        message: `${name} can sign in, and the policy allows ${listed === '' ? 'no credential at all' : `only ${listed}`}`,
        help: `find out who added it and what uses it; delete it, or add \`${type}\` to \`credentials.allow\``,
        evidence: { type, allowed, issuer: fact.kind === 'credential' ? null : fact.issuer },
      };
    }
  },
});

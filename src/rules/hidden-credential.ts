import { isExpiredCredential } from '../core/credential.ts';
import type { CredentialFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

/** A certificate that signs SAML tokens lies on the service principal by design, with a secret under the same key id. */
const mayBeSigning = (fact: CredentialFact, all: readonly CredentialFact[]): boolean =>
  fact.type === 'certificate' ||
  all.some(
    ({ type, identity, subject }) => type === 'certificate' && identity === fact.identity && subject === fact.subject,
  );

/** See docs/rules/hidden-credential.md */
export const hiddenCredential = defineRule({
  id: 'hidden-credential',
  summary: 'A secret or certificate lies on the service principal, where the portal does not show it',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, now }) {
    const credentials = facts.filter((fact) => fact.kind === 'credential');
    for (const fact of credentials) {
      const principal = facts.find((one) => one.kind === 'service-principal' && one.identity === fact.identity);
      if (fact.on !== 'service-principal' || isExpiredCredential(fact, now)) continue;
      if (principal?.kind !== 'service-principal' || principal.type === 'ManagedIdentity') continue;
      const isSigning = mayBeSigning(fact, credentials);
      const whose = principal.hasApplication
        ? 'beside those of its application'
        : 'of an application that is registered in another tenant, and signs in as it here';
      yield {
        at: fact,
        severity: isSigning ? 'low' : 'medium',
        confidence: isSigning ? 'likely' : 'certain',
        message: `${fact.type} \`${fact.subject}\` lies on the service principal, ${whose}: no page of the portal shows it${isSigning ? ', unless it signs SAML tokens' : ''}`,
        help: 'find in the audit log who added it; delete it with Microsoft Graph (`removePassword`, `removeKey`) and keep credentials on the application',
        evidence: { type: fact.type, end: fact.end, displayName: fact.displayName },
      };
    }
  },
});

import { isExpiredCredential } from '../core/credential.ts';
import type { CredentialFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';

/** The secret of a certificate that signs SAML tokens: both lie on the service principal by design, under one key id. */
const isHalfOfPair = (fact: CredentialFact, all: readonly CredentialFact[]): boolean =>
  fact.type === 'secret' &&
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
      if (isHalfOfPair(fact, credentials)) continue;
      const isSigning = fact.type === 'certificate';
      const where = principal.hasApplication
        ? 'lies on the service principal and not on its application'
        : 'lies on the service principal of an application that is registered in another tenant, and signs in as it here';
      yield {
        at: fact,
        severity: isSigning ? 'low' : 'medium',
        confidence: isSigning ? 'likely' : 'certain',
        message: `${fact.type} \`${fact.subject}\` ${where}: no page of the portal shows it${isSigning ? ', unless it signs SAML tokens' : ''}`,
        help: 'find in the audit log who added it; delete it with Microsoft Graph (`removePassword`, `removeKey`) and keep credentials on the application',
        evidence: { type: fact.type, end: fact.end, displayName: fact.displayName },
      };
    }
  },
});

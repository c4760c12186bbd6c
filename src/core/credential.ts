import type { CredentialFact, Fact } from './fact.ts';
import type { IdentityId } from './ids.ts';

/** Ends from this year on mean "never": the old portal's choice `Never` was stored as 2299-12-31. */
const neverFromYear = 2100;

/** When a credential stops working; `null`: never. */
export const endOfCredential = (fact: CredentialFact): Date | null => {
  if (fact.end === null) return null;
  const end = new Date(fact.end);
  return end.getUTCFullYear() >= neverFromYear ? null : end;
};

/** Has it stopped working? At its very end it has. */
export const isExpiredCredential = (fact: CredentialFact, now: Date): boolean => {
  const end = endOfCredential(fact);
  return end !== null && end.getTime() <= now.getTime();
};

/** Does it work at this moment: begun, and not yet over? */
export const isValidCredential = (fact: CredentialFact, now: Date): boolean =>
  !isExpiredCredential(fact, now) && (fact.start === null || new Date(fact.start).getTime() <= now.getTime());

/** A credential as messages name it, by key id: a display name is tenant text and says little. */
export const nameCredential = (fact: CredentialFact): string =>
  fact.on === 'application'
    ? `${fact.type} \`${fact.subject}\` on the application`
    : `${fact.type} \`${fact.subject}\` on the service principal, where the portal doesn't show it,`;

/** Identities whose keys Azure itself makes and renews: their credentials are nobody's to judge. */
export const managedIdentitiesIn = (facts: readonly Fact[]): ReadonlySet<IdentityId> =>
  new Set(
    facts
      .filter(
        (fact) =>
          fact.kind === 'vault-identity' || (fact.kind === 'service-principal' && fact.type === 'ManagedIdentity'),
      )
      .map((fact) => fact.identity),
  );

import type { CredentialFact, CredentialHolder } from '../core/fact.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  defineKind,
  type FoundIdentity,
  gapOf,
  graphNeed,
  mergeReadings,
  onlyJudged,
  type Reading,
} from '../core/kind.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { objectOf, optionalDateOf, optionalStringOf, requiredListOf, stringOf } from '../core/wire.ts';

const needs = 'Application.Read.All';

const parseCredential =
  (identity: IdentityId, on: CredentialHolder, type: CredentialFact['type']) =>
  (row: unknown): CredentialFact => {
    const wire = objectOf(row, `a ${type}`);
    const keyId = stringOf(wire, 'keyId').toLowerCase();
    return {
      kind: 'credential',
      // A signing certificate and its password share one key id.
      key: `credential/${identity.toLowerCase()}/${on}/${type}/${keyId}`,
      identity,
      subject: keyId,
      type,
      on,
      displayName: optionalStringOf(wire, 'displayName'),
      start: optionalDateOf(wire, 'startDateTime'),
      end: optionalDateOf(wire, 'endDateTime'),
    };
  };

const parseHolder = (identity: IdentityId, on: CredentialHolder, holder: unknown): CredentialFact[] => {
  const wire = objectOf(holder, `the ${on}`);
  return [
    ...requiredListOf(wire, 'passwordCredentials').map(parseCredential(identity, on, 'secret')),
    ...requiredListOf(wire, 'keyCredentials').map(parseCredential(identity, on, 'certificate')),
  ];
};

/** One certificate may stand twice, once to sign and once to verify, under one `customKeyIdentifier`; each row counts. */
const readOne = (identity: FoundIdentity): Reading => {
  const { servicePrincipal, application, id } = identity;
  if (servicePrincipal === null) return { facts: [], gaps: [] };
  const facts = readAs(ok({ servicePrincipal, application }), 'GET /servicePrincipals', (found) => [
    ...(found.application === null ? [] : parseHolder(id, 'application', found.application)),
    ...parseHolder(id, 'service-principal', found.servicePrincipal),
  ]);
  return facts.ok
    ? { facts: facts.value, gaps: [] }
    : { facts: [], gaps: [gapOf('credential', identity, needs, facts.error)] };
};

/** Secrets and certificates, on the application and on the service principal. Their lengths are judged, not planned. */
export const credential = defineKind<'credential'>({
  id: 'credential',
  title: 'Credential',
  needs,
  asks: () => [graphNeed(needs)],
  ...onlyJudged,
  read: async ({ identities }) => mergeReadings(identities.map(readOne)),
});

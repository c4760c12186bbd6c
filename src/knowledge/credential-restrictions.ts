import { addDuration, parseDuration } from '../core/duration.ts';
import type { AppManagementPolicyFact, CredentialFact } from '../core/fact.ts';

/** Restrictions by the sort of credential that they are on (source: passwordCredentialConfiguration, Microsoft Graph). */
const additions: Readonly<Record<string, CredentialFact['type']>> = { passwordAddition: 'secret' };
const lifetimes: Readonly<Record<string, CredentialFact['type']>> = {
  passwordLifetime: 'secret',
  asymmetricKeyLifetime: 'certificate',
};

/** Is a credential longer than a duration? One without dates, or a duration that makes no sense, tells nothing. */
const outlasts = ({ start, end }: CredentialFact, maxLifetime: string | null): boolean => {
  const longest = maxLifetime === null ? null : parseDuration(maxLifetime);
  if (start === null || end === null || longest === null) return false;
  return new Date(end) > addDuration(new Date(start), longest);
};

/** Is one duration longer than another? Unknown ones are not. */
export const isLonger = (one: string | null, other: string | null, from: Date): boolean => {
  const [a, b] = [one, other].map((text) => (text === null ? null : parseDuration(text)));
  return a != null && b != null && addDuration(from, a) > addDuration(from, b);
};

/** What a restriction would not let be made today, of a credential that is there; `null`: it would let it. */
export const beaten = (
  { restriction, on, maxLifetime, state }: AppManagementPolicyFact,
  credential: CredentialFact,
): 'addition' | 'lifetime' | null => {
  if (state === 'disabled' || on !== credential.on) return null;
  if (additions[restriction] === credential.type) return 'addition';
  return lifetimes[restriction] === credential.type && outlasts(credential, maxLifetime) ? 'lifetime' : null;
};

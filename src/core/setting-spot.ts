import { placeOfIdentity } from './identity-of.ts';
import type { Policy } from './policy.ts';
import type { Complaint } from './rule.ts';
import type { StorageProtectionFact, VaultProtectionFact } from './safety-fact.ts';

/** Where a complaint on a protection setting stands: on the resource, at the line of the identity that names it. */
export const settingSpot = (
  policy: Policy,
  { identity, subject, resource }: VaultProtectionFact | StorageProtectionFact,
): Pick<Complaint, 'at' | 'about'> => ({
  at: null,
  about: { identity, subject, scope: resource, place: placeOfIdentity(policy, identity) },
});

/** Is it what Azure calls so? Azure isn't of one mind on upper and lower case. */
export const isValue = ({ value }: VaultProtectionFact | StorageProtectionFact, ...words: readonly string[]): boolean =>
  words.some((word) => word.toLowerCase() === value.toLowerCase());

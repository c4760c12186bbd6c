import type { Place } from './diagnostic.ts';
import type { IdentityId } from './ids.ts';
import type { Policy, PolicyIdentity } from './policy.ts';

/** The entry under `identities` that a fact is about. Policies and Azure may spell one resource id differently. */
export const identityOf = ({ identities }: Policy, id: IdentityId): PolicyIdentity | null =>
  identities.find((identity) => identity.id.toLowerCase() === id.toLowerCase()) ?? null;

/** Where a policy names the identity; the policy's own place where it doesn't. */
export const placeOfIdentity = (policy: Policy, id: IdentityId): Place => identityOf(policy, id)?.place ?? policy.place;

/** Is it the identity of a vault, assigned by the system or by a user? */
export const isVaultIdentity = (policy: Policy, id: IdentityId): boolean => {
  const type = identityOf(policy, id)?.type;
  return type === 'vault-system' || type === 'vault-user';
};

/** Is it a managed identity: of a vault, of a machine, or one that a user made? */
export const isManagedIdentity = (policy: Policy, id: IdentityId): boolean =>
  isVaultIdentity(policy, id) || identityOf(policy, id)?.type === 'managed-identity';

import type { FoundIdentity } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { Gap } from '../core/snapshot.ts';

/** Who the policies' identities are, and what could not be found out. */
export interface FoundIdentities {
  readonly identities: readonly FoundIdentity[];
  readonly gaps: readonly Gap[];
}

/** An identity of which nothing is known yet. */
export const unreadIdentity = (identity: PolicyIdentity): FoundIdentity => ({
  id: identity.id,
  state: 'unread',
  objectId: null,
  appId: identity.type === 'app' ? identity.appId : null,
  displayName: null,
  goneObjectId: null,
  mistake: null,
  servicePrincipal: null,
  application: null,
  vault: null,
});

export const mergeFound = (parts: readonly FoundIdentities[]): FoundIdentities => ({
  identities: parts.flatMap(({ identities }) => identities),
  gaps: parts.flatMap(({ gaps }) => gaps),
});

import type { AppId, IdentityId, ObjectId } from '../core/ids.ts';
import type { ReadFailure } from '../core/ports.ts';
import type { Gap } from '../core/snapshot.ts';
import type { HeldRole } from '../knowledge/backup-likeness.ts';
import type { HeldPermission } from '../knowledge/content-workloads.ts';

/** How a policy would name an identity. */
export type NamedAs =
  | { readonly type: 'app' }
  | { readonly type: 'vault-system'; readonly vault: string }
  | { readonly type: 'vault-user'; readonly vault: string; readonly managedIdentity: string }
  | { readonly type: 'managed-identity'; readonly managedIdentity: string };

/** An Azure role at its scope. */
export interface RoleAtScope extends HeldRole {
  readonly scope: string;
}

/** An identity that no policy names, with what a scan saw it hold. */
export interface Stranger {
  /** As reports name it: an app id, or the resource id of a vault or managed identity. */
  readonly identity: IdentityId;
  readonly as: NamedAs;
  readonly objectId: ObjectId;
  readonly appId: AppId | null;
  readonly displayName: string | null;
  readonly permissions: readonly HeldPermission[];
  readonly roles: readonly RoleAtScope[];
}

/** A part of the whole tenant that a scan could not read, or (`failure: null`) read wholly. */
export interface ScanRead {
  readonly kind: Gap['kind'];
  readonly needs: string;
  readonly failure: ReadFailure | null;
}

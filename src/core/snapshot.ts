import type { Fact, KindId, RolePermissions } from './fact.ts';
import type { AppId, IdentityId, ObjectId, RoleId } from './ids.ts';

/** Why something could not be read. Closed: each has its words in reports. */
export type GapReason =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  | 'unreachable'
  | 'server-error'
  | 'malformed'
  | 'incomplete'
  | 'not-visible'
  | 'not-supported'
  | 'no-evidence'
  | 'stale-evidence';

/** A part of the tenant that was not read: never taken for "nothing there". */
export interface Gap {
  readonly kind: KindId;
  readonly identity: IdentityId;
  readonly reason: GapReason;
  /** The permission or step that would cure it. */
  readonly needs: string;
  /** What was asked: `GET /servicePrincipals/…/appRoleAssignments`. */
  readonly request: string;
  /** What came back, in one line. */
  readonly detail: string;
}

/** Who an identity of a policy turned out to be. */
export interface KnownIdentity {
  readonly id: IdentityId;
  /** `absent`: the tenant was asked and has no such identity. `unread`: there is a gap. */
  readonly state: 'found' | 'absent' | 'unread';
  readonly objectId: ObjectId | null;
  readonly appId: AppId | null;
  readonly displayName: string | null;
  /** An object id that the policy pins and that no service principal has (any more). */
  readonly goneObjectId: ObjectId | null;
  /** What is wrong with how the policy names it, where the tenant shows it. */
  readonly mistake: string | null;
}

/** What the tenant holds for the policies' identities, when it was read, and what could not be read. */
export interface Snapshot {
  readonly version: 2;
  readonly tenant: { readonly id: string; readonly cloud: string };
  readonly readAt: string;
  readonly identities: readonly KnownIdentity[];
  readonly facts: readonly Fact[];
  readonly gaps: readonly Gap[];
  /** Graph permissions that the reader held, and commands with evidence: by these, kinds that no policy asks for were read. */
  readonly held: readonly string[];
  /** Optional kinds that the tenant or its cloud doesn't offer: they were not read. */
  readonly notOffered?: readonly KindId[];
  /** By kind, what was looked up: ids of identities, and settings, sites, vaults that policies speak of; lower case. */
  readonly asked: Readonly<Partial<Record<KindId, readonly string[]>>>;
  /** Names that were resolved while reading, so that a replay resolves them the same way. */
  readonly names: NameBook;
}

/** Names and ids as the tenant itself lists them. */
export interface NameBook {
  readonly apis: readonly ApiNames[];
  readonly azureRoles: readonly AzureRoleName[];
  readonly directoryRoles: readonly { readonly id: RoleId; readonly name: string }[];
}

/** An API's service principal; `application` and `delegated` are `null` where they were not asked for. */
export interface ApiNames {
  readonly appId: AppId;
  readonly objectId: ObjectId;
  readonly displayName: string;
  readonly application: readonly PermissionName[] | null;
  readonly delegated: readonly PermissionName[] | null;
}

export interface PermissionName {
  readonly id: RoleId;
  readonly value: string;
}

export interface AzureRoleName {
  readonly id: RoleId;
  readonly name: string;
  readonly type: 'BuiltInRole' | 'CustomRole';
  readonly permissions: readonly RolePermissions[];
}

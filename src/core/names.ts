import type { AppId, ObjectId, RoleId } from './ids.ts';
import type { ReadFailure } from './ports.ts';
import type { Result } from './result.ts';
import type { AzureRoleName, PermissionName } from './snapshot.ts';

export type PermissionPlane = 'application' | 'delegated';

/** An API, with what the tenant (or, offline, the built-in list) calls it. */
export interface NamedApi {
  readonly appId: AppId;
  readonly displayName: string;
  /** Day since which it answers nobody, where it is retired. */
  readonly retired?: string | null;
}

/**
 * A name looked up: found, or unknown with the nearest known name. `unsure`: the list that would tell was not read, so the
 * name stands for itself.
 */
export type Lookup<T> =
  | { readonly state: 'found'; readonly value: T }
  | { readonly state: 'unknown'; readonly suggestion: string | null }
  | { readonly state: 'unsure' };

/** Help for a name that stands for nothing. */
export const didYouMean = (lookup: Lookup<unknown>): string | null =>
  lookup.state === 'unknown' && lookup.suggestion !== null ? `did you mean \`${lookup.suggestion}\`?` : null;

/** Names ↔ ids, from the tenant where it was read, else from the built-in lists. Keyed by (API, id), never by name alone. */
export interface Names {
  /** An API by app id or well-known name. */
  readonly api: (nameOrAppId: string) => Lookup<NamedApi>;
  readonly permission: (api: AppId, plane: PermissionPlane, name: string) => Lookup<PermissionName>;
  /** An Azure role by name: a built-in one, never a custom one that took its name. */
  readonly azureRole: (name: string) => Lookup<AzureRoleName>;
  readonly azureRoleById: (id: RoleId) => Lookup<AzureRoleName>;
  readonly directoryRole: (name: string) => Lookup<{ readonly id: RoleId; readonly name: string }>;
}

/** Names of what is held, asked of the tenant as it is met: a grant names its API by the API's object id only. */
export interface HeldNames {
  readonly api: (resource: ObjectId) => Promise<Result<NamedApi, ReadFailure>>;
  /** An app role of that API; one that the API no longer offers keeps its id as its name. */
  readonly appRole: (
    resource: ObjectId,
    role: RoleId,
  ) => Promise<Result<{ readonly api: NamedApi; readonly permission: PermissionName }, ReadFailure>>;
}

import type { Place } from './diagnostic.ts';
import type { AppId, ArmId, IdentityId, ObjectId, RoleId } from './ids.ts';
import type { Operation } from './operation.ts';
import type { Product } from './product.ts';

export type { Operation };

/** Is the identity found by app id, by vault, by managed identity, or is it a user? */
export type PolicyIdentity = {
  readonly id: IdentityId;
  readonly place: Place;
} & (
  | { readonly type: 'app'; readonly appId: AppId; readonly objectId: ObjectId | null }
  | { readonly type: 'vault-system'; readonly vault: ArmId }
  | { readonly type: 'vault-user'; readonly vault: ArmId; readonly managedIdentity: ArmId }
  | { readonly type: 'managed-identity'; readonly managedIdentity: ArmId }
  | { readonly type: 'user'; readonly objectId: ObjectId }
);

export type ScopePurpose = 'source' | 'snapshots' | 'target' | 'staging' | 'key';
export type Enforcement = 'report' | 'additive' | 'authoritative';

/** A value with the place where a person wrote it. */
export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

export interface Protects {
  readonly workload: string;
  readonly operations: readonly Operation[];
  readonly elevations: readonly { readonly operation: Operation; readonly maxDuration: string }[];
  /** Things protected, with their purpose; empty: the whole tenant. A plain list in YAML is purpose `source`. */
  readonly scopes: readonly { readonly purpose: ScopePurpose; readonly scope: string }[];
  readonly place: Place;
}

/** A permission as written: by name, on an API named by name or app id. */
export interface WrittenPermission {
  readonly name: string;
  readonly purpose: string | null;
  readonly place: Place;
}

/** The permissions of one API, `[]` meaning none at all. */
export interface WrittenApiPermissions {
  /** API as written, by name or app id. */
  readonly api: string;
  readonly permissions: readonly WrittenPermission[];
  readonly place: Place;
}

export interface WrittenAzureRole {
  /** Built-in role by name, or `null` where `roleId` is given. */
  readonly role: string | null;
  readonly roleId: RoleId | null;
  readonly scope: ArmId;
  readonly condition: string | null;
  readonly eligible: boolean;
  readonly purpose: string | null;
  readonly place: Place;
}

/** The access map: a plane that is `null` is not managed by this policy; an empty one may hold nothing. */
export interface WrittenAccess {
  readonly applicationPermissions: readonly WrittenApiPermissions[] | null;
  readonly delegatedPermissions: readonly WrittenApiPermissions[] | null;
  readonly azureRoles: readonly WrittenAzureRole[] | null;
  readonly directoryRoles:
    | readonly {
        readonly role: string;
        readonly scope: string | null;
        readonly eligible: boolean;
        readonly place: Place;
      }[]
    | null;
  readonly exchangeRoles: readonly { readonly role: string; readonly scope: string; readonly place: Place }[] | null;
  readonly siteGrants: readonly { readonly site: string; readonly role: string; readonly place: Place }[] | null;
  readonly keyVaultAccess:
    | readonly {
        readonly vault: ArmId;
        readonly permissions: Readonly<Record<string, readonly string[]>>;
        readonly place: Place;
      }[]
    | null;
  readonly groups: readonly { readonly id: ObjectId; readonly place: Place }[] | null;
}

export interface CredentialTerms {
  readonly allow: readonly ('federated' | 'certificate' | 'secret')[] | null;
  /** ISO 8601 durations. */
  readonly maxLifetime: string | null;
  readonly renewBefore: string | null;
  readonly place: Place;
}

export interface PolicyException {
  readonly rule: string;
  readonly subject: string;
  readonly identity: string | null;
  readonly reason: string;
  readonly approvedBy: string;
  /** ISO date, the last day on which it holds. */
  readonly expires: string;
  readonly place: Place;
}

export interface Presence {
  readonly appId: AppId | null;
  readonly userPrincipalName: string | null;
  readonly purpose: string | null;
  readonly place: Place;
}

/** One backup integration as a person wrote it, checked against the schema and normalised; names not yet resolved. */
export interface Policy {
  readonly name: string;
  readonly file: string;
  /** The file's lines, for the squiggle of what is found after parsing. */
  readonly lines: readonly string[];
  readonly place: Place;
  readonly integration: string | null;
  readonly tenant: Placed<string> | null;
  readonly owner: string;
  readonly reviewBy: string | null;
  readonly description: string | null;
  readonly product: Placed<string> | null;
  /** Profile of that product among people's own; absent or `null`: the built-in one, if there is one. */
  readonly profile?: Product | null;
  readonly state: 'active' | 'retired';
  readonly enforcement: Enforcement;
  readonly identities: readonly PolicyIdentity[];
  readonly protects: readonly Protects[];
  /** `minimal`: computed from what is protected. */
  readonly access: WrittenAccess | 'minimal' | null;
  readonly credentials: CredentialTerms | null;
  readonly tenantSettings: readonly { readonly name: string; readonly value: string; readonly place: Place }[];
  readonly mustExist: readonly Presence[];
  readonly mustNotExist: readonly Presence[];
  readonly exceptions: readonly PolicyException[];
}

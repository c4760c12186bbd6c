import type { FactHead, IsoDate } from './fact-head.ts';
import type { AppId, ArmId, ObjectId, RoleId } from './ids.ts';
import type { RolePermissions } from './role-permissions.ts';

/** A group that an identity is in, directly or through another group. */
export interface GroupMembershipFact extends FactHead {
  readonly kind: 'group-membership';
  readonly group: ObjectId;
  /** `null` where the reader may see that the group is there, and no more of it. */
  readonly displayName: string | null;
  /** Can directory roles be given to the group? `null` where that could not be seen, and on the policy's side. */
  readonly roleAssignable: boolean | null;
}

/** An Azure role that the identity may activate (Privileged Identity Management). */
export interface AzureRoleEligibilityFact extends FactHead {
  readonly kind: 'azure-role-eligibility';
  readonly role: RoleId;
  readonly scope: ArmId;
  readonly condition: string | null;
  /** What the role allows; `null` where the definition could not be read. */
  readonly permissions: readonly RolePermissions[] | null;
  readonly roleType: 'BuiltInRole' | 'CustomRole';
  readonly scheduleId: string | null;
  /** `null`: for good, or not said by a policy. */
  readonly end: IsoDate | null;
  /** Groups by which it is held; absent: by the identity itself. */
  readonly through?: readonly ObjectId[];
}

/** An Exchange management or application role, held directly or as member of a role group. */
export interface ExchangeRoleAssignmentFact extends FactHead {
  readonly kind: 'exchange-role-assignment';
  /** Role by name: `Application Mail.Read`, `ApplicationImpersonation`, a custom one. */
  readonly role: string;
  /** `organization`, a custom scope's display name, `group:<id>` or `administrativeUnit:<id>`, as policies spell it. */
  readonly scope: string;
  /** Built-in role that a custom one was made from, where evidence tells. */
  readonly parent: string | null;
  /** Role group by which it is held, by name; `null`: held directly. */
  readonly roleGroup: string | null;
  /** Commands that a management role allows, where evidence tells; `null`: unknown. */
  readonly commands: readonly string[] | null;
  readonly assignmentId: string | null;
}

/** Access of an app to one site (`Sites.Selected`). */
export interface SiteGrantFact extends FactHead {
  readonly kind: 'site-grant';
  /** Address of the site, lower case, without a slash at its end. */
  readonly site: string;
  readonly siteId: string | null;
  readonly role: string;
  readonly permissionId: string | null;
}

/** What access policies of a key vault give an identity. */
export interface KeyVaultAccessFact extends FactHead {
  readonly kind: 'key-vault-access';
  readonly vault: ArmId;
  /** Permissions by object type (`keys`, `secrets`, `certificates`, `storage`), each sorted and lower case. */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
  /** Do access policies rule at all? Where Azure roles do, they are kept and count for nothing. */
  readonly inEffect: boolean;
}

/** Somebody else's token that is as good as a credential of the identity. */
export interface FederatedCredentialFact extends FactHead {
  readonly kind: 'federated-credential';
  readonly name: string;
  readonly issuer: string;
  /** Claim `sub` that is asked for; `null` where an expression says which. */
  readonly claim: string | null;
  /** Flexible expression on claims, `null` where `claim` says which. */
  readonly expression: string | null;
  readonly audiences: readonly string[];
  readonly on: 'application' | 'managed-identity';
}

/** An Application Access Policy of Exchange: which mailboxes an app may or may not reach. */
export interface ApplicationAccessPolicyFact extends FactHead {
  readonly kind: 'application-access-policy';
  readonly appId: AppId;
  readonly right: 'RestrictAccess' | 'DenyAccess';
  /** The group that it is about, by name. */
  readonly scope: string;
}

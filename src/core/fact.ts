import type {
  ApplicationAccessPolicyFact,
  AzureRoleEligibilityFact,
  ExchangeRoleAssignmentFact,
  FederatedCredentialFact,
  GroupMembershipFact,
  KeyVaultAccessFact,
  SiteGrantFact,
} from './access-fact.ts';
import type { FactHead, IsoDate } from './fact-head.ts';
import type { AppId, ArmId, ObjectId, RoleId, TenantId } from './ids.ts';
import type { RolePermissions } from './role-permissions.ts';
import type {
  AdministratorFact,
  AppManagementPolicyFact,
  AppPresenceFact,
  ConditionalAccessFact,
  DirectoryAuditFact,
  ExchangeAccountFact,
  SignInActivityFact,
  StorageProtectionFact,
  VaultProtectionFact,
} from './safety-fact.ts';

export type * from './access-fact.ts';
export type * from './safety-fact.ts';
export type { IsoDate, RolePermissions };

/** The identity itself: the service principal that a backup product signs in as, or a vault's managed identity. */
export interface ServicePrincipalFact extends FactHead {
  readonly kind: 'service-principal';
  readonly objectId: ObjectId;
  readonly appId: AppId | null;
  readonly displayName: string;
  readonly enabled: boolean;
  /** Microsoft's `servicePrincipalType`: `Application`, `ManagedIdentity`, … */
  readonly type: string;
  /** `signInAudience` of the application, or of the service principal where the application lives elsewhere. */
  readonly audience: string | null;
  /** Home tenant of the application. */
  readonly ownerTenant: TenantId | null;
  /** Is the application registered in this tenant? A vendor's multi-tenant app is not. */
  readonly hasApplication: boolean;
  readonly owners: readonly Owner[];
  /** Said where they could not all be read: then there may be more. */
  readonly ownersUnread?: true;
  /** APIs that the application's manifest asks permissions of, granted or not. */
  readonly requests: readonly AppId[];
  /**
   * Are credentials on service principals of the application locked in every tenant (instance property lock)? `null`
   * where the application says nothing of it, absent where it lives elsewhere.
   */
  readonly propertyLock?: PropertyLock | null;
  /** Do users, and other apps, need an assignment to get a token for it? Absent: not said. */
  readonly assignmentRequired?: boolean;
  /** Publisher that Microsoft verified, by name; `null`: none. Absent: not said. */
  readonly verifiedPublisher?: string | null;
}

/** `all` sensitive properties are locked, `some` of them, or `none`. */
export type PropertyLock = 'all' | 'some' | 'none';

export interface Owner {
  readonly id: ObjectId;
  /** `user`, `servicePrincipal`, … */
  readonly type: string;
  readonly on: CredentialHolder;
}

/** An application permission (app role) on an API, held tenant-wide. */
export interface AppRoleAssignmentFact extends FactHead {
  readonly kind: 'app-role-assignment';
  readonly api: AppId;
  readonly apiName: string;
  readonly role: RoleId;
  /** Microsoft's id of the assignment, `null` on the policy's side. */
  readonly assignmentId: string | null;
  readonly created: IsoDate | null;
  readonly purpose: string | null;
}

/** One delegated scope on an API, with who consented. */
export interface DelegatedGrantFact extends FactHead {
  readonly kind: 'delegated-grant';
  readonly api: AppId;
  readonly apiName: string;
  /** Empty on the policy's side: a policy asks for the scope, not for who consents. */
  readonly consents: readonly Consent[];
  readonly purpose: string | null;
}

export interface Consent {
  readonly grantId: string;
  /** `AllPrincipals`: for every user of the tenant. */
  readonly type: 'AllPrincipals' | 'Principal';
  readonly principal: ObjectId | null;
}

/** An Azure role held at a scope. */
export interface AzureRoleAssignmentFact extends FactHead {
  readonly kind: 'azure-role-assignment';
  readonly role: RoleId;
  readonly scope: ArmId;
  readonly condition: string | null;
  /** What the role allows; `null` where the definition could not be read. */
  readonly permissions: readonly RolePermissions[] | null;
  readonly roleType: 'BuiltInRole' | 'CustomRole';
  readonly assignmentId: ArmId | null;
  /** Object id that holds it; of a gone identity too. `null` on the policy's side. */
  readonly principal: ObjectId | null;
  /** Does the principal still exist? */
  readonly orphaned: boolean;
  readonly created: IsoDate | null;
  readonly purpose: string | null;
  /** Groups by which it is held; absent: by the identity alone. */
  readonly through?: readonly ObjectId[];
}

export type CredentialHolder = 'application' | 'service-principal';

/** A secret or certificate, on the application or hidden on the service principal. */
export interface CredentialFact extends FactHead {
  readonly kind: 'credential';
  readonly type: 'secret' | 'certificate';
  readonly on: CredentialHolder;
  readonly displayName: string | null;
  readonly start: IsoDate | null;
  readonly end: IsoDate | null;
}

/** A managed identity of a Recovery Services or Backup vault. */
export interface VaultIdentityFact extends FactHead {
  readonly kind: 'vault-identity';
  readonly vault: ArmId;
  readonly type: 'system' | 'user';
  /** Resource id of a user-assigned identity. */
  readonly managedIdentity: ArmId | null;
  readonly principal: ObjectId | null;
}

/** A directory role held at a scope of the directory. */
export interface DirectoryRoleAssignmentFact extends FactHead {
  readonly kind: 'directory-role-assignment';
  /** Template id of a built-in role, id of a custom one. */
  readonly role: RoleId;
  /** `/` for the whole directory, else an administrative unit or object. */
  readonly scope: string;
  readonly assignmentId: string | null;
  /** May it be activated, rather than being held at any time (Privileged Identity Management)? */
  readonly eligible: boolean;
  /** Groups by which it is held; absent: by the identity alone. */
  readonly through?: readonly ObjectId[];
}

/** A setting of the whole tenant that a policy or its product speaks of, told under the policy's first identity. */
export interface TenantSettingFact extends FactHead {
  readonly kind: 'tenant-setting';
  /** `enabled`, `disabled` or, of Exchange Web Services, `allow-list`. */
  readonly value: string;
  /** Does the value hold because nobody set one? Microsoft may change such a value. `false` on the policy's side. */
  readonly byDefault: boolean;
}

/** An app principal that SharePoint keeps itself (Azure ACS, appinv.aspx): Microsoft Entra doesn't show it. */
export interface AcsAppPrincipalFact extends FactHead {
  readonly kind: 'acs-app-principal';
  readonly title: string | null;
  /** May it act without a user? */
  readonly appOnly: boolean;
  /** Rights on the whole tenant, as `FullControl on http://sharepoint/content/tenant`. */
  readonly tenantPermissions: readonly string[];
  /** Rights on single site collections, spelt alike. */
  readonly sitePermissions: readonly string[];
}

/** Everything that this program knows how to say of a tenant: the tenant model on one page. */
export type Fact =
  | ServicePrincipalFact
  | AppRoleAssignmentFact
  | DelegatedGrantFact
  | AzureRoleAssignmentFact
  | DirectoryRoleAssignmentFact
  | CredentialFact
  | VaultIdentityFact
  | TenantSettingFact
  | AcsAppPrincipalFact
  | GroupMembershipFact
  | AzureRoleEligibilityFact
  | ExchangeRoleAssignmentFact
  | SiteGrantFact
  | KeyVaultAccessFact
  | FederatedCredentialFact
  | ApplicationAccessPolicyFact
  | AppPresenceFact
  | SignInActivityFact
  | DirectoryAuditFact
  | VaultProtectionFact
  | StorageProtectionFact
  | AppManagementPolicyFact
  | ConditionalAccessFact
  | AdministratorFact
  | ExchangeAccountFact;

export type KindId = Fact['kind'];
export type FactOf<K extends KindId> = Extract<Fact, { kind: K }>;

/** Is it held by groups alone? What a group holds is others' too: no plan touches it. */
export const isOnlyThroughGroups = (fact: Fact): boolean =>
  'through' in fact &&
  fact.through !== undefined &&
  (fact.kind === 'azure-role-eligibility' ? fact.scheduleId : fact.assignmentId) === null;

/** What a fact leaves behind once the identity's own assignment is taken away: what it holds by groups; `null`: nothing. */
export const leftToGroups = (fact: Fact): Fact | null =>
  fact.kind === 'azure-role-assignment' && fact.through !== undefined ? { ...fact, assignmentId: null } : null;

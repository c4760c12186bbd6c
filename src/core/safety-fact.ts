import type { FactHead, IsoDate } from './fact-head.ts';
import type { AppId, ArmId, ObjectId } from './ids.ts';

/** An app or user that a policy names in `mustExist` or `mustNotExist` and that is there; one of the identity that is first. */
export interface AppPresenceFact extends FactHead {
  readonly kind: 'app-presence';
  readonly what: 'app' | 'user';
  readonly appId: AppId | null;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  /** `deleted`: still in the tenant's deleted items, from which it can be restored. */
  readonly state: 'present' | 'deleted';
  readonly enabled: boolean | null;
  /** Directory roles that it holds, by name. */
  readonly roles: readonly string[];
  /** Count of licences. */
  readonly licences: number;
  readonly hasMailbox: boolean;
}

/** When an identity last signed in, and with which credentials. */
export interface SignInActivityFact extends FactHead {
  readonly kind: 'sign-in-activity';
  /** `null`: never, as far as Microsoft keeps it. */
  readonly last: IsoDate | null;
  readonly credentials: readonly { readonly keyId: string; readonly last: IsoDate | null }[];
}

/** An entry of the directory's audit log about the identity: who granted what, when. */
export interface DirectoryAuditFact extends FactHead {
  readonly kind: 'directory-audit';
  readonly activity: string;
  readonly at: IsoDate;
  readonly actor: {
    readonly type: 'user' | 'app';
    readonly id: string | null;
    readonly name: string | null;
    /** Directory roles that a user holds by now, by name; absent: not asked. */
    readonly roles?: readonly string[];
  };
}

/** One protection setting of a vault, or of the key vault that holds its key; told under the identity that names it. */
export interface VaultProtectionFact extends FactHead {
  readonly kind: 'vault-protection';
  /** The vault, or the key vault. */
  readonly resource: ArmId;
  /** The setting by its name in POLICY.md, or `encryption`, `protectedItems`, `locks`. Also the subject. */
  readonly setting: string;
  /** As Azure spells it: `AlwaysOn`, `Locked`, `Enabled`, `GeoRedundant`, a number. */
  readonly value: string;
  /** Numbers and names that explain the value. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** One protection setting of a storage account that is protected or restored to. */
export interface StorageProtectionFact extends FactHead {
  readonly kind: 'storage-protection';
  readonly resource: ArmId;
  readonly setting: string;
  readonly value: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** One restriction that the tenant puts on the credentials of the identity, or its being exempted. */
export interface AppManagementPolicyFact extends FactHead {
  readonly kind: 'app-management-policy';
  /** `passwordAddition`, `passwordLifetime`, `asymmetricKeyLifetime`, … */
  readonly restriction: string;
  readonly on: 'application' | 'service-principal';
  readonly state: 'enabled' | 'disabled';
  /** ISO 8601 duration. */
  readonly maxLifetime: string | null;
  /** Credentials made before this day are let be. */
  readonly from: IsoDate | null;
  /** Name of the policy that says so; `null`: the tenant's default one. */
  readonly policy: string | null;
}

/** How one Conditional Access policy bears on the identity. */
export interface ConditionalAccessFact extends FactHead {
  readonly kind: 'conditional-access';
  readonly displayName: string;
  readonly state: 'enabled' | 'disabled' | 'reporting';
  readonly bears: 'covers' | 'excludes';
  /** `workload-identity`: on the identity itself; `device-code`: on that way of signing in; `administrators`: on people. */
  readonly about: 'workload-identity' | 'device-code' | 'administrators';
  readonly blocks: boolean;
  /** Of `administrators`: who it is about, by sign-in name or object id. */
  readonly person?: string;
}

/** A person who may at any time do what takes the tenant over, and with it the backup. */
export interface AdministratorFact extends FactHead {
  readonly kind: 'administrator';
  readonly objectId: ObjectId;
  readonly userPrincipalName: string | null;
  /** Tier-0 directory roles held for good, by name. */
  readonly roles: readonly string[];
  readonly hasMailbox: boolean | null;
  /** How backup comes in: the person is an identity, is named by the policy, owns the app, or is called after backup. */
  readonly by: 'identity' | 'presence' | 'owner' | 'name';
}

/** What Exchange says of a person's account. */
export interface ExchangeAccountFact extends FactHead {
  readonly kind: 'exchange-account';
  readonly userPrincipalName: string;
  /** May it use Exchange by PowerShell? `null`: no evidence tells. */
  readonly powerShell: boolean | null;
  /** Does what it does in mailboxes stay out of their audit logs? */
  readonly auditBypass: boolean | null;
  /** Public folders that it owns, by path. */
  readonly publicFolders: readonly string[];
}

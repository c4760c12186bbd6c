import type { ArmId, ObjectId, RoleId } from './ids.ts';

/** An app role of one API, held by one principal. */
export interface AppRoleTarget {
  readonly kind: 'app-role-assignment';
  readonly principal: ObjectId;
  /** The API's service principal in this tenant. */
  readonly resource: ObjectId;
  readonly role: RoleId;
  /** The assignment that is to go; `null` where one is to come. */
  readonly assignmentId: string | null;
}

/** One scope in one delegated permission grant. */
export interface DelegatedGrantTarget {
  readonly kind: 'delegated-grant';
  readonly client: ObjectId;
  readonly resource: ObjectId;
  readonly scope: string;
  readonly consent: 'AllPrincipals' | 'Principal';
  /** Whom the consent is for; `null`: every user. */
  readonly user: ObjectId | null;
  /** The grant that holds the scope; `null` where the scope is to come. */
  readonly grantId: string | null;
}

/** An Azure role of one principal at exactly one scope. */
export interface AzureRoleTarget {
  readonly kind: 'azure-role-assignment';
  readonly principal: ObjectId;
  readonly principalType: 'ServicePrincipal' | 'User';
  readonly role: RoleId;
  readonly scope: ArmId;
  /** Condition that is to stand, or that the assignment has which is to go. */
  readonly condition: string | null;
  /** The assignment that is there; for a new one the id that it will have, made from the ids above. */
  readonly assignmentId: ArmId;
}

/** What one access policy of a key vault gives one principal; permissions as in `KeyVaultAccessFact`. */
export interface KeyVaultTarget {
  readonly kind: 'key-vault-access';
  readonly vault: ArmId;
  readonly principal: ObjectId;
  readonly before: Readonly<Record<string, readonly string[]>> | null;
  readonly after: Readonly<Record<string, readonly string[]>> | null;
}

/** What a write is about, by ids alone: names never decide what is written. */
export type WriteTarget = AppRoleTarget | DelegatedGrantTarget | AzureRoleTarget | KeyVaultTarget;

export type TargetOf<K extends WriteTarget['kind']> = Extract<WriteTarget, { kind: K }>;

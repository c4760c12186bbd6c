/** Ids that look alike and must never be swapped: mixing an app id and an object id is the classic Entra mistake. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `appId` of an application or service principal: the same in every tenant. Lower-case GUID. */
export type AppId = Branded<'AppId'>;
/** `id` of a directory object in one tenant: a service principal, user or group. Lower-case GUID. */
export type ObjectId = Branded<'ObjectId'>;
/** Lower-case GUID of an Entra tenant. */
export type TenantId = Branded<'TenantId'>;
/** Lower-case GUID of an app role, a delegated scope or an Azure role definition (without its scope). */
export type RoleId = Branded<'RoleId'>;
/** Id of an Azure resource or scope as the source spells it; compare with `sameArmId`. */
export type ArmId = Branded<'ArmId'>;
/** Who holds access, as reports name it: an app id, the id of a vault or managed identity, or an object id. */
export type IdentityId = Branded<'IdentityId'>;

const lower = (text: string): string => text.toLowerCase();

export const appId = (text: string): AppId => lower(text) as AppId;
export const objectId = (text: string): ObjectId => lower(text) as ObjectId;
export const tenantId = (text: string): TenantId => lower(text) as TenantId;
export const roleId = (text: string): RoleId => lower(text) as RoleId;
export const armId = (text: string): ArmId => text as ArmId;
export const identityId = (text: string): IdentityId => text as IdentityId;

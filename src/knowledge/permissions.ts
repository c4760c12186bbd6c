import type { AppId, RoleId } from '../core/ids.ts';
import { type PermissionType, permissionKey } from './apis.ts';
import data from './generated/permissions.json' with { type: 'json' };

/** How much harm its holder can do with it alone, over the whole tenant. `tier0`: can reach control of the tenant. */
export type Sensitivity = 'low' | 'medium' | 'high' | 'tier0';

/** An application permission or a delegated scope of an API. Identity is (api, type, id), never the id alone. */
export interface Permission {
  readonly api: AppId;
  readonly id: RoleId;
  readonly type: PermissionType;
  readonly value: string;
  /** What it lets its holder do, in one sentence. */
  readonly allows: string;
  readonly sensitivity: Sensitivity;
  readonly source: string;
  /** ISO date at which the source said so. */
  readonly date: string;
}

/** Permissions that backup software asks for, or could use instead. */
export const permissions = data.permissions as unknown as readonly Permission[];

const byValue = new Map(permissions.map((one) => [permissionKey(one.api, one.type, one.value), one]));
const byId = new Map(permissions.map((one) => [permissionKey(one.api, one.type, one.id), one]));

/** By name, in any case; `null` where the built-in list has none (the tenant may still know it). */
export const findPermission = (api: AppId, type: PermissionType, value: string): Permission | null =>
  byValue.get(permissionKey(api, type, value)) ?? null;

/** By id of the app role or scope. */
export const permissionById = (api: AppId, type: PermissionType, id: string): Permission | null =>
  byId.get(permissionKey(api, type, id)) ?? null;

import type { AppId, RoleId } from '../core/ids.ts';
import data from './generated/apis.json' with { type: 'json' };

/** A resource application: the API that a permission is a permission on. */
export interface Api {
  readonly appId: AppId;
  /** Display name of its service principal, as tenants show it. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** ISO date since which it no longer answers, `null` while it does. */
  readonly retired: string | null;
}

/** APIs that backup software asks permissions of. */
export const apis = data.apis as unknown as readonly Api[];

const byName = new Map<string, Api>(
  apis.flatMap((api) => [api.appId, api.name, ...api.aliases].map((name): [string, Api] => [name.toLowerCase(), api])),
);

/** The API of that name, alias or app id, in any case; `null` where the built-in list has none. */
export const findApi = (nameOrAppId: string): Api | null => byName.get(nameOrAppId.trim().toLowerCase()) ?? null;

const appIdOf = (name: string): AppId => {
  const api = findApi(name);
  if (api === null) throw new Error(`no such API in the knowledge: ${name}`);
  return api.appId;
};

/** App ids that code speaks of by name. */
export const microsoftGraph = appIdOf('Microsoft Graph');
export const exchangeOnline = appIdOf('Exchange Online');
export const sharePointOnline = appIdOf('SharePoint Online');
export const azureAdGraph = appIdOf('Azure AD Graph');
export const azureServiceManagement = appIdOf('Azure Service Management');

/** One key of (api, type, what): the same GUID or name stands for different permissions on different APIs. */
export const permissionKey = (api: AppId, type: PermissionType, what: RoleId | string): string =>
  `${api}/${type}/${what.toLowerCase()}`;

/** Held by the app itself, or exercised for a signed-in user. */
export type PermissionType = 'application' | 'delegated';

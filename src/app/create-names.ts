import { type AppId, appId, roleId } from '../core/ids.ts';
import type { Lookup, Names, PermissionPlane } from '../core/names.ts';
import type { ApiNames, NameBook, PermissionName } from '../core/snapshot.ts';
import { suggest } from '../core/suggest.ts';
import { apis, findApi } from '../knowledge/apis.ts';
import { azureRoles, findAzureRole } from '../knowledge/azure-roles.ts';
import { directoryRoles } from '../knowledge/directory-roles.ts';
import { permissions } from '../knowledge/permissions.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const found = <T>(value: T): Lookup<T> => ({ state: 'found', value });
const unknown = (name: string, names: readonly string[]): Lookup<never> => ({
  state: 'unknown',
  suggestion: suggest(name, names),
});
const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Names by what the tenant lists (`book`, `null` offline), then by the built-in lists. */
export const createNames = (book: NameBook | null): Names => {
  const byAppId = new Map<string, ApiNames>((book?.apis ?? []).map((api) => [api.appId, api]));

  const api: Names['api'] = (written) => {
    const id = guid.test(written.toLowerCase()) ? appId(written) : (findApi(written)?.appId ?? null);
    if (id === null)
      return unknown(
        written,
        apis.flatMap(({ name, aliases }) => [name, ...aliases]),
      );
    const displayName = byAppId.get(id)?.displayName || findApi(id)?.name || id;
    return found({ appId: id, displayName });
  };

  const offers = (id: AppId, plane: PermissionPlane): readonly PermissionName[] | null =>
    byAppId.get(id)?.[plane] ?? null;
  const builtIn = (id: AppId, plane: PermissionPlane) =>
    permissions.filter((permission) => permission.api === id && permission.type === plane);

  const permission: Names['permission'] = (id, plane, name) => {
    const offered = offers(id, plane);
    const list = offered ?? builtIn(id, plane);
    const match = list.find(({ value }) => value === name);
    if (match !== undefined) return found({ id: match.id, value: match.value });
    if (offered === null && list.length === 0) return { state: 'unsure' };
    // The built-in list is not the API's own: a name that it lacks may exist, except on an API that is gone for good.
    if (
      offered === null &&
      suggest(
        name,
        list.map(({ value }) => value),
      ) === null &&
      findApi(id)?.retired == null
    )
      return { state: 'unsure' };
    return unknown(
      name,
      list.map(({ value }) => value),
    );
  };

  const azureRole: Names['azureRole'] = (name) => {
    const inTenant = (book?.azureRoles ?? []).find((role) => role.type === 'BuiltInRole' && sameName(role.name, name));
    const known = findAzureRole(name);
    if (inTenant !== undefined) return found(inTenant);
    if (known !== null && sameName(known.name, name)) return found({ ...known, type: 'BuiltInRole' });
    return unknown(
      name,
      azureRoles.map((role) => role.name),
    );
  };

  return {
    api,
    permission,
    azureRole,
    azureRoleById: (id) => {
      const inTenant = (book?.azureRoles ?? []).find((role) => role.id === id);
      const known = findAzureRole(id);
      if (inTenant !== undefined) return found(inTenant);
      return known === null ? unknown(id, []) : found({ ...known, type: 'BuiltInRole' });
    },
    directoryRole: (name) => {
      const inTenant = (book?.directoryRoles ?? []).find((role) => sameName(role.name, name));
      const known = directoryRoles.find((role) => sameName(role.name, name));
      if (inTenant !== undefined) return found(inTenant);
      return known === undefined
        ? unknown(
            name,
            directoryRoles.map((role) => role.name),
          )
        : found({ id: roleId(known.id), name: known.name });
    },
  };
};

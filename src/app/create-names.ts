import { type AppId, appId } from '../core/ids.ts';
import type { Lookup, Names, PermissionPlane } from '../core/names.ts';
import { sameText } from '../core/same-text.ts';
import type { ApiNames, NameBook, PermissionName } from '../core/snapshot.ts';
import { editDistance, suggest } from '../core/suggest.ts';
import { apis, findApi } from '../knowledge/apis.ts';
import { azureRoles, findAzureRole } from '../knowledge/azure-roles.ts';
import { directoryRoles } from '../knowledge/directory-roles.ts';
import { permissions } from '../knowledge/permissions.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The built-in lists hold what backup meets, not all there is. A name that they lack is called a mistake only where it is
 * this near to one that they hold.
 */
const typo = 2;
/** Names that exist and lie so near to a listed one (source: Microsoft's lists of permissions and roles, tested against). */
const lookalikes: ReadonlySet<string> = new Set(['EAS.AccessAsUser.All', 'Mail.Send', 'Lab Contributor']);

const found = <T>(value: T): Lookup<T> => ({ state: 'found', value });
const unknown = (name: string, names: readonly string[]): Lookup<never> => ({
  state: 'unknown',
  suggestion: suggest(name, names),
});
/** A name that an incomplete list lacks: a mistake if it looks like one, else unsure. */
const unlisted = (name: string, names: readonly string[]): Lookup<never> => {
  const near =
    !lookalikes.has(name) && names.some((known) => editDistance(known.toLowerCase(), name.toLowerCase(), typo) <= typo);
  return near ? unknown(name, names) : { state: 'unsure' };
};

/** Names by what the tenant lists (`book`, `null` offline), then by the built-in lists. `askedRoles`: did the tenant say which Azure roles there are? */
export const createNames = (book: NameBook | null, askedRoles: boolean): Names => {
  const byAppId = new Map<string, ApiNames>((book?.apis ?? []).map((api) => [api.appId, api]));

  const api: Names['api'] = (written) => {
    const id = guid.test(written.toLowerCase()) ? appId(written) : (findApi(written)?.appId ?? null);
    const known = apis.flatMap(({ name, aliases }) => [name, ...aliases]);
    if (id === null) return unknown(written, known);
    const builtIn = findApi(id);
    const displayName = byAppId.get(id)?.displayName || builtIn?.name || id;
    return found({ appId: id, displayName, retired: builtIn?.retired ?? null });
  };

  const permission: Names['permission'] = (id: AppId, plane: PermissionPlane, name) => {
    const match = (list: readonly PermissionName[]) => list.find(({ value }) => value === name);
    const offered = byAppId.get(id)?.[plane] ?? null;
    if (offered !== null) {
      const own = match(offered);
      return own === undefined
        ? unknown(
            name,
            offered.map(({ value }) => value),
          )
        : found(own);
    }
    const listed = permissions.filter((known) => known.api === id && known.type === plane);
    const own = match(listed);
    const values = listed.map(({ value }) => value);
    if (own !== undefined) return found({ id: own.id, value: own.value });
    // A retired API gets no new permissions: what the list lacks it never had.
    return findApi(id)?.retired == null ? unlisted(name, values) : unknown(name, values);
  };

  return {
    api,
    permission,
    azureRole: (name) => {
      const inTenant = book?.azureRoles.find((role) => role.type === 'BuiltInRole' && sameText(role.name, name));
      const known = azureRoles.find((role) => sameText(role.name, name));
      const names = azureRoles.map((role) => role.name);
      if (inTenant !== undefined) return found(inTenant);
      if (known !== undefined) return found({ ...known, type: 'BuiltInRole' });
      return askedRoles ? unknown(name, names) : unlisted(name, names);
    },
    azureRoleById: (id) => {
      const inTenant = book?.azureRoles.find((role) => role.id === id);
      const known = findAzureRole(id);
      if (inTenant !== undefined) return found(inTenant);
      if (known !== null) return found({ ...known, type: 'BuiltInRole' });
      return askedRoles ? unknown(id, []) : { state: 'unsure' };
    },
    directoryRole: (name) => {
      const inTenant = book?.directoryRoles.find((role) => sameText(role.name, name));
      const known = directoryRoles.find((role) => sameText(role.name, name));
      // A custom role may not take a built-in's name, whose id is the same in every tenant.
      if (known !== undefined) return found(known);
      return inTenant === undefined
        ? unlisted(
            name,
            directoryRoles.map((role) => role.name),
          )
        : found(inTenant);
    },
  };
};

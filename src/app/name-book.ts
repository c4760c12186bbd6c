import { chunk } from '../core/chunk.ts';
import type { AppId, ObjectId, RoleId } from '../core/ids.ts';
import { appId, objectId, roleId } from '../core/ids.ts';
import type { HeldNames } from '../core/names.ts';
import type { Answer, GraphPort } from '../core/ports.ts';
import { readAs, readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import type { ApiNames, PermissionName } from '../core/snapshot.ts';
import { listOf, objectOf, optionalStringOf, stringOf, type WireObject } from '../core/wire.ts';
import { permissionById } from '../knowledge/permissions.ts';

/** APIs as their service principals in the tenant describe them, learned as they are met. */
export interface ApiBook {
  readonly held: HeldNames;
  /** Reads what these APIs offer, and (`known`) only who they are. */
  readonly learn: (offers: readonly AppId[], known: readonly AppId[]) => Promise<Answer<null>>;
  readonly apis: () => readonly ApiNames[];
}

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;
const brief = 'id,appId,displayName';
const whole = `${brief},appRoles,oauth2PermissionScopes`;

const parsePermissions = (wire: WireObject, field: string): PermissionName[] =>
  listOf(wire, field).flatMap((row) => {
    const permission = objectOf(row, `an entry of \`${field}\``);
    const value = optionalStringOf(permission, 'value');
    return value === null ? [] : [{ id: roleId(stringOf(permission, 'id')), value }];
  });

const parseApi = (row: unknown): ApiNames => {
  const wire = objectOf(row, 'the service principal of an API');
  return {
    appId: appId(stringOf(wire, 'appId')),
    objectId: objectId(stringOf(wire, 'id')),
    displayName: optionalStringOf(wire, 'displayName') ?? '',
    application: 'appRoles' in wire ? parsePermissions(wire, 'appRoles') : null,
    delegated: 'oauth2PermissionScopes' in wire ? parsePermissions(wire, 'oauth2PermissionScopes') : null,
  };
};

const filterOf = (ids: readonly AppId[]): string => `appId in (${ids.map((id) => `'${id}'`).join(',')})`;

export const createApiBook = (graph: GraphPort): ApiBook => {
  const byObject = new Map<string, ApiNames>();
  const asking = new Map<string, Promise<Answer<ApiNames>>>();

  const keep = (api: ApiNames): void => {
    const before = byObject.get(api.objectId);
    if (before?.application == null || api.application !== null) byObject.set(api.objectId, api);
  };

  /** One read per API however many grants name it. */
  const ask = (resource: ObjectId, fields: string): Promise<Answer<ApiNames>> => {
    const path = `/servicePrincipals/${resource}?$select=${fields}`;
    const asked = asking.get(path) ?? graph.get(path).then((answer) => readAs(answer, `GET ${path}`, parseApi));
    asking.set(path, asked);
    return asked;
  };

  const api: HeldNames['api'] = async (resource) => {
    const known = byObject.get(resource);
    if (known !== undefined) return ok(known);
    const asked = await ask(resource, brief);
    if (asked.ok) keep(asked.value);
    return asked;
  };

  /** The tenant's own list first, then the built-in one, then the API is asked: it may know more than we do. */
  const appRole: HeldNames['appRole'] = async (resource, role) => {
    const found = await api(resource);
    if (!found.ok) return found;
    const book = byObject.get(resource);
    const own = book?.application?.find(({ id }) => id === role);
    const builtIn = book?.application == null ? permissionById(found.value.appId, 'application', role) : null;
    if (own !== undefined || builtIn !== null)
      return ok({ api: found.value, permission: own ?? nameOf(role, builtIn?.value) });
    if (book?.application == null) {
      const asked = await ask(resource, whole);
      if (!asked.ok) return asked;
      keep(asked.value);
    }
    const offered = byObject.get(resource)?.application?.find(({ id }) => id === role);
    return ok({ api: found.value, permission: offered ?? nameOf(role, undefined) });
  };

  return {
    held: { api, appRole },
    apis: () => [...byObject.values()].sort((a, b) => (a.appId < b.appId ? -1 : 1)),
    learn: async (offers, known) => {
      const pathsOf = (ids: readonly AppId[], fields: string) =>
        chunk(ids, idsPerFilter).map((some) => `/servicePrincipals?$filter=${filterOf(some)}&$select=${fields}`);
      const paths = [...pathsOf(offers, whole), ...pathsOf(known, brief)];
      const answers = await Promise.all(
        paths.map(async (path) => readRows(await graph.list(path), `GET ${path}`, parseApi)),
      );
      for (const answer of answers) if (answer.ok) answer.value.forEach(keep);
      return answers.find((answer) => !answer.ok) ?? ok(null);
    },
  };
};

/** A role that its API no longer offers is called by its id. */
const nameOf = (role: RoleId, value: string | undefined): PermissionName => ({ id: role, value: value ?? role });

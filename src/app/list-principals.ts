import { chunk } from '../core/chunk.ts';
import { type AppId, appId, type ObjectId, objectId } from '../core/ids.ts';
import type { Answer, GraphPort } from '../core/ports.ts';
import { readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { objectOf, optionalStringOf, stringOf, stringsOf } from '../core/wire.ts';

/** A service principal, as far as telling who it is takes. */
export interface PrincipalHead {
  readonly objectId: ObjectId;
  readonly appId: AppId;
  readonly displayName: string | null;
  /** Home tenant of its application, lower case. */
  readonly ownerTenant: string | null;
  /** Resource id of the managed identity that it stands for, `null` of an application. */
  readonly managedIdentity: string | null;
}

const fields = 'id,appId,displayName,servicePrincipalType,appOwnerOrganizationId,alternativeNames';

/** Microsoft Graph takes at most 15 alternatives in a filter (source: advanced query capabilities, Microsoft Graph). */
const perFilter = 15;

const parseRow = (row: unknown): PrincipalHead => {
  const wire = objectOf(row, 'a service principal');
  const isManaged = optionalStringOf(wire, 'servicePrincipalType') === 'ManagedIdentity';
  const names = isManaged ? stringsOf(wire, 'alternativeNames') : [];
  return {
    objectId: objectId(stringOf(wire, 'id')),
    appId: appId(stringOf(wire, 'appId')),
    displayName: optionalStringOf(wire, 'displayName'),
    ownerTenant: optionalStringOf(wire, 'appOwnerOrganizationId')?.toLowerCase() ?? null,
    managedIdentity: names.find((name) => name.startsWith('/')) ?? null,
  };
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const listFiltered = async (
  graph: GraphPort,
  filters: readonly string[],
): Promise<Answer<readonly PrincipalHead[]>> => {
  const pages = await Promise.all(
    filters.map(async (filter) => {
      const path = `/servicePrincipals?$filter=${filter}&$select=${fields}`;
      return readRows(await graph.list(path), `GET ${path}`, parseRow);
    }),
  );
  const failed = pages.find((page) => !page.ok);
  return failed ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));
};

/** The service principals that have one of these ids: all of them, or a failure. One inner request for 15. */
export const listPrincipals = (
  graph: GraphPort,
  field: 'id' | 'appId',
  ids: readonly string[],
): Promise<Answer<readonly PrincipalHead[]>> =>
  listFiltered(
    graph,
    chunk(ids, perFilter).map((some) => `${field} in (${some.map(quoted).join(',')})`),
  );

/** The service principals whose name starts with one of these: all of them, or a failure. One inner request for 15. */
export const listPrincipalsNamed = (
  graph: GraphPort,
  starts: readonly string[],
): Promise<Answer<readonly PrincipalHead[]>> =>
  listFiltered(
    graph,
    chunk(starts, perFilter).map((some) =>
      some.map((start) => `startswith(displayName,${quoted(start)})`).join(' or '),
    ),
  );

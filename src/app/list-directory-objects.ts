import { chunk } from '../core/chunk.ts';
import { type AppId, appId, type ObjectId, objectId } from '../core/ids.ts';
import type { GraphPort, ReadFailure } from '../core/ports.ts';
import { readRows } from '../core/read-rows.ts';
import { ok, type Result } from '../core/result.ts';
import { objectOf, optionalStringOf, stringOf, type WireObject } from '../core/wire.ts';

/** A service principal or application, with the object as Graph returned it. */
export interface DirectoryObject {
  readonly objectId: ObjectId;
  readonly appId: AppId;
  readonly displayName: string | null;
  /** `servicePrincipalType`, `null` of applications. */
  readonly type: string | null;
  /** Home tenant of a service principal's application, lower case. */
  readonly ownerTenant: string | null;
  readonly wire: WireObject;
}

/** Fields from which kinds take their facts. */
export const principalFields =
  'id,appId,displayName,accountEnabled,servicePrincipalType,signInAudience,appOwnerOrganizationId,alternativeNames,appRoleAssignmentRequired,verifiedPublisher,passwordCredentials,keyCredentials';
export const applicationFields =
  'id,appId,displayName,signInAudience,passwordCredentials,keyCredentials,requiredResourceAccess,servicePrincipalLockConfiguration';

/**
 * Brings the owners along, 20 at most and without a word of more; `$select` nested in it is documented (source:
 * relationships of application and servicePrincipal, Microsoft Graph v1.0).
 */
const withOwners = '&$expand=owners($select=id)';

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;

const parseRow = (row: unknown): DirectoryObject => {
  const wire = objectOf(row, 'a directory object');
  return {
    objectId: objectId(stringOf(wire, 'id')),
    appId: appId(stringOf(wire, 'appId')),
    displayName: optionalStringOf(wire, 'displayName'),
    type: optionalStringOf(wire, 'servicePrincipalType'),
    ownerTenant: optionalStringOf(wire, 'appOwnerOrganizationId')?.toLowerCase() ?? null,
    wire,
  };
};

/** The objects of a collection that have one of these ids, with their owners where asked: all of them, or a failure. */
export const listDirectoryObjects = async (
  graph: GraphPort,
  collection: 'servicePrincipals' | 'applications',
  field: 'id' | 'appId',
  ids: readonly string[],
  fields: string,
  more: 'with owners' | 'alone' = 'with owners',
): Promise<Result<readonly DirectoryObject[], ReadFailure>> => {
  const pages = await Promise.all(
    chunk(ids, idsPerFilter).map(async (some) => {
      const path = `/${collection}?$filter=${field} in (${some.map((id) => `'${id}'`).join(',')})&$select=${fields}${more === 'alone' ? '' : withOwners}`;
      return readRows(await graph.list(path), `GET ${path}`, parseRow);
    }),
  );
  const failed = pages.find((page) => !page.ok);
  return failed ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));
};

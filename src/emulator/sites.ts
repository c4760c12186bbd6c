import { Collection } from './collection.ts';
import { type Json, objectsOf, textOf } from './json.ts';

/** SharePoint sites and the grants that applications hold on single ones. */
export interface Sites {
  readonly all: Collection;
  /** Grants by lower-case site id. */
  readonly permissions: ReadonlyMap<string, Collection>;
}

const permissionId = (appId: string, tenantId: string): string =>
  Buffer.from(`i:0i.t|ms.sp.ext|${appId}@${tenantId}`).toString('base64');

const permission = (row: Json, tenantId: string): Json => {
  const application = { displayName: textOf(row, 'displayName') || textOf(row, 'appId'), id: textOf(row, 'appId') };
  return {
    id: textOf(row, 'id') || permissionId(textOf(row, 'appId'), tenantId),
    roles: row['roles'] ?? [],
    grantedToIdentities: row['grantedToIdentities'] ?? [{ application }],
    grantedToIdentitiesV2: row['grantedToIdentitiesV2'] ?? [{ application }],
  };
};

/** Sites of a state file, their grants as Graph shows them. */
export const addSites = (sites: readonly Json[], tenantId: string): Sites => {
  const all = new Collection([]);
  const permissions = new Map<string, Collection>();
  for (const site of sites) {
    const { permissions: _, ...shown } = site;
    all.put(shown);
    const grants = objectsOf(site, 'permissions').map((row) => permission(row, tenantId));
    permissions.set(textOf(site, 'id').toLowerCase(), new Collection([], grants));
  }
  return { all, permissions };
};

import type { Answer, GraphPort } from './ports.ts';
import { readAs, readRows } from './read-rows.ts';
import { ok } from './result.ts';
import { sitePath } from './site-address.ts';
import { widestSiteRole } from './site-roles.ts';
import { listOf, MalformedAnswer, objectOf, optionalStringOf, stringOf, stringsOf, type WireObject } from './wire.ts';

/** A grant on one site, with the applications that it is for. */
export interface SitePermission {
  readonly siteId: string;
  readonly permissionId: string;
  /** App ids, lower case. */
  readonly apps: readonly string[];
  /** The widest of its roles. */
  readonly role: string;
}

/** Both fields are in use, and either may be left out (source: permission resource, Microsoft Graph). */
const appsOf = (wire: WireObject): readonly string[] =>
  ['grantedToIdentitiesV2', 'grantedToIdentities']
    .flatMap((field) => listOf(wire, field))
    .flatMap((row) => {
      const application = objectOf(row, 'who a grant is for')['application'];
      if (application === undefined || application === null) return [];
      return optionalStringOf(objectOf(application, '`application`'), 'id')?.toLowerCase() ?? [];
    });

const parseListed = (row: unknown) => {
  const wire = objectOf(row, 'a grant');
  return { id: stringOf(wire, 'id'), apps: appsOf(wire) };
};

const roleOf = (grant: unknown): string => {
  const role = widestSiteRole(stringsOf(objectOf(grant, 'the grant'), 'roles'));
  if (role === null) throw new MalformedAnswer('`roles` is empty where roles belong');
  return role;
};

/**
 * The grants of some applications on one site: one request for its id, one for the list, which names no role, and one
 * for each grant of theirs.
 */
export const readSiteGrants = async (
  graph: GraphPort,
  address: string,
  apps: ReadonlySet<string>,
): Promise<Answer<readonly SitePermission[]>> => {
  const path = `${sitePath(address)}?$select=id`;
  const site = readAs(await graph.get(path), `GET ${path}`, (answer) => stringOf(objectOf(answer, 'the site'), 'id'));
  if (!site.ok) return site;
  const siteId = site.value;
  const list = `/sites/${siteId}/permissions`;
  const listed = readRows(await graph.list(list), `GET ${list}`, parseListed);
  if (!listed.ok) return listed;
  const theirs = listed.value.filter((grant) => grant.apps.some((app) => apps.has(app)));
  const grants = await Promise.all(
    theirs.map(async ({ id, apps: holders }) => {
      const one = `${list}/${encodeURIComponent(id)}`;
      const role = readAs(await graph.get(one), `GET ${one}`, roleOf);
      return role.ok ? ok({ siteId, permissionId: id, apps: holders, role: role.value }) : role;
    }),
  );
  return grants.find((grant) => !grant.ok) ?? ok(grants.flatMap((grant) => (grant.ok ? [grant.value] : [])));
};

import type { AppId, ObjectId } from '../core/ids.ts';
import type { Answer, GraphPort, ReadFailure } from '../core/ports.ts';
import { readRows } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { objectOf, optionalStringOf, stringOf } from '../core/wire.ts';
import { exchangeOnline, microsoftGraph, sharePointOnline } from '../knowledge/apis.ts';
import type { HeldPermission } from '../knowledge/content-workloads.ts';
import { permissionById } from '../knowledge/permissions.ts';
import { vendors } from '../knowledge/vendors.ts';
import { listPrincipals, listPrincipalsNamed, type PrincipalHead } from './list-principals.ts';

/** APIs on which backup software of Microsoft 365 holds permissions. */
const resources: readonly AppId[] = [microsoftGraph, exchangeOnline, sharePointOnline];

/** Microsoft's id of "may sign in, no role", which is no permission (appRoleAssignment, Microsoft Graph v1.0). */
const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** A principal with its application permissions on the three APIs. */
export interface Holder {
  readonly displayName: string | null;
  readonly permissions: readonly HeldPermission[];
}

/** What one look at the directory found: a part only, where `failure` says why. */
export interface Holders {
  /** By object id, lower case. */
  readonly byPrincipal: ReadonlyMap<string, Holder>;
  /** Everybody who bears a maker's name or app id, whatever they hold. */
  readonly named: readonly PrincipalHead[];
  readonly failure: ReadFailure | null;
}

/** The service principal of an API in this tenant. */
export interface ApiPrincipal {
  readonly appId: AppId;
  readonly objectId: ObjectId;
}

/** As far as they are known already, else asked for; an API that the tenant doesn't have gives nobody anything. */
const findResources = async (
  graph: GraphPort,
  known: readonly ApiPrincipal[],
): Promise<Answer<readonly ApiPrincipal[]>> => {
  const there = known.filter(({ appId }) => resources.includes(appId));
  const unknown = resources.filter((id) => !there.some(({ appId }) => appId === id));
  if (unknown.length === 0) return ok(there);
  const asked = await listPrincipals(graph, 'appId', unknown);
  return asked.ok ? ok([...there, ...asked.value]) : asked;
};

const parseRow = (row: unknown) => {
  const wire = objectOf(row, 'an app role assignment');
  return {
    principal: stringOf(wire, 'principalId').toLowerCase(),
    type: stringOf(wire, 'principalType'),
    displayName: optionalStringOf(wire, 'principalDisplayName'),
    role: stringOf(wire, 'appRoleId').toLowerCase(),
  };
};

const listOne = async (graph: GraphPort, { appId, objectId }: ApiPrincipal) => {
  const path = `/servicePrincipals/${objectId}/appRoleAssignedTo?$top=999`;
  const rows = readRows(await graph.list(path), `GET ${path}`, parseRow);
  // Users and groups are assigned to apps by the same list.
  const isHeld = ({ type, role }: ReturnType<typeof parseRow>) => type === 'ServicePrincipal' && role !== defaultAccess;
  return rows.ok ? ok(rows.value.filter(isHeld).map((row) => ({ ...row, api: appId }))) : rows;
};

/**
 * Everybody who holds an application permission on the three APIs, read from the APIs' side, and whoever bears the name
 * of backup software. Requests go by what is granted in the tenant, never by how many principals it has.
 */
export const listHolders = async (graph: GraphPort, known: readonly ApiPrincipal[]): Promise<Holders> => {
  const found = await findResources(graph, known);
  if (!found.ok) return { byPrincipal: new Map(), named: [], failure: found.error };
  const names = vendors.flatMap((vendor) => vendor.names);
  const [named, owned, ...lists] = await Promise.all([
    listPrincipalsNamed(graph, names),
    listPrincipals(
      graph,
      'appId',
      vendors.flatMap(({ appIds }) => appIds),
    ),
    ...found.value.map((resource) => listOne(graph, resource)),
  ]);
  const failed = [named, owned, ...lists].find((answer) => !answer.ok);
  const byPrincipal = new Map<string, { displayName: string | null; permissions: HeldPermission[] }>();
  for (const { principal, displayName, role, api } of lists.flatMap((list) => (list.ok ? list.value : []))) {
    const holder = byPrincipal.get(principal) ?? { displayName, permissions: [] };
    // A permission that the built-in list lacks is called by its id: it speaks for no product.
    holder.permissions.push({ api, value: permissionById(api, 'application', role)?.value ?? role });
    byPrincipal.set(principal, holder);
  }
  return {
    byPrincipal,
    named: [named, owned].flatMap((answer) => (answer.ok ? answer.value : [])),
    failure: failed === undefined || failed.ok ? null : failed.error,
  };
};

import type { Collection } from './collection.ts';
import { type GraphCall, type GraphRoute, keyOf } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { GraphFailure } from './graph-failure.ts';
import { answerObject, answerPage, fixedRows, type Listing } from './graph-page.ts';
import { SITE } from './graph-relations.ts';
import { type Json, textOf } from './json.ts';

const READ_SITES = 'Sites.Read.All|Sites.ReadWrite.All|Sites.FullControl.All';

const itemNotFound = (): GraphFailure => new GraphFailure(404, 'itemNotFound', 'Item not found');

/** `sites/{host}:/{path}`, and `sites/{host}:/{path}:/…` beyond it, with the address as one segment: `{host}:/{path}`. */
export const withSiteAddress = (segments: readonly string[]): readonly string[] => {
  const at = segments.findIndex((segment) => segment.toLowerCase() === 'sites') + 1;
  const host = segments[at];
  if (at === 0 || host === undefined || !/^[^,:]+\.[^,:]+:$/.test(host)) return segments;
  const rest = segments.slice(at + 1);
  const end = rest.findIndex((segment) => segment.endsWith(':'));
  const path = end === -1 ? rest : [...rest.slice(0, end), rest[end]?.slice(0, -1)];
  const beyond = end === -1 ? [] : rest.slice(end + 1);
  return [...segments.slice(0, at), `${host}/${path.join('/')}`, ...beyond];
};

const addressOf = (site: Json): string => textOf(site, 'webUrl').toLowerCase().replace(/\/+$/, '');

/** A site by its id, by `{host}:/{path}`, or the root site by its host. Throws Graph's 404. */
const siteAt = (call: GraphCall): Json => {
  const key = keyOf(call);
  const { all } = call.directory.sites;
  const address = `https://${key.replace(':/', '/').toLowerCase()}`.replace(/\/+$/, '');
  const site = all.get(key) ?? all.all().find((row) => addressOf(row) === address);
  if (site === undefined) throw itemNotFound();
  return site;
};

const grantsOn = (call: GraphCall): Collection | undefined =>
  call.directory.sites.permissions.get(textOf(siteAt(call), 'id').toLowerCase());

const sites: Listing = { type: SITE, context: 'sites', rows: fixedRows([]) };

/** A grant as the list shows it: without its roles, each grant must be asked for by itself (source: docs issue 8902). */
const LISTED_PERMISSION: EntityType = {
  name: 'permission',
  defaults: { id: null, grantedToIdentitiesV2: [], grantedToIdentities: [] },
  filters: [],
  expands: [],
};
const PERMISSION: EntityType = { ...LISTED_PERMISSION, defaults: { ...LISTED_PERMISSION.defaults, roles: [] } };

const list = (path: string): GraphRoute => ({
  method: 'GET',
  path,
  needs: READ_SITES,
  run: (call) => {
    const query = new URLSearchParams(call.request.query);
    const word = (query.get('search') ?? '*').toLowerCase();
    query.delete('search');
    const all = call.directory.sites.all.all();
    const rows = word === '*' ? all : all.filter((row) => JSON.stringify(row).toLowerCase().includes(word));
    return answerPage({ ...call.request, query }, call.page, { ...sites, rows: fixedRows(rows) });
  },
});

/** Sites and the grants on them: the reading half. */
export const SITE_ROUTES: readonly GraphRoute[] = [
  list('sites'),
  list('sites/getallsites'),
  {
    method: 'GET',
    path: 'sites/{}',
    needs: `${READ_SITES}|Sites.Selected`,
    run: (call) => answerObject(call.request, call.page, sites, siteAt(call)),
  },
  {
    method: 'GET',
    path: 'sites/{}/permissions',
    needs: 'Sites.FullControl.All',
    run: (call) => {
      const grants = grantsOn(call)?.all() ?? [];
      const rows = grants.map(({ roles: _, ...row }): Json => row);
      const context = `sites('${keyOf(call)}')/permissions`;
      return answerPage(call.request, call.page, { type: LISTED_PERMISSION, context, rows: fixedRows(rows) });
    },
  },
  {
    method: 'GET',
    path: 'sites/{}/permissions/{}',
    needs: 'Sites.FullControl.All',
    run: (call) => {
      const grant = grantsOn(call)?.get(keyOf(call, 1));
      if (grant === undefined) throw itemNotFound();
      const context = `sites('${keyOf(call)}')/permissions`;
      return answerObject(call.request, call.page, { type: PERMISSION, context, rows: fixedRows([]) }, grant);
    },
  },
];

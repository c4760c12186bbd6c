import { type GraphCall, type GraphRoute, keyOf } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { GraphFailure } from './graph-failure.ts';
import { answerObject, answerPage, fixedRows, type Listing } from './graph-page.ts';
import { SITE } from './graph-relations.ts';
import type { Json } from './json.ts';

const READ_SITES = 'Sites.Read.All|Sites.ReadWrite.All|Sites.FullControl.All';

const itemNotFound = (): GraphFailure => new GraphFailure(404, 'itemNotFound', 'Item not found');

const siteAt = (call: GraphCall): Json => {
  const site = call.directory.sites.all.get(keyOf(call));
  if (site === undefined) throw itemNotFound();
  return site;
};

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
      siteAt(call);
      const grants = call.directory.sites.permissions.get(keyOf(call).toLowerCase())?.all() ?? [];
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
      siteAt(call);
      const grant = call.directory.sites.permissions.get(keyOf(call).toLowerCase())?.get(keyOf(call, 1));
      if (grant === undefined) throw itemNotFound();
      const context = `sites('${keyOf(call)}')/permissions`;
      return answerObject(call.request, call.page, { type: PERMISSION, context, rows: fixedRows([]) }, grant);
    },
  },
];

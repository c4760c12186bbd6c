import { type ApiRequest, json, type Reply } from './api-request.ts';
import type { EntityType } from './graph-entity-type.ts';
import { GraphFailure } from './graph-failure.ts';
import { parseOptions, type QueryOptions, skipToken } from './graph-options.ts';
import { show } from './graph-show.ts';
import { type Json, textOf } from './json.ts';
import { lookupOf, matchesFilter } from './odata-filter.ts';

/** Where the rows of a collection come from; `find` where a property can be looked up. */
export interface RowSource {
  readonly all: () => readonly Json[];
  readonly find?: (key: string, value: string) => readonly Json[];
  readonly isIndexed?: (key: string) => boolean;
}

/** A collection to answer with. */
export interface Listing {
  readonly type: EntityType;
  /** What follows `$metadata#`. */
  readonly context: string;
  readonly rows: RowSource;
  /** The type of each row in a mixed collection, which is then told by `@odata.type`. */
  readonly typeFor?: (row: Json) => EntityType;
  readonly expand?: (row: Json, relation: string) => readonly Json[] | Json | null;
}

export interface PageContext {
  /** `https://localhost:41002` */
  readonly url: string;
  readonly version: string;
  /** Size of a page where `$top` doesn't say; also the most that a page holds. */
  readonly pageSize: number | null;
}

const DEFAULT_PAGE = 100;
/** What `$expand` brings at most per object, without a word (source: docs issue 2851). */
const EXPAND_CAP = 20;

export const fixedRows = (rows: readonly Json[]): RowSource => ({ all: () => rows });

const selectRows = (listing: Listing, options: QueryOptions): readonly Json[] => {
  const { filter, orderBy, search } = options;
  const { all, find, isIndexed } = listing.rows;
  const lookup = filter === null || find === undefined || isIndexed === undefined ? null : lookupOf(filter, isIndexed);
  let rows = lookup === null ? all() : [...new Set(lookup.values)].flatMap((value) => find?.(lookup.path, value) ?? []);
  if (filter !== null) rows = rows.filter((row) => matchesFilter(filter, { ...listing.type.defaults, ...row }));
  if (search !== null) rows = rows.filter((row) => textOf(row, 'displayName').toLowerCase().includes(search));
  if (orderBy === null) return rows;
  const sign = orderBy.descending ? -1 : 1;
  return rows.toSorted(
    (a, b) => sign * String(a[orderBy.path] ?? '').localeCompare(String(b[orderBy.path] ?? ''), 'en'),
  );
};

const expanded = (listing: Listing, row: Json, options: QueryOptions): Json => {
  if (options.expand === null) return {};
  const { relation, select } = options.expand;
  const found = listing.expand?.(row, relation) ?? null;
  const narrow = (item: Json): Json => {
    if (select === null) return item;
    // The type of a mixed relation's objects is told whatever is selected.
    const type = '@odata.type' in item ? { '@odata.type': item['@odata.type'] } : {};
    return { ...type, ...Object.fromEntries(select.map((key) => [key, item[key] ?? null])) };
  };
  if (found === null) return { [relation]: null };
  return { [relation]: Array.isArray(found) ? found.slice(0, EXPAND_CAP).map(narrow) : narrow(found as Json) };
};

const shown = (page: PageContext, listing: Listing, whole: Json, options: QueryOptions): Json => {
  const type = listing.typeFor?.(whole);
  const hidden = page.version === 'beta' ? [] : ((type ?? listing.type).onlyBeta ?? []);
  const row =
    hidden.length === 0 ? whole : Object.fromEntries(Object.entries(whole).filter(([key]) => !hidden.includes(key)));
  const tag = type === undefined ? {} : { '@odata.type': `#microsoft.graph.${type.name}` };
  return { ...tag, ...show(type ?? listing.type, row, options.select), ...expanded(listing, row, options) };
};

const nextLink = (request: ApiRequest, page: PageContext, offset: number): string => {
  const query = new URLSearchParams(request.query);
  query.delete('$skiptoken');
  query.set('$skiptoken', skipToken(offset));
  return `${page.url}${request.path}?${query.toString().replaceAll('%24', '$').replaceAll('+', '%20')}`;
};

const contextOf = (page: PageContext, listing: Listing, options: QueryOptions): string => {
  const select = options.select === null ? '' : `(${options.select.join(',')})`;
  return `${page.url}/${page.version}/$metadata#${listing.context}${select}`;
};

/** Answers one page of a collection, as Graph does. */
export const answerPage = (request: ApiRequest, page: PageContext, listing: Listing): Reply => {
  const options = parseOptions(request, listing.type);
  const rows = selectRows(listing, options);
  const most = options.expand === null ? Number.POSITIVE_INFINITY : DEFAULT_PAGE;
  const size = Math.min(options.top ?? page.pageSize ?? DEFAULT_PAGE, page.pageSize ?? Number.POSITIVE_INFINITY, most);
  const end = options.offset + size;
  return json({
    '@odata.context': contextOf(page, listing, options),
    ...(options.count && options.offset === 0 ? { '@odata.count': rows.length } : {}),
    ...(end < rows.length ? { '@odata.nextLink': nextLink(request, page, end) } : {}),
    value: rows.slice(options.offset, end).map((row) => shown(page, listing, row, options)),
  });
};

/** Answers one object, as Graph does. */
export const answerObject = (request: ApiRequest, page: PageContext, listing: Listing, row: Json): Reply => {
  const stray = [...request.query.keys()].find((name) =>
    /^\$?(filter|top|count|orderby|search|skiptoken)$/i.test(name),
  );
  if (stray !== undefined) {
    throw new GraphFailure(
      400,
      'BadRequest',
      `The query specified in the URI is not valid. The query option '${stray}' can only be applied on collections.`,
    );
  }
  const options = parseOptions(request, listing.type);
  return json({
    '@odata.context': `${contextOf(page, listing, options)}/$entity`,
    ...shown(page, listing, row, options),
  });
};

/** Answers how many rows there are, as `…/$count` does. */
export const answerCount = (request: ApiRequest, listing: Listing): Reply => {
  const query = new URLSearchParams(request.query);
  query.set('$count', 'true');
  const rows = selectRows(listing, parseOptions({ ...request, query }, listing.type));
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(rows.length) };
};

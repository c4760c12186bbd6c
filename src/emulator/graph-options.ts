import type { ApiRequest } from './api-request.ts';
import { type EntityType, hasProperty } from './graph-entity-type.ts';
import { badRequest, GraphFailure, unsupportedQuery } from './graph-failure.ts';
import { checkFilter, type Filter, parseFilter } from './odata-filter.ts';

/** One relation of an `$expand`, with the properties wanted of its objects. */
interface Expansion {
  readonly relation: string;
  readonly select: readonly string[] | null;
}

/** The system query options of a request, checked against a type. */
export interface QueryOptions {
  readonly filter: Filter | null;
  readonly select: readonly string[] | null;
  readonly expand: Expansion | null;
  readonly orderBy: { readonly path: string; readonly descending: boolean } | null;
  /** Lower-case words that the display name must hold. */
  readonly search: string | null;
  readonly top: number | null;
  readonly count: boolean;
  /** Where the page starts. */
  readonly offset: number;
}

const MOST = 999;
const KNOWN = new Set(['$filter', '$select', '$expand', '$orderby', '$search', '$top', '$count', '$skiptoken']);

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const parseSelect = (text: string | undefined, type: EntityType): readonly string[] | null => {
  if (text === undefined || text === '*') return null;
  const names = listOf(text);
  for (const name of names) {
    if (hasProperty(type, name)) continue;
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`;
    throw new GraphFailure(400, 'BadRequest', message);
  }
  return names;
};

const parseExpand = (text: string | undefined, type: EntityType): Expansion | null => {
  if (text === undefined) return null;
  const match = /^([A-Za-z]+)(?:\(\$select=([^)]*)\))?$/.exec(text.trim());
  const relation = match?.[1];
  if (relation === undefined) throw badRequest('Only one relation can be expanded, with nothing but $select inside.');
  if (!type.expands.includes(relation)) {
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${relation}' on type 'microsoft.graph.${type.name}'.`;
    throw new GraphFailure(400, 'BadRequest', message);
  }
  return { relation, select: match?.[2] === undefined ? null : listOf(match[2]) };
};

const parseTop = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 0) {
    throw new GraphFailure(
      400,
      'BadRequest',
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  }
  if (top < 1 || top > MOST) {
    throw unsupportedQuery(`Invalid page size specified: '${top}'. Must be between 1 and ${MOST} inclusive.`);
  }
  return top;
};

const parseOrder = (text: string | undefined, type: EntityType): QueryOptions['orderBy'] => {
  if (text === undefined) return null;
  const [path = '', direction = 'asc'] = text.trim().split(/\s+/);
  if (!type.filters.includes(path) || !/^(asc|desc)$/i.test(direction)) {
    throw unsupportedQuery(`Sort not supported for current query: '${text}'.`);
  }
  return { path, descending: direction.toLowerCase() === 'desc' };
};

const SKIP = 'embedded.';

/** An opaque token for the page that starts at an offset. */
export const skipToken = (offset: number): string => Buffer.from(`${SKIP}${offset}`).toString('base64url');

const parseSkip = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const offset = text.startsWith(SKIP) ? Number(text.slice(SKIP.length)) : Number.NaN;
  if (Number.isInteger(offset) && offset > 0) return offset;
  throw new GraphFailure(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
};

/** Options by name, with the `$` that Graph lets callers leave out. Refuses those it doesn't know. */
const optionsOf = (query: URLSearchParams): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const [given, value] of query) {
    const lower = given.toLowerCase();
    const name = lower.startsWith('$') ? lower : `$${lower}`;
    if (name === '$skip') throw badRequest("'$skip' is not supported by the service.");
    if (!KNOWN.has(name)) throw badRequest(`Unrecognized query argument specified: '${given}'.`);
    if (options.has(name)) {
      throw new GraphFailure(
        400,
        'BadRequest',
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
    options.set(name, value);
  }
  return options;
};

/** Reads the query options of a request for a collection or an object of a type. Throws Graph's refusals. */
export const parseOptions = (request: ApiRequest, type: EntityType): QueryOptions => {
  const options = optionsOf(request.query);
  const count = options.get('$count')?.toLowerCase() === 'true';
  const eventual = request.headers['consistencylevel']?.toLowerCase() === 'eventual';
  const written = options.get('$filter');
  const filter = written === undefined ? null : parseFilter(written);
  if (filter !== null) checkFilter(filter, type.name, type.filters, eventual && count);
  const search = options.get('$search');
  if (search !== undefined && !eventual) {
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const expand = parseExpand(options.get('$expand'), type);
  if (expand !== null && count && eventual) throw badRequest('$expand and $count can not be combined.');
  return {
    filter,
    select: parseSelect(options.get('$select'), type),
    expand,
    orderBy: parseOrder(options.get('$orderby'), type),
    search:
      search === undefined
        ? null
        : search
            .replaceAll('"', '')
            .replace(/^displayName:/i, '')
            .toLowerCase(),
    top: parseTop(options.get('$top')),
    // Without the header the option is dropped, as Graph drops it.
    count: count && eventual,
    offset: parseSkip(options.get('$skiptoken')),
  };
};

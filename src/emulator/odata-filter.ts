import { badRequest, unsupportedQuery } from './graph-failure.ts';
import { isJson } from './json.ts';

/** A parsed `$filter`. */
export type Filter =
  | { readonly op: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'not'; readonly inner: Filter }
  | { readonly op: 'compare'; readonly path: string; readonly by: string; readonly value: Literal }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly Literal[] }
  | { readonly op: 'call'; readonly name: string; readonly path: string; readonly value: string }
  | { readonly op: 'any'; readonly path: string; readonly inner: Filter | null };

type Literal = string | number | boolean | null;

const TOKEN = /\s*('(?:[^']|'')*'|[(),:]|[^\s(),:']+(?::[^\s(),']+)*)/y;

/** Splits a filter. A colon stays inside a date but stands alone after a lambda's variable. */
const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text)?.[1];
    if (match === undefined) throw badRequest(`Invalid filter clause: syntax error at position ${at} in '${text}'.`);
    const lambda = /^([a-z]\w*):(.+)$/i.exec(match);
    if (lambda?.[1] !== undefined && lambda[2] !== undefined) tokens.push(lambda[1], ':', lambda[2]);
    else tokens.push(match);
  }
  return tokens;
};

const OPERATORS = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const FUNCTIONS = new Set(['startswith', 'endswith', 'contains']);

const literal = (token: string): Literal => {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  return /^-?\d+(\.\d+)?$/.test(token) ? Number(token) : token;
};

/** Parses a `$filter`. Throws the failure that Graph would answer. */
export const parseFilter = (text: string): Filter => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): string => tokens[at] ?? '';
  const take = (): string => tokens[at++] ?? '';
  const wrong = (): Error => badRequest(`Invalid filter clause: unexpected '${peek()}' in '${text}'.`);
  const expect = (token: string): void => {
    if (take() !== token) {
      at -= 1;
      throw wrong();
    }
  };
  const bind = (variable: string, path: string): string =>
    path === variable ? '' : path.startsWith(`${variable}/`) ? path.slice(variable.length + 1) : path;
  const primary = (variable: string): Filter => {
    if (peek() === '(') {
      take();
      const inner = either(variable);
      expect(')');
      return inner;
    }
    if (peek().toLowerCase() === 'not') {
      take();
      return { op: 'not', inner: primary(variable) };
    }
    const word = take();
    if (word === '' || word.startsWith("'")) throw wrong();
    if (FUNCTIONS.has(word.toLowerCase()) && peek() === '(') {
      take();
      const path = bind(variable, take());
      expect(',');
      const value = String(literal(take()));
      expect(')');
      return { op: 'call', name: word.toLowerCase(), path, value };
    }
    if (word.endsWith('/any') && peek() === '(') {
      take();
      const path = word.slice(0, -'/any'.length);
      if (peek() === ')') {
        take();
        return { op: 'any', path, inner: null };
      }
      const name = take();
      expect(':');
      const inner = either(name);
      expect(')');
      return { op: 'any', path, inner };
    }
    const path = bind(variable, word);
    const by = take().toLowerCase();
    if (by === 'in') {
      expect('(');
      const values = [literal(take())];
      while (peek() === ',') {
        take();
        values.push(literal(take()));
      }
      expect(')');
      return { op: 'in', path, values };
    }
    if (!OPERATORS.has(by) || peek() === '') throw wrong();
    return { op: 'compare', path, by, value: literal(take()) };
  };
  const both = (variable: string): Filter => {
    let left = primary(variable);
    while (peek().toLowerCase() === 'and') {
      take();
      left = { op: 'and', left, right: primary(variable) };
    }
    return left;
  };
  const either = (variable: string): Filter => {
    let left = both(variable);
    while (peek().toLowerCase() === 'or') {
      take();
      left = { op: 'or', left, right: both(variable) };
    }
    return left;
  };
  const filter = either('\0');
  if (at < tokens.length) throw wrong();
  return filter;
};

/** Property paths that a filter reads. */
const pathsOf = (filter: Filter): readonly string[] => {
  if ('left' in filter) return [...pathsOf(filter.left), ...pathsOf(filter.right)];
  return filter.op === 'not' ? pathsOf(filter.inner) : [filter.path];
};

/** How many alternatives a filter names, those of `in` counted one by one. */
const countAlternatives = (filter: Filter): number => {
  if (filter.op === 'or') return countAlternatives(filter.left) + countAlternatives(filter.right);
  if (filter.op === 'and') return Math.max(countAlternatives(filter.left), countAlternatives(filter.right));
  if (filter.op === 'not') return countAlternatives(filter.inner);
  return filter.op === 'in' ? filter.values.length : 1;
};

/** Does it need the advanced query engine (`ConsistencyLevel: eventual` and `$count=true`)? */
const isAdvanced = (filter: Filter): boolean => {
  if (filter.op === 'and' || filter.op === 'or') return isAdvanced(filter.left) || isAdvanced(filter.right);
  if (filter.op === 'not') return true;
  return (filter.op === 'compare' && filter.by === 'ne') || (filter.op === 'call' && filter.name === 'endswith');
};

/** The values of a property, one of which every match has; `null` where the filter doesn't say. */
export const lookupOf = (
  filter: Filter,
  indexed: (path: string) => boolean,
): { readonly path: string; readonly values: readonly string[] } | null => {
  if (filter.op === 'compare' && filter.by === 'eq' && typeof filter.value === 'string' && indexed(filter.path)) {
    return { path: filter.path, values: [filter.value] };
  }
  if (filter.op === 'in' && indexed(filter.path)) return { path: filter.path, values: filter.values.map(String) };
  if (filter.op === 'and') return lookupOf(filter.left, indexed) ?? lookupOf(filter.right, indexed);
  if (filter.op === 'or') {
    const left = lookupOf(filter.left, indexed);
    const right = lookupOf(filter.right, indexed);
    if (left !== null && right !== null && left.path === right.path) {
      return { path: left.path, values: [...left.values, ...right.values] };
    }
  }
  return null;
};

const valueAt = (row: unknown, path: string): unknown =>
  path === '' ? row : path.split('/').reduce<unknown>((value, key) => (isJson(value) ? value[key] : undefined), row);

const fold = (value: unknown): Literal =>
  typeof value === 'string'
    ? value.toLowerCase()
    : typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;

const compare = (found: unknown, by: string, wanted: Literal): boolean => {
  const a = fold(found);
  const b = fold(wanted);
  if (by === 'eq') return a === b;
  if (by === 'ne') return a !== b;
  if (a === null || b === null || typeof a !== typeof b) return false;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return by === 'gt' ? order > 0 : by === 'ge' ? order >= 0 : by === 'lt' ? order < 0 : order <= 0;
};

/** Does a row match? Texts compare without case, as the directory does. */
export const matchesFilter = (filter: Filter, row: unknown): boolean => {
  switch (filter.op) {
    case 'and':
      return matchesFilter(filter.left, row) && matchesFilter(filter.right, row);
    case 'or':
      return matchesFilter(filter.left, row) || matchesFilter(filter.right, row);
    case 'not':
      return !matchesFilter(filter.inner, row);
    case 'compare':
      return compare(valueAt(row, filter.path), filter.by, filter.value);
    case 'in':
      return filter.values.some((value) => compare(valueAt(row, filter.path), 'eq', value));
    case 'any': {
      const list = valueAt(row, filter.path);
      const { inner } = filter;
      return Array.isArray(list) && list.some((item: unknown) => inner === null || matchesFilter(inner, item));
    }
    case 'call': {
      const text = String(valueAt(row, filter.path) ?? '').toLowerCase();
      const wanted = filter.value.toLowerCase();
      if (filter.name === 'startswith') return text.startsWith(wanted);
      if (filter.name === 'endswith') return text.endsWith(wanted);
      return text.includes(wanted);
    }
  }
};

/** Refuses what Graph refuses of a filter: a property that can't be filtered on, or too many alternatives. */
export const checkFilter = (filter: Filter, type: string, filterable: readonly string[], advanced: boolean): void => {
  const bad = pathsOf(filter).find((path) => !filterable.includes(path));
  if (bad !== undefined) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${bad}' of resource '${type}'.`,
    );
  }
  const count = countAlternatives(filter);
  if (count > 15) {
    throw unsupportedQuery(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: 15.`,
    );
  }
  if (isAdvanced(filter) && !advanced) {
    throw unsupportedQuery(
      'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    );
  }
};

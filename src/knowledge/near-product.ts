import type { Product } from '../core/product.ts';
import type { HeldPermission } from './content-workloads.ts';
import { findPermission, type Sensitivity } from './permissions.ts';

/** How near a set of grants comes to what a product's page asks for. */
export interface Nearness {
  readonly product: Product;
  /** 0 to 100: twice what both have, by what both have; a permission weighs by what it can do. */
  readonly score: number;
}

const weights: Readonly<Record<Sensitivity, number>> = { low: 1, medium: 2, high: 3, tier0: 3 };

/** A page of fewer rows is met by chance. */
const leastRows = 4;
/** Fewer grants in common say nothing. */
const leastShared = 3;

const keyOf = ({ api, value }: HeldPermission): string => `${api}/${value.toLowerCase()}`;

const weightOf = ({ api, value }: HeldPermission): number =>
  weights[findPermission(api, 'application', value)?.sensitivity ?? 'medium'];

const sum = (rows: readonly HeldPermission[]): number => rows.reduce((total, row) => total + weightOf(row), 0);

const unique = (rows: readonly HeldPermission[]): readonly HeldPermission[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
];

const documented = ({ documented: rows }: Product): readonly HeldPermission[] =>
  unique(rows.flatMap(({ plane, api, value }) => (plane === 'application' && api !== null ? [{ api, value }] : [])));

/** What a page asks for, by key, with its weight: a scan compares it with everybody's grants. */
interface Page {
  readonly rows: ReadonlyMap<string, HeldPermission>;
  readonly weight: number;
}

const pages = new WeakMap<Product, Page>();

const pageOf = (product: Product): Page => {
  const known = pages.get(product);
  if (known !== undefined) return known;
  const rows = documented(product);
  const page = { rows: new Map(rows.map((row) => [keyOf(row), row])), weight: sum(rows) };
  pages.set(product, page);
  return page;
};

const byPermissions = (held: ReadonlyMap<string, HeldPermission>, weight: number, product: Product): number => {
  const page = pageOf(product);
  const shared = [...held].flatMap(([key, row]) => (page.rows.has(key) ? [row] : []));
  if (page.rows.size < leastRows || shared.length < leastShared) return 0;
  return Math.round((200 * sum(shared)) / (page.weight + weight));
};

/** Roles that whoever deploys something holds as well: alone they say nothing. */
const everybodys = new Set(['contributor', 'owner', 'reader', 'storage blob data contributor']);

const byRoles = (roles: readonly string[], { documented: rows }: Product): number => {
  if (roles.length < leastShared) return 0;
  const asked = [...new Set(rows.flatMap(({ plane, value }) => (plane === 'azure' ? [value.toLowerCase()] : [])))];
  const held = new Set(roles.map((role) => role.toLowerCase()));
  const shared = asked.filter((role) => held.has(role));
  const tells = shared.length >= leastShared && shared.some((role) => !everybodys.has(role));
  return tells ? Math.round((200 * shared.length) / (asked.length + held.size)) : 0;
};

/** The product whose page comes nearest to these grants, `null` where none comes near at all. */
export const nearestProduct = (
  permissions: readonly HeldPermission[],
  roles: readonly string[],
  products: readonly Product[],
): Nearness | null => {
  const held = new Map(permissions.map((row) => [keyOf(row), row]));
  const weight = sum([...held.values()]);
  const scored = products.map((product) => ({
    product,
    score: Math.max(byPermissions(held, weight, product), byRoles(roles, product)),
  }));
  const best = scored.reduce<Nearness | null>((top, one) => (one.score > (top?.score ?? 0) ? one : top), null);
  return best;
};

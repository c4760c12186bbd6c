import type { IsoDate } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import data from './generated/products.json' with { type: 'json' };
import type { Operation } from './workloads.ts';

/** Where a documented row lies: a permission, a role, a credential or a setting. */
export type DocumentedPlane =
  | 'application'
  | 'delegated'
  | 'azure'
  | 'directory'
  | 'exchange'
  | 'credentials'
  | 'settings';

/** One row of a maker's page. */
export interface DocumentedRow {
  readonly plane: DocumentedPlane;
  /** For permissions only. */
  readonly api: AppId | null;
  /** Name of the permission, role or setting. */
  readonly value: string;
  /** For which operation the page asks it; `null` where the page doesn't say. */
  readonly operation: Operation | null;
  readonly note: string | null;
}

/** A backup product, and what its maker's page asks for. What is needed is in the workloads. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** Was the whole page read? */
  readonly complete: boolean;
  readonly workloads: readonly string[];
  readonly documented: readonly DocumentedRow[];
  /** What must not be removed, though it looks unused. */
  readonly keep: readonly string[];
  /** What an earlier set-up left behind. */
  readonly remove: readonly string[];
  readonly changes: readonly { readonly date: IsoDate; readonly what: string }[];
  /** What is wrong with the page, in one sentence. */
  readonly judgement: string;
  readonly source: string;
  /** ISO date at which the page was read. */
  readonly date: IsoDate;
}

/** Products that a policy can name. */
export const products = data.products as unknown as readonly Product[];

const byId = new Map(products.map((product) => [product.id, product]));

/** By its exact id, `null` where there is none. */
export const findProduct = (id: string): Product | null => byId.get(id) ?? null;

import type { IsoDate } from './fact.ts';
import type { AppId } from './ids.ts';
import type { Operation } from './operation.ts';

/** Where a documented row lies: a permission, a role, a credential or a setting. */
export type DocumentedPlane =
  | 'application'
  | 'delegated'
  | 'azure'
  | 'directory'
  | 'exchange'
  | 'credentials'
  | 'settings';

/** One row of what a maker's page asks for, or of what an operation truly takes. */
export interface DocumentedRow {
  readonly plane: DocumentedPlane;
  /** For permissions only. */
  readonly api: AppId | null;
  /** Name of the permission, role, credential or setting. */
  readonly value: string;
  /** For which operation it is asked; `null` where the page doesn't say. */
  readonly operation: Operation | null;
  /** For which workloads it is asked; `null` where the page doesn't say. */
  readonly workloads: readonly string[] | null;
  readonly note: string | null;
}

/** How far a statement is to be trusted; `low` makes no certain finding. */
export type ProductTrust = 'high' | 'medium' | 'low';

/** What one operation takes in one product, where that differs from the least that the workload takes. */
export interface ProductNeed {
  readonly workload: string;
  readonly operation: Operation;
  readonly rows: readonly DocumentedRow[];
  readonly reason: string;
  readonly confidence: ProductTrust;
}

/** A page that was read, with the ISO date of the day. */
export interface ProductSource {
  readonly source: string;
  readonly date: IsoDate;
  readonly confidence: ProductTrust;
}

/** A backup product, and what its maker's page asks for. What is needed is in the workloads, but for `needs`. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** Was the whole page read? */
  readonly complete: boolean;
  /** Ids of what it protects. */
  readonly workloads: readonly string[];
  /** What it does with each workload, by the workload's id. */
  readonly operations: Readonly<Record<string, readonly Operation[]>>;
  readonly documented: readonly DocumentedRow[];
  readonly needs: readonly ProductNeed[];
  /** What must not be removed, though it looks unused. */
  readonly keep: readonly string[];
  /** What an earlier set-up left behind. */
  readonly remove: readonly string[];
  readonly changes: readonly { readonly date: IsoDate; readonly what: string }[];
  /** What is to be thought of the page, in one sentence; `null` where nobody said. */
  readonly judgement: string | null;
  /** Every page that was read; `source` and `date` are those of the first. */
  readonly sources: readonly ProductSource[];
  readonly source: string;
  readonly date: IsoDate;
}

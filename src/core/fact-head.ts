import type { IdentityId } from './ids.ts';

/** Dates are ISO 8601 strings in UTC, as the APIs give them. */
export type IsoDate = string;

/** What every statement about a tenant has. */
export interface FactHead {
  /** Identity across both sides: built from ids by the kind, never from display names. */
  readonly key: string;
  /** Whose access it is. */
  readonly identity: IdentityId;
  /** What is spoken of, by its name in reports: a permission, a role, a key id, an object id. */
  readonly subject: string;
}

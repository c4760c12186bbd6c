import type { Json } from './json.ts';

/** How objects of one type look in Graph's answers. */
export interface EntityType {
  /** `servicePrincipal`, without the namespace. */
  readonly name: string;
  /** Every property with the value it has where the state says nothing. */
  readonly defaults: Json;
  /** Properties that `$filter` may name. */
  readonly filters: readonly string[];
  /** Relations that `$expand` may name. */
  readonly expands: readonly string[];
  /** Properties that only `$select` brings. */
  readonly onlySelected?: readonly string[];
  /** Properties that v1.0 doesn't have, though an object may carry them. */
  readonly onlyBeta?: readonly string[];
}

/** Does the type have this property? */
export const hasProperty = (type: EntityType, name: string): boolean =>
  name in type.defaults || type.onlySelected?.includes(name) === true;

/** What every directory object has. */
export const HEAD: Json = { id: null, deletedDateTime: null };

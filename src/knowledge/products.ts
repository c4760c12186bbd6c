import { isGuid } from '../core/guid-fault.ts';
import { appId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import type { Product } from '../core/product.ts';
import type { KnownApis } from '../core/product-faults.ts';
import { apis, findApi } from './apis.ts';
import data from './generated/products.json' with { type: 'json' };

export type { DocumentedPlane, DocumentedRow, Product, ProductNeed } from '../core/product.ts';

/** Products that a policy can name without a profile of its own: `policies/products/*.yaml`, compiled. */
export const products = data.products as unknown as readonly Product[];

const byId = new Map(products.map((product) => [product.id, product]));

/** By its exact id, `null` where there is none. */
export const findProduct = (id: string): Product | null => byId.get(id) ?? null;

/** The profile of a policy's product: its people's own before the built-in one, `null` where there is none. */
export const profileOf = ({ product, profile }: Policy): Product | null =>
  product === null ? null : (profile ?? findProduct(product.value));

/** The products that are known where people wrote profiles of their own: of two with one id, theirs. */
export const withOwnProducts = (own: readonly Product[]): readonly Product[] => [
  ...products.filter(({ id }) => !own.some((product) => product.id === id)),
  ...own,
];

/** The APIs that a profile may name: those of the built-in list, and any other by its app id. */
export const apisOfProfiles: KnownApis = {
  findApi: (nameOrAppId) => findApi(nameOrAppId)?.appId ?? (isGuid(nameOrAppId) ? appId(nameOrAppId) : null),
  apiNames: apis.flatMap(({ name, aliases }) => [name, ...aliases]),
};

import type { Policy } from '../core/policy.ts';
import type { Product } from '../core/product.ts';
import { profileOf } from './products.ts';

/** The profile of a product whose page has somebody sign in by device code; `null` of all others, and of a retired policy. */
export const asksForDeviceCode = (policy: Policy): Product | null => {
  const profile = policy.state === 'retired' ? null : profileOf(policy);
  const rows = profile?.documented ?? [];
  return rows.some(({ plane, value }) => plane === 'credentials' && value === 'device code') ? profile : null;
};

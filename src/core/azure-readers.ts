import { declaredSubscriptions } from './find-roles.ts';
import type { Policy } from './policy.ts';

/** Where the program has to be a reader: in the subscriptions that the policy speaks of, else anywhere at all. */
export const readersAt = (policy: Policy): readonly string[] => {
  const subscriptions = declaredSubscriptions({ policies: [policy], subscriptions: [] });
  return subscriptions.length === 0 ? ['/'] : subscriptions.map((id) => `/subscriptions/${id}`);
};

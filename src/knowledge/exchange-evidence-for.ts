import type { Policy } from '../core/policy.ts';
import { profileOf } from './products.ts';

/** Does the page of the policy's product have a role group made in Exchange? Of those no API that an app can call tells. */
export const setsUpRoleGroups = (policy: Policy): boolean =>
  policy.state !== 'retired' &&
  (profileOf(policy)?.documented ?? []).some(({ plane, value }) => plane === 'exchange' && /role group/i.test(value));

import type { Policy, WrittenAccess } from './policy.ts';

/** The access map that a policy asks for: `null` where it has none, or where it is retired and asks for nothing. */
export const governedAccess = (policy: Policy): WrittenAccess | null =>
  policy.state === 'retired' || policy.access === 'minimal' ? null : policy.access;

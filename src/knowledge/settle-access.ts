import type { Policy } from '../core/policy.ts';
import { minimalAccess } from './minimal-access.ts';

const settled = new WeakMap<Policy, Policy>();

/** The policy with `access: minimal` written out; any other policy is itself. */
export const settleAccess = (policy: Policy): Policy => {
  if (policy.access !== 'minimal') return policy;
  const written = settled.get(policy) ?? { ...policy, access: minimalAccess(policy) };
  settled.set(policy, written);
  return written;
};

import type { Policy } from '../core/policy.ts';
import { type Need, needsOf } from './needs.ts';

const isOwnRole = ({ grant }: Need): boolean =>
  (grant.plane === 'azure' || grant.plane === 'azure-actions') && grant.holder === 'identity';

/**
 * Does everything that the policy protects get by without an Azure role of its own identity, as machines do that
 * Microsoft's service backs up? What a restore may stage is no standing need.
 */
export const needsNoRole = (policy: Policy): boolean => {
  const needs = needsOf(policy);
  const standing = needs.filter(({ operation }) => operation !== 'restore');
  return needs.length > 0 && standing.every(({ ways }) => ways.every((way) => !way.needs.some(isOwnRole)));
};

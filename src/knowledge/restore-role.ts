import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { scopeContains } from '../core/scope.ts';
import { leastUses } from './least-roles.ts';

/** Does the role stand where the policy restores to, and not where it backs up from or keeps anything? */
const isAtTargetOnly = (scope: string, { protects }: Policy): boolean => {
  const purposes = new Set(
    protects.flatMap(({ scopes }) =>
      scopes
        .filter((one) => scopeContains(one.scope, scope) || scopeContains(scope, one.scope))
        .map((one) => one.purpose),
    ),
  );
  return purposes.size === 1 && purposes.has('target');
};

/**
 * Is restoring all that the role does there? By the role alone, or by where it stands; of its uses those for what the
 * policy protects count, where there are any.
 */
export const isRestoreRole = (fact: AzureRoleAssignmentFact, policy: Policy): boolean => {
  const all = leastUses(fact.role).filter(({ holder }) => holder !== 'cluster' && holder !== 'extension');
  if (all.length === 0) return false;
  const own = all.filter(({ workload }) => policy.protects.some((one) => one.workload === workload));
  const uses = own.length > 0 ? own : all;
  if (uses.every(({ operation }) => operation === 'restore')) return true;
  return (
    uses.some(({ operation, at }) => operation === 'restore' && at === 'target') && isAtTargetOnly(fact.scope, policy)
  );
};

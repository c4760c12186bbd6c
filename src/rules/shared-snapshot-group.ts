import type { RoleId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import { defineRule } from '../core/rule.ts';
import { scopeLevel, scopeName } from '../core/scope.ts';
import { indexScopes, type ScopeIndex } from '../core/scope-index.ts';
import { isLeastThere } from '../knowledge/excess-powers.ts';
import { leastUses } from '../knowledge/least-roles.ts';

/** What a policy protects or keeps, but for the snapshots themselves; the target of restores may lie beside them. */
const indexNeighbours = ({ protects }: Policy): ScopeIndex =>
  indexScopes(
    protects
      .flatMap(({ scopes }) => scopes)
      .filter(({ purpose }) => purpose !== 'snapshots' && purpose !== 'target')
      .map(({ scope }) => scope),
  );

/** Is the role meant for a group of snapshots, and for nothing else? */
const isForSnapshots = (role: RoleId): boolean => {
  const uses = leastUses(role);
  return uses.length > 0 && uses.every(({ at }) => at === 'snapshots');
};

/** See docs/rules/shared-snapshot-group.md */
export const sharedSnapshotGroup = defineRule({
  id: 'shared-snapshot-group',
  summary: 'A role meant for a resource group of snapshots stands on a group that holds other things',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    const index = indexNeighbours(policy);
    for (const fact of facts) {
      if (scopeLevel(fact.scope) !== 'resourceGroup' || !isForSnapshots(fact.role)) continue;
      if (fact.orphaned || !isLeastThere(fact, policy)) continue;
      const neighbours = index.inside(fact.scope);
      const [first] = neighbours;
      if (first === undefined) continue;
      const hasAccount = neighbours.some((one) => /\/microsoft\.storage\/storageaccounts\//i.test(one));
      const others = neighbours.length === 1 ? '' : ` and ${neighbours.length - 1} more`;
      yield {
        at: fact,
        confidence: hasAccount ? 'certain' : 'likely',
        message: `\`${fact.subject}\` on \`${fact.scope}\` reads account keys and deletes storage accounts there, and the policy protects \`${scopeName(first)}\`${others} in the same group`,
        help: 'keep snapshots in a resource group that holds nothing else, and assign the role there',
        evidence: { neighbours, storageAccount: hasAccount },
      };
    }
  },
});

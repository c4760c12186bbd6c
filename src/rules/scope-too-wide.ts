import type { AzureRoleAssignmentFact, RolePermissions } from '../core/fact.ts';
import type { RoleId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import { lookAround, type Surroundings } from '../core/protected-scopes.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { type ScopeLevel, scopeLevel } from '../core/scope.ts';
import { isWithin, leastUses } from '../knowledge/least-roles.ts';
import { intersects } from '../knowledge/role-algebra.ts';

/** How far a level reaches, where that is farther than a resource group. */
const reachOf: Readonly<Partial<Record<ScopeLevel, string>>> = {
  root: 'every subscription of the tenant',
  managementGroup: 'a whole management group',
  subscription: 'a whole subscription',
};

const readsOnly = (permissions: readonly RolePermissions[]): boolean =>
  permissions.every(
    ({ actions, dataActions }) => dataActions.length === 0 && actions.every((one) => /\/read$/i.test(one)),
  );

const assignDeeper =
  'assign the role at each protected resource, or at a resource group that is protected as a whole, then remove this assignment';

const judgeWide = (fact: AzureRoleAssignmentFact, reach: string, around: Surroundings): Complaint | null => {
  const isReader = fact.permissions !== null && readsOnly(fact.permissions);
  if (around.whole && isReader) return null;
  const count = `${around.inside} ${around.inside === 1 ? 'scope' : 'scopes'}`;
  const named =
    around.inside > 0 ? `the policy protects ${count} in it` : 'the policy names nothing that it protects there';
  return {
    at: fact,
    severity: isReader || around.whole ? 'medium' : 'high',
    confidence: around.whole || fact.permissions === null ? 'likely' : 'certain',
    message: `\`${fact.subject}\` on \`${fact.scope}\` reaches ${reach}, with all that is added to it later; ${around.whole ? 'the policy protects just that, which a person should look at' : named}`,
    help: assignDeeper,
    evidence: { level: scopeLevel(fact.scope), protectedInside: around.inside },
  };
};

const accountData = 'Microsoft.Storage/storageAccounts/';
const writes = ['write', 'delete', 'add/action'].map((verb) => `${accountData}*/${verb}`);

/** Is single resources all that the role is meant for, in the protected workloads or, where it is in none, at large? */
const isForResources = (role: RoleId, policy: Policy): boolean => {
  const uses = leastUses(role);
  const own = uses.filter((use) => policy.protects.some(({ workload }) => workload === use.workload));
  return uses.length > 0 && (own.length > 0 ? own : uses).every(({ widest }) => widest === 'resource');
};

/** Is a resource group where the role is documented to belong? */
const isLeastForGroups = (role: RoleId): boolean =>
  leastUses(role).some(({ widest }) => isWithin('resourceGroup', widest));

const judgeGroup = (fact: AzureRoleAssignmentFact, around: Surroundings, policy: Policy): Complaint | null => {
  if (fact.permissions === null || (around.any && around.inside === 0 && !around.whole)) return null;
  const evidence = { level: 'resourceGroup', protectedInside: around.inside };
  if (!isLeastForGroups(fact.role) && intersects(fact.permissions, [`${accountData}*`], 'data') !== null) {
    const isWriter = intersects(fact.permissions, writes, 'data') !== null;
    return {
      at: fact,
      severity: isWriter ? 'medium' : 'low',
      confidence: 'likely',
      message: `\`${fact.subject}\` on \`${fact.scope}\` ${isWriter ? 'reads, writes and deletes' : 'reads'} the data of every storage account in the resource group`,
      help: 'assign it on the storage account or container that is protected, and for a backup only to read',
      evidence,
    };
  }
  if (around.whole || around.inside === 0 || !isForResources(fact.role, policy)) return null;
  const count = around.inside === 1 ? '1 resource' : `${around.inside} resources`;
  return {
    at: fact,
    severity: readsOnly(fact.permissions) ? 'low' : 'medium',
    confidence: 'likely',
    message: `\`${fact.subject}\` on \`${fact.scope}\` reaches a whole resource group, of which the policy protects ${count}; the role is meant for single resources`,
    help: assignDeeper,
    evidence,
  };
};

/** See docs/rules/scope-too-wide.md */
export const scopeTooWide = defineRule({
  id: 'scope-too-wide',
  summary: 'An Azure role is assigned at a wider scope than what is protected',
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy }) {
    const surroundingsOf = lookAround(policy.policy);
    for (const fact of facts) {
      const level = scopeLevel(fact.scope);
      if (fact.orphaned || level === 'resource') continue;
      const around = surroundingsOf(fact.scope);
      const reach = reachOf[level];
      const complaint = reach === undefined ? judgeGroup(fact, around, policy.policy) : judgeWide(fact, reach, around);
      if (complaint !== null) yield complaint;
    }
  },
});

import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import type { VaultProtectionFact } from '../core/safety-fact.ts';
import { scopeContains, scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';
import { intersects } from '../knowledge/role-algebra.ts';

/** What gets somebody past a guard: giving himself its roles, changing it, or taking it away. */
const pastGuard = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.DataProtection/resourceGuards/write',
  'Microsoft.DataProtection/resourceGuards/delete',
];

type Words = Pick<Complaint, 'confidence' | 'message' | 'help' | 'evidence'>;

const judge = (fact: VaultProtectionFact, roles: readonly AzureRoleAssignmentFact[]): Words | null => {
  const vault = scopeName(fact.resource);
  if (isValue(fact, 'Disabled'))
    return {
      message: `no resource guard stands before \`${vault}\`: one stolen account can switch off soft delete and stop backups`,
      help: 'make a resource guard in a subscription that other people own, and protect the vault with it (multi-user authorization)',
      evidence: { guard: null },
    };
  const guard = fact.details['guard'];
  if (typeof guard !== 'string') return null;
  const able = roles.find(
    (role) =>
      role.identity === fact.identity &&
      !role.orphaned &&
      scopeContains(role.scope, guard) &&
      role.permissions !== null &&
      intersects(role.permissions, pastGuard) !== null,
  );
  if (able !== undefined)
    return {
      message: `the vault's own identity holds \`${able.subject}\` on \`${able.scope}\`, and so can take the guard \`${scopeName(guard)}\` of \`${vault}\` away`,
      help: 'take the role from the identity: whom a guard watches may not hold rights on it',
      evidence: { guard, role: able.subject },
    };
  if (fact.details['sameSubscription'] !== true) return null;
  return {
    confidence: 'likely',
    message: `the guard \`${scopeName(guard)}\` of \`${vault}\` lies in the vault's own subscription, whose owner can do what it guards`,
    help: 'move the guard to a subscription, or a tenant, that other people own',
    evidence: { guard },
  };
};

/** See docs/rules/vault-without-second-approver.md */
export const vaultWithoutSecondApprover = defineRule({
  id: 'vault-without-second-approver',
  summary: 'Nobody but the owner of a vault has to agree before its protection is taken away',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy } }) {
    const roles = all.filter((fact) => fact.kind === 'azure-role-assignment');
    for (const fact of facts) {
      const words = fact.setting === 'multiUserAuthorization' ? judge(fact, roles) : null;
      if (words !== null) yield { ...settingSpot(policy, fact), ...words };
    }
  },
});

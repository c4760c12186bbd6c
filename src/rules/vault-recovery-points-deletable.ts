import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import type { VaultProtectionFact } from '../core/safety-fact.ts';
import { scopeContains, scopeName } from '../core/scope.ts';
import { isValue, settingSpot } from '../core/setting-spot.ts';
import { intersects } from '../knowledge/role-algebra.ts';

type Words = Required<Pick<Complaint, 'severity'>> & Pick<Complaint, 'message' | 'help'>;

const softDelete = (fact: VaultProtectionFact, vault: string): Words | null => {
  if (isValue(fact, 'Off'))
    return {
      severity: 'high',
      message: `soft delete of \`${vault}\` is \`Off\`: a deleted backup is gone at once, and for good`,
      help: 'set soft delete to `AlwaysOn`, with at least 14 days; it can never be switched off again',
    };
  if (!isValue(fact, 'On')) return null;
  return {
    severity: 'low',
    message: `soft delete of \`${vault}\` is \`On\` and not \`AlwaysOn\`: whoever deletes backups can switch it off first`,
    help: 'set it to `AlwaysOn`, which can never be switched off again',
  };
};

const immutability = (fact: VaultProtectionFact, vault: string): Words | null => {
  if (isValue(fact, 'Disabled'))
    return {
      severity: 'medium',
      message: `immutability of \`${vault}\` is \`Disabled\`: recovery points can be deleted before they expire`,
      help: 'enable immutability, and lock it once the retention has proved right: a lock is for good',
    };
  if (!isValue(fact, 'Unlocked')) return null;
  return {
    severity: 'low',
    message: `immutability of \`${vault}\` is \`Unlocked\`: whoever may write the vault can disable it`,
    help: 'lock it once the retention has proved right: a lock is for good',
  };
};

const deletesLocks = 'Microsoft.Authorization/locks/delete';

const locks = (fact: VaultProtectionFact, vault: string, roles: readonly AzureRoleAssignmentFact[]): Words | null => {
  if (isValue(fact, '0')) return null;
  const able = roles.find(
    ({ identity, orphaned, permissions, scope }) =>
      identity === fact.identity &&
      !orphaned &&
      permissions !== null &&
      scopeContains(scope, fact.resource) &&
      intersects(permissions, [deletesLocks]) !== null,
  );
  if (able === undefined) return null;
  return {
    severity: 'medium',
    message: `the lock on \`${vault}\` holds nobody back who has the vault's own identity: \`${able.subject}\` on \`${able.scope}\` allows \`${deletesLocks}\``,
    help: 'take the role from the identity, or assign it where the vault does not lie',
  };
};

/** See docs/rules/vault-recovery-points-deletable.md */
export const vaultRecoveryPointsDeletable = defineRule({
  id: 'vault-recovery-points-deletable',
  summary: 'A vault lets recovery points be deleted before their time, or for good',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['vault-protection'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy } }) {
    const roles = all.filter((fact) => fact.kind === 'azure-role-assignment');
    for (const fact of facts) {
      const vault = scopeName(fact.resource);
      const words =
        (fact.setting === 'softDelete' && softDelete(fact, vault)) ||
        (fact.setting === 'immutability' && immutability(fact, vault)) ||
        (fact.setting === 'locks' && locks(fact, vault, roles));
      if (words) yield { ...settingSpot(policy, fact), ...words, evidence: { value: fact.value } };
    }
  },
});

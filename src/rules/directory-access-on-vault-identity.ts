import type { AppRoleAssignmentFact, DelegatedGrantFact, DirectoryRoleAssignmentFact } from '../core/fact.ts';
import { isVaultIdentity } from '../core/identity-of.ts';
import { defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { findPermission } from '../knowledge/permissions.ts';

type Grant = AppRoleAssignmentFact | DelegatedGrantFact | DirectoryRoleAssignmentFact;

const nameOf = (fact: Grant): string => {
  if (fact.kind === 'directory-role-assignment') return `directory role \`${fact.subject}\``;
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  return `${type} permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
};

const isTier0 = (fact: Grant): boolean => {
  if (fact.kind === 'directory-role-assignment') return findDirectoryRole(fact.role)?.sensitivity === 'tier0';
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  return findPermission(fact.api, type, fact.subject)?.sensitivity === 'tier0';
};

/** See docs/rules/directory-access-on-vault-identity.md */
export const directoryAccessOnVaultIdentity = defineRule({
  id: 'directory-access-on-vault-identity',
  summary: "A vault's identity holds a permission or role outside Azure, where it has no work",
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, desired, governs }) {
    for (const fact of facts) {
      if (fact.kind === 'directory-role-assignment' && fact.eligible) continue;
      if (!isVaultIdentity(policy, fact.identity) || (governs(fact) && !desired.has(fact.key))) continue;
      yield {
        at: fact,
        severity: isTier0(fact) ? 'high' : 'medium',
        message: `${nameOf(fact)} is held by a vault's identity, and Azure Backup works with Azure roles alone`,
        help: 'remove it, and find in the audit log who granted it: whoever may change the vault can use it',
        evidence: { tier0: isTier0(fact) },
      };
    }
  },
});

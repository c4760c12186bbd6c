import type {
  AppRoleAssignmentFact,
  AzureRoleAssignmentFact,
  DelegatedGrantFact,
  DirectoryRoleAssignmentFact,
} from '../core/fact.ts';
import { defineRule, type Severity } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { findDirectoryRole } from '../knowledge/directory-roles.ts';
import { escalatingAction, powerOf, selfEscalation } from '../knowledge/escalation.ts';
import { findPermission } from '../knowledge/permissions.ts';
import { isSignInScope } from '../knowledge/sign-in-scopes.ts';

type Grant = AppRoleAssignmentFact | DelegatedGrantFact | AzureRoleAssignmentFact | DirectoryRoleAssignmentFact;

const permissionSeverity = (fact: AppRoleAssignmentFact | DelegatedGrantFact): Severity => {
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  if (selfEscalation(fact.api, type, fact.subject) !== null) return 'critical';
  if (fact.kind === 'delegated-grant' && isSignInScope(fact)) return 'low';
  const sensitivity = findPermission(fact.api, type, fact.subject)?.sensitivity;
  return sensitivity === 'tier0' || sensitivity === 'high' ? 'high' : 'medium';
};

/** A role whose actions could not be read is taken for a powerful one; a condition may still bind one that escalates. */
const roleSeverity = ({ permissions, condition }: AzureRoleAssignmentFact): Severity => {
  if (permissions === null) return 'high';
  if (escalatingAction(permissions) !== null) return condition === null ? 'critical' : 'high';
  return powerOf(permissions)[0]?.severity === 'high' ? 'high' : 'medium';
};

const directoryRoleSeverity = (fact: DirectoryRoleAssignmentFact): Severity => {
  const known = findDirectoryRole(fact.role);
  if (known?.sensitivity === 'tier0') return 'critical';
  return known === null || known.privileged || known.sensitivity === 'high' ? 'high' : 'medium';
};

/** One definition is shared by many assignments, and looking through its actions takes time. */
type Known = Map<string, Severity>;

const severityOf = (fact: Grant, known: Known): Severity => {
  if (fact.kind === 'azure-role-assignment') {
    const key = `${fact.role} ${fact.condition === null} ${fact.permissions === null}`;
    const severity = known.get(key) ?? roleSeverity(fact);
    known.set(key, severity);
    return severity;
  }
  return fact.kind === 'directory-role-assignment' ? directoryRoleSeverity(fact) : permissionSeverity(fact);
};

const consentOf = ({ consents }: DelegatedGrantFact): string => {
  if (consents.some(({ type }) => type === 'AllPrincipals')) return ', consented for all users,';
  return `, consented for ${consents.length} ${consents.length === 1 ? 'user' : 'users'},`;
};

const nameGrant = (fact: Grant): string => {
  if (fact.kind === 'azure-role-assignment') return `\`${fact.subject}\` on \`${fact.scope}\``;
  if (fact.kind === 'directory-role-assignment')
    return `directory role \`${fact.subject}\` ${fact.scope === '/' ? 'on the whole directory' : `on \`${fact.scope}\``}`;
  const api = findApi(fact.api)?.name ?? fact.api;
  return fact.kind === 'delegated-grant'
    ? `delegated permission \`${fact.subject}\` on ${api}${consentOf(fact)}`
    : `application permission \`${fact.subject}\` on ${api}`;
};

/** See docs/rules/undeclared-access.md */
export const undeclaredAccess = defineRule({
  id: 'undeclared-access',
  summary: 'The identity holds access that its policy does not ask for',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'azure-role-assignment', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts, desired, governs, policy }) {
    const known: Known = new Map();
    for (const fact of facts) {
      if (desired.has(fact.key) || !governs(fact)) continue;
      if (fact.kind === 'azure-role-assignment' && fact.orphaned) continue;
      const created = 'created' in fact ? (fact.created?.slice(0, 10) ?? null) : null;
      yield {
        at: fact,
        severity: severityOf(fact, known),
        message: `${nameGrant(fact)} is held${created === null ? '' : ` since ${created}`}, and policy \`${policy.policy.name}\` does not ask for it`,
        help: 'find in the audit log who granted it and why; declare it if the backup needs it, else remove it, by hand or with `enforcement: authoritative`',
        evidence: { created },
      };
    }
  },
});

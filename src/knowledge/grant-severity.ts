import type { ExchangeRoleAssignmentFact, GroupMembershipFact, SiteGrantFact } from '../core/access-fact.ts';
import type {
  AppRoleAssignmentFact,
  AzureRoleAssignmentFact,
  DelegatedGrantFact,
  DirectoryRoleAssignmentFact,
} from '../core/fact.ts';
import type { Severity } from '../core/rule.ts';
import { findDirectoryRole } from './directory-roles.ts';
import { escalatingAction, powerOf, selfEscalation } from './escalation.ts';
import { givingPower, isWholeMailbox, openingPower } from './exchange-power.ts';
import { findPermission } from './permissions.ts';
import { isSignInScope } from './sign-in-scopes.ts';

/** Access that an identity can be given. */
export type Grant =
  | AppRoleAssignmentFact
  | DelegatedGrantFact
  | AzureRoleAssignmentFact
  | DirectoryRoleAssignmentFact
  | GroupMembershipFact
  | ExchangeRoleAssignmentFact
  | SiteGrantFact;

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

/** What was judged before: one definition is shared by many assignments, and looking through its actions takes time. */
export type KnownSeverities = Map<string, Severity>;

/** What has to be activated first is less than what is held. */
const lessened = (severity: Severity): Severity => (severity === 'critical' ? 'high' : severity);

const azureSeverity = (fact: AzureRoleAssignmentFact, known: KnownSeverities): Severity => {
  const key = `${fact.role} ${fact.condition === null} ${fact.permissions === null}`;
  const severity = known.get(key) ?? roleSeverity(fact);
  known.set(key, severity);
  return severity;
};

/** A management role of which nobody told what it can do counts as any other. */
const exchangeSeverity = (fact: ExchangeRoleAssignmentFact): Severity => {
  if (givingPower(fact) !== null) return 'critical';
  return openingPower(fact) !== null || isWholeMailbox(fact.role) ? 'high' : 'medium';
};

/** How grave it is that an identity holds a grant for which nobody asked. */
export const grantSeverity = (fact: Grant, known: KnownSeverities): Severity => {
  switch (fact.kind) {
    case 'azure-role-assignment':
      return azureSeverity(fact, known);
    case 'directory-role-assignment':
      return fact.eligible ? lessened(directoryRoleSeverity(fact)) : directoryRoleSeverity(fact);
    case 'group-membership':
      // Only a group that was made for it can be given directory roles.
      return fact.roleAssignable === true ? 'high' : 'medium';
    case 'exchange-role-assignment':
      return exchangeSeverity(fact);
    case 'site-grant':
      return fact.role === 'read' ? 'medium' : 'high';
    default:
      return permissionSeverity(fact);
  }
};

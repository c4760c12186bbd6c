import type { AppRoleAssignmentFact, DelegatedGrantFact } from '../core/fact.ts';
import { selfEscalation } from './escalation.ts';
import { findPermission, type Permission } from './permissions.ts';

/** The permission, where its holder can reach control of the tenant, by itself or in further steps; `null` where not. */
export const tier0Permission = (fact: AppRoleAssignmentFact | DelegatedGrantFact): Permission | null => {
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  const permission = findPermission(fact.api, type, fact.subject);
  return permission?.sensitivity === 'tier0' ? permission : null;
};

/** Can its holder reach control of the tenant? */
export const isTier0 = (fact: AppRoleAssignmentFact | DelegatedGrantFact): boolean =>
  tier0Permission(fact) !== null ||
  selfEscalation(fact.api, fact.kind === 'app-role-assignment' ? 'application' : 'delegated', fact.subject) !== null;

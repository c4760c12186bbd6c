import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import type { AppRoleAssignmentFact, Fact } from '../core/fact.ts';
import { isEverywhere } from './exchange-power.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { coversRole } from './exchange-service.ts';
import { implies } from './lattice.ts';

/** An application role of Exchange that adds nothing, beside what gives all of it. */
export interface CoveredExchangeRole {
  readonly narrow: ExchangeRoleAssignmentFact;
  readonly broad: ExchangeRoleAssignmentFact | AppRoleAssignmentFact;
}

const holdsWhere = (broad: ExchangeRoleAssignmentFact, narrow: ExchangeRoleAssignmentFact): boolean =>
  isEverywhere(broad) || broad.scope.toLowerCase() === narrow.scope.toLowerCase();

const isCoveredByRole = (narrow: ExchangeRoleAssignmentFact, broad: ExchangeRoleAssignmentFact): boolean => {
  const [less, more] = [findExchangeRole(narrow.role), findExchangeRole(broad.role)];
  if (less === null || more === null || narrow.key === broad.key || !holdsWhere(broad, narrow)) return false;
  if (!coversRole(more, less)) return false;
  // Of two that give the same in the same place, neither goes.
  return !(coversRole(less, more) && holdsWhere(narrow, broad));
};

/** A role in a scope beside a consent for every mailbox is no surplus but a scope that is void: not told here. */
const isCoveredByConsents = (
  narrow: ExchangeRoleAssignmentFact,
  consents: readonly AppRoleAssignmentFact[],
): AppRoleAssignmentFact | null => {
  const role = findExchangeRole(narrow.role);
  if (role === null || !isEverywhere(narrow)) return null;
  const found = role.permissions.map((one) =>
    consents.find(
      ({ api, subject }) => api === one.api && (subject === one.value || implies(one.api, subject, one.value)),
    ),
  );
  return found.every((one) => one !== undefined) ? (found[0] ?? null) : null;
};

/**
 * Application roles of one identity that add nothing, where what was asked for stays beside something broader that nobody
 * asked for.
 */
export const coveredExchangeRoles = (
  facts: readonly Fact[],
  desired: ReadonlySet<string>,
): readonly CoveredExchangeRole[] => {
  const roles = facts.filter((fact) => fact.kind === 'exchange-role-assignment');
  const consents = facts.filter((fact) => fact.kind === 'app-role-assignment');
  return roles.flatMap((narrow): CoveredExchangeRole[] => {
    const counts = ({ key }: Fact): boolean => !desired.has(narrow.key) || desired.has(key);
    const broad =
      roles.filter(counts).find((other) => isCoveredByRole(narrow, other)) ??
      isCoveredByConsents(narrow, consents.filter(counts));
    return broad === null ? [] : [{ narrow, broad }];
  });
};

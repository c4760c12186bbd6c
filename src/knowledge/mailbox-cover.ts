import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import { isEverywhere, isWholeMailbox, openingPower } from './exchange-power.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { coversRole } from './exchange-service.ts';

type Held = Pick<ExchangeRoleAssignmentFact, 'role' | 'scope' | 'parent' | 'commands'>;

/** A custom scope, a group or an administrative unit: whether two of a different sort hold the same mailboxes, nobody can tell. */
const sortOf = (scope: string): string =>
  /^(group|administrativeUnit|user):/i.exec(scope)?.[1]?.toLowerCase() ?? 'custom';

/** Does an assignment reach the mailboxes of a scope, for all that is known? */
const reaches = (held: Held, scope: string): boolean =>
  isEverywhere(held) ||
  held.scope.toLowerCase() === scope.toLowerCase() ||
  (scope.toLowerCase() !== 'organization' && sortOf(held.scope) !== sortOf(scope));

/** Is what an application role gives there in a scope, by that role, a wider one, or one that opens mailboxes otherwise? */
export const isGivenInExchange = (wanted: string, scope: string, held: readonly Held[]): boolean => {
  const role = findExchangeRole(wanted);
  return held
    .filter((one) => reaches(one, scope))
    .some((one) => {
      const own = findExchangeRole(one.role);
      if (own === null) return openingPower(one) !== null;
      return isWholeMailbox(own.name) || (role !== null && coversRole(own, role));
    });
};

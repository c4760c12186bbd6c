import type { FactOf } from '../core/fact.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { isKnownManagementRole, type TenantReach } from './reaches.ts';

type Giving = Pick<TenantReach, 'permissions' | 'admitted' | 'managementRoles' | 'commands'>;
type ExchangeFact = FactOf<'exchange-role-assignment'>;

const has = (names: readonly string[], name: string): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase());

/** Is it an application role, which stands for permissions, rather than one for managing Exchange? */
export const isApplicationRole = ({ role, parent }: ExchangeFact): boolean =>
  findExchangeRole(parent ?? role) !== null || findExchangeRole(role) !== null;

/**
 * Does an Exchange role come to this reach within its scope? By the permissions that an application role stands for, by
 * the name of a management role or of the one it was made from, and by its commands. `unknown`: nobody said what it allows.
 */
export const exchangeRoleReaches = (fact: ExchangeFact, reach: Giving): 'yes' | 'no' | 'unknown' => {
  const application = findExchangeRole(fact.role) ?? findExchangeRole(fact.parent ?? '');
  if (application !== null) {
    const gives = application.permissions.some(({ api, value }) =>
      [...reach.permissions, ...reach.admitted.map((name) => ({ api, value: name }))].some(
        (one) => one.api === api && one.value.toLowerCase() === value.toLowerCase(),
      ),
    );
    return gives ? 'yes' : 'no';
  }
  if (fact.commands !== null)
    return fact.commands.some((command) => has(reach.commands, command)) || has(reach.managementRoles, fact.role)
      ? 'yes'
      : 'no';
  const name = fact.parent ?? fact.role;
  if (has(reach.managementRoles, name) || has(reach.managementRoles, fact.role)) return 'yes';
  if (reach.managementRoles.length === 0 || isKnownManagementRole(name)) return 'no';
  return 'unknown';
};

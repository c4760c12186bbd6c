import type { Fact } from '../core/fact.ts';
import type { IdentityId } from '../core/ids.ts';
import { findDirectoryRole } from './directory-roles.ts';

const sameText = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Does the directory role administer others? One that no list tells of counts for none. */
const isAdministering = (role: string): boolean => {
  const known = findDirectoryRole(role);
  return known !== null && (known.privileged || known.sensitivity === 'tier0' || known.sensitivity === 'high');
};

/**
 * Names of the administering directory roles of an account, by everything that is known: roles of the identity, where the
 * account is one (`isIdentity`), and those told with the account itself.
 */
export const administratorRoles = (
  account: { readonly identity: IdentityId; readonly userPrincipalName: string; readonly isIdentity: boolean },
  all: readonly Fact[],
): readonly string[] => {
  const roles = all.flatMap((fact): readonly string[] => {
    if (fact.kind === 'directory-role-assignment')
      return account.isIdentity && sameText(fact.identity, account.identity) ? [fact.subject] : [];
    if (fact.kind === 'administrator')
      return sameText(fact.userPrincipalName, account.userPrincipalName) ? fact.roles : [];
    return fact.kind === 'app-presence' && sameText(fact.userPrincipalName, account.userPrincipalName)
      ? fact.roles
      : [];
  });
  return [...new Set(roles)].filter(isAdministering).sort();
};

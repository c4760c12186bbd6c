import { writtenRoles } from './find-roles.ts';
import { governedAccess } from './governed-access.ts';
import type { FoundIdentity } from './kind.ts';
import type { Policy } from './policy.ts';

/** Does the policy name a person? Only people can activate a role (source: Privileged Identity Management). */
export const namesUser = ({ identities }: Pick<Policy, 'identities'>): boolean =>
  identities.some(({ type }) => type === 'user');

/** Does it ask for a directory role that has to be activated? */
export const declaresEligibleDirectoryRole = (policy: Policy): boolean =>
  governedAccess(policy)?.directoryRoles?.some(({ eligible }) => eligible) === true;

/** Does it ask for an Azure role that has to be activated? */
export const declaresEligibleAzureRole = (policy: Policy): boolean =>
  writtenRoles(policy).some(({ eligible }) => eligible);

/** Those of the identities that one of the policies names. */
export const namedBy = (
  policies: readonly Policy[],
  identities: readonly FoundIdentity[],
): readonly FoundIdentity[] => {
  const named = new Set(policies.flatMap((policy) => policy.identities.map(({ id }) => id.toLowerCase())));
  return identities.filter(({ id }) => named.has(id.toLowerCase()));
};

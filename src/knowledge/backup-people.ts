import { namesUser } from '../core/eligible-roles.ts';
import type { Policy } from '../core/policy.ts';
import { profileOf } from './products.ts';

/** Directory roles that take the tenant over at once, by name. */
export const takingRoles: readonly string[] = ['Global Administrator', 'Privileged Role Administrator'];

const presencesIn = ({ mustExist, mustNotExist }: Policy): readonly string[] =>
  [...mustExist, ...mustNotExist].flatMap(({ userPrincipalName }) => userPrincipalName?.toLowerCase() ?? []);

/** Sign-in names of the users that a policy wants to be there or gone, lower case. */
export const namedPeople = (policy: Policy): readonly string[] =>
  policy.state === 'retired' ? [] : [...new Set(presencesIn(policy))];

/** Does the page of the product have an administrator of the whole tenant do something? */
const asksForAdministrator = (policy: Policy): boolean =>
  (profileOf(policy)?.documented ?? []).some(
    ({ plane, value }) => plane === 'directory' && takingRoles.includes(value),
  );

/** Is a policy about people too, so that it matters which of them rule the tenant? */
export const concernsPeople = (policy: Policy): boolean =>
  policy.state !== 'retired' && (namesUser(policy) || namedPeople(policy).length > 0 || asksForAdministrator(policy));

/**
 * Is somebody called after backup, or after the product of the policy? A short word would be in too many names, and what
 * stands behind the @ is everybody's.
 */
export const isCalledAfterBackup = ({ product }: Policy, names: readonly (string | null)[]): boolean => {
  const words = ['backup', 'back-up', ...(product === null || product.value.length < 6 ? [] : [product.value])];
  return names.some((name) => {
    const own = name?.split('@')[0]?.toLowerCase() ?? '';
    return words.some((word) => own.includes(word.toLowerCase()));
  });
};

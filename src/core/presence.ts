import type { IdentityId } from './ids.ts';
import type { Policy, Presence } from './policy.ts';

/** What a policy names in `mustExist` or `mustNotExist`, lower case: an app id, or the name that a user signs in with. */
export const presenceName = ({ appId, userPrincipalName }: Pick<Presence, 'appId' | 'userPrincipalName'>): string =>
  (appId ?? userPrincipalName ?? '').toLowerCase();

/** All that a policy wants to be there or gone; a retired policy wants nothing any more. */
export const presencesOf = (policy: Policy): readonly Presence[] =>
  policy.state === 'retired' ? [] : [...policy.mustExist, ...policy.mustNotExist];

/** Does a policy in force want this one gone? */
export const mustBeGone = (policy: Policy, named: Pick<Presence, 'appId' | 'userPrincipalName'>): boolean =>
  policy.state !== 'retired' && policy.mustNotExist.some((one) => presenceName(one) === presenceName(named));

/** Key of the fact that an app or user is there, or lies in the deleted items. */
export const presenceKey = (
  identity: IdentityId,
  named: Pick<Presence, 'appId' | 'userPrincipalName'>,
  state: 'present' | 'deleted' = 'present',
): string => {
  const what = named.appId === null ? 'user' : 'app';
  return `app-presence/${identity.toLowerCase()}/${what}/${presenceName(named)}${state === 'deleted' ? '/deleted' : ''}`;
};

import { type FoundIdentity, graphNeed, type Need } from './kind.ts';
import type { Policy } from './policy.ts';

const ofPrincipals = 'Application.Read.All';
const ofUsers = 'User.Read.All';

/** Least Graph permissions to read in which groups a policy's identities are. */
export const groupNeeds = ({ identities }: Pick<Policy, 'identities'>): readonly Need[] => [
  ...(identities.some(({ type }) => type !== 'user') ? [graphNeed(ofPrincipals)] : []),
  ...(identities.some(({ type }) => type === 'user') ? [graphNeed(ofUsers)] : []),
];

/** The same for one identity, by name. */
export const groupNeedOf = ({ servicePrincipal }: Pick<FoundIdentity, 'servicePrincipal'>): string =>
  servicePrincipal === null ? ofUsers : ofPrincipals;

import { graphNeed, type Need } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';

/** What finding an identity takes, without which nothing of it can be read. */
export const identityNeeds = (identity: PolicyIdentity): readonly Need[] => {
  if (identity.type === 'user') return [graphNeed('User.Read.All')];
  const directory = graphNeed('Application.Read.All');
  if (identity.type === 'app') return [directory];
  const scope = identity.type === 'managed-identity' ? identity.managedIdentity : identity.vault;
  return [directory, { api: 'azure', scope }];
};

import type { Kind } from '../core/kind.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { acsAppPrincipal } from './acs-app-principal.ts';
import { appRoleAssignment } from './app-role-assignment.ts';
import { azureRoleAssignment } from './azure-role-assignment.ts';
import { credential } from './credential.ts';
import { delegatedGrant } from './delegated-grant.ts';
import { directoryRoleAssignment } from './directory-role-assignment.ts';
import { servicePrincipal } from './service-principal.ts';
import { tenantSetting } from './tenant-setting.ts';
import { vaultIdentity } from './vault-identity.ts';

/** The kind, for policies whose access is computed too: it sees them written out. */
const withComputedAccess = (kind: Kind): Kind => ({
  ...kind,
  governs: (policy) => kind.governs(settleAccess(policy)),
  asks: (policy) => kind.asks(settleAccess(policy)),
  subjects: (policy) => kind.subjects?.(settleAccess(policy)) ?? [],
  desired: (policy, names) => kind.desired(settleAccess(policy), names),
  read: (input) => kind.read({ ...input, policies: input.policies.map(settleAccess) }),
});

/** Every kind, in the order of plans: the identity before what it holds. */
export const kinds: readonly Kind[] = [
  vaultIdentity,
  servicePrincipal,
  credential,
  appRoleAssignment,
  delegatedGrant,
  directoryRoleAssignment,
  azureRoleAssignment,
  tenantSetting,
  acsAppPrincipal,
].map(withComputedAccess);

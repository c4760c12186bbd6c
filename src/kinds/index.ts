import type { Kind } from '../core/kind.ts';
import { settleAccess } from '../knowledge/settle-access.ts';
import { acsAppPrincipal } from './acs-app-principal.ts';
import { administrator } from './administrator.ts';
import { appManagementPolicy } from './app-management-policy.ts';
import { appPresence } from './app-presence.ts';
import { appRoleAssignment } from './app-role-assignment.ts';
import { applicationAccessPolicy } from './application-access-policy.ts';
import { azureRoleAssignment } from './azure-role-assignment.ts';
import { azureRoleEligibility } from './azure-role-eligibility.ts';
import { conditionalAccess } from './conditional-access.ts';
import { credential } from './credential.ts';
import { delegatedGrant } from './delegated-grant.ts';
import { directoryAudit } from './directory-audit.ts';
import { directoryRoleAssignment } from './directory-role-assignment.ts';
import { exchangeAccount } from './exchange-account.ts';
import { exchangeRoleAssignment } from './exchange-role-assignment.ts';
import { federatedCredential } from './federated-credential.ts';
import { groupMembership } from './group-membership.ts';
import { keyVaultAccess } from './key-vault-access.ts';
import { servicePrincipal } from './service-principal.ts';
import { signInActivity } from './sign-in-activity.ts';
import { siteGrant } from './site-grant.ts';
import { storageProtection } from './storage-protection.ts';
import { tenantSetting } from './tenant-setting.ts';
import { vaultIdentity } from './vault-identity.ts';
import { vaultProtection } from './vault-protection.ts';

/** The kind, for policies whose access is computed too: it sees them written out. */
const withComputedAccess = (kind: Kind): Kind => ({
  ...kind,
  governs: (policy) => kind.governs(settleAccess(policy)),
  asks: (policy) => kind.asks(settleAccess(policy)),
  writes: (policy) => kind.writes?.(settleAccess(policy)) ?? [],
  subjects: (policy) => kind.subjects?.(settleAccess(policy)) ?? [],
  desired: (policy, names) => kind.desired(settleAccess(policy), names),
  read: (input) => kind.read({ ...input, policies: input.policies.map(settleAccess) }),
});

/** Every kind, in the order of plans: the identity before what it holds. */
export const kinds: readonly Kind[] = [
  vaultIdentity,
  servicePrincipal,
  credential,
  federatedCredential,
  appRoleAssignment,
  delegatedGrant,
  groupMembership,
  directoryRoleAssignment,
  azureRoleAssignment,
  azureRoleEligibility,
  exchangeRoleAssignment,
  applicationAccessPolicy,
  exchangeAccount,
  siteGrant,
  tenantSetting,
  acsAppPrincipal,
  appPresence,
  signInActivity,
  directoryAudit,
  keyVaultAccess,
  storageProtection,
  vaultProtection,
  appManagementPolicy,
  conditionalAccess,
  administrator,
].map(withComputedAccess);

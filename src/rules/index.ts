import type { Rule } from '../core/rule.ts';
import { backupAndDelete } from './backup-and-delete.ts';
import { cryptoOfficerForEncryption } from './crypto-officer-for-encryption.ts';
import { delegatedGrantOnDaemon } from './delegated-grant-on-daemon.ts';
import { directoryAccessOnVaultIdentity } from './directory-access-on-vault-identity.ts';
import { disabledIdentityStillGranted } from './disabled-identity-still-granted.ts';
import { duplicateVaultIdentityRole } from './duplicate-vault-identity-role.ts';
import { expiredCredential } from './expired-credential.ts';
import { expiredException } from './expired-exception.ts';
import { foreignApplication } from './foreign-application.ts';
import { hiddenCredential } from './hidden-credential.ts';
import { keyAccess } from './key-access.ts';
import { longLivedSecret } from './long-lived-secret.ts';
import { multiTenantAudience } from './multi-tenant-audience.ts';
import { noCredentialOverlap } from './no-credential-overlap.ts';
import { noOwner } from './no-owner.ts';
import { offlineAccessBesideTier0 } from './offline-access-beside-tier0.ts';
import { orphanedAssignment } from './orphaned-assignment.ts';
import { ownerCanTakeOver } from './owner-can-take-over.ts';
import { privilegedAzureRole } from './privileged-azure-role.ts';
import { recreatedIdentity } from './recreated-identity.ts';
import { redundantPermission } from './redundant-permission.ts';
import { restoreRoleLeftBehind } from './restore-role-left-behind.ts';
import { retiredApi } from './retired-api.ts';
import { reviewOverdue } from './review-overdue.ts';
import { roleCannotAssign } from './role-cannot-assign.ts';
import { scopeTooWide } from './scope-too-wide.ts';
import { secretAge } from './secret-age.ts';
import { secretCount } from './secret-count.ts';
import { secretWhereFederation } from './secret-where-federation.ts';
import { selfEscalation } from './self-escalation.ts';
import { sharedSnapshotGroup } from './shared-snapshot-group.ts';
import { sharedUserAssignedIdentity } from './shared-user-assigned-identity.ts';
import { spoofedDisplayName } from './spoofed-display-name.ts';
import { undeclaredAccess } from './undeclared-access.ts';
import { unneededVaultIdentityRole } from './unneeded-vault-identity-role.ts';
import { unusedException } from './unused-exception.ts';
import { vaultIdentityReachesUnprotected } from './vault-identity-reaches-unprotected.ts';
import { vaultPrivateEndpointRole } from './vault-private-endpoint-role.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  backupAndDelete,
  cryptoOfficerForEncryption,
  delegatedGrantOnDaemon,
  directoryAccessOnVaultIdentity,
  disabledIdentityStillGranted,
  duplicateVaultIdentityRole,
  expiredCredential,
  expiredException,
  foreignApplication,
  hiddenCredential,
  keyAccess,
  longLivedSecret,
  multiTenantAudience,
  noCredentialOverlap,
  noOwner,
  offlineAccessBesideTier0,
  orphanedAssignment,
  ownerCanTakeOver,
  privilegedAzureRole,
  recreatedIdentity,
  redundantPermission,
  restoreRoleLeftBehind,
  retiredApi,
  reviewOverdue,
  roleCannotAssign,
  scopeTooWide,
  secretAge,
  secretCount,
  secretWhereFederation,
  selfEscalation,
  sharedSnapshotGroup,
  sharedUserAssignedIdentity,
  spoofedDisplayName,
  undeclaredAccess,
  unneededVaultIdentityRole,
  unusedException,
  vaultIdentityReachesUnprotected,
  vaultPrivateEndpointRole,
];

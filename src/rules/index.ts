import type { Rule } from '../core/rule.ts';
import { acsAppPrincipal } from './acs-app-principal.ts';
import { backupAndDelete } from './backup-and-delete.ts';
import { cryptoOfficerForEncryption } from './crypto-officer-for-encryption.ts';
import { delegatedGrantOnDaemon } from './delegated-grant-on-daemon.ts';
import { directoryAccessOnVaultIdentity } from './directory-access-on-vault-identity.ts';
import { disabledIdentityStillGranted } from './disabled-identity-still-granted.ts';
import { duplicateVaultIdentityRole } from './duplicate-vault-identity-role.ts';
import { exceedsWorkload } from './exceeds-workload.ts';
import { expiredCredential } from './expired-credential.ts';
import { expiredException } from './expired-exception.ts';
import { foreignApplication } from './foreign-application.ts';
import { hiddenCredential } from './hidden-credential.ts';
import { keyAccess } from './key-access.ts';
import { longLivedSecret } from './long-lived-secret.ts';
import { missingForWorkload } from './missing-for-workload.ts';
import { multiTenantAudience } from './multi-tenant-audience.ts';
import { noCredentialOverlap } from './no-credential-overlap.ts';
import { noOwner } from './no-owner.ts';
import { offlineAccessBesideTier0 } from './offline-access-beside-tier0.ts';
import { orphanedAssignment } from './orphaned-assignment.ts';
import { ownerCanTakeOver } from './owner-can-take-over.ts';
import { permissionCannotDoItsPurpose } from './permission-cannot-do-its-purpose.ts';
import { permissionWithoutPurpose } from './permission-without-purpose.ts';
import { privilegedAzureRole } from './privileged-azure-role.ts';
import { recreatedIdentity } from './recreated-identity.ts';
import { redundantPermission } from './redundant-permission.ts';
import { restoreRoleLeftBehind } from './restore-role-left-behind.ts';
import { retiredApi } from './retired-api.ts';
import { reviewOverdue } from './review-overdue.ts';
import { riskyTenantSetting } from './risky-tenant-setting.ts';
import { roleCannotAssign } from './role-cannot-assign.ts';
import { roleWiderThanNeeded } from './role-wider-than-needed.ts';
import { scopeTooWide } from './scope-too-wide.ts';
import { secretAge } from './secret-age.ts';
import { secretCount } from './secret-count.ts';
import { secretWhereFederation } from './secret-where-federation.ts';
import { selfEscalation } from './self-escalation.ts';
import { sharedSnapshotGroup } from './shared-snapshot-group.ts';
import { sharedUserAssignedIdentity } from './shared-user-assigned-identity.ts';
import { spoofedDisplayName } from './spoofed-display-name.ts';
import { standingOnboardingAccess } from './standing-onboarding-access.ts';
import { standingRestoreAccess } from './standing-restore-access.ts';
import { tenantWideMailboxAccess } from './tenant-wide-mailbox-access.ts';
import { tenantWideWhereScoped } from './tenant-wide-where-scoped.ts';
import { tier0DirectoryRole } from './tier0-directory-role.ts';
import { tier0Permission } from './tier0-permission.ts';
import { unclaimedVaultIdentity } from './unclaimed-vault-identity.ts';
import { undeclaredAccess } from './undeclared-access.ts';
import { unneededVaultIdentityRole } from './unneeded-vault-identity-role.ts';
import { unusedException } from './unused-exception.ts';
import { vaultIdentityReachesUnprotected } from './vault-identity-reaches-unprotected.ts';
import { vaultPrivateEndpointRole } from './vault-private-endpoint-role.ts';
import { writeWhereReadSuffices } from './write-where-read-suffices.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  acsAppPrincipal,
  backupAndDelete,
  cryptoOfficerForEncryption,
  delegatedGrantOnDaemon,
  directoryAccessOnVaultIdentity,
  disabledIdentityStillGranted,
  duplicateVaultIdentityRole,
  exceedsWorkload,
  expiredCredential,
  expiredException,
  foreignApplication,
  hiddenCredential,
  keyAccess,
  longLivedSecret,
  missingForWorkload,
  multiTenantAudience,
  noCredentialOverlap,
  noOwner,
  offlineAccessBesideTier0,
  orphanedAssignment,
  ownerCanTakeOver,
  permissionCannotDoItsPurpose,
  permissionWithoutPurpose,
  privilegedAzureRole,
  recreatedIdentity,
  redundantPermission,
  restoreRoleLeftBehind,
  retiredApi,
  reviewOverdue,
  riskyTenantSetting,
  roleCannotAssign,
  roleWiderThanNeeded,
  scopeTooWide,
  secretAge,
  secretCount,
  secretWhereFederation,
  selfEscalation,
  sharedSnapshotGroup,
  sharedUserAssignedIdentity,
  spoofedDisplayName,
  standingOnboardingAccess,
  standingRestoreAccess,
  tenantWideMailboxAccess,
  tenantWideWhereScoped,
  tier0DirectoryRole,
  tier0Permission,
  unclaimedVaultIdentity,
  undeclaredAccess,
  unneededVaultIdentityRole,
  unusedException,
  vaultIdentityReachesUnprotected,
  vaultPrivateEndpointRole,
  writeWhereReadSuffices,
];

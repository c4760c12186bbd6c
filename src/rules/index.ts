import type { Rule } from '../core/rule.ts';
import { acsAppPrincipal } from './acs-app-principal.ts';
import { administratorOwnsPublicFolders } from './administrator-owns-public-folders.ts';
import { administratorWithMailbox } from './administrator-with-mailbox.ts';
import { administratorWithRemotePowershell } from './administrator-with-remote-powershell.ts';
import { applicationAccessPolicyLegacy } from './application-access-policy-legacy.ts';
import { backupAndDelete } from './backup-and-delete.ts';
import { credentialAddedByStranger } from './credential-added-by-stranger.ts';
import { credentialBeatsAppManagement } from './credential-beats-app-management.ts';
import { credentialTypeNotAllowed } from './credential-type-not-allowed.ts';
import { cryptoOfficerForEncryption } from './crypto-officer-for-encryption.ts';
import { delegatedGrantOnDaemon } from './delegated-grant-on-daemon.ts';
import { deviceCodeFlowOpen } from './device-code-flow-open.ts';
import { directoryAccessOnVaultIdentity } from './directory-access-on-vault-identity.ts';
import { disabledIdentityStillGranted } from './disabled-identity-still-granted.ts';
import { duplicateVaultIdentityRole } from './duplicate-vault-identity-role.ts';
import { eligiblePrivilegedRole } from './eligible-privileged-role.ts';
import { eligibleRoleOnApplication } from './eligible-role-on-application.ts';
import { exceedsWorkload } from './exceeds-workload.ts';
import { exchangeRoleEscalates } from './exchange-role-escalates.ts';
import { exchangeRoleReachesEveryMailbox } from './exchange-role-reaches-every-mailbox.ts';
import { excludedFromConditionalAccess } from './excluded-from-conditional-access.ts';
import { exemptFromAppManagement } from './exempt-from-app-management.ts';
import { expiredCredential } from './expired-credential.ts';
import { expiredException } from './expired-exception.ts';
import { federatedFromElsewhere } from './federated-from-elsewhere.ts';
import { federatedSubjectByName } from './federated-subject-by-name.ts';
import { federatedSubjectTooWide } from './federated-subject-too-wide.ts';
import { forbiddenAppInDeletedItems } from './forbidden-app-in-deleted-items.ts';
import { forbiddenAppPresent } from './forbidden-app-present.ts';
import { foreignApplication } from './foreign-application.ts';
import { grantedByGlobalAdministrator } from './granted-by-global-administrator.ts';
import { hiddenCredential } from './hidden-credential.ts';
import { keyAccess } from './key-access.ts';
import { keyVaultAccessWiderThanNeeded } from './key-vault-access-wider-than-needed.ts';
import { longLivedSecret } from './long-lived-secret.ts';
import { mailboxAuditBypassed } from './mailbox-audit-bypassed.ts';
import { missingForWorkload } from './missing-for-workload.ts';
import { multiTenantAudience } from './multi-tenant-audience.ts';
import { noCredentialOverlap } from './no-credential-overlap.ts';
import { noOwner } from './no-owner.ts';
import { offlineAccessBesideTier0 } from './offline-access-beside-tier0.ts';
import { orphanedAssignment } from './orphaned-assignment.ts';
import { ownerCanTakeOver } from './owner-can-take-over.ts';
import { permanentAdministratorForBackup } from './permanent-administrator-for-backup.ts';
import { permissionCannotDoItsPurpose } from './permission-cannot-do-its-purpose.ts';
import { permissionWithoutPurpose } from './permission-without-purpose.ts';
import { privilegedAzureRole } from './privileged-azure-role.ts';
import { recreatedIdentity } from './recreated-identity.ts';
import { redundantPermission } from './redundant-permission.ts';
import { requiredAppMissing } from './required-app-missing.ts';
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
import { siteGrantWiderThanNeeded } from './site-grant-wider-than-needed.ts';
import { spoofedDisplayName } from './spoofed-display-name.ts';
import { standingOnboardingAccess } from './standing-onboarding-access.ts';
import { standingRestoreAccess } from './standing-restore-access.ts';
import { storageAccountOpen } from './storage-account-open.ts';
import { storageAccountUnrecoverable } from './storage-account-unrecoverable.ts';
import { tenantWideMailboxAccess } from './tenant-wide-mailbox-access.ts';
import { tenantWideWhereScoped } from './tenant-wide-where-scoped.ts';
import { tier0DirectoryRole } from './tier0-directory-role.ts';
import { tier0Permission } from './tier0-permission.ts';
import { unclaimedVaultIdentity } from './unclaimed-vault-identity.ts';
import { undeclaredAccess } from './undeclared-access.ts';
import { unlockedInstanceProperties } from './unlocked-instance-properties.ts';
import { unneededVaultIdentityRole } from './unneeded-vault-identity-role.ts';
import { unusedCredential } from './unused-credential.ts';
import { unusedException } from './unused-exception.ts';
import { unusedIdentity } from './unused-identity.ts';
import { vaultIdentityReachesUnprotected } from './vault-identity-reaches-unprotected.ts';
import { vaultInOneRegion } from './vault-in-one-region.ts';
import { vaultKeyLoss } from './vault-key-loss.ts';
import { vaultOpenToOutside } from './vault-open-to-outside.ts';
import { vaultPrivateEndpointRole } from './vault-private-endpoint-role.ts';
import { vaultProtectsNothing } from './vault-protects-nothing.ts';
import { vaultRecoveryPointsDeletable } from './vault-recovery-points-deletable.ts';
import { vaultWithoutSecondApprover } from './vault-without-second-approver.ts';
import { writeWhereReadSuffices } from './write-where-read-suffices.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  acsAppPrincipal,
  administratorOwnsPublicFolders,
  administratorWithMailbox,
  administratorWithRemotePowershell,
  applicationAccessPolicyLegacy,
  backupAndDelete,
  credentialAddedByStranger,
  credentialBeatsAppManagement,
  credentialTypeNotAllowed,
  cryptoOfficerForEncryption,
  delegatedGrantOnDaemon,
  deviceCodeFlowOpen,
  directoryAccessOnVaultIdentity,
  disabledIdentityStillGranted,
  duplicateVaultIdentityRole,
  eligiblePrivilegedRole,
  eligibleRoleOnApplication,
  exceedsWorkload,
  exchangeRoleEscalates,
  exchangeRoleReachesEveryMailbox,
  excludedFromConditionalAccess,
  exemptFromAppManagement,
  expiredCredential,
  expiredException,
  federatedFromElsewhere,
  federatedSubjectByName,
  federatedSubjectTooWide,
  forbiddenAppInDeletedItems,
  forbiddenAppPresent,
  foreignApplication,
  grantedByGlobalAdministrator,
  hiddenCredential,
  keyAccess,
  keyVaultAccessWiderThanNeeded,
  longLivedSecret,
  mailboxAuditBypassed,
  missingForWorkload,
  multiTenantAudience,
  noCredentialOverlap,
  noOwner,
  offlineAccessBesideTier0,
  orphanedAssignment,
  ownerCanTakeOver,
  permanentAdministratorForBackup,
  permissionCannotDoItsPurpose,
  permissionWithoutPurpose,
  privilegedAzureRole,
  recreatedIdentity,
  redundantPermission,
  requiredAppMissing,
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
  siteGrantWiderThanNeeded,
  spoofedDisplayName,
  standingOnboardingAccess,
  standingRestoreAccess,
  storageAccountOpen,
  storageAccountUnrecoverable,
  tenantWideMailboxAccess,
  tenantWideWhereScoped,
  tier0DirectoryRole,
  tier0Permission,
  unclaimedVaultIdentity,
  undeclaredAccess,
  unlockedInstanceProperties,
  unneededVaultIdentityRole,
  unusedCredential,
  unusedException,
  unusedIdentity,
  vaultIdentityReachesUnprotected,
  vaultInOneRegion,
  vaultKeyLoss,
  vaultOpenToOutside,
  vaultPrivateEndpointRole,
  vaultProtectsNothing,
  vaultRecoveryPointsDeletable,
  vaultWithoutSecondApprover,
  writeWhereReadSuffices,
];

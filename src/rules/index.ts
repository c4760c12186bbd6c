import type { Rule } from '../core/rule.ts';
import { delegatedGrantOnDaemon } from './delegated-grant-on-daemon.ts';
import { expiredCredential } from './expired-credential.ts';
import { expiredException } from './expired-exception.ts';
import { longLivedSecret } from './long-lived-secret.ts';
import { orphanedAssignment } from './orphaned-assignment.ts';
import { privilegedAzureRole } from './privileged-azure-role.ts';
import { recreatedIdentity } from './recreated-identity.ts';
import { redundantPermission } from './redundant-permission.ts';
import { retiredApi } from './retired-api.ts';
import { scopeTooWide } from './scope-too-wide.ts';
import { secretWhereFederation } from './secret-where-federation.ts';
import { selfEscalation } from './self-escalation.ts';
import { undeclaredAccess } from './undeclared-access.ts';
import { unusedException } from './unused-exception.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  delegatedGrantOnDaemon,
  expiredCredential,
  expiredException,
  longLivedSecret,
  orphanedAssignment,
  privilegedAzureRole,
  recreatedIdentity,
  redundantPermission,
  retiredApi,
  scopeTooWide,
  secretWhereFederation,
  selfEscalation,
  undeclaredAccess,
  unusedException,
];

import type { AzureRoleEligibilityFact, GroupMembershipFact } from '../../src/core/access-fact.ts';
import type { DirectoryRoleAssignmentFact } from '../../src/core/fact.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import type { PolicyIdentity } from '../../src/core/policy.ts';
import { azureRole, backupApp, directoryRole } from './facts.ts';
import { line } from './policies.ts';

/** A group that the backup app is in. */
export const crew = objectId('9a000000-0000-4000-8000-000000000001');
/** The one that `crew` is nested in. */
export const department = objectId('9a000000-0000-4000-8000-000000000002');
/** A person who looks after backups, by object id. */
export const operator = 'ca000000-0000-4000-8000-00000000000b';

export const operatorIdentity: PolicyIdentity = {
  type: 'user',
  id: identityId(operator),
  objectId: objectId(operator),
  place: line(8),
};

/** Membership of the backup app, in `crew` unless told. */
export const inGroup = (
  more: Partial<Pick<GroupMembershipFact, 'group' | 'displayName' | 'roleAssignable'>> = {},
): GroupMembershipFact => {
  const group = more.group ?? crew;
  return {
    kind: 'group-membership',
    key: `group-membership/${backupApp}/${group}`,
    identity: identityId(backupApp),
    subject: group,
    group,
    displayName: 'Backup Crew',
    roleAssignable: false,
    ...more,
  };
};

/** An Azure role that the operator may activate, unless told. */
export const eligibleAzureRole = (
  role: string,
  scope: string,
  { identity = operator, ...more }: Partial<Omit<AzureRoleEligibilityFact, 'identity'>> & { identity?: string } = {},
): AzureRoleEligibilityFact => {
  const held = azureRole(role, scope, { identity });
  return {
    kind: 'azure-role-eligibility',
    key: held.key.replace('azure-role-assignment', 'azure-role-eligibility'),
    identity: held.identity,
    subject: held.subject,
    role: held.role,
    scope: held.scope,
    condition: null,
    permissions: held.permissions,
    roleType: held.roleType,
    scheduleId: null,
    end: null,
    ...more,
  };
};

/** A directory role that the operator may activate, unless told. */
export const eligibleDirectoryRole = (
  role: string,
  { identity = operator, scope = '/' }: { identity?: string; scope?: string } = {},
): DirectoryRoleAssignmentFact => {
  const held = directoryRole(role, { identity, scope });
  return { ...held, key: `directory-role-assignment/${identity}/${held.role}/${scope}@eligible`, eligible: true };
};

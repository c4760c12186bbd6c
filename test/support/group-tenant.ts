import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { fleet } from './fleet.ts';

/** The backup app of `fleet`, and its service principal. */
const app = 'a0000000-0000-4000-8000-000000000000';
export const principal = 'b0000000-0000-4000-8000-000000000000';
export const subscription = '/subscriptions/f0000000-0000-4000-8000-000000000001';
/** The group that the app is in, the one around it, and one that was made for directory roles. */
export const crew = '9a000000-0000-4000-8000-000000000001';
export const department = '9a000000-0000-4000-8000-000000000002';
export const administrators = '9a000000-0000-4000-8000-000000000003';
/** A person who restores, in `crew` too. */
export const operator = 'ca000000-0000-4000-8000-000000000001';

const base = fleet(1, 0);

/** Everything that is read here, unless a test takes some of it away. */
export const readerRoles = [
  'Application.Read.All',
  'Directory.Read.All',
  'RoleManagement.Read.Directory',
  'RoleEligibilitySchedule.Read.Directory',
];

export type Parts = Partial<
  Pick<NonNullable<TenantState['graph']>, 'groups' | 'roleAssignments' | 'roleEligibilities'> & {
    readonly azure: NonNullable<TenantState['arm']>['roleAssignments'];
    readonly eligible: NonNullable<TenantState['arm']>['roleEligibilities'];
    readonly reader: readonly string[];
  }
>;

/** The app of `fleet`, in groups and with what those hold. */
export const tenantWith = ({ azure = [], eligible = [], reader = readerRoles, ...graph }: Parts): TenantState => ({
  ...base,
  callers: (base.callers ?? []).map((caller) => ({ ...caller, roles: reader })),
  graph: {
    ...base.graph,
    applications: (base.graph?.applications ?? []).map((application) => ({ ...application, owners: [operator] })),
    users: [{ id: operator, displayName: 'Restore Operator', userPrincipalName: 'restore@contoso.example' }],
    ...graph,
  },
  arm: {
    ...base.arm,
    roleAssignments: [...(base.arm?.roleAssignments ?? []), ...azure],
    roleEligibilities: eligible,
  },
});

/** A backup app in a nested group that owns the subscription, and in a group that may do anything in the tenant. */
export const takenOver: Parts = {
  groups: [
    { id: crew, displayName: 'Backup Crew', members: [principal, operator] },
    { id: department, displayName: 'Infrastructure', members: [crew] },
    { id: administrators, displayName: 'Backup Administrators', isAssignableToRole: true, members: [principal] },
  ],
  roleAssignments: [{ principalId: administrators, roleName: 'Global Administrator' }],
  azure: [{ scope: subscription, roleName: 'Owner', principalId: department, principalType: 'Group' }],
};

/** The app's policy, which asks for what `fleet` gives it, with further keys under `access`. */
export const appPolicy = (more: string, enforcement = 'authoritative'): Record<string, string> => ({
  'app.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: backup-0, owner: backup-team@contoso.example }
spec:
  enforcement: ${enforcement}
  identities:
    - { appId: ${app} }
  access:
    applicationPermissions: { Microsoft Graph: [Sites.Read.All] }
    azureRoles:
      - { role: Disk Backup Reader, scope: ${subscription}/resourceGroups/rg-0 }
${more}`,
});

/** A policy of the person, with keys under `access`. */
export const operatorPolicy = (access: string): Record<string, string> => ({
  'operator.yaml': `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: operator, owner: backup-team@contoso.example }
spec:
  identities:
    - { user: ${operator} }
  access:
${access}`,
});

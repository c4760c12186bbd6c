import type { Json } from './json.ts';

/** An API and the permissions it offers. */
export interface ApiState {
  readonly appId: string;
  readonly displayName?: string;
  readonly appRoles?: readonly PermissionState[];
  readonly oauth2PermissionScopes?: readonly PermissionState[];
}

export interface PermissionState {
  readonly id?: string;
  readonly value: string;
}

/** An Azure role that Azure defines itself. */
export interface AzureRoleState {
  readonly id: string;
  readonly roleName: string;
  readonly permissions: readonly object[];
}

/** Who may sign in to read. */
interface CallerState {
  readonly appId: string;
  readonly secret?: string;
  readonly roles?: readonly string[];
  readonly armRoles?: readonly { readonly role: string; readonly scope: string }[];
  readonly federatedIdentityCredentials?: readonly Json[];
}

/** The directory part of a state file; objects are as Graph returns them. */
export interface GraphState {
  readonly applications?: readonly Json[];
  readonly servicePrincipals?: readonly Json[];
  readonly appRoleAssignments?: readonly Json[];
  readonly oauth2PermissionGrants?: readonly Json[];
  readonly roleDefinitions?: readonly Json[];
  readonly roleAssignments?: readonly Json[];
  readonly roleEligibilities?: readonly Json[];
  readonly users?: readonly Json[];
  readonly groups?: readonly Json[];
  readonly deletedItems?: readonly Json[];
  readonly auditLogs?: readonly Json[];
  readonly signInActivities?: readonly Json[];
  readonly sharepointSettings?: Json;
  readonly defaultAppManagementPolicy?: Json;
  readonly authorizationPolicy?: Json;
  readonly adminConsentRequestPolicy?: Json;
  readonly securityDefaultsPolicy?: Json;
  readonly appManagementPolicies?: readonly Json[];
  readonly groupSettings?: readonly Json[];
  readonly conditionalAccessPolicies?: readonly Json[];
  readonly exchange?: { readonly roleAssignments?: readonly Json[]; readonly customAppScopes?: readonly Json[] };
  readonly sites?: readonly Json[];
}

/** The Azure part of a state file; objects are as Azure Resource Manager returns them. */
interface ArmState {
  readonly managementGroups?: readonly Json[];
  readonly subscriptions?: readonly Json[];
  readonly builtInRoles?: readonly AzureRoleState[];
  readonly roleDefinitions?: readonly Json[];
  readonly roleAssignments?: readonly Json[];
  readonly denyAssignments?: readonly Json[];
  readonly roleEligibilities?: readonly Json[];
  readonly resources?: readonly Json[];
}

/** A state file, parsed and checked for shape (source: the tenant file format). */
export interface TenantState {
  readonly tenantId: string;
  readonly name?: string;
  readonly asOf?: string;
  readonly callers?: readonly CallerState[];
  readonly apis?: readonly ApiState[];
  readonly graph?: GraphState;
  readonly arm?: ArmState;
  readonly evidence?: Json;
}

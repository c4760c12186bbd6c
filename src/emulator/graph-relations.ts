import { type EntityType, HEAD } from './graph-entity-type.ts';

export const APP_ROLE_ASSIGNMENT: EntityType = {
  name: 'appRoleAssignment',
  defaults: {
    ...HEAD,
    appRoleId: null,
    createdDateTime: null,
    principalDisplayName: null,
    principalId: null,
    principalType: null,
    resourceDisplayName: null,
    resourceId: null,
  },
  filters: ['id', 'resourceId', 'principalId', 'appRoleId', 'principalType', 'principalDisplayName'],
  expands: [],
};

export const PERMISSION_GRANT: EntityType = {
  name: 'oAuth2PermissionGrant',
  defaults: { clientId: null, consentType: null, id: null, principalId: null, resourceId: null, scope: null },
  filters: ['id', 'clientId', 'consentType', 'principalId', 'resourceId', 'scope'],
  expands: [],
};

export const ROLE_DEFINITION: EntityType = {
  name: 'unifiedRoleDefinition',
  defaults: {
    id: null,
    description: null,
    displayName: null,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: null,
    version: null,
    rolePermissions: [],
  },
  filters: ['id', 'displayName', 'isBuiltIn', 'templateId', 'isEnabled'],
  expands: ['inheritsPermissionsFrom'],
};

export const ROLE_ASSIGNMENT: EntityType = {
  name: 'unifiedRoleAssignment',
  defaults: { id: null, principalId: null, directoryScopeId: null, roleDefinitionId: null },
  filters: ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId'],
  expands: ['principal', 'roleDefinition', 'directoryScope'],
};

export const ROLE_ELIGIBILITY: EntityType = {
  name: 'unifiedRoleEligibilityScheduleInstance',
  defaults: {
    id: null,
    principalId: null,
    roleDefinitionId: null,
    directoryScopeId: '/',
    appScopeId: null,
    startDateTime: null,
    endDateTime: null,
    memberType: 'Direct',
    roleEligibilityScheduleId: null,
  },
  filters: ['id', 'principalId', 'roleDefinitionId', 'directoryScopeId', 'memberType'],
  expands: ['principal', 'roleDefinition', 'directoryScope'],
};

export const EXCHANGE_ASSIGNMENT: EntityType = {
  name: 'unifiedRoleAssignment',
  defaults: { id: null, principalId: null, roleDefinitionId: null, directoryScopeId: null, appScopeId: null },
  filters: ['principalId', 'roleDefinitionId', 'directoryScopeId', 'appScopeId', 'id'],
  expands: ['principal', 'roleDefinition', 'directoryScope', 'appScope'],
};

export const CUSTOM_APP_SCOPE: EntityType = {
  name: 'customAppScope',
  defaults: { id: null, type: 'RecipientScope', displayName: null, customAttributes: {} },
  filters: ['id', 'displayName'],
  expands: [],
};

export const FEDERATED_CREDENTIAL: EntityType = {
  name: 'federatedIdentityCredential',
  defaults: { id: null, name: null, issuer: null, subject: null, description: null, audiences: [] },
  filters: ['id', 'name', 'issuer', 'subject'],
  expands: [],
  onlyBeta: ['claimsMatchingExpression'],
};

export const SITE: EntityType = {
  name: 'site',
  defaults: { id: null, createdDateTime: null, displayName: null, name: null, webUrl: null },
  filters: ['id', 'webUrl'],
  expands: [],
};

export const ORGANIZATION: EntityType = {
  name: 'organization',
  defaults: { id: null, displayName: null, verifiedDomains: [], tenantType: 'AAD' },
  filters: [],
  expands: [],
};

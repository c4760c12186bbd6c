import { type Json, objectsOf } from './json.ts';

/** How objects of one type look in Graph's answers. */
export interface EntityType {
  /** `servicePrincipal`, without the namespace. */
  readonly name: string;
  /** Every property with the value it has where the state says nothing. */
  readonly defaults: Json;
  /** Properties that `$filter` may name. */
  readonly filters: readonly string[];
  /** Relations that `$expand` may name. */
  readonly expands: readonly string[];
  /** Properties that only `$select` brings. */
  readonly onlySelected?: readonly string[];
}

const HEAD: Json = { id: null, deletedDateTime: null };

export const SERVICE_PRINCIPAL: EntityType = {
  name: 'servicePrincipal',
  defaults: {
    ...HEAD,
    accountEnabled: true,
    alternativeNames: [],
    appDisplayName: null,
    appDescription: null,
    appId: null,
    applicationTemplateId: null,
    appOwnerOrganizationId: null,
    appRoleAssignmentRequired: false,
    createdDateTime: null,
    description: null,
    disabledByMicrosoftStatus: null,
    displayName: null,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    replyUrls: [],
    samlSingleSignOnSettings: null,
    servicePrincipalNames: [],
    servicePrincipalType: 'Application',
    signInAudience: 'AzureADMyOrg',
    tags: [],
    tokenEncryptionKeyId: null,
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    addIns: [],
    appRoles: [],
    info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    customSecurityAttributes: null,
  },
  filters: [
    'id', 'appId', 'displayName', 'servicePrincipalType', 'accountEnabled', 'alternativeNames', 'servicePrincipalNames',
    'tags', 'appOwnerOrganizationId', 'createdDateTime', 'homepage', 'signInAudience',
  ],
  expands: ['owners', 'appRoleAssignments', 'appRoleAssignedTo', 'oauth2PermissionGrants', 'memberOf'],
  onlySelected: ['customSecurityAttributes'],
};

export const APPLICATION: EntityType = {
  name: 'application',
  defaults: {
    ...HEAD,
    appId: null,
    applicationTemplateId: null,
    disabledByMicrosoftStatus: null,
    createdDateTime: null,
    displayName: null,
    description: null,
    groupMembershipClaims: null,
    identifierUris: [],
    isDeviceOnlyAuthSupported: null,
    isFallbackPublicClient: null,
    notes: null,
    publisherDomain: null,
    serviceManagementReference: null,
    signInAudience: 'AzureADMyOrg',
    tags: [],
    tokenEncryptionKeyId: null,
    samlMetadataUrl: null,
    defaultRedirectUri: null,
    certification: null,
    optionalClaims: null,
    servicePrincipalLockConfiguration: null,
    requestSignatureVerification: null,
    addIns: [],
    api: {
      acceptMappedClaims: null,
      knownClientApplications: [],
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    },
    appRoles: [],
    info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
    keyCredentials: [],
    parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
    passwordCredentials: [],
    publicClient: { redirectUris: [] },
    requiredResourceAccess: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    web: { homePageUrl: null, logoutUrl: null, redirectUris: [] },
    spa: { redirectUris: [] },
  },
  filters: ['id', 'appId', 'displayName', 'createdDateTime', 'identifierUris', 'signInAudience', 'publisherDomain', 'tags'],
  expands: ['owners', 'federatedIdentityCredentials'],
};

export const USER: EntityType = {
  name: 'user',
  defaults: {
    ...HEAD, accountEnabled: true, assignedLicenses: [], businessPhones: [], createdDateTime: null, displayName: null,
    givenName: null, jobTitle: null, lastPasswordChangeDateTime: null, mail: null, mobilePhone: null, officeLocation: null,
    onPremisesSyncEnabled: null, preferredLanguage: null, proxyAddresses: [], surname: null, usageLocation: null,
    userPrincipalName: null, userType: 'Member', mailNickname: null,
  },
  filters: ['id', 'displayName', 'userPrincipalName', 'mail', 'accountEnabled', 'userType', 'createdDateTime', 'assignedLicenses', 'proxyAddresses', 'onPremisesSyncEnabled'],
  expands: ['memberOf', 'manager'],
  onlySelected: [
    'accountEnabled', 'assignedLicenses', 'createdDateTime', 'lastPasswordChangeDateTime', 'onPremisesSyncEnabled',
    'proxyAddresses', 'usageLocation', 'userType', 'deletedDateTime', 'mailNickname', 'signInActivity',
  ],
};

export const GROUP: EntityType = {
  name: 'group',
  defaults: {
    ...HEAD, classification: null, createdDateTime: null, description: null, displayName: null, groupTypes: [],
    isAssignableToRole: null, mail: null, mailEnabled: false, mailNickname: null, membershipRule: null,
    onPremisesSyncEnabled: null, proxyAddresses: [], securityEnabled: true, visibility: null,
  },
  filters: ['id', 'displayName', 'mail', 'mailEnabled', 'securityEnabled', 'groupTypes', 'isAssignableToRole', 'createdDateTime'],
  expands: ['members', 'owners', 'memberOf'],
};

export const APP_ROLE_ASSIGNMENT: EntityType = {
  name: 'appRoleAssignment',
  defaults: {
    ...HEAD, appRoleId: null, createdDateTime: null, principalDisplayName: null, principalId: null, principalType: null,
    resourceDisplayName: null, resourceId: null,
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
    id: null, description: null, displayName: null, isBuiltIn: true, isEnabled: true, resourceScopes: ['/'],
    templateId: null, version: null, rolePermissions: [],
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
    id: null, principalId: null, roleDefinitionId: null, directoryScopeId: '/', appScopeId: null, startDateTime: null,
    endDateTime: null, memberType: 'Direct', roleEligibilityScheduleId: null,
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

/** State-only fields that no API shows. */
const INTERNAL = new Set(['owners', 'members', 'federatedIdentityCredentials', 'permissions']);

const withoutSecret = (row: Json): Json => ({ ...row, secretText: null });
const withoutKey = (row: Json): Json => ({ ...row, key: null });

/** An object as Graph shows it. Secrets are never shown, certificates only when selected. */
export const show = (type: EntityType, row: Json, select: readonly string[] | null): Json => {
  const full: Json = { ...type.defaults, ...row };
  const keys = select ?? Object.keys(full).filter((key) => type.onlySelected?.includes(key) !== true);
  const shown: Json = {};
  for (const key of keys) {
    if (INTERNAL.has(key)) continue;
    if (key === 'passwordCredentials') shown[key] = objectsOf(full, key).map(withoutSecret);
    else if (key === 'keyCredentials' && select === null) shown[key] = objectsOf(full, key).map(withoutKey);
    else shown[key] = full[key] ?? null;
  }
  return shown;
};

/** Does the type have this property? */
export const hasProperty = (type: EntityType, name: string): boolean =>
  name in type.defaults || type.onlySelected?.includes(name) === true;

/** The type of a deleted or mixed object by its `@odata.type`, or by what it carries. */
export const typeOf = (row: Json): EntityType => {
  const name = String(row['@odata.type'] ?? '').replace('#microsoft.graph.', '');
  const named = [SERVICE_PRINCIPAL, APPLICATION, USER, GROUP].find((type) => type.name === name);
  if (named !== undefined) return named;
  if ('userPrincipalName' in row) return USER;
  if ('groupTypes' in row || 'securityEnabled' in row) return GROUP;
  if ('servicePrincipalType' in row || 'alternativeNames' in row) return SERVICE_PRINCIPAL;
  return APPLICATION;
};


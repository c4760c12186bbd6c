import type {
  AcsAppPrincipalFact,
  AppRoleAssignmentFact,
  AzureRoleAssignmentFact,
  Consent,
  CredentialFact,
  DelegatedGrantFact,
  DirectoryRoleAssignmentFact,
  RolePermissions,
  ServicePrincipalFact,
  TenantSettingFact,
  VaultIdentityFact,
} from '../../src/core/fact.ts';
import { appId, armId, identityId, objectId, roleId, tenantId } from '../../src/core/ids.ts';
import { canonicalScope } from '../../src/core/scope.ts';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findDirectoryRole } from '../../src/knowledge/directory-roles.ts';

/** The backup app that facts speak of unless they say otherwise. */
export const backupApp = '6f1c0f5e-0000-4000-8000-000000000001';
/** Object id of its service principal. */
export const backupObject = '0d3b0f5e-0000-4000-8000-000000000002';
export const otherApp = '6f1c0f5e-0000-4000-8000-00000000000b';

export const graph = '00000003-0000-0000-c000-000000000000';
export const exchange = '00000002-0000-0ff1-ce00-000000000000';
export const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
export const azureAdGraph = '00000002-0000-0000-c000-000000000000';
export const serviceManagement = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

export const subscription = '/subscriptions/11111111-1111-4111-8111-111111111111';
/** Scope of a resource group. */
export const group = (name: string): string => `${subscription}/resourceGroups/${name}`;
export const disk = (name: string, within = 'rg-app'): string =>
  `${group(within)}/providers/Microsoft.Compute/disks/${name}`;
export const account = (name: string, within = 'rg-app'): string =>
  `${group(within)}/providers/Microsoft.Storage/storageAccounts/${name}`;
export const vault = (name = 'bv-prod'): string =>
  `${group('rg-backup')}/providers/Microsoft.DataProtection/backupVaults/${name}`;

const apiNames: Readonly<Record<string, string>> = {
  [graph]: 'Microsoft Graph',
  [exchange]: 'Office 365 Exchange Online',
  [sharePoint]: 'Office 365 SharePoint Online',
  [azureAdGraph]: 'Windows Azure Active Directory',
  [serviceManagement]: 'Azure Service Management',
};

/** An application permission, on Microsoft Graph unless told. */
export const appRole = (
  name: string,
  {
    api = graph,
    identity = backupApp,
    purpose = null,
  }: { api?: string; identity?: string; purpose?: string | null } = {},
): AppRoleAssignmentFact => ({
  kind: 'app-role-assignment',
  key: `app-role-assignment/${identity}/${api}/${name}`,
  identity: identityId(identity),
  subject: name,
  api: appId(api),
  apiName: apiNames[api] ?? api,
  role: roleId(`role of ${name}`),
  assignmentId: null,
  created: null,
  purpose,
});

export const forAllUsers: Consent = { grantId: 'grant-all', type: 'AllPrincipals', principal: null };
export const forUser = (principal: string): Consent => ({
  grantId: `grant-${principal}`,
  type: 'Principal',
  principal: objectId(principal),
});

/** A delegated scope, on Microsoft Graph and consented for all users unless told. */
export const delegated = (
  name: string,
  {
    api = graph,
    identity = backupApp,
    consents = [forAllUsers],
    purpose = null,
  }: { api?: string; identity?: string; consents?: readonly Consent[]; purpose?: string | null } = {},
): DelegatedGrantFact => ({
  kind: 'delegated-grant',
  key: `delegated-grant/${identity}/${api}/${name}`,
  identity: identityId(identity),
  subject: name,
  api: appId(api),
  apiName: apiNames[api] ?? api,
  consents,
  purpose,
});

/** An Azure role, with what it allows by its name unless `permissions` says otherwise. */
export const azureRole = (
  role: string,
  scope: string,
  more: Partial<Omit<AzureRoleAssignmentFact, 'identity' | 'scope' | 'subject' | 'role'>> & { identity?: string } = {},
): AzureRoleAssignmentFact => {
  const { identity = backupApp, ...rest } = more;
  const known = findAzureRole(role);
  if (known === null && rest.permissions === undefined) throw new Error(`no such built-in role: ${role}`);
  return {
    kind: 'azure-role-assignment',
    key: `azure-role-assignment/${identity}/${known?.id ?? role}${canonicalScope(scope)}`,
    identity: identityId(identity),
    subject: role,
    role: known?.id ?? roleId(`custom ${role}`),
    scope: armId(scope),
    condition: null,
    permissions: known?.permissions ?? null,
    roleType: known === null ? 'CustomRole' : 'BuiltInRole',
    assignmentId: null,
    principal: objectId(backupObject),
    orphaned: false,
    created: null,
    purpose: null,
    ...rest,
  };
};

/** A directory role, on the whole directory unless told. */
export const directoryRole = (
  role: string,
  { scope = '/', identity = backupApp }: { scope?: string; identity?: string } = {},
): DirectoryRoleAssignmentFact => {
  const id = findDirectoryRole(role)?.id ?? roleId(`custom ${role}`);
  return {
    kind: 'directory-role-assignment',
    key: `directory-role-assignment/${identity}/${id}${scope}`,
    identity: identityId(identity),
    subject: role,
    role: id,
    scope,
    assignmentId: null,
    eligible: false,
  };
};

/** A custom role's only block of permissions. */
export const allows = (actions: readonly string[], more: Partial<RolePermissions> = {}): readonly RolePermissions[] => [
  { actions, notActions: [], dataActions: [], notDataActions: [], ...more },
];

export const secret = (
  start: string | null,
  end: string | null,
  more: Partial<Omit<CredentialFact, 'identity' | 'start' | 'end'>> & { id?: string; identity?: string } = {},
): CredentialFact => {
  const { id = 'secret-1', identity = backupApp, ...rest } = more;
  return {
    kind: 'credential',
    key: `credential/${identity}/${id}`,
    identity: identityId(identity),
    subject: id,
    type: 'secret',
    on: 'application',
    displayName: null,
    start,
    end,
    ...rest,
  };
};

export const certificate: typeof secret = (start, end, more = {}) =>
  secret(start, end, { id: 'certificate-1', type: 'certificate', ...more });

export const servicePrincipal = (
  more: Partial<Omit<ServicePrincipalFact, 'identity' | 'objectId'>> & { identity?: string; objectId?: string } = {},
): ServicePrincipalFact => {
  const { identity = backupApp, objectId: object = backupObject, ...rest } = more;
  return {
    kind: 'service-principal',
    key: `service-principal/${identity}`,
    identity: identityId(identity),
    subject: object,
    objectId: objectId(object),
    appId: appId(identity),
    displayName: 'backup',
    enabled: true,
    type: 'Application',
    audience: 'AzureADMyOrg',
    ownerTenant: tenantId('22222222-2222-4222-8222-222222222222'),
    hasApplication: true,
    owners: [],
    requests: [],
    ...rest,
  };
};

/** The system-assigned identity of a vault, or a user-assigned one by `managedIdentity`. */
export const vaultIdentity = (
  more: { vault?: string; managedIdentity?: string; principal?: string | null } = {},
): VaultIdentityFact => {
  const { vault: of = vault(), managedIdentity = null, principal = backupObject } = more;
  return {
    kind: 'vault-identity',
    key: `vault-identity/${canonicalScope(of)}/${managedIdentity ?? 'system'}`,
    identity: identityId(managedIdentity ?? of),
    subject: managedIdentity ?? 'SystemAssigned',
    vault: armId(of),
    type: managedIdentity === null ? 'system' : 'user',
    managedIdentity: managedIdentity === null ? null : armId(managedIdentity),
    principal: principal === null ? null : objectId(principal),
  };
};

/** A setting of the tenant, told under the backup app. */
export const tenantSetting = (name: string, value: string, byDefault = false): TenantSettingFact => ({
  kind: 'tenant-setting',
  key: `tenant-setting/${backupApp}/${name}`,
  identity: identityId(backupApp),
  subject: name,
  value,
  byDefault,
});

/** The backup app as SharePoint trusts it, with full control of the tenant unless told. */
export const acsPrincipal = (
  more: Partial<Pick<AcsAppPrincipalFact, 'title' | 'appOnly' | 'tenantPermissions' | 'sitePermissions'>> = {},
): AcsAppPrincipalFact => ({
  kind: 'acs-app-principal',
  key: `acs-app-principal/${backupApp}`,
  identity: identityId(backupApp),
  subject: backupApp,
  title: 'backup',
  appOnly: true,
  tenantPermissions: ['FullControl on http://sharepoint/content/tenant'],
  sitePermissions: [],
  ...more,
});

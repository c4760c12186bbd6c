import type {
  AdministratorFact,
  ApplicationAccessPolicyFact,
  AzureRoleEligibilityFact,
  ExchangeRoleAssignmentFact,
  FederatedCredentialFact,
  KeyVaultAccessFact,
  SiteGrantFact,
} from '../../src/core/fact.ts';
import { appId, armId, identityId, objectId, roleId } from '../../src/core/ids.ts';
import { azureRole, backupApp, group } from './facts.ts';

type Fact =
  | AdministratorFact
  | ApplicationAccessPolicyFact
  | AzureRoleEligibilityFact
  | ExchangeRoleAssignmentFact
  | FederatedCredentialFact
  | KeyVaultAccessFact
  | SiteGrantFact;

const head = <K extends Fact['kind']>(kind: K, subject: string, more: string) => ({
  kind,
  key: `${kind}/${backupApp}/${subject}/${more}`,
  identity: identityId(backupApp),
  subject,
});

/** An Exchange role of the backup app, in a scope or the whole organisation. */
export const exchangeRole = (
  role: string,
  scope = 'organization',
  more: Partial<Pick<ExchangeRoleAssignmentFact, 'parent' | 'commands' | 'roleGroup'>> = {},
): ExchangeRoleAssignmentFact => ({
  ...head('exchange-role-assignment', role, scope),
  role,
  scope,
  parent: null,
  roleGroup: null,
  commands: null,
  assignmentId: null,
  ...more,
});

/** A right on one site. */
export const siteGrant = (site: string, role = 'read'): SiteGrantFact => ({
  ...head('site-grant', site, role),
  site,
  siteId: null,
  role,
  permissionId: null,
});

/** Resource id of a key vault. */
export const keyVault = (name: string): string => `${group('rg-keys')}/providers/Microsoft.KeyVault/vaults/${name}`;

/** What an access policy of a key vault gives. */
export const keyVaultAccess = (
  name: string,
  permissions: Readonly<Record<string, readonly string[]>>,
  inEffect = true,
): KeyVaultAccessFact => ({
  ...head('key-vault-access', name, ''),
  vault: armId(keyVault(name)),
  permissions,
  inEffect,
});

/** An Azure role that may be activated. */
export const eligibleRole = (role: string, scope: string): AzureRoleEligibilityFact => ({
  ...head('azure-role-eligibility', role, scope),
  role: roleId(role),
  scope: armId(scope),
  condition: null,
  permissions: azureRole(role, scope).permissions,
  roleType: 'BuiltInRole',
  scheduleId: 'schedule-1',
  end: null,
});

/** An application access policy of Exchange. */
export const accessPolicy = (
  scope: string,
  right: ApplicationAccessPolicyFact['right'] = 'RestrictAccess',
): ApplicationAccessPolicyFact => ({
  ...head('application-access-policy', scope, right),
  appId: appId(backupApp),
  right,
  scope,
});

/** A sign-in from outside. */
export const federatedCredential = (name: string, claim: string | null): FederatedCredentialFact => ({
  ...head('federated-credential', name, ''),
  name,
  issuer: 'https://token.actions.githubusercontent.com',
  claim,
  expression: claim === null ? "claims['sub'] matches 'repo:contoso/*'" : null,
  audiences: ['api://AzureADTokenExchange'],
  on: 'application',
});

/** Somebody who may take the tenant over at any time. */
export const administrator = (name: string): AdministratorFact => ({
  ...head('administrator', name, ''),
  objectId: objectId(name),
  userPrincipalName: name,
  roles: ['Global Administrator'],
  hasMailbox: true,
  by: 'name',
});

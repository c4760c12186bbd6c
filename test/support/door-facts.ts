import type {
  AdministratorFact,
  AppManagementPolicyFact,
  ConditionalAccessFact,
  SiteGrantFact,
} from '../../src/core/fact.ts';
import { identityId, objectId } from '../../src/core/ids.ts';
import { canonicalSite } from '../../src/core/site-address.ts';
import { backupApp } from './facts.ts';

export const finance = 'https://contoso.sharepoint.com/sites/finance';
export const legal = 'https://contoso.sharepoint.com/sites/legal';

/** A grant of the backup app on a site. */
export const siteGrant = (role: string, site = finance, identity = backupApp): SiteGrantFact => ({
  kind: 'site-grant',
  key: `site-grant/${identity}/${canonicalSite(site)}`,
  identity: identityId(identity),
  subject: role,
  site: canonicalSite(site),
  siteId: null,
  role,
  permissionId: null,
});

/** A restriction of the default policy on the backup app's registration, in force unless told. */
export const restriction = (
  name: string,
  more: Partial<Pick<AppManagementPolicyFact, 'on' | 'state' | 'maxLifetime' | 'from' | 'policy'>> = {},
): AppManagementPolicyFact => {
  const fact = { on: 'application', state: 'enabled', maxLifetime: null, from: null, policy: null, ...more } as const;
  return {
    kind: 'app-management-policy',
    key: `app-management-policy/${backupApp}/${fact.on}/${name}/${fact.policy ?? 'default'}`,
    identity: identityId(backupApp),
    subject: name,
    restriction: name,
    ...fact,
  };
};

/** A Conditional Access policy that is in force and leaves the backup app out, unless told otherwise. */
export const conditionalAccess = (
  more: Partial<Pick<ConditionalAccessFact, 'displayName' | 'state' | 'bears' | 'about' | 'blocks' | 'person'>> = {},
): ConditionalAccessFact => {
  const fact = {
    displayName: 'Only from our own addresses',
    state: 'enabled',
    bears: 'excludes',
    about: 'workload-identity',
    blocks: true,
    ...more,
  } as const;
  return {
    kind: 'conditional-access',
    key: `conditional-access/${backupApp}/${fact.about}/${fact.displayName}/${more.person ?? ''}`,
    identity: identityId(backupApp),
    subject: `id of ${fact.displayName}`,
    ...fact,
  };
};

/** A Global Administrator with a mailbox who is called after the backup, unless told otherwise. */
export const administrator = (
  more: Partial<Pick<AdministratorFact, 'userPrincipalName' | 'roles' | 'hasMailbox' | 'by'>> = {},
): AdministratorFact => {
  const name = more.userPrincipalName ?? 'backupadmin@contoso.example';
  return {
    kind: 'administrator',
    key: `administrator/${backupApp}/${name}`,
    identity: identityId(backupApp),
    subject: name,
    objectId: objectId(`id of ${name}`),
    userPrincipalName: name,
    roles: ['Global Administrator'],
    hasMailbox: true,
    by: 'name',
    ...more,
  };
};

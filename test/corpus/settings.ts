import { acsPrincipal, tenantSetting } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect } from './policy-text.ts';

const everySite = ['FullControl on http://sharepoint/content/tenant'];
const oneSite = ['Read on https://contoso.sharepoint.com/sites/finance'];
const sites = { protects: [protect('sharepoint')], graph: 'Sites.Read.All' };

const shows = (also: NonNullable<CorpusCase['also']>, expect: readonly string[], day?: string): CorpusCase => ({
  policy: sites,
  also,
  ...(day === undefined ? {} : { day }),
  ...(expect.length === 0 ? { tempts: ['risky-tenant-setting', 'acs-app-principal', 'retired-api'] } : {}),
  expect,
});
const open = (name: string): string => `risky-tenant-setting · ${name}`;

/** Settings of the tenant that vPlus's page opens, and the app principal that it makes beside Microsoft Entra. */
export const settingCases: Cases = {
  'setting: legacy sign-in to SharePoint is on': shows(
    [tenantSetting('sharepoint.legacyAuthProtocols', 'enabled')],
    [open('sharepoint.legacyAuthProtocols')],
  ),
  'setting: app principals beside Microsoft Entra are let in': shows(
    [tenantSetting('sharepoint.customAppAuthentication', 'enabled')],
    [open('sharepoint.customAppAuthentication')],
  ),
  'setting: Exchange Web Services are kept on': shows(
    [tenantSetting('exchange.ews', 'enabled')],
    [open('exchange.ews')],
  ),
  'setting: users let any app in': shows([tenantSetting('entra.userConsent', 'enabled')], [open('entra.userConsent')]),
  'setting: users let no app in': shows([tenantSetting('entra.userConsent', 'disabled')], []),
  'setting: owners of groups let no app in': shows([tenantSetting('entra.groupOwnerConsent', 'disabled')], []),
  'setting: users make no applications': shows([tenantSetting('entra.usersCanRegisterApps', 'disabled')], []),
  'setting: users make no tenants': shows([tenantSetting('entra.usersCanCreateTenants', 'disabled')], []),
  'setting: users ask administrators': shows([tenantSetting('entra.adminConsentRequests', 'enabled')], []),
  'setting: users make groups, which is no door': shows([tenantSetting('entra.usersCanCreateGroups', 'enabled')], []),
  'setting: security defaults are off, as beside Conditional Access': shows(
    [tenantSetting('entra.securityDefaults', 'disabled')],
    [],
  ),
  'setting: credentials are restricted': shows([tenantSetting('entra.appManagementPolicy', 'enabled')], []),
  'setting: users let some apps in': shows([tenantSetting('entra.userConsent', 'low-risk')], []),
  'setting: legacy sign-in is off': shows([tenantSetting('sharepoint.legacyAuthProtocols', 'disabled')], []),
  'setting: app principals are kept out': shows([tenantSetting('sharepoint.customAppAuthentication', 'disabled')], []),
  'setting: Exchange Web Services for listed apps': shows([tenantSetting('exchange.ews', 'allow-list')], []),
  'setting: Exchange Web Services, as nobody set them': shows([tenantSetting('exchange.ews', 'enabled', true)], []),
  'setting: Exchange Web Services, before they began to end': shows(
    [tenantSetting('exchange.ews', 'enabled')],
    [],
    '2026-09-30',
  ),
  'app principal: full control of every site': shows([acsPrincipal()], ['acs-app-principal · the app']),
  'app principal: reads every site': shows(
    [acsPrincipal({ tenantPermissions: ['Read on http://sharepoint/content/tenant'] })],
    ['acs-app-principal · the app'],
  ),
  'app principal: of one site': shows(
    [acsPrincipal({ tenantPermissions: [], sitePermissions: oneSite })],
    ['acs-app-principal · the app'],
  ),
  'app principal: acts for users only': shows([acsPrincipal({ appOnly: false, tenantPermissions: everySite })], []),
  'app principal: without a right': shows([acsPrincipal({ tenantPermissions: [], sitePermissions: [] })], []),
  'app principal: none': shows([], []),
};

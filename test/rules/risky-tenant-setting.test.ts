import { riskyTenantSetting } from '../../src/rules/risky-tenant-setting.ts';
import { appRole, tenantSetting } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const legacy = 'sharepoint.legacyAuthProtocols';
const custom = 'sharepoint.customAppAuthentication';

testRule(riskyTenantSetting, {
  pass: {
    'doors that are closed': [
      tenantSetting(legacy, 'disabled'),
      tenantSetting(custom, 'disabled'),
      tenantSetting('exchange.ews', 'disabled'),
    ],
    'Exchange Web Services for named apps': [tenantSetting('exchange.ews', 'allow-list')],
    'Exchange Web Services where nobody chose': [tenantSetting('exchange.ews', 'enabled', true)],
    'Exchange Web Services before they begin to be switched off': {
      facts: [tenantSetting('exchange.ews', 'enabled')],
      now: '2026-09-30T00:00:00Z',
    },
    'consent of users to what Microsoft lets them': [
      tenantSetting('entra.userConsent', 'low-risk'),
      tenantSetting('entra.groupOwnerConsent', 'disabled'),
    ],
    'what makes a tenant safer': [
      tenantSetting('entra.securityDefaults', 'disabled'),
      tenantSetting('entra.appManagementPolicy', 'disabled'),
      tenantSetting('entra.usersCanCreateGroups', 'enabled'),
    ],
    'settings that nobody calls a door': [tenantSetting('entra.adminConsentRequests', 'enabled')],
    'other kinds': [appRole('Sites.Read.All')],
  },
  fail: {
    'legacy protocols': {
      facts: [tenantSetting(legacy, 'enabled')],
      says: [
        `high certain ${legacy}: tenant setting \`${legacy}\` is \`enabled\`: every user can sign in to SharePoint by legacy protocols, past multifactor authentication and Conditional Access`,
      ],
    },
    'custom app authentication, after its use': {
      facts: [tenantSetting(custom, 'enabled')],
      now: '2026-04-02T00:00:00Z',
      says: [
        `medium certain ${custom}: tenant setting \`${custom}\` is \`enabled\`: app principals of Azure Access Control, which Microsoft Entra does not show, are let in; since 2026-04-02 they no longer sign in, so that nothing needs it`,
      ],
    },
    'custom app authentication, before': {
      facts: [tenantSetting(custom, 'enabled')],
      now: '2026-04-01T00:00:00Z',
      says: [
        `high certain ${custom}: tenant setting \`${custom}\` is \`enabled\`: app principals of Azure Access Control, which Microsoft Entra does not show, sign in to SharePoint by a secret`,
      ],
    },
    'consent of users to any app, and of group owners by default': {
      facts: [tenantSetting('entra.userConsent', 'enabled'), tenantSetting('entra.groupOwnerConsent', 'enabled', true)],
      says: [
        'medium certain entra.userConsent: tenant setting `entra.userConsent` is `enabled`: any user can let any app read and write what the user can, as one that is called after the backup product',
        "medium certain entra.groupOwnerConsent: tenant setting `entra.groupOwnerConsent` is `enabled`: owners of groups can let any app read what is the group's, messages of teams among it",
      ],
    },
    'users who make applications and tenants': {
      facts: [
        tenantSetting('entra.usersCanRegisterApps', 'enabled'),
        tenantSetting('entra.usersCanCreateTenants', 'enabled'),
      ],
      says: [
        'low certain entra.usersCanRegisterApps: tenant setting `entra.usersCanRegisterApps` is `enabled`: every user can make applications, which nobody in charge knows of',
        'low certain entra.usersCanCreateTenants: tenant setting `entra.usersCanCreateTenants` is `enabled`: every user can make a tenant, which nobody in charge watches',
      ],
    },
    'Exchange Web Services switched on for good': {
      facts: [tenantSetting('exchange.ews', 'enabled'), tenantSetting(legacy, 'disabled')],
      now: '2026-10-01T00:00:00Z',
      says: [
        'medium certain exchange.ews: tenant setting `exchange.ews` is `enabled`: any app with the permission reaches mailboxes by Exchange Web Services; since 2026-10-01 Exchange Web Services are being switched off tenant by tenant',
      ],
    },
  },
});

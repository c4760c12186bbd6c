import { appId } from '../../src/core/ids.ts';
import { retiredApi } from '../../src/rules/retired-api.ts';
import { appRole, azureAdGraph, delegated, exchange, graph, servicePrincipal } from '../support/facts.ts';
import { policy, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const ews = appRole('full_access_as_app', { api: exchange });

testRule(retiredApi, {
  pass: {
    'a manifest that asks of living APIs': [servicePrincipal({ requests: [graph, exchange].map(appId) })],
    'permissions of living APIs': [appRole('Mail.Read'), delegated('User.Read')],
    'OneNote for a signed-in user': [delegated('Notes.Read.All', { api: graph })],
    'another permission on Exchange': [appRole('Exchange.ManageAsApp', { api: exchange })],
    'full_access_as_app more than a year before the last phase': { facts: [ews], now: '2026-03-31T00:00:00Z' },
    'a workload that goes on': { facts: [], policy: policy({ protects: [protects('azure-postgresql-flexible')] }) },
    'a retired workload in a retired policy': {
      facts: [],
      policy: policy({ state: 'retired', protects: [protects('azure-postgresql-single')] }),
    },
    'Azure AD Graph long before its day': {
      facts: [appRole('Directory.Read.All', { api: azureAdGraph })],
      now: '2024-06-30T00:00:00Z',
    },
  },
  fail: {
    'Azure AD Graph in the manifest, asked twice': {
      facts: [servicePrincipal({ requests: [graph, azureAdGraph, azureAdGraph].map(appId) })],
      says: [
        "medium certain 00000002-0000-0000-c000-000000000000: the application's manifest asks permissions of Windows Azure Active Directory, which is retired: since 2025-07-01 the API no longer answers, 509 days ago",
      ],
    },
    'any permission on Azure AD Graph': {
      facts: [appRole('Directory.Read.All', { api: azureAdGraph }), delegated('User.Read', { api: azureAdGraph })],
      says: [
        'high certain Directory.Read.All: application permission `Directory.Read.All` on Windows Azure Active Directory is retired: since 2025-07-01 the API no longer answers, 509 days ago',
        'high certain User.Read: delegated permission `User.Read` on Windows Azure Active Directory is retired: since 2025-07-01 the API no longer answers, 509 days ago',
      ],
    },
    'OneNote without a user': {
      facts: [appRole('Notes.ReadWrite.All')],
      says: [
        'high certain Notes.ReadWrite.All: application permission `Notes.ReadWrite.All` on Microsoft Graph is retired: since 2025-03-31 OneNote answers app-only tokens with 401, 601 days ago',
      ],
    },
    'full_access_as_app a year before the last phase': {
      facts: [ews],
      now: '2026-04-01T00:00:00Z',
      says: [
        'medium certain full_access_as_app: application permission `full_access_as_app` on Office 365 Exchange Online will be retired: on 2027-04-01, in 365 days, Exchange Web Services are switched off for good',
      ],
    },
    'full_access_as_app between its phases': {
      facts: [ews],
      says: [
        'medium certain full_access_as_app: application permission `full_access_as_app` on Office 365 Exchange Online is being retired: since 2026-10-01 Exchange Web Services are being switched off tenant by tenant; on 2027-04-01, in 130 days, Exchange Web Services are switched off for good',
      ],
    },
    'full_access_as_app on its last day': {
      facts: [ews],
      now: '2027-04-01T00:00:00Z',
      says: [
        'high certain full_access_as_app: application permission `full_access_as_app` on Office 365 Exchange Online is retired: since 2027-04-01 Exchange Web Services are switched off for good, 0 days ago',
      ],
    },
    'a workload that Azure has retired': {
      facts: [],
      policy: policy({ protects: [protects('azure-postgresql-single')] }),
      says: [
        'high certain azure-postgresql-single: workload `azure-postgresql-single` is retired: since 2025-03-28 the service is retired, 604 days ago',
      ],
    },
  },
});

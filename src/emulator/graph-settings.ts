import type { Reply } from './api-request.ts';
import type { GraphCall, GraphRoute } from './graph-call.ts';
import { answerObject, answerPage, fixedRows } from './graph-page.ts';
import { ORGANIZATION } from './graph-relations.ts';
import type { Json } from './json.ts';

/** Settings that SharePoint reports of a tenant where the state says nothing. */
const SHAREPOINT_DEFAULTS: Json = {
  allowedDomainGuidsForSyncApp: [],
  isLegacyAuthProtocolsEnabled: true,
  isResharingByExternalUsersEnabled: true,
  isUnmanagedSyncAppForTenantRestricted: false,
  sharingCapability: 'externalUserAndGuestSharing',
  sharingDomainRestrictionMode: 'none',
};

const POLICY_DEFAULTS: Json = {
  id: '00000000-0000-0000-0000-000000000000',
  displayName: 'Default app management tenant policy',
  description:
    'Default tenant policy that enforces app management restrictions on applications and service principals.',
  isEnabled: false,
  applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
  servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
};

const answerSettings = (call: GraphCall, name: string, context: string, row: Json): Reply =>
  answerObject(
    call.request,
    call.page,
    { type: { name, defaults: row, filters: [], expands: [] }, context, rows: fixedRows([]) },
    row,
  );

/** Settings of the tenant: the reading half. */
export const SETTING_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: 'policies/defaultappmanagementpolicy',
    needs: 'Policy.Read.All|Policy.ReadWrite.ApplicationConfiguration',
    run: (call) => {
      const row = { ...POLICY_DEFAULTS, ...call.directory.defaultAppManagementPolicy };
      return answerSettings(call, 'tenantAppManagementPolicy', 'policies/defaultAppManagementPolicy', row);
    },
  },
  {
    method: 'GET',
    path: 'admin/sharepoint/settings',
    needs: 'SharePointTenantSettings.Read.All|SharePointTenantSettings.ReadWrite.All',
    run: (call) => {
      const row = { ...SHAREPOINT_DEFAULTS, ...call.directory.sharepointSettings };
      return answerSettings(call, 'sharepointSettings', 'admin/sharepoint/settings', row);
    },
  },
  {
    method: 'GET',
    path: 'organization',
    needs: 'Organization.Read.All|Organization.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All|User.Read.All',
    run: (call) => {
      const { tenantId, name } = call.directory;
      const row: Json = {
        id: tenantId,
        displayName: name,
        verifiedDomains: [{ name, isDefault: true, isInitial: false }],
      };
      return answerPage(call.request, call.page, {
        type: ORGANIZATION,
        context: 'organization',
        rows: fixedRows([row]),
      });
    },
  },
];

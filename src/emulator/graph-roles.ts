import { json } from './api-request.ts';
import type { Collection } from './collection.ts';
import { anyObject, type GraphCall, type GraphRoute, keyOf } from './graph-call.ts';
import { rowsOf } from './graph-directory.ts';
import {
  CUSTOM_APP_SCOPE, type EntityType, EXCHANGE_ASSIGNMENT, ORGANIZATION, ROLE_ASSIGNMENT, ROLE_DEFINITION, ROLE_ELIGIBILITY,
  show, SITE,
} from './graph-entities.ts';
import { GraphFailure, notFound } from './graph-failure.ts';
import { answerObject, answerPage, fixedRows, type Listing } from './graph-page.ts';
import { type Json, textOf } from './json.ts';

const READ_ROLES = 'RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory|Directory.Read.All|Directory.ReadWrite.All';
const READ_ELIGIBLE = 'RoleEligibilitySchedule.Read.Directory|RoleEligibilitySchedule.ReadWrite.Directory|RoleManagement.Read.All|RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory';
const READ_ACTIVE = 'RoleAssignmentSchedule.Read.Directory|RoleAssignmentSchedule.ReadWrite.Directory|RoleManagement.Read.All|RoleManagement.Read.Directory|RoleManagement.ReadWrite.Directory';
const READ_EXCHANGE = 'RoleManagement.Read.Exchange|RoleManagement.ReadWrite.Exchange|RoleManagement.Read.All|Directory.Read.All|Directory.ReadWrite.All';
const READ_EXCHANGE_SCOPES = 'RoleManagement.Read.Exchange|RoleManagement.ReadWrite.Exchange|RoleManagement.Read.All';
const READ_POLICY = 'Policy.Read.All|Policy.ReadWrite.ApplicationConfiguration';
const READ_SITES = 'Sites.Read.All|Sites.ReadWrite.All|Sites.FullControl.All';

const expandRole = (call: GraphCall, definitions: Collection, row: Json, relation: string): Json | null => {
  if (relation === 'roleDefinition') {
    const role = definitions.get(textOf(row, 'roleDefinitionId'));
    return role === undefined ? null : show(ROLE_DEFINITION, role, null);
  }
  if (relation !== 'principal') return null;
  const found = anyObject(call.directory, textOf(row, 'principalId').split('/').at(-1) ?? '');
  return found === null ? null : { '@odata.type': `#microsoft.graph.${found.type.name}`, ...show(found.type, found.row, null) };
};

/** A role collection and its single objects. */
const roleCollection = (
  path: string,
  needs: string,
  type: EntityType,
  rows: (call: GraphCall) => Collection,
  definitions: (call: GraphCall) => Collection,
  beta?: true,
): GraphRoute[] => {
  const listing = (call: GraphCall): Listing => ({
    type,
    context: path,
    rows: rowsOf(rows(call)),
    expand: (row, relation) => expandRole(call, definitions(call), row, relation),
  });
  const head = { method: 'GET' as const, needs, ...(beta === undefined ? {} : { beta }) };
  return [
    { ...head, path: path.toLowerCase(), run: (call) => answerPage(call.request, call.page, listing(call)) },
    {
      ...head,
      path: `${path.toLowerCase()}/{}`,
      run: (call) => {
        const row = rows(call).get(keyOf(call));
        if (row === undefined) throw notFound(keyOf(call));
        return answerObject(call.request, call.page, listing(call), row);
      },
    },
  ];
};

const directoryRoles = (call: GraphCall): Collection => call.directory.roleDefinitions;
const exchangeRoles = (call: GraphCall): Collection => call.directory.exchange.roleDefinitions;

const context = (call: GraphCall, what: string): string => `${call.page.url}/${call.version}/$metadata#${what}`;

const itemNotFound = (): GraphFailure => new GraphFailure(404, 'itemNotFound', 'Item not found');

const siteAt = (call: GraphCall): Json => {
  const site = call.directory.sites.all.get(keyOf(call));
  if (site === undefined) throw itemNotFound();
  return site;
};

const sites: Listing = { type: SITE, context: 'sites', rows: fixedRows([]) };

const SITE_ROUTES: readonly GraphRoute[] = [
  ...['sites', 'sites/getallsites'].map((path): GraphRoute => ({
    method: 'GET',
    path,
    needs: READ_SITES,
    run: (call) => {
      const query = new URLSearchParams(call.request.query);
      const word = (query.get('search') ?? '*').toLowerCase();
      query.delete('search');
      const rows = call.directory.sites.all.all().filter((row) => word === '*' || JSON.stringify(row).toLowerCase().includes(word));
      return answerPage({ ...call.request, query }, call.page, { ...sites, rows: fixedRows(rows) });
    },
  })),
  { method: 'GET', path: 'sites/{}', needs: `${READ_SITES}|Sites.Selected`, run: (call) => answerObject(call.request, call.page, sites, siteAt(call)) },
  {
    method: 'GET',
    path: 'sites/{}/permissions',
    needs: 'Sites.FullControl.All',
    run: (call) => {
      siteAt(call);
      const grants = call.directory.sites.permissions.get(keyOf(call).toLowerCase())?.all() ?? [];
      // The list never carries the roles: each grant must be asked for by itself (source: docs issue 8902).
      const value = grants.map((row) => ({ id: row['id'], grantedToIdentitiesV2: row['grantedToIdentitiesV2'], grantedToIdentities: row['grantedToIdentities'] }));
      return json({ '@odata.context': context(call, `sites('${keyOf(call)}')/permissions`), value });
    },
  },
  {
    method: 'GET',
    path: 'sites/{}/permissions/{}',
    needs: 'Sites.FullControl.All',
    run: (call) => {
      siteAt(call);
      const grant = call.directory.sites.permissions.get(keyOf(call).toLowerCase())?.get(keyOf(call, 1));
      if (grant === undefined) throw itemNotFound();
      return json({ '@odata.context': context(call, `sites('${keyOf(call)}')/permissions/$entity`), ...grant });
    },
  },
];

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
  description: 'Default tenant policy that enforces app management restrictions on applications and service principals.',
  isEnabled: false,
  applicationRestrictions: { passwordCredentials: [], keyCredentials: [] },
  servicePrincipalRestrictions: { passwordCredentials: [], keyCredentials: [] },
};

/** Roles of Entra and Exchange, tenant settings and sites: the reading half. */
export const ROLE_ROUTES: readonly GraphRoute[] = [
  ...roleCollection('roleManagement/directory/roleAssignments', READ_ROLES, ROLE_ASSIGNMENT, (call) => call.directory.roleAssignments, directoryRoles),
  ...roleCollection('roleManagement/directory/roleDefinitions', `${READ_ROLES}|RoleManagement.Read.All`, ROLE_DEFINITION, directoryRoles, directoryRoles),
  ...roleCollection('roleManagement/directory/roleEligibilityScheduleInstances', READ_ELIGIBLE, ROLE_ELIGIBILITY, (call) => call.directory.roleEligibilities, directoryRoles),
  {
    method: 'GET',
    path: 'rolemanagement/directory/roleassignmentscheduleinstances',
    needs: READ_ACTIVE,
    run: (call) => {
      const rows = call.directory.roleAssignments.all().map((row): Json => ({ ...row, assignmentType: 'Assigned', memberType: 'Direct' }));
      const type = { ...ROLE_ELIGIBILITY, name: 'unifiedRoleAssignmentScheduleInstance' };
      return answerPage(call.request, call.page, { type, context: 'roleManagement/directory/roleAssignmentScheduleInstances', rows: fixedRows(rows) });
    },
  },
  ...roleCollection('roleManagement/exchange/roleAssignments', READ_EXCHANGE, EXCHANGE_ASSIGNMENT, (call) => call.directory.exchange.roleAssignments, exchangeRoles, true),
  ...roleCollection('roleManagement/exchange/roleDefinitions', READ_EXCHANGE, ROLE_DEFINITION, exchangeRoles, exchangeRoles, true),
  ...roleCollection('roleManagement/exchange/customAppScopes', READ_EXCHANGE_SCOPES, CUSTOM_APP_SCOPE, (call) => call.directory.exchange.customAppScopes, exchangeRoles, true),
  {
    method: 'GET',
    path: 'policies/defaultappmanagementpolicy',
    needs: READ_POLICY,
    run: (call) => json({ '@odata.context': context(call, 'policies/defaultAppManagementPolicy/$entity'), ...POLICY_DEFAULTS, ...call.directory.defaultAppManagementPolicy }),
  },
  {
    method: 'GET',
    path: 'admin/sharepoint/settings',
    needs: 'SharePointTenantSettings.Read.All|SharePointTenantSettings.ReadWrite.All',
    run: (call) => json({ '@odata.context': context(call, 'admin/sharepoint/settings/$entity'), ...SHAREPOINT_DEFAULTS, ...call.directory.sharepointSettings }),
  },
  {
    method: 'GET',
    path: 'organization',
    needs: 'Organization.Read.All|Organization.ReadWrite.All|Directory.Read.All|Directory.ReadWrite.All|User.Read.All',
    run: (call) => {
      const { tenantId, name } = call.directory;
      const row: Json = { id: tenantId, displayName: name, verifiedDomains: [{ name, isDefault: true, isInitial: false }] };
      return answerPage(call.request, call.page, { type: ORGANIZATION, context: 'organization', rows: fixedRows([row]) });
    },
  },
  ...SITE_ROUTES,
];

import type { GraphCall, GraphRoute } from './graph-call.ts';
import { keyOf } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { notFound } from './graph-failure.ts';
import { mixed } from './graph-members.ts';
import { answerObject, answerPage, fixedRows } from './graph-page.ts';
import { type Json, textOf, textsOf } from './json.ts';

/** What Microsoft sets where the state says nothing of the policy (source: resource pages, Microsoft Graph v1.0). */
const AUTHORIZATION: Json = {
  id: 'authorizationPolicy',
  allowInvitesFrom: 'everyone',
  allowedToSignUpEmailBasedSubscriptions: true,
  allowedToUseSSPR: true,
  allowEmailVerifiedUsersToJoinOrganization: false,
  allowUserConsentForRiskyApps: null,
  blockMsolPowerShell: false,
  displayName: 'Authorization Policy',
  description: 'Used to manage authorization related settings across the company.',
  guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
  defaultUserRolePermissions: {
    allowedToCreateApps: true,
    allowedToCreateSecurityGroups: true,
    allowedToCreateTenants: true,
    allowedToReadBitlockerKeysForOwnedDevice: true,
    allowedToReadOtherUsers: true,
    permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-recommended'],
  },
};
const ADMIN_CONSENT: Json = {
  isEnabled: false,
  notifyReviewers: false,
  remindersEnabled: false,
  requestDurationInDays: 0,
  version: 0,
  reviewers: [],
};
const SECURITY_DEFAULTS: Json = {
  id: '00000000-0000-0000-0000-000000000005',
  displayName: 'Security Defaults',
  description: 'Basic identity security settings for everybody.',
  isEnabled: true,
};

const single = (path: string, name: string, needs: string, rowOf: (call: GraphCall) => Json): GraphRoute => ({
  method: 'GET',
  path: path.toLowerCase(),
  needs,
  run: (call) => {
    const row = rowOf(call);
    const type: EntityType = { name, defaults: row, filters: [], expands: [] };
    return answerObject(call.request, call.page, { type, context: path, rows: fixedRows([]) }, row);
  },
});

const authorizationOf = ({ directory }: GraphCall): Json => {
  const own = directory.policies.authorization;
  const given = own['defaultUserRolePermissions'];
  const role = { ...(AUTHORIZATION['defaultUserRolePermissions'] as Json), ...(given as Json | undefined) };
  return { ...AUTHORIZATION, ...own, defaultUserRolePermissions: role };
};

const APP_MANAGEMENT: EntityType = {
  name: 'appManagementPolicy',
  defaults: {
    id: null,
    displayName: null,
    description: null,
    isEnabled: true,
    restrictions: { passwordCredentials: [], keyCredentials: [] },
  },
  filters: ['id', 'displayName'],
  expands: [],
};
const GROUP_SETTING: EntityType = {
  name: 'groupSetting',
  defaults: { id: null, displayName: null, templateId: null, values: [] },
  filters: [],
  expands: [],
};
const CONDITIONAL_ACCESS: EntityType = {
  name: 'conditionalAccessPolicy',
  defaults: {
    id: null,
    templateId: null,
    displayName: null,
    createdDateTime: null,
    modifiedDateTime: null,
    state: 'disabled',
    conditions: {},
    grantControls: null,
    sessionControls: null,
  },
  filters: ['id', 'displayName', 'state'],
  expands: [],
};

const collection = (
  path: string,
  type: EntityType,
  needs: string,
  rowsOf: (call: GraphCall) => readonly Json[],
): GraphRoute => ({
  method: 'GET',
  path: path.toLowerCase(),
  needs,
  run: (call) => answerPage(call.request, call.page, { type, context: path, rows: fixedRows(rowsOf(call)) }),
});

const appliesTo: GraphRoute = {
  method: 'GET',
  path: 'policies/appmanagementpolicies/{}/appliesto',
  needs: 'Policy.Read.All+Application.Read.All|Policy.ReadWrite.ApplicationConfiguration+Application.Read.All',
  run: (call) => {
    const found = call.directory.policies.appManagement.find((row) => textOf(row, 'id') === keyOf(call));
    if (found === undefined) throw notFound(keyOf(call));
    return answerPage(call.request, call.page, mixed(call, textsOf(found, 'appliesTo')));
  },
};

/** Policies of the tenant on consent, credentials and sign-in: the reading half (permissions: pages of each call, v1.0). */
export const POLICY_ROUTES: readonly GraphRoute[] = [
  single(
    'policies/authorizationPolicy',
    'authorizationPolicy',
    'Policy.Read.All|Policy.ReadWrite.Authorization',
    authorizationOf,
  ),
  single(
    'policies/adminConsentRequestPolicy',
    'adminConsentRequestPolicy',
    'Policy.Read.All|Policy.ReadWrite.ConsentRequest|Directory.Read.All|Directory.ReadWrite.All',
    ({ directory }) => ({ ...ADMIN_CONSENT, ...directory.policies.adminConsent }),
  ),
  single(
    'policies/identitySecurityDefaultsEnforcementPolicy',
    'identitySecurityDefaultsEnforcementPolicy',
    'Policy.Read.All',
    ({ directory }) => ({ ...SECURITY_DEFAULTS, ...directory.policies.securityDefaults }),
  ),
  collection(
    'policies/appManagementPolicies',
    APP_MANAGEMENT,
    'Policy.Read.All|Policy.ReadWrite.ApplicationConfiguration',
    ({ directory }) => directory.policies.appManagement.map(({ appliesTo: _, ...row }): Json => row),
  ),
  appliesTo,
  collection(
    'groupSettings',
    GROUP_SETTING,
    'Directory.Read.All|Directory.ReadWrite.All',
    ({ directory }) => directory.policies.groupSettings,
  ),
  collection(
    'identity/conditionalAccess/policies',
    CONDITIONAL_ACCESS,
    'Policy.Read.All',
    ({ directory }) => directory.policies.conditionalAccess,
  ),
];

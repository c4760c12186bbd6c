import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { type Answer, askArm, askGraph, send, sharedPath, start, tokenFor } from './connect.ts';
import { shapeOf } from './shape-of.ts';
import {
  ASSIGNMENT_ROLES,
  BACKUP,
  BACKUP_SP,
  GRAPH,
  MAIL_READ,
  OWNER,
  READ_ROLES,
  READER,
  SECRET,
  SUBSCRIPTION,
  state,
  TENANT,
  WEAK,
} from './tenant.ts';

const folder = sharedPath('reference/contract-examples');
const V = 'api-version=2022-04-01';
const SCOPE = `/subscriptions/${SUBSCRIPTION}`;
const NOBODY = '00000000-0000-4000-8000-000000000000';

interface Recorded {
  readonly status: number;
  readonly body?: unknown;
}
const recorded = (name: string): Recorded => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')).response;

let tenant: Emulator;
beforeAll(async () => {
  const base = state();
  const callers =
    base.callers?.map((caller) =>
      caller.appId === READER
        ? {
            ...caller,
            roles: [...READ_ROLES, ...ASSIGNMENT_ROLES],
            armRoles: [...(caller.armRoles ?? []), { role: 'Owner', scope: SCOPE }],
          }
        : caller,
    ) ?? [];
  tenant = await start({ tenant: { ...base, callers } });
});
afterAll(() => tenant.close());

const token = async (form: Record<string, string>): Promise<Answer> => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
    client_id: READER,
    client_secret: SECRET,
    ...form,
  });
  const response = await fetch(`${tenant.cloud.authority}/${TENANT}/oauth2/v2.0/token`, { method: 'POST', body });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const beta = async (path: string): Promise<Answer> =>
  send(`${tenant.cloud.graph}/beta${path}`, await tokenFor(tenant, 'graph'));
const sharePoint = '/sites/contoso.sharepoint.com,1,2/permissions';
const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const post = (path: string, body: unknown) => askGraph(tenant, path, { method: 'POST', body: JSON.stringify(body) });
const graphId = async () => (await askGraph(tenant, `/servicePrincipals(appId='${GRAPH}')?$select=id`)).body.id;
const put = (name: string, properties: object) =>
  askArm(tenant, `${SCOPE}/providers/Microsoft.Authorization/roleAssignments/${name}?${V}`, {
    method: 'PUT',
    body: JSON.stringify({ properties }),
  });
const query = (text: string, options = {}) =>
  askArm(tenant, '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
    method: 'POST',
    body: JSON.stringify({ query: text, options }),
  });
const role = (guid: string) => `${SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

/** Recorded answer, the same question here, and recorded keys that belong to that one object or to an older API. */
const CONTRACTS: readonly (readonly [string, () => Promise<Answer>, RegExp?])[] = [
  ['auth-error-700016-app-not-found-400', () => token({ client_id: NOBODY })],
  ['auth-error-7000222-expired-secret-401', () => token({ client_id: BACKUP, client_secret: 'dead-secret' })],
  ['auth-error-70011-invalid-scope-400', () => token({ scope: 'https://foo.microsoft.com/.default' })],
  [
    'auth-error-700213-fic-no-match-401',
    () =>
      token({
        client_id: BACKUP,
        client_assertion: jwt({ iss: 'https://token.actions.githubusercontent.com', sub: 'x', aud: 'y' }),
      }),
  ],
  ['auth-token-client-assertion-200', () => token({})],
  ['github-oidc-token-request-200', () => send(`${tenant.github.oidcUrl}&audience=x`, tenant.github.requestToken)],
  [
    'graph-application-get-200-full',
    () => askGraph(tenant, `/applications(appId='${BACKUP}')`),
    /\[\]\/|optionalClaims/,
  ],
  ['graph-applications-list-200', () => askGraph(tenant, '/applications')],
  [
    'graph-serviceprincipals-filter-displayname-200',
    () => askGraph(tenant, "/servicePrincipals?$filter=displayName eq 'Backup App'"),
  ],
  [
    'graph-approleassignments-list-200-sp',
    () => askGraph(tenant, `/servicePrincipals/${BACKUP_SP}/appRoleAssignments`),
  ],
  [
    'graph-approleassignedto-list-200',
    () => askGraph(tenant, `/servicePrincipals(appId='${GRAPH}')/appRoleAssignedTo`),
  ],
  ['graph-oauth2permissiongrants-list-200', () => askGraph(tenant, '/oauth2PermissionGrants'), /@odata\.id/],
  [
    'graph-oauth2permissiongrants-filter-clientid-200',
    () => askGraph(tenant, `/oauth2PermissionGrants?$filter=clientId eq '${BACKUP_SP}'`),
    /expiryTime|startTime|objectId/,
  ],
  [
    'graph-fic-list-200',
    () => askGraph(tenant, `/applications(appId='${BACKUP}')/federatedIdentityCredentials`),
    /@odata\.id/,
  ],
  ['graph-getbyids-200', () => post('/directoryObjects/getByIds', { ids: [OWNER] }), /accountEnabled/],
  [
    'graph-pim-eligibilityscheduleinstances-200',
    () => askGraph(tenant, '/roleManagement/directory/roleEligibilityScheduleInstances'),
  ],
  [
    'graph-pim-eligibilityscheduleinstances-expand-200',
    () =>
      askGraph(
        tenant,
        '/roleManagement/directory/roleEligibilityScheduleInstances?$expand=roleDefinition($select=displayName)',
      ),
  ],
  ['graph-exchange-customappscope-200', () => beta('/roleManagement/exchange/customAppScopes'), /value\/|value\[\]/],
  ['graph-site-permissions-list-200-no-roles', () => askGraph(tenant, sharePoint)],
  ['graph-error-403-authorization-requestdenied', () => askGraph(tenant, '/applications', {}, [WEAK, 'weak-secret'])],
  ['graph-error-404-application-approles', () => askGraph(tenant, `/applications/${NOBODY}`)],
  ['graph-error-404-site-itemnotfound', () => askGraph(tenant, '/sites/none/permissions')],
  [
    'graph-error-400-not-a-valid-reference-update',
    async () =>
      post(`/servicePrincipals/${await graphId()}/appRoleAssignedTo`, {
        principalId: NOBODY,
        resourceId: await graphId(),
        appRoleId: MAIL_READ,
      }),
  ],
  [
    'graph-error-400-approle-not-found',
    async () =>
      post(`/servicePrincipals/${await graphId()}/appRoleAssignedTo`, {
        principalId: BACKUP_SP,
        resourceId: await graphId(),
        appRoleId: NOBODY,
      }),
  ],
  [
    'graph-error-400-oauth2grant-client-not-replicated',
    async () =>
      post('/oauth2PermissionGrants', {
        clientId: NOBODY,
        consentType: 'AllPrincipals',
        resourceId: await graphId(),
        scope: 'x',
      }),
  ],
  [
    'graph-oauth2permissiongrant-post-201',
    async () =>
      post('/oauth2PermissionGrants', {
        clientId: BACKUP_SP,
        consentType: 'Principal',
        principalId: OWNER,
        resourceId: await graphId(),
        scope: 'x',
      }),
    /@odata\.id|expiryTime|startTime/,
  ],
  [
    'graph-serviceprincipal-post-approleassignments-201-sp',
    async () => {
      const graph = (await askGraph(tenant, `/servicePrincipals(appId='${GRAPH}')?$select=id,appRoles`)).body;
      return post(`/servicePrincipals/${BACKUP_SP}/appRoleAssignments`, {
        principalId: BACKUP_SP,
        resourceId: graph.id,
        appRoleId: graph.appRoles[0].id,
      });
    },
  ],
  ['arm-subscription-get-recorded', () => askArm(tenant, `${SCOPE}?${V}`)],
  [
    'arm-roleassignments-list-subscription-recorded',
    () => askArm(tenant, `${SCOPE}/providers/Microsoft.Authorization/roleAssignments?${V}`),
  ],
  [
    'arm-roleassignments-list-scope-200',
    () => askArm(tenant, `${SCOPE}/providers/Microsoft.Authorization/roleAssignments?${V}`),
  ],
  [
    'arm-roledefinition-get-contributor-recorded',
    () => askArm(tenant, `${role('b24988ac-6180-42a0-ab88-20f7382dd24c')}?${V}`),
  ],
  [
    'arm-roledefinition-get-owner-recorded',
    () => askArm(tenant, `${role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635')}?${V}`),
  ],
  [
    'arm-recoveryservices-vaults-list-recorded',
    () => askArm(tenant, `${SCOPE}/providers/Microsoft.RecoveryServices/vaults?${V}`),
    /etag|tags|publicNetworkAccess/,
  ],
  [
    'arm-keyvault-vaults-list-page2-empty-recorded',
    () => askArm(tenant, `${SCOPE}/providers/Microsoft.KeyVault/vaults?${V}`),
  ],
  [
    'arm-error-404-resourcenotfound-recorded',
    () => askArm(tenant, `${SCOPE}/resourceGroups/rg-app/providers/Microsoft.Web/sites/none?${V}`),
  ],
  [
    'arm-roleassignment-put-201',
    () =>
      put(NOBODY, {
        roleDefinitionId: role('acdd72a7-3385-48ef-bd42-f606fba81ae7'),
        principalId: OWNER,
        principalType: 'User',
      }),
  ],
  [
    'arm-error-400-principalnotfound',
    () =>
      put('00000000-0000-4000-8000-000000000001', {
        roleDefinitionId: role('acdd72a7-3385-48ef-bd42-f606fba81ae7'),
        principalId: NOBODY,
      }),
  ],
  [
    'arm-error-409-roleassignmentexists-with-id',
    () =>
      put('00000000-0000-4000-8000-000000000002', {
        roleDefinitionId: role('acdd72a7-3385-48ef-bd42-f606fba81ae7'),
        principalId: OWNER,
        principalType: 'User',
      }),
  ],
  [
    'arm-roleassignment-delete-204-absent',
    () =>
      askArm(
        tenant,
        `${SCOPE}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000003?${V}`,
        { method: 'DELETE' },
      ),
  ],
  [
    'arm-resourcegraph-firstpage-200',
    () =>
      query('resources | union resourcecontainers | project id, name, type, location | order by id asc', { $top: 1 }),
  ],
  ['arm-resourcegraph-table-format-recorded', () => query('resources', { resultFormat: 'table' })],
];

const contracts = CONTRACTS.map(([name, ask, elsewhere]) => ({ name, ask, elsewhere }));
const ofCode = contracts.filter(({ name }) => name.includes('error-4'));
const ofNumber = contracts.filter(({ name }) => name.includes('auth-error'));

describe.skipIf(folder === null)('a recorded answer (compared where the shared reference folder is)', () => {
  test.each(contracts)('$name is met', async ({ name, ask, elsewhere }) => {
    const theirs = recorded(name);
    const ours = await ask();
    expect(ours.status).toBe(theirs.status);
    const shape = shapeOf(ours.body);
    const has = (path: string) =>
      shape.some((each) => each === path || each.startsWith(`${path}/`) || each.startsWith(`${path}[`));
    const missing =
      theirs.body === undefined
        ? []
        : shapeOf(theirs.body).filter((path) => elsewhere?.test(path) !== true && !has(path));
    expect(missing).toEqual([]);
  });

  test.each(ofCode)('$name has the same code', async ({ name, ask }) => {
    const theirs = recorded(name).body as { error: { code: string } };
    expect((await ask()).body.error.code).toBe(theirs.error.code);
  });

  test.each(ofNumber)('$name has the same number', async ({ name, ask }) => {
    const theirs = recorded(name).body as { error: string; error_codes: number[] };
    const { error, error_codes } = (await ask()).body;
    expect([error, error_codes]).toEqual([theirs.error, theirs.error_codes]);
  });
});

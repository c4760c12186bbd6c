import type { WriteRequest } from '../core/write.ts';

type Fields = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

/** One form of request that may change a tenant. */
interface WriteShape {
  /** As people read it. */
  readonly form: string;
  readonly api: WriteRequest['api'];
  readonly method: WriteRequest['method'];
  readonly path: RegExp;
  /** `null`: no body may go along. Else it is handed the ids that the path holds too. */
  readonly body: ((body: Fields, ids: Readonly<Record<string, string>>) => boolean) | null;
}

const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** Graph's ids of grants and assignments are base64url. */
const graphId = '[A-Za-z0-9_-]{1,200}';
/** One segment of an ARM id; nothing that is decoded, resolved or split on the way, so no `%`, no `..`, no `?`. */
const name = '(?!\\.+(?:[/?]|$))[\\p{L}\\p{M}\\p{N}._()$~ -]{1,260}';
const provider = `/providers/[A-Za-z][A-Za-z0-9.]*(?:/[A-Za-z][A-Za-z0-9]*/${name})+`;
const vault = `/subscriptions/${guid}/resourceGroups/${name}/providers/Microsoft\\.KeyVault/vaults/[A-Za-z0-9-]+`;
const scope = `(?:/subscriptions/${guid}(?:/resourceGroups/${name})?(?:${provider})*|/providers/Microsoft\\.Management/managementGroups/${name})?`;
const roleAssignment = `${scope}/providers/Microsoft\\.Authorization/roleAssignments/${guid}\\?api-version=2022-04-01`;

const graphPath = (rest: string): RegExp => new RegExp(`^/v1\\.0/${rest}$`);
/** ARM's ids compare without case, and are sent as ARM spells them. */
const armPath = (path: string): RegExp => new RegExp(`^${path}$`, 'iu');

const isText: Test = (value) => typeof value === 'string' && value !== '';
const isOneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    words.some((word) => word === value);
const isGuid: Test = (value) => typeof value === 'string' && new RegExp(`^${guid}$`).test(value);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Exactly these fields: all that are needed, and none beside the others. */
const has = (fields: unknown, needed: Readonly<Record<string, Test>>, more: Readonly<Record<string, Test>> = {}) =>
  isFields(fields) &&
  Object.entries(needed).every(([key, test]) => test(fields[key])) &&
  Object.entries(fields).every(([key, value]) => key in needed || more[key]?.(value) === true);

const isPermissions: Test = (value) =>
  isFields(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isText));

const isAccessPolicies: Test = (value) =>
  Array.isArray(value) &&
  value.length === 1 &&
  has(value[0], { tenantId: isGuid, objectId: isGuid, permissions: isPermissions });

/** All that this program can ever ask a tenant to change. Whatever is no such request doesn't leave. */
export const writeShapes: readonly WriteShape[] = [
  {
    form: 'POST /v1.0/servicePrincipals/{id}/appRoleAssignedTo',
    api: 'graph',
    method: 'POST',
    path: graphPath(`servicePrincipals/(?<resource>${guid})/appRoleAssignedTo`),
    body: (body, { resource }) =>
      has(body, { principalId: isGuid, resourceId: (id) => isGuid(id) && id === resource, appRoleId: isGuid }),
  },
  {
    form: 'DELETE /v1.0/servicePrincipals/{id}/appRoleAssignedTo/{id}',
    api: 'graph',
    method: 'DELETE',
    path: graphPath(`servicePrincipals/${guid}/appRoleAssignedTo/${graphId}`),
    body: null,
  },
  {
    form: 'POST /v1.0/oauth2PermissionGrants',
    api: 'graph',
    method: 'POST',
    path: graphPath('oauth2PermissionGrants'),
    body: (body) =>
      has(body, {
        clientId: isGuid,
        consentType: isOneOf('AllPrincipals', 'Principal'),
        principalId: (id) => (body['consentType'] === 'Principal' ? isGuid(id) : id === null),
        resourceId: isGuid,
        scope: isText,
      }),
  },
  {
    form: 'PATCH /v1.0/oauth2PermissionGrants/{id}',
    api: 'graph',
    method: 'PATCH',
    path: graphPath(`oauth2PermissionGrants/${graphId}`),
    body: (body) => has(body, { scope: isText }),
  },
  {
    form: 'DELETE /v1.0/oauth2PermissionGrants/{id}',
    api: 'graph',
    method: 'DELETE',
    path: graphPath(`oauth2PermissionGrants/${graphId}`),
    body: null,
  },
  {
    form: 'PUT {scope}/providers/Microsoft.Authorization/roleAssignments/{id}',
    api: 'resourceManager',
    method: 'PUT',
    path: armPath(roleAssignment),
    body: (body) =>
      has(body, {
        properties: (properties) =>
          has(
            properties,
            // Without a type Azure takes the principal for a user.
            { roleDefinitionId: isText, principalId: isGuid, principalType: isOneOf('ServicePrincipal', 'User') },
            {
              condition: isText,
              conditionVersion: isOneOf('2.0'),
              description: isText,
              delegatedManagedIdentityResourceId: isText,
            },
          ),
      }),
  },
  {
    form: 'DELETE {scope}/providers/Microsoft.Authorization/roleAssignments/{id}',
    api: 'resourceManager',
    method: 'DELETE',
    path: armPath(roleAssignment),
    body: null,
  },
  {
    form: 'PUT {vault}/accessPolicies/{add|replace|remove}',
    api: 'resourceManager',
    method: 'PUT',
    path: armPath(`${vault}/accessPolicies/(?:add|replace|remove)\\?api-version=2023-07-01`),
    body: (body) => has(body, { properties: (properties) => has(properties, { accessPolicies: isAccessPolicies }) }),
  },
];

/** The form that a request has; `null`: none of those that may leave. */
export const shapeOf = ({ api, method, path, body }: WriteRequest): WriteShape | null =>
  writeShapes.find((shape) => {
    const found = shape.api === api && shape.method === method ? shape.path.exec(path) : null;
    if (found === null) return false;
    return shape.body === null ? body === null : body !== null && shape.body(body, { ...found.groups });
  }) ?? null;

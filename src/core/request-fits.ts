import type { Change } from './change.ts';
import type { WriteRequest } from './write.ts';
import type { TargetOf, WriteTarget } from './write-target.ts';

const sameText = (a: unknown, b: string): boolean => typeof a === 'string' && a.toLowerCase() === b.toLowerCase();

/** Value in a body by its path; `undefined` where there is none. */
const within = (body: WriteRequest['body'], ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    body,
  );

const pathOf = ({ path }: WriteRequest): string => path.split('?')[0] ?? '';

const appRole = (
  { principal, resource, role, assignmentId }: TargetOf<'app-role-assignment'>,
  request: WriteRequest,
) => {
  const collection = `/v1.0/servicePrincipals/${resource}/appRoleAssignedTo`;
  if (request.method === 'DELETE')
    return assignmentId !== null && request.path === `${collection}/${encodeURIComponent(assignmentId)}`;
  const { body } = request;
  const isSame = within(body, 'principalId') === principal && within(body, 'resourceId') === resource;
  return request.method === 'POST' && request.path === collection && isSame && within(body, 'appRoleId') === role;
};

const scopesOf = (body: WriteRequest['body']): readonly string[] => {
  const scope = within(body, 'scope');
  return typeof scope === 'string' ? scope.toLowerCase().split(' ') : [];
};

const delegated = (target: TargetOf<'delegated-grant'>, action: Change['action'], request: WriteRequest): boolean => {
  const { client, resource, scope, consent, grantId } = target;
  const { body, method, path } = request;
  const isIn = scopesOf(body).includes(scope.toLowerCase());
  if (method === 'POST') {
    const isSame = within(body, 'clientId') === client && within(body, 'resourceId') === resource;
    return path === '/v1.0/oauth2PermissionGrants' && isSame && within(body, 'consentType') === consent && isIn;
  }
  const [, id = ''] = /^\/v1\.0\/oauth2PermissionGrants\/([^/?#]+)$/.exec(path) ?? [];
  if (id === '' || (grantId !== null && id !== encodeURIComponent(grantId))) return false;
  return method === 'DELETE' ? action === 'delete' : method === 'PATCH' && isIn === (action !== 'delete');
};

const azureRole = ({ principal, role, assignmentId }: TargetOf<'azure-role-assignment'>, request: WriteRequest) => {
  if (!sameText(pathOf(request), assignmentId)) return false;
  if (request.method === 'DELETE') return true;
  const properties = ['properties'] as const;
  const definition = within(request.body, ...properties, 'roleDefinitionId');
  const isRole = typeof definition === 'string' && sameText(definition.split('/').at(-1), role);
  return request.method === 'PUT' && isRole && within(request.body, ...properties, 'principalId') === principal;
};

/** Operations on a vault's access policies: a merge and a replacement give, a removal takes. */
const operations: Readonly<Record<Change['action'], readonly string[]>> = {
  create: ['add', 'replace'],
  update: ['add', 'replace', 'remove'],
  delete: ['remove'],
};

const keyVault = (
  { vault, principal }: TargetOf<'key-vault-access'>,
  action: Change['action'],
  request: WriteRequest,
): boolean => {
  const policies = within(request.body, 'properties', 'accessPolicies');
  const isOne = Array.isArray(policies) && policies.length === 1;
  const isHis = isOne && sameText(within(request.body, 'properties', 'accessPolicies', 0, 'objectId'), principal);
  const places = operations[action].map((operation) => `${vault}/accessPolicies/${operation}`);
  return request.method === 'PUT' && isHis && places.some((place) => sameText(pathOf(request), place));
};

/** Is a request about what a step is about, and nothing else? */
export const requestFits = (target: WriteTarget, action: Change['action'], request: WriteRequest): boolean => {
  const isGraph = target.kind === 'app-role-assignment' || target.kind === 'delegated-grant';
  if (request.api !== (isGraph ? 'graph' : 'resourceManager')) return false;
  const takes = request.method === 'DELETE' && action !== 'delete';
  const gives = (request.method === 'POST' || request.method === 'PUT') && action === 'delete';
  if (takes || (gives && target.kind !== 'key-vault-access')) return false;
  switch (target.kind) {
    case 'app-role-assignment':
      return appRole(target, request);
    case 'delegated-grant':
      return delegated(target, action, request);
    case 'azure-role-assignment':
      return azureRole(target, request);
    case 'key-vault-access':
      return keyVault(target, action, request);
  }
};

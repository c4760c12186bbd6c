import type { WriteAnswer, WriteRequest } from '../../src/core/write.ts';

/** What a tenant holds, as a value: writes make another one. */
export interface Truth {
  /** Application permissions: `principal resource role`, by assignment id. */
  readonly roles: Readonly<Record<string, string>>;
  /** Delegated grants by id. */
  readonly grants: Readonly<Record<string, { readonly of: string; readonly scopes: readonly string[] }>>;
  /** Azure roles by assignment id: `principal role scope`. */
  readonly azure: Readonly<Record<string, string>>;
}

export const emptyTruth: Truth = { roles: {}, grants: {}, azure: {} };

const without = <T>(rows: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(rows).filter(([key]) => key !== id));

export const answered = (status: number, code = '', message = '', retryAfter: number | null = null): WriteAnswer => ({
  came: true,
  status,
  code,
  message,
  retryAfter,
  requestId: `request-${status}`,
});

const refused = (truth: Truth, status: number, code: string, message: string): readonly [Truth, WriteAnswer] => [
  truth,
  answered(status, code, message),
];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const bodyOf = ({ body }: WriteRequest): Readonly<Record<string, unknown>> => body ?? {};

const writeRole = (truth: Truth, request: WriteRequest, last: string, serial: number) => {
  const { principalId, resourceId, appRoleId } = bodyOf(request);
  if (request.method === 'DELETE') {
    if (truth.roles[last] === undefined) return refused(truth, 404, 'Request_ResourceNotFound', 'no such assignment');
    return [{ ...truth, roles: without(truth.roles, last) }, answered(204)] as const;
  }
  const row = [principalId, resourceId, appRoleId].map(text).join(' ');
  if (Object.values(truth.roles).includes(row))
    return refused(truth, 400, 'Request_BadRequest', 'Permission being assigned already exists on the object');
  return [{ ...truth, roles: { ...truth.roles, [`assignment-${serial}`]: row } }, answered(201)] as const;
};

const writeGrant = (truth: Truth, request: WriteRequest, last: string, serial: number) => {
  const body = bodyOf(request);
  const scopes = text(body['scope']).split(' ');
  if (request.method === 'POST') {
    const of = ['clientId', 'resourceId', 'consentType', 'principalId'].map((key) => text(body[key])).join(' ');
    if (Object.values(truth.grants).some((grant) => grant.of === of))
      return refused(truth, 409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
    return [{ ...truth, grants: { ...truth.grants, [`grant-${serial}`]: { of, scopes } } }, answered(201)] as const;
  }
  const grant = truth.grants[last];
  if (grant === undefined) return refused(truth, 404, 'Request_ResourceNotFound', 'no such grant');
  if (request.method === 'DELETE') return [{ ...truth, grants: without(truth.grants, last) }, answered(204)] as const;
  return [{ ...truth, grants: { ...truth.grants, [last]: { ...grant, scopes } } }, answered(204)] as const;
};

const writeAzure = (truth: Truth, request: WriteRequest) => {
  const [id = ''] = request.path.split('?');
  if (request.method === 'DELETE') return [{ ...truth, azure: without(truth.azure, id) }, answered(204)] as const;
  const properties = bodyOf(request)['properties'] as Readonly<Record<string, unknown>>;
  const scope = id.slice(0, id.indexOf('/providers/Microsoft.Authorization/'));
  const role = text(properties['roleDefinitionId']).split('/').at(-1);
  const row = `${text(properties['principalId'])} ${role} ${scope}`;
  const twin = Object.entries(truth.azure).find(([key, value]) => value === row && key !== id);
  if (twin !== undefined) return refused(truth, 409, 'RoleAssignmentExists', 'The role assignment already exists.');
  return [
    { ...truth, azure: { ...truth.azure, [id]: row } },
    answered(truth.azure[id] === undefined ? 201 : 200),
  ] as const;
};

/** What a request makes of a tenant, and what the API says of it. */
export const write = (truth: Truth, request: WriteRequest, serial: number): readonly [Truth, WriteAnswer] => {
  const last = decodeURIComponent(request.path.split('/').at(-1) ?? '');
  if (request.api === 'resourceManager') return writeAzure(truth, request);
  if (request.path.includes('/oauth2PermissionGrants')) return writeGrant(truth, request, last, serial);
  return writeRole(truth, request, last, serial);
};

/** A collection as Graph lists it. */
export const listed = (truth: Truth, path: string): readonly unknown[] => {
  const principal = /'([^']+)'/.exec(path)?.[1] ?? path.split('/')[2] ?? '';
  if (path.includes('oauth2PermissionGrants'))
    return Object.entries(truth.grants).flatMap(([id, { of, scopes }]) => {
      const [clientId, resourceId, consentType, user] = of.split(' ');
      const principalId = user === '' ? null : user;
      return clientId === principal ? { id, resourceId, consentType, principalId, scope: scopes.join(' ') } : [];
    });
  return Object.entries(truth.roles).flatMap(([id, row]) => {
    const [principalId, resourceId, appRoleId] = row.split(' ');
    return principalId === principal ? { id, resourceId, appRoleId } : [];
  });
};

/** Role assignments as ARM lists them. */
export const listedRoles = ({ azure }: Truth, principal: string): readonly unknown[] =>
  Object.entries(azure).flatMap(([id, row]) => {
    const [principalId = '', role, scope] = row.split(' ');
    const properties = { principalId, roleDefinitionId: `/roleDefinitions/${role}`, scope };
    return principalId === principal ? { id, properties } : [];
  });

import type { Change } from '../../src/core/change.ts';
import { appId, identityId, objectId } from '../../src/core/ids.ts';
import type { TenantPorts } from '../../src/core/ports.ts';
import { ok } from '../../src/core/result.ts';
import type { WritePort, WriteRequest } from '../../src/core/write.ts';
import type { TargetIds } from '../../src/core/writer.ts';
import { backupApp, backupObject, exchange, graph } from './facts.ts';

export const tenantId = '22222222-2222-4222-8222-222222222222';
/** Service principals of APIs. */
export const graphObject = '00000003-1111-4111-8111-000000000003';
export const exchangeObject = '00000002-1111-4111-8111-000000000002';
export const stranger = '0d3b0f5e-0000-4000-8000-0000000000ff';
export const userIdentity = 'user-identity';

/** What a plan knows: the backup app, a user, two APIs, and nobody else. */
export const ids: TargetIds = {
  principal: (identity) => {
    if (identity === identityId(backupApp)) return { id: objectId(backupObject), type: 'ServicePrincipal' };
    return identity === identityId(userIdentity) ? { id: objectId(stranger), type: 'User' } : null;
  },
  api: (api) =>
    api === appId(graph) ? objectId(graphObject) : api === appId(exchange) ? objectId(exchangeObject) : null,
  tenant: tenantId,
  guid: (text) => `guid of ${text}`,
};

type Row = Record<string, unknown>;
export type Permissions = Readonly<Record<string, readonly string[]>>;

/** All that writers can change, as the APIs would tell it. */
export interface Written {
  readonly assignments: readonly Row[];
  readonly grants: readonly Row[];
  readonly roles: readonly Row[];
  readonly vaults: Readonly<Record<string, Row>>;
}

export const assignmentRow = (
  id: string,
  appRoleId: string,
  resourceId = graphObject,
  principalId = backupObject,
): Row => ({
  id,
  principalId,
  resourceId,
  appRoleId,
});
export const grantRow = (id: string, scope: string, more: Row = {}): Row => ({
  id,
  clientId: backupObject,
  consentType: 'AllPrincipals',
  principalId: null,
  resourceId: graphObject,
  scope,
  ...more,
});
export const roleRow = (id: string, scope: string, role: string, more: Row = {}): Row => ({
  id,
  name: id.split('/').at(-1),
  properties: {
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    principalId: backupObject,
    scope,
    ...more,
  },
});
export const policyRow = (permissions: Permissions, more: Row = {}): Row => ({
  tenantId,
  objectId: backupObject,
  permissions,
  ...more,
});
export const vaultRow = (id: string, accessPolicies: readonly Row[], more: Row = {}): Row => ({
  id,
  properties: { tenantId, vaultUri: 'https://kv.example', accessPolicies, ...more },
});

const propertiesOf = (row: Row | undefined): Row => (row?.['properties'] ?? {}) as Row;
const same = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

/** A tenant in memory: reads and writes as the APIs are documented, at once, and without looking who asks. */
export const writableTenant = (start: Partial<Written> = {}) => {
  let state: Written = { assignments: [], grants: [], roles: [], vaults: {}, ...start };
  const asked: string[] = [];
  const sent: WriteRequest[] = [];
  const never = () => Promise.reject(new Error('no writer asks for that'));
  const list = async (path: string) => {
    asked.push(path);
    const [, principal] = /^\/servicePrincipals\/([^/]+)\/appRoleAssignments\?\$top=999$/.exec(path) ?? [];
    if (principal !== undefined) return ok(state.assignments.filter((row) => row['principalId'] === principal));
    const [, client] = /^\/oauth2PermissionGrants\?\$filter=clientId eq '([^']+)'$/.exec(path) ?? [];
    return client === undefined ? never() : ok(state.grants.filter((row) => row['clientId'] === client));
  };
  const ports: TenantPorts = {
    graph: { list, get: never, held: never, beta: { get: never, list: never } },
    arm: {
      principal: never,
      list: never,
      query: never,
      get: async (id, version) => {
        asked.push(`${id}?${version}`);
        return ok(state.vaults[id]);
      },
      listRoleAssignments: async (scope, principal) => {
        asked.push(`${scope} of ${principal}`);
        return ok(state.roles.filter((row) => propertiesOf(row)['principalId'] === principal));
      },
    },
  };

  const changeVault = (path: string, body: Row) => {
    const [, id = '', operation] = /^(.+)\/accessPolicies\/(\w+)\?/.exec(path) ?? [];
    const [asking] = propertiesOf(body)['accessPolicies'] as Row[];
    const vault = state.vaults[id];
    const policies = propertiesOf(vault)['accessPolicies'] as Row[];
    const isOwn = (row: Row) => same(row['objectId'], asking?.['objectId']);
    const held = (policies.find(isOwn)?.['permissions'] ?? {}) as Permissions;
    const wanted = asking?.['permissions'] as Permissions;
    const combine = (type: string): readonly string[] => {
      const [own, more] = [held[type] ?? [], wanted[type] ?? []];
      if (operation === 'replace') return more;
      return operation === 'add' ? [...new Set([...own, ...more])] : own.filter((one) => !more.includes(one));
    };
    const types = [...new Set([...Object.keys(held), ...Object.keys(wanted)])];
    const permissions = Object.fromEntries(types.map((type) => [type, combine(type)]));
    const next = policyRow(permissions);
    const accessPolicies = policies.some(isOwn)
      ? policies.map((row) => (isOwn(row) ? next : row))
      : [...policies, next];
    const changed = { ...vault, properties: { ...propertiesOf(vault), accessPolicies } };
    state = { ...state, vaults: { ...state.vaults, [id]: changed } };
  };

  const carryOut = ({ method, path, body }: WriteRequest) => {
    const [route = ''] = path.split('?');
    const last = decodeURIComponent(route.split('/').at(-1) ?? '');
    const without = (rows: readonly Row[], id = last) => rows.filter((row) => !same(row['id'], id));
    const made = { id: `made-${sent.length}`, ...body };
    if (route.includes('/accessPolicies/')) changeVault(path, body ?? {});
    else if (route.includes('/roleAssignments/')) {
      const scope = route.slice(0, route.indexOf('/providers/Microsoft.Authorization/'));
      const row = { id: route, name: last, properties: { ...propertiesOf(body ?? {}), scope } };
      const rest = without(state.roles, route);
      state = { ...state, roles: method === 'PUT' ? [...rest, row] : rest };
    } else if (route.includes('/appRoleAssignedTo'))
      state = { ...state, assignments: method === 'POST' ? [...state.assignments, made] : without(state.assignments) };
    else if (method === 'POST') state = { ...state, grants: [...state.grants, made] };
    else if (method === 'DELETE') state = { ...state, grants: without(state.grants) };
    else state = { ...state, grants: state.grants.map((row) => (same(row['id'], last) ? { ...row, ...body } : row)) };
  };

  const write: WritePort = {
    send: async (request) => {
      sent.push(request);
      carryOut(request);
      return { came: true, status: 204, code: '', message: '', retryAfter: null, requestId: null };
    },
  };
  return { ports, write, asked, sent, now: () => state };
};

/** A change of one fact, by what is on its two sides. */
export const changeOf = (
  before: NonNullable<Change['before']> | null,
  after: NonNullable<Change['after']> | null,
): Change => {
  if (before === null && after !== null) return { action: 'create', cause: 'missing', before, after };
  if (before !== null && after === null) return { action: 'delete', cause: 'undeclared', before, after };
  if (before !== null && after !== null) return { action: 'update', cause: 'changed', before, after };
  throw new Error('a change has a side');
};

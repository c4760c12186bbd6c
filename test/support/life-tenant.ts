import { Agent, request } from 'node:https';
import type { FaultScript } from '../../src/emulator/faults.ts';
import { type Emulator, startEmulator } from '../../src/emulator/start-emulator.ts';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { atoms, forbidden, type Who } from './life-model.ts';

export const tenantId = 'e0000000-0000-4000-8000-000000000001';
const subscription = 'f0000000-0000-4000-8000-000000000001';
export const group = `/subscriptions/${subscription}/resourceGroups/rg-app`;
const secret = 'life-secret';

/** Who signs in: whoever checks, whoever applies, and a person who changes the tenant by hand. */
export const callers = {
  reader: 'c0000000-0000-4000-8000-000000000001',
  writer: 'c0000000-0000-4000-8000-000000000002',
  person: 'c0000000-0000-4000-8000-000000000003',
} as const;

/** Apps that policies are about: one that backs up, one that is not to be touched, and the program's own. */
export const apps: Readonly<Record<Who, { readonly app: string; readonly principal: string }>> = {
  backup: { app: 'a0000000-0000-4000-8000-000000000001', principal: 'b0000000-0000-4000-8000-000000000001' },
  glass: { app: 'a0000000-0000-4000-8000-000000000002', principal: 'b0000000-0000-4000-8000-000000000002' },
  self: { app: callers.writer, principal: 'b0000000-0000-4000-8000-000000000003' },
};

const graphApp = '00000003-0000-0000-c000-000000000000';
const roles = ['Application.Read.All', 'Directory.Read.All', 'RoleManagement.Read.Directory'];
const writing = [...roles, 'AppRoleAssignment.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'];

const state: TenantState = {
  tenantId,
  name: 'life',
  asOf: '2026-11-22T00:00:00Z',
  callers: [
    { appId: callers.reader, secret, roles, armRoles: [{ role: 'Reader', scope: '/' }] },
    ...[callers.writer, callers.person].map((appId) => ({
      ...{ appId, secret, roles: writing },
      armRoles: [{ role: 'Owner', scope: '/' }],
    })),
  ],
  graph: {
    servicePrincipals: Object.entries(apps).map(([name, { app, principal }]) => ({
      ...{ id: principal, appId: app, displayName: name, accountEnabled: true },
      ...{ servicePrincipalType: 'Application', appOwnerOrganizationId: tenantId, owners: [] },
      ...{ passwordCredentials: [], keyCredentials: [] },
    })),
    appRoleAssignments: Object.values(apps).map(({ principal }) => ({
      ...{ principalId: principal, resourceAppId: graphApp, appRole: 'Mail.Read' },
    })),
  },
  arm: {
    managementGroups: [{ id: 'mg', parent: null }],
    subscriptions: [{ subscriptionId: subscription, displayName: 'Life', managementGroup: 'mg' }],
    resources: [
      { id: group, name: 'rg-app', type: 'Microsoft.Resources/resourceGroups', location: 'westeurope', properties: {} },
    ],
  },
};

export interface LifeTenant {
  readonly emulator: Emulator;
  /** Grows and shrinks while it serves. */
  readonly faults: { add: (more: FaultScript) => void; clear: () => void };
  /** Every grant object, with the atom that it gives: `+` of nothing is not there. */
  readonly held: (who: Who) => Promise<readonly { readonly atom: string; readonly id: string }[]>;
  /** A person gives or takes an atom, if that changes anything. */
  readonly drift: (who: Who, atom: string) => Promise<void>;
  /** Atom of an id as requests have it. */
  readonly names: { readonly role: (id: string) => string; readonly azure: (id: string) => string };
  readonly close: () => Promise<void>;
}

const pool = new Set([...atoms, ...forbidden].map((atom) => atom.replace(/^\w+:/, '')));

type Row = Readonly<Record<string, unknown>>;

/** What the apps can be given, and no more of all that there is: a small tenant answers fast. */
const known = (() => {
  const { knownApis, knownAzureRoles } = knownToEmulator();
  const isNamed = ({ value }: { readonly value: string }): boolean => pool.has(value) || writing.includes(value);
  return {
    knownApis: knownApis
      .filter(({ appId }) => appId === graphApp)
      .map((api) => ({
        ...api,
        appRoles: api.appRoles.filter(isNamed),
        oauth2PermissionScopes: api.oauth2PermissionScopes.filter(isNamed),
      })),
    knownAzureRoles: knownAzureRoles.filter(({ roleName: name }) => pool.has(name)),
  };
})();
const [graphApi] = known.knownApis;
const roleId = (name: string): string => graphApi?.appRoles.find(({ value }) => value === name)?.id ?? '';
const roleName = (id: string): string => graphApi?.appRoles.find((one) => one.id === id)?.value ?? id;
const azureId = (name: string): string => known.knownAzureRoles.find(({ roleName: of }) => of === name)?.id ?? '';
const azureName = (id: string): string => known.knownAzureRoles.find((one) => one.id === id.slice(-36))?.roleName ?? id;

/** Starts a tenant in which three apps hold one permission each, and a person who sees all of it. */
export const startLifeTenant = async (lag: number): Promise<LifeTenant> => {
  const script: FaultScript[number][] = [];
  const never = { match: { path: 'no such path' }, answer: { cut: true } } as const;
  const emulator = await startEmulator({ tenant: state, faults: script, replicationLag: lag, ...known });
  const agent = new Agent({ ca: emulator.caPem });
  const send = (url: string, method: string, headers: Record<string, string>, body = ''): Promise<unknown> =>
    new Promise((done, fail) => {
      const asked = request(url, { method, agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          if ((response.statusCode ?? 0) >= 300) fail(new Error(`${method} ${url}: ${text}`));
          else done(text === '' ? null : JSON.parse(text));
        });
      });
      asked.on('error', fail);
      asked.end(body);
    });
  const tokens = new Map<string, { readonly at: number; readonly token: string }>();
  const tokenFor = async (base: string): Promise<string> => {
    const had = tokens.get(base);
    if (had !== undefined && Date.now() - had.at < 1_800_000) return had.token;
    const form = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: callers.person, client_secret: secret },
      scope: `${base}/.default`,
    });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(
      `${emulator.cloud.authority}/${tenantId}/oauth2/v2.0/token`,
      'POST',
      type,
      form.toString(),
    );
    const token = String((answer as Row)['access_token']);
    tokens.set(base, { at: Date.now(), token });
    return token;
  };
  const ask = async (base: string, method: string, path: string, body?: unknown): Promise<Row> => {
    const headers = { authorization: `Bearer ${await tokenFor(base)}`, 'content-type': 'application/json' };
    return (await send(`${base}${path}`, method, headers, body === undefined ? '' : JSON.stringify(body))) as Row;
  };
  const { graph, resourceManager: arm } = emulator.cloud;
  const rows = async (base: string, path: string): Promise<readonly Row[]> =>
    (await ask(base, 'GET', path))['value'] as readonly Row[];
  const read = async (who: Who) => {
    const { principal } = apps[who];
    const held = await rows(graph, `/v1.0/servicePrincipals/${principal}/appRoleAssignments`);
    const consents = await rows(graph, `/v1.0/oauth2PermissionGrants?$filter=clientId eq '${principal}'`);
    const path = `${group}/providers/Microsoft.Authorization/roleAssignments`;
    const azure = await rows(arm, `${path}?api-version=2022-04-01&$filter=principalId%20eq%20'${principal}'`);
    return [
      ...held.map((row) => ({ atom: `app:${roleName(String(row['appRoleId']))}`, id: String(row['id']) })),
      ...consents.flatMap((row) =>
        String(row['scope'])
          .split(' ')
          .map((scope) => ({ atom: `scope:${scope}`, id: String(row['id']) })),
      ),
      ...azure.map((row) => ({
        atom: `role:${azureName(String((row['properties'] as Row)['roleDefinitionId']))}`,
        id: String(row['id']),
      })),
    ];
  };
  const held: LifeTenant['held'] = async (who) => {
    for (let reads = 0; reads < lag; reads += 1) await read(who);
    return read(who);
  };
  const graphObject = async (): Promise<string> =>
    String((await rows(graph, `/v1.0/servicePrincipals?$filter=appId eq '${graphApp}'`))[0]?.['id']);
  return {
    emulator,
    faults: {
      add: (more) => void script.push(...more),
      clear: () => void script.fill(never),
    },
    names: { role: roleName, azure: azureName },
    held,
    drift: async (who, atom) => {
      const { principal } = apps[who];
      const [kind = '', name = ''] = atom.split(':');
      const now = await held(who);
      const own = now.find((one) => one.atom === atom);
      if (kind === 'app') {
        const path = `/v1.0/servicePrincipals/${principal}/appRoleAssignments`;
        if (own !== undefined) await ask(graph, 'DELETE', `${path}/${own.id}`);
        else {
          const body = { principalId: principal, resourceId: await graphObject(), appRoleId: roleId(name) };
          await ask(graph, 'POST', path, body);
        }
      } else if (kind === 'role') {
        const id = `${group}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
        const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${azureId(name)}`;
        const properties = { roleDefinitionId, principalId: principal, principalType: 'ServicePrincipal' };
        if (own === undefined) await ask(arm, 'PUT', `${id}?api-version=2022-04-01`, { properties });
        else await ask(arm, 'DELETE', `${own.id}?api-version=2022-04-01`);
      } else {
        const scopes = now.filter((one) => one.atom.startsWith('scope:'));
        const [first] = scopes;
        const left = own === undefined ? [...scopes, { atom, id: '' }] : scopes.filter((one) => one !== own);
        const scope = left.map((one) => one.atom.slice(6)).join(' ');
        const path = `/v1.0/oauth2PermissionGrants`;
        if (first === undefined) {
          const head = { clientId: principal, consentType: 'AllPrincipals', principalId: null };
          await ask(graph, 'POST', path, { ...head, resourceId: await graphObject(), scope });
        } else if (scope === '') await ask(graph, 'DELETE', `${path}/${encodeURIComponent(first.id)}`);
        else await ask(graph, 'PATCH', `${path}/${encodeURIComponent(first.id)}`, { scope });
      }
      await held(who);
    },
    close: async () => {
      agent.destroy();
      await emulator.close();
    },
  };
};

/** How somebody of `callers` signs in. */
export const signInAs = (who: keyof typeof callers) => () => ({
  tenantId,
  clientId: callers[who],
  by: { type: 'secret' as const, secret },
});

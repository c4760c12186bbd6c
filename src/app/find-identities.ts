import { chunk } from '../core/chunk.ts';
import { appId, type ObjectId, objectId } from '../core/ids.ts';
import { type FoundIdentity, gapOf } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { Answer, ArmPort, GraphPort, ReadFailure, TenantPorts } from '../core/ports.ts';
import { readAs, readRows } from '../core/read-rows.ts';
import { ok, type Result } from '../core/result.ts';
import { canonicalScope } from '../core/scope.ts';
import type { Gap } from '../core/snapshot.ts';
import { objectOf, optionalStringOf, stringOf, type WireObject } from '../core/wire.ts';

/** Who the policies' identities are, and what could not be found out. */
export interface FoundIdentities {
  readonly identities: readonly FoundIdentity[];
  readonly gaps: readonly Gap[];
}

/** Microsoft Graph takes at most 15 values in an `in` filter (source: advanced query capabilities, Microsoft Graph). */
const idsPerFilter = 15;
const principalFields =
  'id,appId,displayName,accountEnabled,servicePrincipalType,signInAudience,appOwnerOrganizationId,alternativeNames,passwordCredentials,keyCredentials';
const applicationFields = 'id,appId,displayName,signInAudience,passwordCredentials,keyCredentials';

const needs = {
  graph: 'Application.Read.All',
  user: 'User.Read.All',
  vault: 'Reader at the vault',
  managedIdentity: 'Reader at the managed identity',
} as const;

/** API versions by resource type, lower case (reference/api-contracts 5). */
const apiVersions: Readonly<Record<string, string>> = {
  'microsoft.recoveryservices/vaults': '2023-04-01',
  'microsoft.dataprotection/backupvaults': '2024-04-01',
  'microsoft.managedidentity/userassignedidentities': '2023-01-31',
  'microsoft.compute/virtualmachines': '2024-07-01',
  'microsoft.containerservice/managedclusters': '2024-05-01',
};

type Rows = Result<readonly WireObject[], ReadFailure>;

const listBy = async (
  graph: GraphPort,
  collection: string,
  field: string,
  ids: readonly string[],
  fields: string,
): Promise<Rows> => {
  const pages = await Promise.all(
    chunk(ids, idsPerFilter).map(async (some) => {
      const path = `/${collection}?$filter=${field} in (${some.map((id) => `'${id}'`).join(',')})&$select=${fields}`;
      return readRows(await graph.list(path), `GET ${path}`, (row) => objectOf(row, `an entry of ${collection}`));
    }),
  );
  const failed = pages.find((page) => !page.ok);
  return failed ?? ok(pages.flatMap((page) => (page.ok ? page.value : [])));
};

const unread = (identity: PolicyIdentity): FoundIdentity => ({
  id: identity.id,
  state: 'unread',
  objectId: null,
  appId: identity.type === 'app' ? identity.appId : null,
  displayName: null,
  goneObjectId: null,
  mistake: null,
  servicePrincipal: null,
  application: null,
  vault: null,
});

type AppIdentity = Extract<PolicyIdentity, { type: 'app' }>;

const findApps = async (apps: readonly AppIdentity[], graph: GraphPort): Promise<FoundIdentities> => {
  if (apps.length === 0) return { identities: [], gaps: [] };
  const appIds = apps.map((app) => app.appId);
  // Pinned object ids, and app ids that may be object ids by mistake: who are they?
  const suspects = [
    ...new Set(apps.flatMap((app) => [app.appId as string, ...(app.objectId === null ? [] : [app.objectId])])),
  ];
  const [byAppId, applications, byObjectId] = await Promise.all([
    listBy(graph, 'servicePrincipals', 'appId', appIds, principalFields),
    listBy(graph, 'applications', 'appId', appIds, applicationFields),
    listBy(graph, 'servicePrincipals', 'id', suspects, 'id,appId,displayName'),
  ]);
  const failure = [byAppId, applications, byObjectId].flatMap((answer) => (answer.ok ? [] : [answer.error]))[0];
  if (failure !== undefined || !byAppId.ok || !applications.ok || !byObjectId.ok) {
    const identities = apps.map(unread);
    return {
      identities,
      gaps: identities.map((identity) => gapOf('service-principal', identity, needs.graph, failure as ReadFailure)),
    };
  }
  const identities = apps.map((app): FoundIdentity => {
    const servicePrincipal = byAppId.value.find((row) => stringOf(row, 'appId').toLowerCase() === app.appId) ?? null;
    const application = applications.value.find((row) => stringOf(row, 'appId').toLowerCase() === app.appId) ?? null;
    const found = servicePrincipal === null ? null : objectId(stringOf(servicePrincipal, 'id'));
    const pinned = byObjectId.value.find((row) => stringOf(row, 'id').toLowerCase() === app.objectId);
    const swapped = byObjectId.value.find((row) => stringOf(row, 'id').toLowerCase() === app.appId);
    return {
      ...unread(app),
      state: found === null ? 'absent' : 'found',
      objectId: found,
      displayName: servicePrincipal && optionalStringOf(servicePrincipal, 'displayName'),
      goneObjectId: app.objectId !== found && pinned === undefined ? app.objectId : null,
      mistake: mistakeOf(app, found, pinned, swapped),
      servicePrincipal,
      application,
    };
  });
  return { identities, gaps: identities.flatMap(homelessApplication) };
};

const mistakeOf = (
  app: AppIdentity,
  found: ObjectId | null,
  pinned: WireObject | undefined,
  swapped: WireObject | undefined,
): string | null => {
  if (swapped !== undefined)
    return `\`${app.appId}\` is an object id; the app id of that service principal is \`${stringOf(swapped, 'appId')}\``;
  if (pinned !== undefined && app.objectId !== found)
    return `object id \`${app.objectId}\` belongs to another app, \`${stringOf(pinned, 'appId')}\``;
  return found === null ? `the tenant has no service principal with the app id \`${app.appId}\`` : null;
};

/** An app that this tenant owns has an application object: where none came back, its secrets are unknown, not absent. */
const homelessApplication = (identity: FoundIdentity): Gap[] => {
  if (identity.servicePrincipal === null || identity.application !== null) return [];
  const wire = objectOf(identity.servicePrincipal, 'the service principal');
  const managed = optionalStringOf(wire, 'servicePrincipalType') === 'ManagedIdentity';
  const isHere = optionalStringOf(wire, 'appOwnerOrganizationId') === null;
  if (managed || !isHere) return [];
  const request = `GET /applications(appId='${identity.appId}')`;
  return [
    gapOf('credential', identity, needs.graph, {
      reason: 'not-found',
      status: 200,
      request,
      detail: 'no application object was returned',
    }),
  ];
};

const readResource = async (arm: ArmPort, id: string): Promise<Answer<WireObject>> => {
  const type = canonicalScope(id).split('/providers/').at(-1)?.split('/').slice(0, 2).join('/') ?? '';
  const version = apiVersions[type];
  const request = `GET ${id}`;
  if (version === undefined)
    return {
      ok: false,
      error: { reason: 'not-supported', status: null, request, detail: `identities of type ${type} can't be read yet` },
    };
  return readAs(await arm.get(id, version), request, (resource) => objectOf(resource, 'the resource'));
};

/** Object id of a system-assigned identity, or of a user-assigned one that hangs on the resource. */
const principalIn = (resource: WireObject, managedIdentity: string | null): string | null => {
  const identity = objectOf(resource['identity'] ?? {}, '`identity`');
  if (managedIdentity === null) return optionalStringOf(identity, 'principalId');
  const users = objectOf(identity['userAssignedIdentities'] ?? {}, '`userAssignedIdentities`');
  const mine = Object.entries(users).find(([id]) => canonicalScope(id) === canonicalScope(managedIdentity))?.[1];
  return mine === undefined ? null : optionalStringOf(objectOf(mine, 'a user-assigned identity'), 'principalId');
};

type ManagedIdentity = Exclude<PolicyIdentity, { type: 'app' | 'user' }>;

const findManaged = async (identity: ManagedIdentity, arm: ArmPort): Promise<FoundIdentities> => {
  const resourceId = identity.type === 'managed-identity' ? identity.managedIdentity : identity.vault;
  const user = identity.type === 'vault-user' ? identity.managedIdentity : null;
  const resource = await readResource(arm, resourceId);
  const isUserAssigned = canonicalScope(resourceId).includes('/microsoft.managedidentity/userassignedidentities/');
  const principal = readAs(resource, `GET ${resourceId}`, (found) =>
    isUserAssigned ? stringOf(objectOf(found['properties'], '`properties`'), 'principalId') : principalIn(found, user),
  );
  if (!resource.ok || !principal.ok) {
    const failure = resource.ok ? (principal as { error: ReadFailure }).error : resource.error;
    const found = unread(identity);
    const need = identity.type === 'managed-identity' ? needs.managedIdentity : needs.vault;
    const kind = identity.type === 'managed-identity' ? 'service-principal' : 'vault-identity';
    return { identities: [found], gaps: [gapOf(kind, found, need, failure)] };
  }
  const id = principal.value === null ? null : objectId(principal.value);
  const vault = identity.type === 'managed-identity' ? null : resource.value;
  const displayName = optionalStringOf(resource.value, 'name');
  return {
    identities: [{ ...unread(identity), state: id === null ? 'absent' : 'found', objectId: id, displayName, vault }],
    gaps: [],
  };
};

/** Managed identities are service principals too: their objects are read by the object ids that ARM gave. */
const findTheirPrincipals = async (found: FoundIdentities, graph: GraphPort): Promise<FoundIdentities> => {
  const ids = [...new Set(found.identities.flatMap((identity) => identity.objectId ?? []))];
  if (ids.length === 0) return found;
  const rows = await listBy(graph, 'servicePrincipals', 'id', ids, principalFields);
  const gaps: Gap[] = [];
  const identities = found.identities.map((identity): FoundIdentity => {
    if (identity.objectId === null) return identity;
    const row = rows.ok
      ? rows.value.find((wire) => stringOf(wire, 'id').toLowerCase() === identity.objectId)
      : undefined;
    if (row !== undefined) return { ...identity, appId: appId(stringOf(row, 'appId')), servicePrincipal: row };
    const absent = {
      reason: 'not-found' as const,
      status: 200,
      request: `GET /servicePrincipals/${identity.objectId}`,
      detail: 'no service principal was returned',
    };
    gaps.push(gapOf('service-principal', identity, needs.graph, rows.ok ? absent : rows.error));
    return { ...identity, state: 'unread' };
  });
  return { identities, gaps: [...found.gaps, ...gaps] };
};

const findUser = async (
  identity: Extract<PolicyIdentity, { type: 'user' }>,
  graph: GraphPort,
): Promise<FoundIdentities> => {
  const path = `/users/${identity.objectId}?$select=id,displayName,userPrincipalName,accountEnabled`;
  const user = readAs(await graph.get(path), `GET ${path}`, (found) => objectOf(found, 'the user'));
  if (!user.ok)
    return {
      identities: [unread(identity)],
      gaps: [gapOf('service-principal', unread(identity), needs.user, user.error)],
    };
  const displayName = optionalStringOf(user.value, 'displayName');
  return { identities: [{ ...unread(identity), state: 'found', objectId: identity.objectId, displayName }], gaps: [] };
};

/** Finds every identity of the policies in the tenant: once each, however many policies name it. */
export const findIdentities = async (
  wanted: readonly PolicyIdentity[],
  ports: TenantPorts,
): Promise<FoundIdentities> => {
  const unique = [...new Map(wanted.map((identity) => [identity.id.toLowerCase(), identity])).values()];
  const apps = unique.filter((identity) => identity.type === 'app');
  const users = unique.filter((identity) => identity.type === 'user');
  const managed = unique.filter((identity) => identity.type !== 'app' && identity.type !== 'user');
  const found = await Promise.all([
    findApps(apps, ports.graph),
    ...users.map((identity) => findUser(identity, ports.graph)),
    Promise.all(managed.map((identity) => findManaged(identity, ports.arm))).then((parts) =>
      findTheirPrincipals(merge(parts), ports.graph),
    ),
  ]);
  return merge(found);
};

const merge = (parts: readonly FoundIdentities[]): FoundIdentities => ({
  identities: parts.flatMap(({ identities }) => identities),
  gaps: parts.flatMap(({ gaps }) => gaps),
});

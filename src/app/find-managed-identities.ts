import { objectId } from '../core/ids.ts';
import { type FoundIdentity, gapOf } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { Answer, ArmPort, GraphPort, TenantPorts } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { canonicalScope } from '../core/scope.ts';
import type { Gap } from '../core/snapshot.ts';
import { objectOf, optionalStringOf, stringOf, type WireObject } from '../core/wire.ts';
import { type FoundIdentities, mergeFound, unreadIdentity } from './found-identities.ts';
import { listDirectoryObjects, principalFields } from './list-directory-objects.ts';

const needs = {
  graph: 'Application.Read.All',
  vault: 'Reader at the vault',
  managedIdentity: 'Reader at the managed identity',
} as const;

/** API versions by resource type, lower case (source: Azure REST API reference). */
const apiVersions: Readonly<Record<string, string>> = {
  'microsoft.recoveryservices/vaults': '2023-04-01',
  'microsoft.dataprotection/backupvaults': '2024-04-01',
  'microsoft.managedidentity/userassignedidentities': '2023-01-31',
  'microsoft.compute/virtualmachines': '2024-07-01',
  'microsoft.compute/virtualmachinescalesets': '2024-07-01',
  'microsoft.hybridcompute/machines': '2024-07-10',
  'microsoft.automation/automationaccounts': '2023-11-01',
  'microsoft.web/sites': '2023-12-01',
  'microsoft.containerservice/managedclusters': '2024-05-01',
};

type ManagedIdentity = Exclude<PolicyIdentity, { type: 'app' | 'user' }>;

const typeOf = (id: string): string =>
  canonicalScope(id).split('/providers/').at(-1)?.split('/').slice(0, 2).join('/') ?? '';

/** Can the identity of a resource of this type be found? */
export const isReadableResource = (id: string): boolean => typeOf(id) in apiVersions;

const readResource = async (arm: ArmPort, id: string): Promise<Answer<unknown>> => {
  const type = typeOf(id);
  const version = apiVersions[type];
  if (version !== undefined) return arm.get(id, version);
  const detail = `identities of type ${type} can't be read yet`;
  return { ok: false, error: { reason: 'not-supported', status: null, request: `GET ${id}`, detail } };
};

/** Object id of a system-assigned identity, or of a user-assigned one that hangs on the resource. */
const principalIn = (resource: WireObject, managedIdentity: string | null): string | null => {
  const identity = objectOf(resource['identity'] ?? {}, '`identity`');
  if (managedIdentity === null) {
    const isOn = (optionalStringOf(identity, 'type') ?? 'None').toLowerCase().includes('systemassigned');
    return isOn ? stringOf(identity, 'principalId') : null;
  }
  const users = objectOf(identity['userAssignedIdentities'] ?? {}, '`userAssignedIdentities`');
  const mine = Object.entries(users).find(([id]) => canonicalScope(id) === canonicalScope(managedIdentity))?.[1];
  return mine === undefined ? null : stringOf(objectOf(mine, 'a user-assigned identity'), 'principalId');
};

/** A vault without the identity is drift, which its own kind tells; a machine without one has nothing to judge. */
const mistakeOf = (identity: ManagedIdentity, principal: string | null): string | null =>
  identity.type === 'managed-identity' && principal === null
    ? `\`${identity.managedIdentity}\` has no system-assigned identity`
    : null;

const findOne = async (identity: ManagedIdentity, arm: ArmPort): Promise<FoundIdentities> => {
  const resourceId = identity.type === 'managed-identity' ? identity.managedIdentity : identity.vault;
  const user = identity.type === 'vault-user' ? identity.managedIdentity : null;
  const isUserAssigned = canonicalScope(resourceId).includes('/microsoft.managedidentity/userassignedidentities/');
  const read = readAs(await readResource(arm, resourceId), `GET ${resourceId}`, (found) => {
    const resource = objectOf(found, 'the resource');
    const principal = isUserAssigned
      ? stringOf(objectOf(resource['properties'], '`properties`'), 'principalId')
      : principalIn(resource, user);
    return { resource, principal, displayName: optionalStringOf(resource, 'name') };
  });
  if (!read.ok) {
    const found = unreadIdentity(identity);
    const need = identity.type === 'managed-identity' ? needs.managedIdentity : needs.vault;
    const kind = identity.type === 'managed-identity' ? 'service-principal' : 'vault-identity';
    return { identities: [found], gaps: [gapOf(kind, found, need, read.error)] };
  }
  const { resource, principal, displayName } = read.value;
  const found: FoundIdentity = {
    ...unreadIdentity(identity),
    state: principal === null ? 'absent' : 'found',
    objectId: principal === null ? null : objectId(principal),
    displayName,
    mistake: mistakeOf(identity, principal),
    vault: identity.type === 'managed-identity' ? null : resource,
  };
  return { identities: [found], gaps: [] };
};

/** Managed identities are service principals too: their objects are read by the object ids that ARM gave. */
const findTheirPrincipals = async (found: FoundIdentities, graph: GraphPort): Promise<FoundIdentities> => {
  const ids = [...new Set(found.identities.flatMap((identity) => identity.objectId ?? []))];
  if (ids.length === 0) return found;
  const rows = await listDirectoryObjects(graph, 'servicePrincipals', 'id', ids, principalFields);
  const gaps: Gap[] = [];
  const identities = found.identities.map((identity): FoundIdentity => {
    if (identity.objectId === null) return identity;
    const row = rows.ok ? rows.value.find(({ objectId }) => objectId === identity.objectId) : undefined;
    if (row !== undefined) return { ...identity, appId: row.appId, servicePrincipal: row.wire };
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

/** Finds the managed identities of vaults and machines, and those that stand alone. */
export const findManagedIdentities = async (
  managed: readonly ManagedIdentity[],
  { graph, arm }: TenantPorts,
): Promise<FoundIdentities> => {
  const parts = await Promise.all(managed.map((identity) => findOne(identity, arm)));
  return findTheirPrincipals(mergeFound(parts), graph);
};

import { gapOf } from '../core/kind.ts';
import type { PolicyIdentity } from '../core/policy.ts';
import type { GraphPort, TenantPorts } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { canonicalScope } from '../core/scope.ts';
import { objectOf, optionalStringOf } from '../core/wire.ts';
import { findApps } from './find-apps.ts';
import { findManagedIdentities } from './find-managed-identities.ts';
import { type FoundIdentities, mergeFound, unreadIdentity } from './found-identities.ts';

const findUser = async (
  identity: Extract<PolicyIdentity, { type: 'user' }>,
  graph: GraphPort,
): Promise<FoundIdentities> => {
  const path = `/users/${identity.objectId}?$select=id,displayName,userPrincipalName,accountEnabled`;
  const displayName = readAs(await graph.get(path), `GET ${path}`, (found) =>
    optionalStringOf(objectOf(found, 'the user'), 'displayName'),
  );
  const unread = unreadIdentity(identity);
  return displayName.ok
    ? {
        identities: [{ ...unread, state: 'found', objectId: identity.objectId, displayName: displayName.value }],
        gaps: [],
      }
    : { identities: [unread], gaps: [gapOf('service-principal', unread, 'User.Read.All', displayName.error)] };
};

/** One user-assigned identity may hang on several vaults, each of which is to be looked at. */
const keyOf = (identity: PolicyIdentity): string =>
  identity.type === 'vault-user'
    ? `${canonicalScope(identity.id)}@${canonicalScope(identity.vault)}`
    : identity.id.toLowerCase();

/** Of two policies that name one app, the one that pins an object tells of what is gone. */
const isPinned = (identity: PolicyIdentity): boolean => identity.type === 'app' && identity.objectId !== null;

/** Finds every identity of the policies in the tenant, whose id is `tenant`: once each, however many policies name it. */
export const findIdentities = async (
  wanted: readonly PolicyIdentity[],
  ports: TenantPorts,
  tenant: string,
): Promise<FoundIdentities> => {
  const same = Map.groupBy(wanted, keyOf).values();
  const unique = [...same].flatMap((named) => named.find(isPinned) ?? named[0] ?? []);
  const apps = unique.filter((identity) => identity.type === 'app');
  const users = unique.filter((identity) => identity.type === 'user');
  const managed = unique.filter((identity) => identity.type !== 'app' && identity.type !== 'user');
  const found = await Promise.all([
    findApps(apps, ports.graph, tenant),
    ...users.map((identity) => findUser(identity, ports.graph)),
    findManagedIdentities(managed, ports),
  ]);
  return mergeFound(found);
};

import { declaredSubscriptions } from '../core/find-roles.ts';
import type { VaultPrincipal } from '../core/holder-query.ts';
import { identityId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import type { ReadFailure, TenantPorts } from '../core/ports.ts';
import { canonicalScope } from '../core/scope.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { backupLikeness } from '../knowledge/backup-likeness.ts';
import { findAzureHolders, listAzureRoles } from './azure-holders.ts';
import { type Holder, listHolders } from './list-holders.ts';
import { listPrincipals, type PrincipalHead } from './list-principals.ts';
import type { NamedAs, ScanRead, Stranger } from './stranger.ts';

/** What a scan starts from: the policies, and what was read for them. */
export interface FindStrangersInput {
  readonly policies: readonly Policy[];
  readonly snapshot: Snapshot;
  readonly ports: TenantPorts;
  /** Subscription ids that the config expects to see. */
  readonly subscriptions: readonly string[];
  readonly progress: (what: string) => void;
}

/** Identities that no policy names and that may be backup software, and how far the tenant could be looked through. */
export interface FoundStrangers {
  readonly strangers: readonly Stranger[];
  readonly reads: readonly ScanRead[];
}

/** Needs in Microsoft's words. */
const needs = {
  graph: 'Application.Read.All',
  azure: 'Reader at the subscriptions (Microsoft.Authorization/roleAssignments/read)',
  vaults: 'Reader at the vaults (Microsoft.RecoveryServices/vaults/read, Microsoft.DataProtection/backupVaults/read)',
} as const;

/** Tenants in which Microsoft registers its own services (source: verify first-party applications, Microsoft Entra). */
const microsoftTenants = ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47'];

const spell = (id: string): string => (id.startsWith('/') ? canonicalScope(id) : id.toLowerCase());

/** Whom policies speak of: by the ids that they write, and by the object ids that these were found to be. */
const managedBy = ({ policies, snapshot }: FindStrangersInput) => {
  const ids = new Set([
    ...policies.flatMap(({ identities }) => identities.map(({ id }) => spell(id))),
    // To be gone: another rule tells of it as long as it is there.
    ...policies.flatMap(({ mustNotExist }) => mustNotExist.flatMap(({ appId }) => appId ?? [])),
  ]);
  const objects = new Set<string>(
    snapshot.identities.flatMap(({ objectId, goneObjectId }) => [objectId, goneObjectId].flatMap((id) => id ?? [])),
  );
  // Of a vault that a policy speaks of, the vault's own rules tell what else it carries.
  const vaults = new Set(
    policies.flatMap(({ identities }) =>
      identities.flatMap((one) => ('vault' in one ? [canonicalScope(one.vault)] : [])),
    ),
  );
  return { ids, objects, vaults };
};

const isVault = (resource: string): boolean =>
  /\/microsoft\.(recoveryservices\/vaults|dataprotection\/backupvaults)\//.test(`${canonicalScope(resource)}/`);

const namedAs = (head: PrincipalHead | undefined, vault: VaultPrincipal | undefined): NamedAs => {
  if (vault !== undefined)
    return vault.managedIdentity === null
      ? { type: 'vault-system', vault: vault.vault }
      : { type: 'vault-user', vault: vault.vault, managedIdentity: vault.managedIdentity };
  const resource = head?.managedIdentity ?? null;
  if (resource === null) return { type: 'app' };
  return isVault(resource)
    ? { type: 'vault-system', vault: resource }
    : { type: 'managed-identity', managedIdentity: resource };
};

const idOf = (as: NamedAs, head: PrincipalHead): string => {
  if (as.type === 'app') return head.appId;
  return as.type === 'vault-system' ? as.vault : as.managedIdentity;
};

const looksAlike = ({ displayName, permissions }: Holder): boolean =>
  backupLikeness({ appId: null, displayName, permissions, roles: [] }) !== null;

const read = (kind: ScanRead['kind'], need: string, failure: ReadFailure | null): ScanRead => ({
  kind,
  needs: need,
  failure,
});

/**
 * Finds who may be backup software without a policy: by what is granted on three APIs, by name, by Azure roles that are
 * there for backups, and by vault. Only of these is anything asked, so a large tenant costs what a small one does.
 */
export const findStrangers = async (input: FindStrangersInput): Promise<FoundStrangers> => {
  const { policies, snapshot, ports, subscriptions } = input;
  input.progress('looking for backup software without a policy');
  const expected = declaredSubscriptions({ policies, subscriptions });
  const [holders, azure] = await Promise.all([
    listHolders(ports.graph, snapshot.names.apis),
    findAzureHolders(ports.arm, expected),
  ]);
  const managed = managedBy(input);
  const vaultPrincipals = azure.ok ? azure.value.vaultPrincipals : [];
  const vaults = new Map(
    vaultPrincipals.toSorted((a, b) => (a.vault < b.vault ? -1 : 1)).map((one) => [one.principal, one]),
  );
  const known = new Map<string, PrincipalHead>(holders.named.map((head) => [head.objectId, head]));
  const suspects = new Set([
    ...[...holders.byPrincipal].flatMap(([id, holder]) => (looksAlike(holder) ? [id] : [])),
    ...known.keys(),
    ...(azure.ok ? azure.value.suspects : []),
    ...vaults.keys(),
  ]);
  const unmanaged = [...suspects].filter((id) => !managed.objects.has(id)).sort();
  const heads = await listPrincipals(
    ports.graph,
    'id',
    unmanaged.filter((id) => !known.has(id)),
  );
  for (const head of heads.ok ? heads.value : []) known.set(head.objectId, head);
  const candidates = unmanaged.flatMap((id) => {
    const head = known.get(id);
    if (head === undefined || microsoftTenants.includes(head.ownerTenant ?? '')) return [];
    const vault = vaults.get(id);
    const as = namedAs(head, vault);
    const ours = [idOf(as, head), head.appId].some((one) => managed.ids.has(spell(one)));
    const told = vault !== undefined && managed.vaults.has(canonicalScope(vault.vault));
    return ours || told ? [] : [{ head, as }];
  });
  const roles = await listAzureRoles(
    ports.arm,
    candidates.map(({ head }) => head.objectId),
  );
  const strangers = candidates.map(({ head, as }): Stranger => {
    const { objectId, appId, displayName } = head;
    return {
      identity: identityId(idOf(as, head)),
      as,
      objectId,
      appId,
      displayName,
      permissions: holders.byPrincipal.get(objectId)?.permissions ?? [],
      roles: roles.ok ? (roles.value.get(objectId) ?? []) : [],
    };
  });
  const azureFailure = azure.ok ? (roles.ok ? null : roles.error) : azure.error;
  // Where nothing of Azure shows and nobody expects any, nothing is claimed of it.
  const isWithoutAzure = azure.ok && expected.length === 0 && azure.value.subscriptions.length === 0;
  return {
    strangers,
    reads: [
      read('app-role-assignment', needs.graph, holders.failure),
      read('service-principal', needs.graph, heads.ok ? null : heads.error),
      ...(isWithoutAzure
        ? []
        : [
            read('azure-role-assignment', needs.azure, azureFailure),
            read('vault-identity', needs.vaults, azure.ok ? null : azure.error),
          ]),
    ],
  };
};

import type { Operation } from '../core/operation.ts';
import type { Product } from '../core/product.ts';
import type { Proposal, ProposedAccess, ProposedWorkload } from '../core/proposal.ts';
import { findWorkload } from '../knowledge/workloads.ts';
import { isReadableResource } from './find-managed-identities.ts';
import { productOf, tellWhy, type Unmanaged } from './judge-strangers.ts';
import { proposedName } from './proposed-name.ts';
import type { Stranger } from './stranger.ts';

/** What all proposals of a run share. */
export interface ProposalContext {
  /** ISO date. */
  readonly date: string;
  /** Name of the tenant, where the configuration has several. */
  readonly tenant: string | null;
  readonly products: readonly Product[];
}

const identityOf = ({ as, appId, objectId }: Stranger): Readonly<Record<string, string>> => {
  const byApp = { ...(appId === null ? {} : { appId }), objectId };
  switch (as.type) {
    case 'app':
      return byApp;
    case 'vault-system':
      return { vault: as.vault, managedIdentity: 'system' };
    case 'vault-user':
      return { vault: as.vault, managedIdentity: as.managedIdentity };
    case 'managed-identity':
      // A managed identity is a service principal too: where its owner can't be read, that one can.
      return isReadableResource(as.managedIdentity) ? { managedIdentity: as.managedIdentity } : byApp;
  }
};

const asProposed = (workload: string, product: Product | null): ProposedWorkload | null => {
  const known = findWorkload(workload);
  if (known === null) return null;
  const operations: readonly Operation[] = product?.operations[workload] ?? ['backup'];
  return {
    workload,
    // A standing right to restore is for people to decide.
    operations: operations.includes('backup') ? ['backup'] : operations,
    needsScopes: known.planes.includes('azure'),
  };
};

/** Roles that serve many workloads and tell none from another. */
const commonRoles = new Set(['reader', 'contributor', 'owner']);

/** Ids of what an Azure workload's backup takes a role for that the identity holds. */
const isServedBy = (id: string, { roles }: Stranger): boolean =>
  (findWorkload(id)?.operations.backup?.grants ?? []).some(
    (grant) =>
      grant.plane === 'azure' &&
      !commonRoles.has(grant.roleName.toLowerCase()) &&
      roles.some((role) => role.id === grant.role),
  );

const workloadsOf = ({ likeness, stranger }: Unmanaged, product: Product | null): readonly ProposedWorkload[] => {
  const reached = likeness?.content ?? [];
  const ofProduct = product?.workloads ?? [];
  const likely = ofProduct.filter((id) => reached.includes(id) || isServedBy(id, stranger));
  // A product of one workload can be there for that only.
  const ids = likely.length > 0 ? likely : product === null ? reached : ofProduct.length === 1 ? ofProduct : [];
  return ids.flatMap((id) => asProposed(id, product) ?? []);
};

/** A policy for an unmanaged identity. `access`: what it was read to hold, `null` before that. */
export const proposePolicy = (
  unmanaged: Unmanaged,
  access: ProposedAccess | null,
  { date, tenant, products }: ProposalContext,
): Proposal => {
  const { stranger } = unmanaged;
  const product = productOf(unmanaged, products);
  return {
    name: proposedName(stranger),
    displayName: stranger.displayName,
    why: tellWhy(unmanaged),
    tenant,
    date,
    product: product === null ? null : { id: product.id, name: product.name },
    identity: identityOf(stranger),
    access,
    workloads: workloadsOf(unmanaged, product),
  };
};

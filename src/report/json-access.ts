import type { EffectiveAccess, EscalationPath, Reach } from '../core/effective.ts';

/** A plain `no` has nothing more to it; there are many of them. */
const reachFields = ({ id, area, what, where, answer, by, more, unread, remarks }: Reach) => {
  const head = { id, area, reach: where === '' ? what : `${what} ${where}`, answer };
  if (answer === 'no' && remarks.length === 0) return head;
  return {
    ...head,
    by: by.map(({ kind, subject, api, scope, through }) => ({ kind, subject, api, scope, through })),
    more,
    unread: unread.map(({ kind, reason, needs }) => ({ kind, reason, needs })),
    remarks,
  };
};

const pathFields = ({ path, answer, what, by, count }: EscalationPath) => ({ path, answer, what, by, count });

/** What one identity reaches, for machines: in the order of the report, every key in its place. */
export const accessFields = (access: EffectiveAccess) => ({
  policy: access.policy,
  identity: access.identity,
  displayName: access.displayName,
  reaches: access.reaches.map(reachFields),
  in: access.in.map(pathFields),
  out: access.out.map(pathFields),
  counts: {
    tenantRoots: access.counts.tenantRoots,
    managementGroups: access.counts.managementGroups,
    subscriptions: access.counts.subscriptions,
    resourceGroups: access.counts.resourceGroups,
    disks: access.counts.disks,
    storageAccounts: access.counts.storageAccounts,
    vaults: access.counts.vaults,
    keyVaults: access.counts.keyVaults,
    otherResources: access.counts.otherResources,
    sites: access.counts.sites,
  },
  remarks: access.remarks,
});

import { canonicalScope, scopeLevel, subscriptionOf } from '../core/scope.ts';
import { type ArmStore, lastSegment, type ManagementGroup } from './arm-store.ts';
import { textOf } from './json.ts';

const MANAGEMENT_GROUPS = '/providers/Microsoft.Management/managementGroups/';

/** Names of the management groups above a subscription, nearest first, the tenant root group last. */
export const ancestorsOf = (store: ArmStore, subscriptionId: string): readonly ManagementGroup[] => {
  const chain: ManagementGroup[] = [];
  const subscription = store.subscriptions.get(subscriptionId.toLowerCase());
  if (subscription === undefined) return chain;
  let name: string | null =
    lastSegment(textOf(subscription, 'managementGroup')).toLowerCase() || store.tenantId.toLowerCase();
  while (name !== null && chain.length < 10) {
    const group: ManagementGroup | undefined = store.managementGroups.get(name);
    chain.push(group ?? { name, displayName: name, parent: store.tenantId.toLowerCase() });
    name = group === undefined ? store.tenantId.toLowerCase() : group.parent;
  }
  return chain;
};

/** A scope and all above it, canonical, up to `/`. */
export const scopeChain = (store: ArmStore, scope: string): readonly string[] => {
  const canonical = canonicalScope(scope);
  const chain: string[] = [];
  const subscription = subscriptionOf(canonical);
  if (subscription !== null) {
    const segments = canonical.split('/');
    for (let size = segments.length; size >= 3; size -= 1) chain.push(segments.slice(0, size).join('/'));
    chain.push(...ancestorsOf(store, subscription).map((group) => canonicalScope(`${MANAGEMENT_GROUPS}${group.name}`)));
  } else if (scopeLevel(canonical) === 'managementGroup') {
    let name: string | null = lastSegment(canonical);
    while (name !== null && chain.length < 10) {
      chain.push(canonicalScope(`${MANAGEMENT_GROUPS}${name}`));
      name = store.managementGroups.get(name)?.parent ?? null;
    }
  } else if (canonical !== '/') chain.push(canonical);
  chain.push('/');
  return chain;
};

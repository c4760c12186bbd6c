import type { ArmId } from './ids.ts';

/**
 * Azure scopes are paths whose segments compare without case (source: Azure Resource Manager, resource ids).
 * `/` is the tenant root.
 */
export type ScopeLevel = 'root' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource';

/** Segments of a scope, lower case; none of the tenant root. */
export const scopeSegments = (scope: string): string[] =>
  scope
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');

/** Same thing? By segment, without case or trailing slash. */
export const sameArmId = (a: string, b: string): boolean => canonicalScope(a) === canonicalScope(b);

/** The one spelling that keys are made of: lower case, one leading slash, no trailing one. */
export const canonicalScope = (scope: string): string => `/${scopeSegments(scope).join('/')}`;

const managementGroup = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/;

export const scopeLevel = (scope: string): ScopeLevel => {
  const canonical = canonicalScope(scope);
  const segments = scopeSegments(scope);
  if (segments.length === 0) return 'root';
  if (managementGroup.test(canonical)) return 'managementGroup';
  if (segments[0] === 'subscriptions' && segments.length === 2) return 'subscription';
  if (segments[0] === 'subscriptions' && segments[2] === 'resourcegroups' && segments.length === 4)
    return 'resourceGroup';
  return 'resource';
};

/** Subscription id of a scope, `null` above subscriptions. */
export const subscriptionOf = (scope: string): string | null => {
  const segments = scopeSegments(scope);
  return segments[0] === 'subscriptions' ? (segments[1] ?? null) : null;
};

/**
 * Is `inner` at or below `outer`? By whole segments: `rg-erp` does not contain `rg-erp-dr`. Management groups contain
 * what `ancestors` says; without it only the root contains a subscription.
 */
export const scopeContains = (
  outer: string,
  inner: string,
  ancestors: ReadonlyMap<string, readonly string[]> = new Map(),
): boolean => {
  const a = canonicalScope(outer);
  const b = canonicalScope(inner);
  if (a === '/' || a === b || b.startsWith(`${a}/`)) return true;
  const group = managementGroup.exec(a)?.[1];
  const subscription = subscriptionOf(inner);
  if (group === undefined || subscription === null) return false;
  return (ancestors.get(subscription) ?? []).some((id) => id.toLowerCase() === group);
};

/** Last segment, as people call the thing: `rg-erp-prod`. */
export const scopeName = (scope: ArmId | string): string => scope.split('/').filter(Boolean).at(-1) ?? '/';

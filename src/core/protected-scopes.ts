import type { Policy } from './policy.ts';
import { canonicalScope, scopeContains, scopeLevel } from './scope.ts';

/** Protected ARM scopes as seen from an assignment. */
export interface Surroundings {
  /** Is anything in Azure protected? */
  readonly any: boolean;
  /** Protected scopes within the assignment's. */
  readonly inside: number;
  /** Is the assignment's scope itself protected, or one around it? */
  readonly whole: boolean;
}

/** Scopes compare by segment and without case; what isn't an ARM scope is left out. */
export const surroundingsOf = (scope: string, policy: Policy): Surroundings => {
  const named = policy.protects.flatMap(({ scopes }) => scopes.map((one) => one.scope));
  const arm = named.filter((one) => one.startsWith('/'));
  // Which subscriptions a management group holds isn't known here: what is protected may well be among them.
  const isInside = (one: string): boolean => scopeLevel(scope) === 'managementGroup' || scopeContains(scope, one);
  return {
    any: arm.length > 0,
    inside: new Set(arm.filter(isInside).map(canonicalScope)).size,
    whole: arm.some((one) => scopeContains(one, scope)),
  };
};

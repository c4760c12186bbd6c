import type { Policy } from './policy.ts';
import { canonicalScope, scopeLevel } from './scope.ts';

/** Protected ARM scopes as seen from one scope. */
export interface Surroundings {
  /** Is anything in Azure protected? */
  readonly any: boolean;
  /** Protected scopes at or within this one. */
  readonly inside: number;
  /** Is this scope itself protected, or one around it? */
  readonly whole: boolean;
}

const holds = (outer: string, inner: string): boolean =>
  outer === '/' || outer === inner || inner.startsWith(`${outer}/`);

/**
 * Looks around in what a policy protects, whose scopes are spelled alike once and not for each question. Scopes compare
 * by segment and without case; what isn't an ARM scope is left out. Which subscriptions a management group holds isn't
 * known here: what is protected may well be among them, so all of it counts as inside.
 */
export const lookAround = ({ protects }: Policy): ((scope: string) => Surroundings) => {
  const written = protects.flatMap(({ scopes }) => scopes.map(({ scope }) => scope));
  const known = [...new Set(written.filter((scope) => scope.startsWith('/')).map(canonicalScope))];
  return (scope) => {
    const own = canonicalScope(scope);
    const isManagementGroup = scopeLevel(scope) === 'managementGroup';
    return {
      any: known.length > 0,
      inside: known.filter((one) => isManagementGroup || holds(own, one)).length,
      whole: known.some((one) => holds(one, own)),
    };
  };
};

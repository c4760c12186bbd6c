import { canonicalScope, scopeLevel } from './scope.ts';

const holds = (outer: string, inner: string): boolean =>
  outer === '/' || outer === inner || inner.startsWith(`${outer}/`);

/** Scopes to look around in, spelled alike once and not for each question. */
export interface ScopeIndex {
  /** Those at or within the scope, as they were written; a management group is taken to hold all of them. */
  readonly inside: (scope: string) => readonly string[];
  /** Does one lie at, within or around the scope? */
  readonly meets: (scope: string) => boolean;
}

/** By segment and without case; what isn't an ARM scope is left out. */
export const indexScopes = (scopes: readonly string[]): ScopeIndex => {
  const written = new Map(
    scopes.filter((one) => one.startsWith('/')).map((one): [string, string] => [canonicalScope(one), one]),
  );
  const known = [...written];
  return {
    inside: (scope) => {
      if (scopeLevel(scope) === 'managementGroup') return [...written.values()];
      const own = canonicalScope(scope);
      return known.filter(([one]) => holds(own, one)).map(([, text]) => text);
    },
    meets: (scope) => {
      if (scopeLevel(scope) === 'managementGroup') return known.length > 0;
      const own = canonicalScope(scope);
      return written.has(own) || known.some(([one]) => holds(own, one) || holds(one, own));
    },
  };
};

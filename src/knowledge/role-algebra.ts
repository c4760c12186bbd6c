import type { RolePermissions } from '../core/fact.ts';
import { coversPattern, matchesPattern, patternsMeet } from './action-pattern.ts';
import { type Search, searchText } from './action-search.ts';
import { knownActions } from './known-actions.ts';
import { type Plane, planes } from './plane.ts';

export type { Plane } from './plane.ts';

/** One action that one role allows and the other doesn't. */
export interface Witness {
  readonly action: string;
  readonly plane: Plane;
}

/** `witness: null`: the patterns were too entangled to decide, so containment is denied. */
export type Containment = { readonly contains: true } | { readonly contains: false; readonly witness: Witness | null };

/** A block's patterns on one plane, in lower case: it allows what a `grants` matches and no `denies` does. */
interface Grants {
  readonly grants: readonly string[];
  readonly denies: readonly string[];
}

const lowered = new WeakMap<RolePermissions, Readonly<Record<Plane, Grants>>>();
const lower = (patterns: readonly string[]): string[] => patterns.map((pattern) => pattern.toLowerCase());

const grantsOf = (block: RolePermissions, plane: Plane): Grants => {
  let known = lowered.get(block);
  if (known === undefined) {
    known = {
      control: { grants: lower(block.actions), denies: lower(block.notActions) },
      data: { grants: lower(block.dataActions), denies: lower(block.notDataActions) },
    };
    lowered.set(block, known);
  }
  return known[plane];
};

const matchesAny = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, text));

const blockAllows = ({ grants, denies }: Grants, action: string): boolean =>
  matchesAny(grants, action) && !matchesAny(denies, action);

/** Do these blocks allow the action? What one block denies, another may still allow. */
export const allows = (permissions: readonly RolePermissions[], action: string, plane: Plane): boolean => {
  const text = action.toLowerCase();
  return permissions.some((block) => blockAllows(grantsOf(block, plane), text));
};

const meeting = (patterns: readonly string[], pattern: string): string[] =>
  patterns.filter((one) => patternsMeet(one, pattern));

/** Only the patterns that can matter for texts that `pattern` matches; blocks that grant none of them are left out. */
const narrowTo = (blocks: readonly Grants[], pattern: string): Grants[] =>
  blocks
    .map(({ grants, denies }) => ({ grants: meeting(grants, pattern), denies: meeting(denies, pattern) }))
    .filter(({ grants }) => grants.length > 0);

/** The same question without a search, where one outer pattern plainly covers the inner one. */
const isPlainlyCovered = (pattern: string, denied: readonly string[], outer: readonly Grants[]): boolean =>
  outer.some(
    ({ grants, denies }) =>
      grants.some((grant) => coversPattern(grant, pattern)) &&
      denies.every((deny) => denied.some((one) => coversPattern(one, deny))),
  );

const searchExcess = (pattern: string, denied: readonly string[], outer: readonly Grants[]): Search => {
  const others = [...denied];
  const blocks = outer.map(({ grants, denies }) => {
    const at = others.push(...grants, ...denies) - grants.length - denies.length;
    const range = (from: number, length: number): number[] => Array.from({ length }, (_, index) => from + index);
    return { grants: range(at, grants.length), denies: range(at + grants.length, denies.length) };
  });
  return searchText([pattern], others, (matches) => {
    if (denied.some((_, index) => matches(index))) return false;
    return !blocks.some(({ grants, denies }) => grants.some(matches) && !denies.some(matches));
  });
};

/** An action that `pattern` without `denied` allows and `outer` doesn't: `null` where there is none. */
const excessOf = (
  pattern: string,
  inner: Grants,
  outer: readonly Grants[],
  plane: Plane,
): { readonly action: string | null } | null => {
  const denied = meeting(inner.denies, pattern);
  if (denied.some((deny) => coversPattern(deny, pattern))) return null;
  const relevant = narrowTo(outer, pattern);
  if (isPlainlyCovered(pattern, denied, relevant)) return null;
  const isExcess = (action: string): boolean =>
    matchesPattern(pattern, action) &&
    !matchesAny(denied, action) &&
    !relevant.some((block) => blockAllows(block, action));
  if (!pattern.includes('*')) return isExcess(pattern) ? { action: pattern } : null;
  const familiar = knownActions(plane).find((action) => isExcess(action.toLowerCase()));
  if (familiar !== undefined) return { action: familiar };
  const search = searchExcess(pattern, denied, relevant);
  return search === 'none' ? null : { action: search === 'too-large' ? null : search.found };
};

/** As the role spells it, where the witness is one of its own patterns. */
const spelledIn = (blocks: readonly RolePermissions[], action: string, plane: Plane): string =>
  blocks
    .flatMap((block) => (plane === 'control' ? block.actions : block.dataActions))
    .find((pattern) => pattern.toLowerCase() === action) ?? action;

/**
 * Does `outer` allow every action that `inner` allows? Exact, over wildcards, exclusions and several blocks; where not,
 * with an action that shows it. Conditions and deny assignments are the caller's business.
 */
export const contains = (outer: readonly RolePermissions[], inner: readonly RolePermissions[]): Containment => {
  for (const plane of planes) {
    const outerGrants = outer.map((block) => grantsOf(block, plane));
    for (const block of inner) {
      const innerGrants = grantsOf(block, plane);
      for (const pattern of innerGrants.grants) {
        const excess = excessOf(pattern, innerGrants, outerGrants, plane);
        if (excess === null) continue;
        if (excess.action === null) return { contains: false, witness: null };
        return { contains: false, witness: { action: spelledIn(inner, excess.action, plane), plane } };
      }
    }
  }
  return { contains: true };
};

const meetIn = (pattern: string, { grants, denies }: Grants, plane: Plane): string | null => {
  const isMet = (action: string): boolean => matchesPattern(pattern, action) && blockAllows({ grants, denies }, action);
  if (!pattern.includes('*')) return isMet(pattern) ? pattern : null;
  const candidates = meeting(grants, pattern);
  if (candidates.length === 0) return null;
  const literal = candidates.find((grant) => !grant.includes('*') && isMet(grant));
  const familiar = literal ?? knownActions(plane).find((action) => isMet(action.toLowerCase()));
  if (familiar !== undefined) return familiar;
  for (const grant of candidates) {
    const search = searchText([grant, pattern], denies, (matches) => !denies.some((_, index) => matches(index)));
    if (search === 'too-large') return pattern;
    if (search !== 'none') return search.found;
  }
  return null;
};

/**
 * The first action that `permissions` allow and one of `patterns` matches, in the order of the patterns; `null` where
 * there is none. Where it can't be decided, the pattern itself: power is never denied for want of an answer.
 */
export const intersects = (
  permissions: readonly RolePermissions[],
  patterns: readonly string[],
  plane: Plane = 'control',
): string | null => {
  for (const pattern of patterns) {
    for (const block of permissions) {
      const action = meetIn(pattern.toLowerCase(), grantsOf(block, plane), plane);
      if (action !== null) return action === pattern.toLowerCase() ? pattern : spelledIn(permissions, action, plane);
    }
  }
  return null;
};

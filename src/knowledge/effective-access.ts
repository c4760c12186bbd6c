import type { AzureRoleAssignmentFact } from '../core/fact.ts';
import type { IdentityId } from '../core/ids.ts';
import { scopeSegments } from '../core/scope.ts';
import type { Plane } from './plane.ts';
import { type RoleDecider, roleDecider } from './role-decider.ts';
import { makeScopeTree, nodesTowards, type ScopeNode } from './scope-tree.ts';

/** What a decision needs of an assignment. */
export type Holding = Pick<
  AzureRoleAssignmentFact,
  'key' | 'identity' | 'scope' | 'permissions' | 'condition' | 'orphaned'
>;

/**
 * May it? `yes` by an assignment, `unknown` for the sake of one: its role could not be read, or nobody told whether its
 * management group contains the scope. A condition is not evaluated and limits nothing: see `by.condition`.
 */
export type Access<A extends Holding> =
  | { readonly allowed: 'yes' | 'unknown'; readonly by: A }
  | { readonly allowed: 'no'; readonly by: null };

/** Decides on actions at scopes; remembers what counts at a scope and what a role allows, so that asking again is cheap. */
export type EffectiveAccess<A extends Holding> = (
  identity: IdentityId,
  action: string,
  plane: Plane,
  scope: string,
) => Access<A>;

/** An assignment with all that can be known of it before any question. */
interface Entry<A extends Holding> {
  readonly segments: readonly string[];
  readonly decides: RoleDecider | null;
  readonly conditioned: boolean;
  readonly yes: Access<A>;
  readonly unknown: Access<A>;
}

/** The assignments that count at a scope, the best witness first. */
interface Reach<A extends Holding> {
  readonly sure: readonly Entry<A>[];
  readonly perhaps: readonly Entry<A>[];
}

interface Holder<A extends Holding> {
  readonly root: ScopeNode<Entry<A>>;
  readonly atGroups: readonly Entry<A>[];
  /** By scope as it was asked about. */
  readonly asked: Map<string, Reach<A>>;
  /** By the deepest scope around at which something is held, and by who is above it: many scopes share a reach. */
  readonly shared: Map<ScopeNode<Entry<A>>, Map<string, Reach<A>>>;
}

/** Scopes remembered in all before it starts afresh: some tens of megabytes. */
const rememberedAtMost = 100_000;

const groupPath = ['providers', 'microsoft.management', 'managementgroups'];

const isInGroup = (segments: readonly string[]): boolean => groupPath.every((one, at) => segments[at] === one);

const entryOf = <A extends Holding>(assignment: A): Entry<A> => ({
  segments: scopeSegments(assignment.scope),
  decides: assignment.permissions === null ? null : roleDecider(assignment.permissions),
  conditioned: assignment.condition !== null,
  yes: { allowed: 'yes', by: assignment },
  unknown: { allowed: 'unknown', by: assignment },
});

const holderOf = <A extends Holding>(assignments: readonly A[]): Holder<A> => {
  const entries = assignments.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(entryOf);
  return {
    root: makeScopeTree(entries, ({ segments }) => segments),
    atGroups: entries.filter(({ segments }) => isInGroup(segments) && segments.length === groupPath.length + 1),
    asked: new Map(),
    shared: new Map(),
  };
};

/** `groups`: the management groups around the scope; absent where nobody told. */
const makeReach = <A extends Holding>(
  { root, atGroups }: Holder<A>,
  nodes: readonly ScopeNode<Entry<A>>[],
  groups: readonly string[] | undefined,
): Reach<A> => {
  const above = (groups ?? []).flatMap((id) => nodesTowards(root, [...groupPath, id.toLowerCase()])[4]?.here ?? []);
  const [atRoot, ...below] = nodes.map(({ here }) => here);
  const sure = [...new Set([...below.reverse().flat(), ...above, ...(atRoot ?? [])])];
  return {
    sure: [...sure.filter((entry) => !entry.conditioned), ...sure.filter((entry) => entry.conditioned)],
    perhaps: groups === undefined ? atGroups.filter((entry) => !sure.includes(entry)) : [],
  };
};

const decide = <A extends Holding>({ sure, perhaps }: Reach<A>, action: string, plane: Plane): Access<A> => {
  const allowing = sure.find(({ decides }) => decides?.(action, plane) === true);
  if (allowing !== undefined) return allowing.yes;
  const doubtful =
    sure.find(({ decides }) => decides === null) ??
    perhaps.find(({ decides }) => decides === null || decides(action, plane));
  return doubtful?.unknown ?? { allowed: 'no', by: null };
};

/**
 * Who may do what where, by the role assignments of many identities; those whose principal is gone allow nothing.
 * `ancestors`: management groups by subscription id. Deny assignments are not considered: they could only forbid more.
 * Among several assignments that allow, `by` has no condition if it can be helped, and stands nearest to the scope.
 */
export const effectiveAccess = <A extends Holding>(
  assignments: readonly A[],
  ancestors: ReadonlyMap<string, readonly string[]> = new Map(),
): EffectiveAccess<A> => {
  const standing = assignments.filter((one) => !one.orphaned);
  const holders = new Map<IdentityId, Holder<A>>();
  for (const [identity, held] of Map.groupBy(standing, (one) => one.identity)) holders.set(identity, holderOf(held));
  let remembered = 0;
  const remember = (map: Map<string, Reach<A>>, key: string, reach: Reach<A>): Reach<A> => {
    if (++remembered > rememberedAtMost) {
      for (const { asked, shared } of holders.values()) {
        asked.clear();
        shared.clear();
      }
      remembered = 0;
    }
    map.set(key, reach);
    return reach;
  };

  const reachAt = (holder: Holder<A>, scope: string): Reach<A> => {
    const segments = scopeSegments(scope);
    const nodes = nodesTowards(holder.root, segments);
    const subscription = segments[0] === 'subscriptions' ? segments[1] : undefined;
    const above = subscription ?? (isInGroup(segments) ? '/groups' : '/');
    const deepest = nodes.at(-1) ?? holder.root;
    const here = holder.shared.get(deepest) ?? new Map<string, Reach<A>>();
    holder.shared.set(deepest, here);
    const known = here.get(above);
    if (known !== undefined) return known;
    const groups = subscription === undefined ? (above === '/' ? [] : undefined) : ancestors.get(subscription);
    return remember(here, above, makeReach(holder, nodes, groups));
  };

  return (identity, action, plane, scope) => {
    const holder = holders.get(identity);
    if (holder === undefined) return { allowed: 'no', by: null };
    const reach = holder.asked.get(scope) ?? remember(holder.asked, scope, reachAt(holder, scope));
    return decide(reach, action, plane);
  };
};

import type { RolePermissions } from '../core/fact.ts';
import { severities } from '../core/rule.ts';
import type { AzureRole } from './azure-roles.ts';
import { knownActions } from './known-actions.ts';
import { type Plane, planes } from './plane.ts';
import { type PowerfulAction, powerfulActions } from './powerful-actions.ts';
import { intersects, type Witness } from './role-algebra.ts';
import { roleDecider } from './role-decider.ts';

/** A role to choose from. */
export type Candidate = Pick<AzureRole, 'id' | 'name' | 'permissions' | 'condition'>;

/** One flag for each thing that is measured: 1 where a role can do it. */
type Flags = Uint8Array;

/** How much too much, the gravest first: powers by severity, actions, patterns that reach beyond known actions. */
export type Rank = readonly number[];

/** A role with all that it can do of what is measured. */
export interface MeasuredRole {
  readonly role: Candidate;
  readonly flags: Flags;
}

/** What roles are measured by: powers, then every action that is known, then every pattern that a role grants. */
export interface Measure {
  readonly measured: readonly MeasuredRole[];
  readonly flagsOf: (permissions: readonly RolePermissions[]) => Flags;
  /** The rank of what roles allow together and the need does not. */
  readonly rank: (roles: readonly Flags[], need: Flags) => Rank;
  readonly excess: (roles: readonly Flags[], need: Flags) => Excess;
}

/** What roles allow beyond a need. */
export interface Excess {
  /** Gravest first; what the need can do itself is no excess. */
  readonly powers: readonly PowerfulAction[];
  readonly actions: readonly Witness[];
}

const rankLength = severities.length + 2;

export const compareRanks = (a: Rank, b: Rank): number => {
  for (let at = 0; at < rankLength; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const grantedOn = (permissions: readonly RolePermissions[], plane: Plane): string[] =>
  permissions.flatMap((block) => (plane === 'control' ? block.actions : block.dataActions));

/** Everything known or granted on a plane, each once without case: literal actions, and patterns. */
const universeOf = (roles: readonly Candidate[], plane: Plane): { actions: Witness[]; patterns: Witness[] } => {
  const byLowerCase = new Map<string, Witness>();
  for (const action of [...knownActions(plane), ...roles.flatMap((role) => grantedOn(role.permissions, plane))]) {
    const key = action.toLowerCase();
    if (!byLowerCase.has(key)) byLowerCase.set(key, { action, plane });
  }
  const all = [...byLowerCase.values()];
  return {
    actions: all.filter(({ action }) => !action.includes('*')),
    patterns: all.filter(({ action }) => action.includes('*')),
  };
};

const gravestFirst = powerfulActions.toSorted(
  (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
);

/** The measure of these roles. Every part of it grows with what a role allows: a narrower role never ranks as wider. */
export const measureRoles = (roles: readonly Candidate[]): Measure => {
  const universes = planes.map((plane) => universeOf(roles, plane));
  const actions = universes.flatMap((universe) => universe.actions);
  const texts = [...actions, ...universes.flatMap((universe) => universe.patterns)];
  const weights = [
    ...gravestFirst.map(({ severity }) => severities.indexOf(severity)),
    ...texts.map((_, index) => (index < actions.length ? severities.length : severities.length + 1)),
  ];

  const flagsOf = (permissions: readonly RolePermissions[]): Flags => {
    const decides = roleDecider(permissions);
    return Uint8Array.from([
      ...gravestFirst.map(({ pattern, plane }) => Number(intersects(permissions, [pattern], plane) !== null)),
      ...texts.map(({ action, plane }) => Number(decides(action, plane))),
    ]);
  };
  const isExcess = (sets: readonly Flags[], need: Flags, at: number): boolean =>
    need[at] === 0 && sets.some((flags) => flags[at] === 1);
  const rank = (sets: readonly Flags[], need: Flags): Rank => {
    const counts = new Array<number>(rankLength).fill(0);
    for (const [at, weight] of weights.entries())
      if (isExcess(sets, need, at)) counts[weight] = (counts[weight] ?? 0) + 1;
    return counts;
  };
  const excess = (sets: readonly Flags[], need: Flags): Excess => ({
    powers: gravestFirst.filter((_, at) => isExcess(sets, need, at)),
    actions: actions.filter((_, at) => isExcess(sets, need, gravestFirst.length + at)),
  });
  return {
    measured: roles.map((role) => ({ role, flags: flagsOf(role.permissions) })),
    flagsOf,
    rank,
    excess,
  };
};

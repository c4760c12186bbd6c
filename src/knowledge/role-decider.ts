import type { RolePermissions } from '../core/fact.ts';
import { matchesPattern } from './action-pattern.ts';
import type { Plane } from './plane.ts';

/** Says whether a role allows an action, in any case: the same as `allows`, for many questions to one role. */
export type RoleDecider = (action: string, plane: Plane) => boolean;

/** Answers that one role remembers for one plane before it starts afresh. */
const rememberedAtMost = 20_000;

type Matcher = (text: string) => boolean;

const matcherOf = (patterns: readonly string[]): Matcher => {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const literals = new Set(lower.filter((pattern) => !pattern.includes('*')));
  const wild = lower.filter((pattern) => pattern.includes('*'));
  return (text) => literals.has(text) || wild.some((pattern) => matchesPattern(pattern, text));
};

const planeDecider = (blocks: readonly { readonly grants: Matcher; readonly denies: Matcher }[]): Matcher => {
  const known = new Map<string, boolean>();
  return (action) => {
    const answer = known.get(action);
    if (answer !== undefined) return answer;
    const text = action.toLowerCase();
    const decided = blocks.some(({ grants, denies }) => grants(text) && !denies(text));
    if (known.size >= rememberedAtMost) known.clear();
    known.set(action, decided);
    return decided;
  };
};

const deciders = new WeakMap<readonly RolePermissions[], RoleDecider>();

/** The decider of a role's permissions, made once for each. */
export const roleDecider = (permissions: readonly RolePermissions[]): RoleDecider => {
  const made = deciders.get(permissions);
  if (made !== undefined) return made;
  const control = planeDecider(
    permissions.map((block) => ({ grants: matcherOf(block.actions), denies: matcherOf(block.notActions) })),
  );
  const data = planeDecider(
    permissions.map((block) => ({ grants: matcherOf(block.dataActions), denies: matcherOf(block.notDataActions) })),
  );
  const decider: RoleDecider = (action, plane) => (plane === 'control' ? control(action) : data(action));
  deciders.set(permissions, decider);
  return decider;
};

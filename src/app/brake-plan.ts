import type { Refusal } from '../core/apply.ts';
import type { EarlierRun, PlanToRun } from '../core/authority.ts';
import type { Config } from '../core/config.ts';
import { isOnlyThroughGroups } from '../core/fact.ts';
import type { Kind } from '../core/kind.ts';
import { brake } from '../guard/brake.ts';
import type { Side } from './compare-policies.ts';

/** Keys of the grants that policies govern, as the tenant holds them. */
export const governedGrants = (sides: readonly Side[], kinds: readonly Kind[]): readonly string[] => {
  const planned = new Set(kinds.filter((kind) => kind.planned).map(({ id }) => id));
  const keys = sides.flatMap(({ resolved: { governs }, actual }) =>
    actual.filter((fact) => planned.has(fact.kind) && governs.has(fact.kind) && !isOnlyThroughGroups(fact)),
  );
  return [...new Set(keys.map(({ key }) => key))].sort();
};

/** What the brake needs to know beside the plan. */
export interface Braking {
  readonly held: readonly string[];
  readonly limits: Config['brake'];
  readonly memory: readonly EarlierRun[];
  readonly now: Date;
}

/** Would the plan take too much at once? A step without a hash, which no plan has, counts as one of its own. */
export const brakePlan = ({ steps, hashes }: PlanToRun, braking: Braking): readonly Refusal[] =>
  brake({ steps: steps.map((step) => ({ step, hash: hashes.get(step.id) ?? step.id })), ...braking });

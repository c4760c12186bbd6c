import { changedFact, type Drift } from '../../src/core/change.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { Step } from '../../src/core/plan.ts';
import type { AskedChange, ThreeWay } from '../../src/core/three-way.ts';
import { driftKey, nothingCompared } from '../../src/core/three-way.ts';
import { writeOf } from './plan-steps.ts';
import { at } from './report-parts.ts';

/** A pull request that touches a policy, and nothing else yet. */
export const way: ThreeWay = {
  base: 'b61f0a7c'.repeat(5),
  head: '4e9d2c83'.repeat(5),
  ...nothingCompared,
  files: ['policies/hubstor.yaml'],
};

const idOf = (kind: string, action: string, key: string): string => `${kind}/${action}/${key}`;

/** The steps of a plan that make these changes. */
export const stepsOf = (drift: readonly Drift[]): readonly Step[] =>
  drift.map((one) => {
    const fact = changedFact(one.change);
    return { ...writeOf(one), id: idOf(fact.kind, one.change.action, fact.key), after: [] };
  });

/** A grant that the pull request adds, at a line of its policy. */
export const added = (fact: Fact, line: number, over: Partial<AskedChange> = {}): AskedChange => ({
  action: 'add',
  policy: 'hubstor-prod',
  before: null,
  after: fact,
  place: at('policies/hubstor.yaml', line),
  effect: 'grants',
  step: idOf(fact.kind, 'create', fact.key),
  ...over,
});

/** A grant that the pull request takes out. */
export const removed = (fact: Fact, line: number, over: Partial<AskedChange> = {}): AskedChange => ({
  action: 'remove',
  policy: 'hubstor-prod',
  before: fact,
  after: null,
  place: at('policies/hubstor.yaml', line),
  effect: 'revokes',
  step: idOf(fact.kind, 'delete', fact.key),
  ...over,
});

/** Keys of drift, as a three-way comparison has them. */
export const keysOf = (drift: readonly Drift[]): readonly string[] =>
  drift.map(({ change, policy }) => driftKey(policy, change.action, changedFact(change).key));

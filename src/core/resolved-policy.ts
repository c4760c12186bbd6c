import type { Place } from './diagnostic.ts';
import type { Fact, KindId } from './fact.ts';
import type { Policy } from './policy.ts';

/** A fact that a policy asks for, with the line that asks. */
export interface DesiredFact {
  readonly fact: Fact;
  readonly place: Place;
}

/** A policy whose every name stands for an id. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  readonly desired: readonly DesiredFact[];
  /** Kinds that the policy manages wholly: what is not desired may not be held. */
  readonly governs: ReadonlySet<KindId>;
}

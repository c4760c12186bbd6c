import type { Fact, KindId } from './fact.ts';

/** Why two sides differ. */
export type Cause = 'missing' | 'undeclared' | 'changed';

/** Create, update or delete of one fact. */
export type Change<F extends Fact = Fact> =
  | { readonly action: 'create'; readonly cause: 'missing'; readonly before: null; readonly after: F }
  | { readonly action: 'delete'; readonly cause: 'undeclared'; readonly before: F; readonly after: null }
  | { readonly action: 'update'; readonly cause: 'changed'; readonly before: F; readonly after: F };

/** A difference between what a policy asks for and what the tenant holds. */
export interface Drift {
  readonly change: Change;
  readonly policy: string;
}

export const changedFact = (change: Change): Fact => change.after ?? (change.before as Fact);
export const changeKind = (change: Change): KindId => changedFact(change).kind;
/** As plans print it. */
export const symbolOf: Readonly<Record<Change['action'], string>> = { create: '+', update: '~', delete: '-' };

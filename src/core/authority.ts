import type { Applied, Refusal } from './apply.ts';
import type { Step } from './plan.ts';
import type { Result } from './result.ts';

/** A plan that is about to run. */
export interface PlanToRun {
  readonly tenant: string;
  readonly digest: string;
  readonly steps: readonly Step[];
  /** SHA-256 of each step's content, by its id. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Who let it run, and which steps: never more than were seen by those who approved. */
export interface Approval {
  readonly pull: number | null;
  readonly approvers: readonly string[];
  /** Hashes of the steps that may run, by id. */
  readonly allowed: ReadonlyMap<string, string>;
}

/** What a run that came before completed. */
export interface EarlierRun {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Steps that were done, with their hashes. */
  readonly steps: readonly EarlierStep[];
}

export interface EarlierStep {
  readonly id: string;
  readonly hash: string;
  readonly revokes: boolean;
  /** Said where nobody wrote down whether it was done: then it counts as a revoke, but not as done again and again. */
  readonly isDoubtful?: true;
}

/** The right to be the one writer, for as long as it lasts. */
export interface Turn {
  /** Asked before each write: is it still ours? The error says who has it, or why nobody can tell. */
  readonly mayWrite: () => Promise<Result<void, string>>;
  /** Told once, however the run ended. The error says what could not be written down. */
  readonly end: (applied: Applied) => Promise<Result<void, string>>;
}

/** Who decides whether a plan may run: GitHub, or a person at a command line. */
export interface Authority {
  readonly approve: (plan: PlanToRun) => Promise<Result<Approval, readonly Refusal[]>>;
  /** Runs within the window, for the brake. */
  readonly earlier: (plan: PlanToRun) => Promise<Result<readonly EarlierRun[], Refusal>>;
  /** Begins: nobody else may, until it ends. */
  readonly begin: (plan: PlanToRun, approval: Approval) => Promise<Result<Turn, Refusal>>;
}

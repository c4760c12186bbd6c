import type { Withheld } from './plan.ts';
import type { WriteRequest } from './write.ts';

/** What became of one step. */
export type StepState =
  /** This run wrote it, and read it back. */
  | 'done'
  /** It was so already: nothing was written. */
  | 'already'
  /** It is certain that it was not done. */
  | 'not-done'
  /** It may or may not be done: nobody could read it. */
  | 'unknown'
  /** The run ended before its turn, or something that it waits for doesn't stand. */
  | 'not-run';

export interface StepResult {
  /** Id of the step. */
  readonly step: string;
  readonly state: StepState;
  /** A sentence without full stop: what was seen. */
  readonly detail: string;
  /** Microsoft's ids of the requests that were sent for it. */
  readonly requestIds: readonly string[];
}

/** What a run did, or why it did nothing. */
export interface Applied {
  readonly results: readonly StepResult[];
  /** Why it ended before its end, as a sentence without full stop; `null`: it didn't. */
  readonly stopped: string | null;
}

/** Why nothing may be written. Every code is told in docs/apply.md. */
export interface Refusal {
  /** Kebab-case. */
  readonly code: string;
  /** A sentence without full stop. */
  readonly why: string;
  /** What a person can do, as a sentence without full stop: there is no dead end. */
  readonly wayForward: string;
}

/** The part of a report that tells of an apply or a remediation. */
export interface ApplyPart extends Applied {
  /** Commit whose policies were applied; `null` outside of Git. */
  readonly commit: string | null;
  /** The pull request that was merged; `null`: none was, or it couldn't be told. */
  readonly pull: number | null;
  /** Who approved it, as far as it counted. */
  readonly approvers: readonly string[];
  /** Empty where the gate let it through. */
  readonly refusals: readonly Refusal[];
  readonly withheld: readonly Withheld[];
  /** Only shown, nothing written. */
  readonly isDryRun: boolean;
  /** Requests that would be or were sent, by step. */
  readonly requests: readonly { readonly step: string; readonly request: WriteRequest }[];
  /** SHA-256 of the journal's last line; `null` where there is no journal. */
  readonly journal: string | null;
}

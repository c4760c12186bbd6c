import type { Refusal } from './apply.ts';
import type { Config } from './config.ts';

/** What a job that wants to write says of itself. */
export interface GateQuestion {
  readonly event: 'push' | 'workflow_dispatch' | 'schedule';
  /** `owner/name`. */
  readonly repository: string;
  /** The ref of the event, as `refs/heads/main`. */
  readonly ref: string;
  /** Commit of the event: what is checked out, and whose policies are read from Git's objects. */
  readonly sha: string;
  readonly runId: string;
  /** Approval rules of the *parent* commit: nobody lowers the bar by which he is measured. */
  readonly approval: Config['approval'];
  /** GitHub environment of the job; `null`: none is configured. */
  readonly environment: string | null;
  /** Digest that whoever started a remediation named, of the plan that he looked at; `null` for a push. */
  readonly planDigest: string | null;
  readonly now: Date;
}

/** What a reviewer had before him: written by the check to the check run of the head commit. */
export interface ReviewedPlan {
  /** `sha256:…` */
  readonly digest: string;
  /** SHA-256 of each step's content, by its id. Empty where none were listed: then only a plan of the same digest may run. */
  readonly steps: ReadonlyMap<string, string>;
}

/** May this job write, and what? */
export type GateVerdict =
  | {
      readonly open: true;
      /** Pull request that was merged. */
      readonly pull: number;
      readonly head: string;
      /** Login names, sorted. */
      readonly approvers: readonly string[];
      /** The only steps that may run. */
      readonly reviewed: ReviewedPlan;
    }
  | { readonly open: false; readonly pull: number | null; readonly refusals: readonly Refusal[] };

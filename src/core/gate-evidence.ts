import type {
  BranchPush,
  GateEnvironment,
  GatePull,
  GateRepository,
  GateRun,
  PullCommit,
  Review,
  RunReview,
  StoredPlan,
} from './gate-port.ts';
import type { RepositoryFile } from './github.ts';

/** What somebody is to the repository now. */
export interface Standing {
  /** `admin`, `maintain`, `write` and so on; `null`: no collaborator. */
  readonly permission: string | null;
  /** Does the list of approvers name the account, or a team that it is in? */
  readonly isApprover: boolean;
}

/** All that is known of the pull request behind the merged commit. */
export interface PullEvidence {
  readonly pull: GatePull;
  readonly commits: readonly PullCommit[];
  readonly reviews: readonly Review[];
  /** The last time that the head was pushed; `null`: GitHub doesn't tell. */
  readonly push: BranchPush | null;
  /** Check runs of our name on the head; none where the run restores. */
  readonly plans: readonly StoredPlan[];
  /** Governed files of the head that people reviewed, and of what the merge made of it. */
  readonly reviewed: readonly RepositoryFile[];
  readonly merged: readonly RepositoryFile[];
}

/** What lets a run restore what is merged, without a merge of its own. */
export interface RunEvidence {
  readonly run: GateRun;
  readonly environment: GateEnvironment | null;
  readonly reviews: readonly RunReview[];
}

/** All that the gate judges by. Whatever could not be read is no evidence: then nothing is judged. */
export interface GateEvidence {
  readonly repository: GateRepository;
  /** Commit at the tip of the default branch, and its governed files. */
  readonly tip: string;
  readonly governed: readonly RepositoryFile[];
  /** Numbers of the merged pull requests that brought the commit. */
  readonly pulls: readonly number[];
  /** `null` where not exactly one did. */
  readonly pull: PullEvidence | null;
  /** By login, in lower case: everybody whose review counts or stands in the way. */
  readonly people: ReadonlyMap<string, Standing>;
  /** `null` for a push. */
  readonly run: RunEvidence | null;
}

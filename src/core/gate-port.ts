import type { RepositoryFile, Told } from './github.ts';

/** An account, as GitHub names it. */
export interface Person {
  readonly login: string;
  readonly isBot: boolean;
}

/** A repository as it is now, whatever an event said of it. */
export interface GateRepository {
  /** `owner/name`. */
  readonly fullName: string;
  readonly defaultBranch: string;
}

/** A pull request with what became of it. */
export interface GatePull {
  readonly number: number;
  /** `null`: the account is gone. */
  readonly author: Person | null;
  /** ISO 8601; `null`: it wasn't merged. */
  readonly mergedAt: string | null;
  /** What the merge left at the tip of the base branch; `null`: nothing. */
  readonly mergeCommit: string | null;
  /** Branch and repository that it was merged into. */
  readonly base: string;
  readonly baseRepository: string;
  /** Last commit of it. */
  readonly head: string;
  readonly headRef: string;
  /** `null`: a fork that is gone. */
  readonly headRepository: string | null;
  readonly commits: number;
}

/** Who wrote a commit, as the commit says it; `login` is GitHub's guess by the address, `null` where it has none. */
export interface CommitPerson {
  readonly login: string | null;
  readonly email: string;
}

export interface PullCommit {
  readonly sha: string;
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  readonly message: string;
}

export interface Review {
  readonly id: number;
  readonly author: Person | null;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  /** Commit that was looked at; `null`: it is gone. */
  readonly commit: string | null;
  /** ISO 8601; `null` for one that isn't submitted. */
  readonly submittedAt: string | null;
}

/** A change of a branch. */
export interface BranchPush {
  readonly after: string;
  /** ISO 8601. */
  readonly at: string;
  /** Login; `null`: the account is gone. */
  readonly by: string | null;
}

/** A check run with what it kept for us. */
export interface StoredPlan {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  /** Short name of the app that wrote it; `null`: none. */
  readonly app: string | null;
  /** ISO 8601; `null`: it isn't completed. */
  readonly completedAt: string | null;
  readonly externalId: string | null;
  readonly text: string | null;
}

/** A commit that changed a path. */
export interface PathCommit {
  readonly sha: string;
  /** ISO 8601. */
  readonly committedAt: string;
}

export interface GateEnvironment {
  /** How many people or teams may let a job into it; 0: nobody is asked. */
  readonly reviewers: number;
  /** Does it take jobs of some branches only? */
  readonly limitsBranches: boolean;
}

/** Somebody let this run into environments, or didn't. */
export interface RunReview {
  readonly by: Person | null;
  readonly state: 'approved' | 'rejected' | 'pending';
  readonly environments: readonly string[];
}

export interface GateRun {
  readonly event: string;
  readonly sha: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** ISO 8601: of this attempt. */
  readonly startedAt: string;
  /** Login of whoever caused the run, and of whoever started this attempt; `null`: the account is gone. */
  readonly actor: string | null;
  readonly starter: string | null;
}

/** What the gate reads of GitHub. It cannot write, and it knows no comment, label or reaction. */
export interface GatePort {
  readonly readRepository: () => Promise<Told<GateRepository>>;
  /** Commit at the tip of a branch. */
  readonly readBranch: (branch: string) => Promise<Told<string>>;
  /** Numbers of the merged pull requests that brought a commit; empty also while GitHub hasn't indexed it. */
  readonly listPullsOf: (commit: string) => Promise<Told<readonly number[]>>;
  readonly readPull: (pull: number) => Promise<Told<GatePull>>;
  /** At most 250, whatever the pull request holds (source: GitHub REST API, pull requests). */
  readonly listCommits: (pull: number) => Promise<Told<readonly PullCommit[]>>;
  readonly listReviews: (pull: number) => Promise<Told<readonly Review[]>>;
  /** `admin`, `maintain`, `write` and so on as of now; `null`: no collaborator. */
  readonly readPermission: (login: string) => Promise<Told<string | null>>;
  readonly isTeamMember: (org: string, team: string, login: string) => Promise<Told<boolean>>;
  /** Newest first or not: whoever reads sorts. */
  readonly listPushes: (branch: string) => Promise<Told<readonly BranchPush[]>>;
  readonly listFiles: (commit: string) => Promise<Told<readonly RepositoryFile[]>>;
  /** All of the name on a commit, those that were replaced too. */
  readonly listPlans: (commit: string, name: string) => Promise<Told<readonly StoredPlan[]>>;
  /** Some of the newest commits up to `commit` that changed `path`. */
  readonly listCommitsOf: (commit: string, path: string) => Promise<Told<readonly PathCommit[]>>;
  /** `null`: there is none of that name. */
  readonly readEnvironment: (name: string) => Promise<Told<GateEnvironment | null>>;
  readonly readRun: (run: string) => Promise<Told<GateRun>>;
  readonly listRunReviews: (run: string) => Promise<Told<readonly RunReview[]>>;
}

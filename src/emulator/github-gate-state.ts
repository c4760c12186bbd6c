/** How and when a pull request was merged. */
export interface GitHubMerge {
  /** ISO 8601. */
  readonly at: string;
  /** What the merge left at the tip of the base branch. */
  readonly commit: string;
  /** What a rebase made of commits before the last. */
  readonly copies?: readonly string[];
}

/** A review, without its comments. */
export interface StoredReview {
  readonly id: number;
  readonly pull: number;
  /** `null`: the account is gone. */
  readonly author: string | null;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly body: string;
  readonly commit: string | null;
  /** ISO 8601; `null` while it is pending. */
  readonly submittedAt: string | null;
}

/** A change of a branch. */
export interface StoredPush {
  readonly id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  /** ISO 8601. */
  readonly at: string;
  /** `null`: the account is gone. */
  readonly by: string | null;
  readonly type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge' | 'merge_queue_merge';
}

export type CollaboratorRole = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

/** An environment and what keeps jobs out of it. */
export interface GitHubEnvironment {
  readonly name: string;
  /** Login names, or teams as `@organisation/team`. */
  readonly reviewers: readonly string[];
  readonly branches: 'all' | 'protected' | 'named';
}

/** A run of a workflow, with who let it into environments. */
export interface GitHubRun {
  readonly id: number;
  readonly event: string;
  readonly sha: string;
  readonly attempt: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly actor: string;
  readonly starter: string;
  readonly reviews: readonly {
    readonly by: string | null;
    readonly state: 'approved' | 'rejected' | 'pending';
    readonly environments: readonly string[];
  }[];
}

/** What a repository is to people and runs, as it begins. */
export interface GitHubSettings {
  /** `main` where not said. */
  readonly defaultBranch?: string;
  readonly collaborators?: Readonly<Record<string, CollaboratorRole>>;
  /** Members by `organisation/team`. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  /** Accounts by the addresses that they told GitHub. */
  readonly addresses?: Readonly<Record<string, string>>;
  readonly environments?: readonly GitHubEnvironment[];
  readonly runs?: readonly GitHubRun[];
  /** Tips of branches where no Git repository tells. */
  readonly branches?: Readonly<Record<string, string>>;
}

/** What a test may do as people do who review, push and administer. */
export interface GitHubPeople {
  /** Somebody reviews a pull request, or changes a review; without `id` it is a new one. */
  readonly putReview: (review: Omit<StoredReview, 'id' | 'body'> & { readonly id?: number }) => StoredReview;
  /** Somebody pushes to a branch. */
  readonly addPush: (push: Omit<StoredPush, 'id'>) => StoredPush;
  /** `null` takes somebody's access away. */
  readonly setRole: (login: string, role: CollaboratorRole | null) => void;
  readonly setTeam: (team: string, members: readonly string[]) => void;
  readonly putEnvironment: (environment: GitHubEnvironment) => void;
  readonly putRun: (run: GitHubRun) => void;
  /** Where no Git repository tells. */
  readonly setBranch: (branch: string, commit: string) => void;
}

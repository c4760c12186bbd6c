import type { FaultScript } from './faults.ts';
import type { StoredDeployment } from './github-deployments.ts';
import type { GitHubMerge, GitHubPeople, GitHubSettings } from './github-gate-state.ts';
import type { StoredCommit } from './github-refs.ts';

/** Permissions of a job's token, as a workflow writes them: `pull-requests: write`. */
export type GitHubPermissions = Readonly<Record<string, 'read' | 'write'>>;

/** A token that the embedded GitHub knows. */
export interface GitHubToken {
  readonly token: string;
  readonly permissions: GitHubPermissions;
  /** Login of whatever acts with it: `github-actions[bot]`. */
  readonly author: string;
}

/** A pull request, open unless it is merged. Without a Git repository, every line counts as part of its diff. */
export interface GitHubPull {
  readonly number: number;
  readonly author: string;
  readonly headSha: string;
  readonly baseSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  /** `owner/name` of the fork; `null` for a branch of the repository itself. */
  readonly fork: string | null;
  readonly merge?: GitHubMerge;
}

/** How to serve a repository. */
export interface GitHubServerOptions {
  /** `owner/name`. */
  readonly repository: string;
  readonly tokens: readonly GitHubToken[];
  readonly pulls?: readonly GitHubPull[];
  readonly settings?: GitHubSettings;
  /** Folder of a Git repository, with or without a working tree, whose commits are served. */
  readonly git?: string;
  /** The most rows of a page, below what is asked for. */
  readonly pageSize?: number;
  /** Entries of a tree beyond which it is cut short, as GitHub does at 100,000. */
  readonly treeLimit?: number;
  readonly faults?: FaultScript;
  /** What stands before `/repos` in addresses: `/api/v3` on GitHub Enterprise Server. */
  readonly basePath?: string;
  /** Plain HTTP instead of HTTPS. */
  readonly plain?: boolean;
  readonly now?: () => Date;
}

/** A comment in a pull request's conversation. */
export interface StoredComment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A comment on lines of a pull request's diff. */
export interface StoredReviewComment {
  readonly id: number;
  readonly review: number;
  readonly pull: number;
  readonly author: string;
  readonly body: string;
  readonly path: string;
  readonly commit: string;
  readonly startLine: number | null;
  readonly line: number;
  readonly createdAt: string;
}

/** A check run with all annotations that were sent so far, as they were sent. */
export interface StoredCheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  /** What whoever made it calls it; empty: nothing. */
  readonly externalId: string;
  /** The app whose token made it, as `github-actions`; `null`: no app's. */
  readonly app: string | null;
  readonly startedAt: string;
  /** `null` until it is completed. */
  readonly completedAt: string | null;
  readonly annotations: readonly Readonly<Record<string, unknown>>[];
}

/** A SARIF file that was uploaded, as it was sent: gzip in Base64. */
export interface StoredSarif {
  readonly id: string;
  readonly commit: string;
  readonly ref: string;
  readonly sarif: string;
}

/** One request with its answer. */
export interface GitHubExchange {
  readonly method: string;
  /** With query, as it was sent. */
  readonly path: string;
  /** Login behind the token; `null` where it is unknown. */
  readonly author: string | null;
  /** Parsed JSON; `undefined` where there was none. */
  readonly requestBody: unknown;
  /** 0 where the connection was cut. */
  readonly status: number;
  readonly responseBody: unknown;
}

/** The embedded GitHub, and what a test may look at and do in it as a person would. */
export interface GitHubServer extends GitHubPeople {
  /** For `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly caPem: string;
  readonly comments: (pull: number) => readonly StoredComment[];
  readonly reviewComments: (pull: number) => readonly StoredReviewComment[];
  readonly reviews: (pull: number) => number;
  readonly checkRuns: () => readonly StoredCheckRun[];
  readonly sarifs: () => readonly StoredSarif[];
  /** A person or app writes a comment, without asking the API. */
  readonly addComment: (pull: number, author: string, body: string) => StoredComment;
  readonly addReviewComment: (comment: Omit<StoredReviewComment, 'id' | 'createdAt'>) => StoredReviewComment;
  /** A person deletes a comment. */
  readonly deleteComment: (id: number) => void;
  /** Opens a pull request, or pushes to it. */
  readonly putPull: (pull: GitHubPull) => void;
  /** Refs that were made through the API, with the commits that they point to. */
  readonly refs: () => ReadonlyMap<string, StoredCommit | null>;
  /** A person makes a commit that follows what the ref points to, and pushes it there. */
  readonly pushRef: (ref: string, message: string) => string;
  readonly deployments: () => readonly StoredDeployment[];
  /** All requests so far. */
  readonly exchanges: () => readonly GitHubExchange[];
  readonly close: () => Promise<void>;
}

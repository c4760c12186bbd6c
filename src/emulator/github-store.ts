import type {
  GitHubPull,
  GitHubServerOptions,
  StoredCheckRun,
  StoredComment,
  StoredReviewComment,
  StoredSarif,
} from './github-state.ts';

/** What the embedded GitHub remembers. */
export interface GitHubStore {
  readonly pulls: Map<number, GitHubPull>;
  readonly comments: Map<number, StoredComment>;
  readonly reviewComments: Map<number, StoredReviewComment>;
  readonly checkRuns: Map<number, StoredCheckRun>;
  readonly sarifs: StoredSarif[];
  /** Number of the pull request of each review. */
  readonly reviews: Map<number, number>;
  readonly nextId: () => number;
  readonly addComment: (pull: number, author: string, body: string) => StoredComment;
  readonly addReviewComment: (comment: Omit<StoredReviewComment, 'id' | 'createdAt'>) => StoredReviewComment;
}

/** An empty memory with the pull requests of the options. */
export const makeGitHubStore = (options: GitHubServerOptions, now: () => Date): GitHubStore => {
  // As wide as GitHub's own: beyond 32 bits.
  let id = 3_000_000_000;
  const nextId = (): number => {
    id += 1;
    return id;
  };
  const comments = new Map<number, StoredComment>();
  const reviewComments = new Map<number, StoredReviewComment>();
  const moment = (): string => `${now().toISOString().slice(0, 19)}Z`;
  return {
    pulls: new Map((options.pulls ?? []).map((pull) => [pull.number, pull])),
    comments,
    reviewComments,
    checkRuns: new Map(),
    sarifs: [],
    reviews: new Map(),
    nextId,
    addComment: (pull, author, body) => {
      const at = moment();
      const comment = { id: nextId(), pull, author, body, createdAt: at, updatedAt: at };
      comments.set(comment.id, comment);
      return comment;
    },
    addReviewComment: (comment) => {
      const added = { ...comment, id: nextId(), createdAt: moment() };
      reviewComments.set(added.id, added);
      return added;
    },
  };
};

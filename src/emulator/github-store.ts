import type { StoredDeployment } from './github-deployments.ts';
import { type GateStore, makeGateStore } from './github-gate-store.ts';
import type { StoredCommit } from './github-refs.ts';
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
  /** Commits and trees that were made through the API, and refs to them or others. */
  readonly commits: Map<string, StoredCommit>;
  readonly refs: Map<string, string>;
  readonly trees: Set<string>;
  readonly deployments: Map<number, StoredDeployment>;
  /** People, pushes and runs. */
  readonly gate: GateStore;
  readonly nextId: () => number;
  /** Opens a pull request, or pushes to it. */
  readonly putPull: (pull: GitHubPull) => void;
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
  const pulls = new Map<number, GitHubPull>();
  const gate = makeGateStore(options.settings ?? {}, nextId);
  const putPull = (pull: GitHubPull): void => {
    const before = pulls.get(pull.number);
    pulls.set(pull.number, pull);
    if (pull.fork !== null || before?.headSha === pull.headSha) return;
    const type = before === undefined ? 'branch_creation' : 'push';
    const push = { ref: `refs/heads/${pull.headRef}`, before: before?.headSha ?? '0'.repeat(40), after: pull.headSha };
    gate.addPush({ ...push, at: moment(), by: pull.author, type });
  };
  for (const pull of options.pulls ?? []) putPull(pull);
  return {
    pulls,
    putPull,
    comments,
    reviewComments,
    checkRuns: new Map(),
    sarifs: [],
    commits: new Map(),
    refs: new Map(),
    trees: new Set(),
    deployments: new Map(),
    gate,
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

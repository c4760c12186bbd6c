import type { Told } from './github.ts';

/** A commit of the lock's history: its message is the lease. */
export interface LockCommit {
  readonly sha: string;
  readonly tree: string;
  readonly message: string;
}

/** The history behind a lock: a ref that only ever moves forward, so that of two who move it at once one fails. */
export interface LockPort {
  /** Commit that the ref points to; `null`: there is no such ref. */
  readonly head: (name: string) => Promise<Told<string | null>>;
  readonly readCommit: (sha: string) => Promise<Told<LockCommit>>;
  /** A tree with one file, made for the first commit of a lock's history. */
  readonly createTree: (file: { readonly path: string; readonly text: string }) => Promise<Told<string>>;
  /** The new commit's id. Nothing points to it yet. */
  readonly createCommit: (commit: {
    readonly message: string;
    readonly tree: string;
    readonly parent: string | null;
  }) => Promise<Told<string>>;
  /** Makes the ref; fails where it is there. */
  readonly createRef: (name: string, sha: string) => Promise<Told<null>>;
  /** Moves the ref; fails where `sha` doesn't come after what it points to. */
  readonly moveRef: (name: string, sha: string) => Promise<Told<null>>;
}

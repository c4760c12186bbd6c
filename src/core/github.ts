import type { Result } from './result.ts';

/** Why GitHub didn't do what was asked. `forbidden`: the job's token lacks a permission, which `needs` names. */
export interface GitHubFailure {
  readonly reason: 'forbidden' | 'not-found' | 'invalid' | 'throttled' | 'unreachable' | 'server-error';
  readonly status: number | null;
  /** `POST /repos/…/issues/7/comments`. */
  readonly request: string;
  /** As a workflow writes it: `pull-requests: write`. */
  readonly needs: string;
  readonly detail: string;
}

export type Told<T> = Result<T, GitHubFailure>;

export interface PostedComment {
  readonly id: number;
  readonly body: string;
  /** Login of whoever wrote it, and whether that is an app or bot. */
  readonly author: string;
  readonly isBot: boolean;
}

/** A review comment that offers an edit on a line. */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly line: number;
  readonly body: string;
}

export interface PostedSuggestion extends Suggestion {
  readonly id: number;
  readonly author: string;
  readonly isBot: boolean;
}

/** Annotation of a check run; columns only where both lines are one. */
export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckRun {
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'action_required';
  readonly title: string;
  /** Markdown, at most 65,535 characters (source: GitHub REST API, check runs). */
  readonly summary: string;
  /** More Markdown, at most 65,535 bytes: the steps that an approval stands for; `null`: none. */
  readonly text: string | null;
  /** Digest of the plan that was shown, by which the gate finds it again; `null`: none was. */
  readonly externalId: string | null;
  readonly annotations: readonly CheckAnnotation[];
}

/** What became of a check run: `stopped` tells why annotations after the first `annotations` ones are not there. */
export interface CreatedCheckRun {
  readonly id: number;
  readonly annotations: number;
  readonly stopped: GitHubFailure | null;
}

/** What became of a review: how many suggestions GitHub took, and those that it didn't, with its reason. */
export interface CreatedReview {
  readonly placed: number;
  readonly refused: readonly { readonly suggestion: Suggestion; readonly failure: GitHubFailure }[];
}

/** A file that a pull request changes, by its path on the head. */
export interface ChangedFile {
  readonly path: string;
  /** Its hunks as a unified diff without file headers; `null` where GitHub tells none: too large, or no text. */
  readonly patch: string | null;
}

/** What the program does on GitHub: nothing else can be asked of it. */
export interface GitHubPort {
  readonly listComments: (pull: number) => Promise<Told<readonly PostedComment[]>>;
  readonly createComment: (pull: number, body: string) => Promise<Told<PostedComment>>;
  readonly updateComment: (id: number, body: string) => Promise<Told<PostedComment>>;
  /** Creates the run, with its annotations in as many requests of 50 as they take. */
  readonly createCheckRun: (run: CheckRun) => Promise<Told<CreatedCheckRun>>;
  /** `GET /repos/{owner}/{repo}/pulls/{pull}/files`, all pages. */
  readonly listChangedFiles: (pull: number) => Promise<Told<readonly ChangedFile[]>>;
  readonly listSuggestions: (pull: number) => Promise<Told<readonly PostedSuggestion[]>>;
  /** A review that only comments, with all suggestions; in parts where GitHub refuses some (a line outside of the diff). */
  readonly createReview: (
    pull: number,
    headSha: string,
    suggestions: readonly Suggestion[],
  ) => Promise<Told<CreatedReview>>;
  /** Takes back a suggestion that is cured. */
  readonly deleteSuggestion: (id: number) => Promise<Told<null>>;
}

/** One file of a commit; `mode` as Git writes it: `100644`, `100755`, or `120000` for a symbolic link. */
export interface RepositoryFile {
  readonly path: string;
  readonly sha: string;
  readonly mode: string;
}

/** The files of a commit that isn't checked out. */
export interface RepositoryFiles {
  /** Every file; a list that GitHub cut short is a failure. */
  readonly list: (commit: string) => Promise<Told<readonly RepositoryFile[]>>;
  /** A file's text by the `sha` of the list; bytes that are no UTF-8 are a failure. */
  readonly read: (blobSha: string) => Promise<Told<string>>;
}

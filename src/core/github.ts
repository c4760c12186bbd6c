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
  readonly annotations: readonly CheckAnnotation[];
}

/** What the program does on GitHub: nothing else can be asked of it. */
export interface GitHubPort {
  readonly listComments: (pull: number) => Promise<Told<readonly PostedComment[]>>;
  readonly createComment: (pull: number, body: string) => Promise<Told<PostedComment>>;
  readonly updateComment: (id: number, body: string) => Promise<Told<PostedComment>>;
  /** Creates the run, with its annotations in as many requests of 50 as they take. */
  readonly createCheckRun: (run: CheckRun) => Promise<Told<{ readonly id: number; readonly annotations: number }>>;
  readonly listSuggestions: (pull: number) => Promise<Told<readonly PostedSuggestion[]>>;
  /** One review that only comments, with all suggestions. */
  readonly createReview: (pull: number, headSha: string, suggestions: readonly Suggestion[]) => Promise<Told<null>>;
  /** Takes back a suggestion that is cured. */
  readonly deleteSuggestion: (id: number) => Promise<Told<null>>;
}

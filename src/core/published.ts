import type { GitHubFailure } from './github.ts';

/** Something that GitHub wasn't told, and why; `broken`: by a fault of this program. */
export interface NotTold {
  readonly what: 'comment' | 'check run' | 'suggestions';
  readonly reason: GitHubFailure['reason'] | 'broken';
  /** As a workflow writes it: `pull-requests: write`. */
  readonly needs: string;
  readonly detail: string;
}

/** How many suggestions were posted, stood already, and were taken back. */
export interface SuggestionCounts {
  readonly posted: number;
  readonly kept: number;
  readonly takenBack: number;
}

/** What came of telling GitHub; `null` for what wasn't asked or failed. */
export interface Published {
  readonly comment: { readonly id: number; readonly how: 'created' | 'updated' | 'unchanged' } | null;
  readonly checkRun: { readonly id: number; readonly annotations: number } | null;
  readonly suggestions: SuggestionCounts | null;
  /** What went otherwise than planned and harms nothing, each a sentence. */
  readonly remarks: readonly string[];
  readonly notTold: readonly NotTold[];
}

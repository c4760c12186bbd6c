import type { CreatedReview, GitHubFailure, Suggestion, Told } from '../core/github.ts';
import { err, ok } from '../core/result.ts';

type WireComment = Readonly<Record<string, unknown>>;

const wireComment = ({ path, startLine, line, body }: Suggestion): WireComment => {
  const from = startLine === line ? {} : { start_line: startLine, start_side: 'RIGHT' };
  return { path, ...from, line, side: 'RIGHT', body };
};

/**
 * Places suggestions in one review. GitHub takes a review whole or not at all, and doesn't say which of its comments is
 * at fault: so one that it finds invalid is sent again in halves, down to single comments. Any other refusal would be
 * met by every part alike, and ends it.
 */
export const placeSuggestions = async (
  suggestions: readonly Suggestion[],
  send: (comments: readonly WireComment[]) => Promise<Told<null>>,
): Promise<Told<CreatedReview>> => {
  let placed = 0;
  let ended: GitHubFailure | null = null;
  const refused: { suggestion: Suggestion; failure: GitHubFailure }[] = [];
  const refuse = (part: readonly Suggestion[], failure: GitHubFailure): void => {
    for (const suggestion of part) refused.push({ suggestion, failure });
  };
  const place = async (part: readonly Suggestion[]): Promise<void> => {
    if (ended !== null) return refuse(part, ended);
    const answer = await send(part.map(wireComment));
    if (answer.ok) {
      placed += part.length;
      return;
    }
    if (answer.error.reason !== 'invalid') ended = answer.error;
    if (part.length === 1 || ended !== null) return refuse(part, answer.error);
    const half = Math.ceil(part.length / 2);
    await place(part.slice(0, half));
    await place(part.slice(half));
  };
  if (suggestions.length > 0) await place(suggestions);
  return placed === 0 && ended !== null ? err(ended) : ok({ placed, refused });
};

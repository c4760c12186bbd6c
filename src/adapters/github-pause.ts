import { type GitHubAnswer, headerOf, isThrottled } from './github-failure.ts';
import { isTransient, pauseBefore } from './wait-budget.ts';

/** Milliseconds to wait where a limit says nothing of it (source: docs.github.com, rate limits for the REST API). */
const withoutWord = 60_000;

/**
 * Milliseconds to wait before the same request may be sent again; `null` where it may not. `answer` is `null` where
 * none came. A write is sent again only where GitHub surely didn't act on it: a limit refuses before acting.
 */
export const pauseAfter = (
  answer: GitHubAnswer | null,
  method: string,
  attempt: number,
  now: number,
): number | null => {
  const reads = method === 'GET';
  if (answer === null) return reads ? pauseBefore(attempt, null, now) : null;
  const retryAfter = headerOf(answer, 'retry-after');
  if (!isThrottled(answer)) return reads && isTransient(answer.status) ? pauseBefore(attempt, retryAfter, now) : null;
  if (retryAfter !== null) return pauseBefore(attempt, retryAfter, now);
  const reset = Number(headerOf(answer, 'x-ratelimit-reset') ?? Number.NaN) * 1000 - now;
  const empty = headerOf(answer, 'x-ratelimit-remaining') === '0' && Number.isFinite(reset);
  return empty ? Math.max(reset, pauseBefore(attempt, null, now)) : withoutWord;
};

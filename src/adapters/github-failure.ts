import type { GitHubFailure } from '../core/github.ts';
import { hideTokens } from './hide-tokens.ts';

/** What GitHub answered; header names in lower case. */
export interface GitHubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A header's text; `null` where it wasn't sent. */
export const headerOf = (answer: GitHubAnswer, name: string): string | null => {
  const value = answer.headers[name];
  return value === undefined || value === null ? null : String(value);
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** `message` of an error body; empty where there is none. */
const messageOf = (body: unknown): string => {
  const message = fieldOf(body, 'message');
  return typeof message === 'string' ? message : '';
};

/** GitHub's own words: its message, and up to three of the errors behind it. */
const wordsOf = (body: unknown): string => {
  const errors = fieldOf(body, 'errors');
  const told = (Array.isArray(errors) ? errors : [errors]).flatMap((error: unknown) => {
    const text = typeof error === 'string' ? error : (fieldOf(error, 'message') ?? fieldOf(error, 'code'));
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
  return [messageOf(body), told.slice(0, 3).join(', ')].filter((text) => text !== '').join(': ');
};

/** One line without tokens, of at most 300 characters. */
export const tellGitHub = (text: string): string =>
  hideTokens(text)
    .replace(/\bgh[a-z]_\w+/g, '(token)')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

const inWorkflow = (permission: string): string | null => {
  const [, name, level] = /^\s*([a-z_]{1,40})=(read|write|admin)\s*$/.exec(permission) ?? [];
  return name === undefined || level === undefined ? null : `${name.replaceAll('_', '-')}: ${level}`;
};

/**
 * The permission that would do, as a workflow writes it. GitHub names sets apart by `;`, each of which is enough, and
 * within one by `,` (source: GitHub changelog 2023-08-10); `ours` is kept where it is one of them.
 */
const neededFor = (answer: GitHubAnswer, ours: string): string => {
  const sets = (headerOf(answer, 'x-accepted-github-permissions') ?? '')
    .split(';')
    .map((set) => set.split(',').map(inWorkflow))
    .filter((set) => set.every((permission) => permission !== null))
    .map((set) => set.join(', '));
  return sets.includes(ours) ? ours : (sets[0] ?? ours);
};

/** Is this a limit on how often one may ask? (source: docs.github.com, rate limits for the REST API) */
export const isThrottled = (answer: GitHubAnswer): boolean =>
  answer.status === 429 ||
  (answer.status === 403 &&
    (headerOf(answer, 'retry-after') !== null ||
      headerOf(answer, 'x-ratelimit-remaining') === '0' ||
      /\brate limit\b/i.test(messageOf(answer.body))));

const reasonOf = (answer: GitHubAnswer): GitHubFailure['reason'] => {
  if (isThrottled(answer)) return 'throttled';
  if (answer.status === 401 || answer.status === 403) return 'forbidden';
  if (answer.status === 404 || answer.status === 410) return 'not-found';
  if (answer.status >= 500) return 'server-error';
  return answer.status >= 400 ? 'invalid' : 'unreachable';
};

/** An answer that isn't a success, told. */
export const failureOfAnswer = (answer: GitHubAnswer, request: string, ours: string): GitHubFailure => {
  const { status } = answer;
  const words = tellGitHub(`HTTP ${status}, ${wordsOf(answer.body)}`).replace(/,$/, '');
  const detail = status < 400 ? `HTTP ${status}: the answer leads to another address, which is not followed` : words;
  return { reason: reasonOf(answer), status, request, needs: neededFor(answer, ours), detail };
};

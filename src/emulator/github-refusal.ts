import type { Json } from './json.ts';

/** One entry of `errors` in GitHub's error body. */
export type GitHubError = string | Json;

/** Thrown by whatever answers a GitHub request, turned into GitHub's error body by the router. */
export class GitHubRefusal extends Error {
  readonly status: number;
  readonly errors: readonly GitHubError[];
  constructor(status: number, message: string, errors: readonly GitHubError[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** What GitHub says of a thing that isn't there, or that one isn't to know of. */
export const notFoundOnGitHub = (): GitHubRefusal => new GitHubRefusal(404, 'Not Found');

/** A body that breaks a rule of a field (source: recorded answers). */
export const invalidField = (resource: string, field: string, message: string): GitHubRefusal =>
  new GitHubRefusal(422, 'Validation Failed', [{ resource, code: 'unprocessable', field, message }]);

/** GitHub's error body (source: recorded answers). */
export const gitHubErrorBody = (status: number, message: string, errors: readonly GitHubError[] = []): Json => ({
  message,
  ...(errors.length === 0 ? {} : { errors }),
  documentation_url: 'https://docs.github.com/rest',
  status: String(status),
});

const texts: Readonly<Record<number, string>> = {
  401: 'Bad credentials',
  403: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  404: 'Not Found',
  429: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  502: 'Server Error',
  503: 'Service Unavailable',
};

/** What GitHub says with a status when nothing more is known. */
export const gitHubErrorOfStatus = (status: number): Json =>
  gitHubErrorBody(status, texts[status] ?? 'GitHub failed to answer the request.');

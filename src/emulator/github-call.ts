import type { ApiRequest } from './api-request.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import type { GitHubServerOptions, GitHubToken } from './github-state.ts';
import type { GitHubStore } from './github-store.ts';
import { isJson, type Json, parseJson } from './json.ts';

/** What every operation has at hand. */
export interface GitHubContext {
  /** Address of the API with its base path. */
  readonly url: string;
  readonly options: GitHubServerOptions;
  readonly store: GitHubStore;
  readonly now: () => Date;
}

/** One request to an operation, by a token that may. */
export interface GitHubCall {
  readonly context: GitHubContext;
  readonly request: ApiRequest;
  readonly token: GitHubToken;
  /** The variable parts of the path, decoded. */
  readonly parts: readonly string[];
}

/** A variable part of the path. */
export const partOf = (call: GitHubCall, index: number): string => call.parts[index] ?? '';

/** A variable part that is a number. */
export const idIn = (call: GitHubCall, index: number): number => {
  const text = partOf(call, index);
  if (!/^\d{1,15}$/.test(text)) throw notFoundOnGitHub();
  return Number(text);
};

/** The body as an object. */
export const bodyOf = (call: GitHubCall): Json => {
  const body = parseJson(call.request.body);
  if (!isJson(body)) throw new GitHubRefusal(400, 'Problems parsing JSON');
  return body;
};

/** A text of the body that has to be there. */
export const requiredText = (body: Json, field: string): string => {
  const value = body[field];
  if (typeof value !== 'string') throw new GitHubRefusal(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
  return value;
};

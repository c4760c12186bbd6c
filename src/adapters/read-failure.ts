import { isRestError } from '@azure/core-rest-pipeline';
import { GraphError } from '@microsoft/microsoft-graph-client';
import type { ReadFailure } from '../core/ports.ts';
import type { GapReason } from '../core/snapshot.ts';
import { MalformedAnswer } from '../core/wire.ts';
import { hideTokens } from './hide-tokens.ts';
import { parseJson } from './parse-json.ts';
import { SignInFailed } from './sign-in-failed.ts';

/** What a status means for what is known. */
export const reasonOf = (status: number): GapReason => {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'server-error';
  return 'malformed';
};

const notAsDocumented = 'the answer is not JSON of the documented shape';

const oneLine = (text: string): string => hideTokens(text).replace(/\s+/g, ' ').trim().slice(0, 300);

/** The API's own words, `code: message`, from the body of an error. */
export const describeBody = (status: number, body: unknown): string => {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body;
  const part = (field: string) => {
    const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[field] : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const words = [part('code'), part('message')].filter((text) => text !== null).join(': ');
  return oneLine(words === '' ? `HTTP ${status}` : `HTTP ${status}, ${words}`);
};

/** The Graph client wraps what was thrown below it and keeps only its name, as `code`. */
const reasonByName: Readonly<Record<string, GapReason>> = {
  SignInFailed: 'unauthenticated',
  RefusedRequest: 'incomplete',
  RestError: 'unreachable',
  SyntaxError: 'malformed',
  TimedOut: 'unreachable',
};

/** Turns what an SDK threw into a failure to report; what isn't an answer of the outside is thrown on. */
export const failureOf = (error: unknown, request: string): ReadFailure => {
  if (error instanceof SignInFailed) return error.failure;
  if (error instanceof MalformedAnswer) return { reason: 'malformed', status: 200, request, detail: error.message };
  if (error instanceof GraphError && error.statusCode > 0) {
    const { statusCode: status, code, message } = error;
    // The parser's words quote the body.
    const detail = code === 'SyntaxError' ? `HTTP ${status}` : describeBody(status, { code, message });
    return { reason: reasonOf(status), status, request, detail };
  }
  // By its name too: ARM's client may bring a second copy of the class.
  if (isRestError(error) && error.statusCode !== undefined) {
    const { statusCode: status, response } = error;
    // The SDK's words hold the whole body.
    const detail = status < 300 ? notAsDocumented : describeBody(status, parseJson(response?.bodyAsText));
    return { reason: reasonOf(status), status, request, detail };
  }
  const name = error instanceof GraphError ? error.code : error instanceof Error ? error.name : null;
  const reason = name === null ? undefined : reasonByName[name];
  if (reason === undefined || !(error instanceof Error)) throw error;
  const detail = name === 'SyntaxError' ? notAsDocumented : oneLine(error.message);
  return { reason, status: null, request, detail };
};

import { randomUUID } from 'node:crypto';
import type { ApiRequest, Reply } from './api-request.ts';
import type { Json } from './json.ts';

/** Thrown by whatever answers a Graph request, turned into Graph's error body by the router. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const badRequest = (message: string): GraphFailure => new GraphFailure(400, 'Request_BadRequest', message);
export const unsupportedQuery = (message: string): GraphFailure =>
  new GraphFailure(400, 'Request_UnsupportedQuery', message);
export const notFound = (id: string): GraphFailure =>
  new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
export const denied = (): GraphFailure =>
  new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
export const wrongMethod = (): GraphFailure =>
  new GraphFailure(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
export const noSegment = (segment: string): GraphFailure =>
  new GraphFailure(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);

/** Graph's error body (source: recorded answers). */
const graphErrorBody = (code: string, message: string, request: ApiRequest, now: Date): Json => {
  const id = randomUUID();
  return {
    error: {
      code,
      message,
      innerError: {
        date: now.toISOString().slice(0, 19),
        'request-id': id,
        'client-request-id': request.headers['client-request-id'] ?? id,
      },
    },
  };
};

const TEXTS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['Request_BadRequest', 'Bad request.'],
  401: ['InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  404: [
    'Request_ResourceNotFound',
    'Resource does not exist or one of its queried reference-property objects are not present.',
  ],
  409: [
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  ],
  429: ['TooManyRequests', 'Your request is throttled temporarily. Please try after 1 seconds.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
};

/** What Graph says with a status when nothing more is known. */
export const graphErrorOfStatus = (status: number, request: ApiRequest, now: Date): Json => {
  const [code, message] = TEXTS[status] ?? ['UnknownError', 'The server failed to answer the request.'];
  return graphErrorBody(code, message, request, now);
};

export const graphErrorReply = (failure: GraphFailure, request: ApiRequest, now: Date): Reply => ({
  status: failure.status,
  headers: failure.headers,
  body: graphErrorBody(failure.code, failure.message, request, now),
});

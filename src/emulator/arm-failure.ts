import { randomUUID } from 'node:crypto';
import type { Reply } from './api-request.ts';
import type { Json } from './json.ts';
import type { TokenClaims } from './tokens.ts';

/** Thrown by whatever answers an Azure request, turned into ARM's error body by the router. */
export class ArmFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: readonly Json[];
  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    details: readonly Json[] = [],
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.details = details;
  }
}

/** ARM's refusal of an action, the same for a scope that doesn't exist. */
export const notAuthorized = (caller: TokenClaims, action: string, scope: string): ArmFailure =>
  new ArmFailure(
    403,
    'AuthorizationFailed',
    `The client '${caller.appId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

export const resourceNotFound = (type: string, name: string, group: string): ArmFailure =>
  new ArmFailure(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found.`,
  );

export const subscriptionNotFound = (id: string): ArmFailure =>
  new ArmFailure(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

/** Headers that every answer of ARM carries. */
export const armHeaders = (now: Date): Record<string, string> => {
  const id = randomUUID();
  return {
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `WESTEUROPE:${now.toISOString().slice(0, 19)}Z:${id}`,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  };
};

const armErrorBody = (code: string, message: string, details: readonly Json[] = []): Json => ({
  error: { code, message, ...(details.length === 0 ? {} : { details }) },
});

export const armErrorReply = (failure: ArmFailure, now: Date): Reply => ({
  status: failure.status,
  headers: { ...armHeaders(now), 'x-ms-failure-cause': 'gateway', ...failure.headers },
  body: armErrorBody(failure.code, failure.message, failure.details),
});

const TEXTS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['BadRequest', 'The request is not valid.'],
  401: ['InvalidAuthenticationToken', 'The access token is invalid.'],
  403: [
    'AuthorizationFailed',
    'The client does not have authorization to perform the action or the scope is invalid. If access was recently granted, please refresh your credentials.',
  ],
  404: ['ResourceNotFound', 'The Resource was not found.'],
  409: ['Conflict', 'Another operation is in progress.'],
  429: [
    'SubscriptionRequestsThrottled',
    "Number of requests for the subscription exceeded. Please try again after '1' seconds.",
  ],
  503: ['ServerTimeout', 'The request timed out. Diagnostic information is attached.'],
};

/** What ARM says with a status when nothing more is known. */
export const armErrorOfStatus = (status: number): Json => {
  const [code, message] = TEXTS[status] ?? ['InternalServerError', 'Encountered internal server error.'];
  return armErrorBody(code, message);
};

import { randomUUID } from 'node:crypto';
import type { Reply } from './api-request.ts';

interface Failure {
  readonly status: number;
  readonly error: string;
  readonly says: (...words: readonly string[]) => string;
}

/** Entra's refusals by number (source: Microsoft's page of error codes and recorded answers). */
const FAILURES: Readonly<Record<number, Failure>> = {
  50013: { status: 401, error: 'invalid_client', says: () => 'Assertion failed signature validation.' },
  50027: { status: 400, error: 'invalid_request', says: () => 'JWT token is invalid or malformed.' },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    says: (grant) => `The app requested an unsupported grant type '${grant}'.`,
  },
  70011: {
    status: 400,
    error: 'invalid_scope',
    says: (scope) =>
      `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  },
  90002: {
    status: 400,
    error: 'invalid_request',
    says: (tenant) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  },
  90033: {
    status: 503,
    error: 'temporarily_unavailable',
    says: () => 'A transient error has occurred. Please try again.',
  },
  90055: {
    status: 429,
    error: 'temporarily_unavailable',
    says: () => 'Server terminated the request due to excessive request rate.',
  },
  700016: {
    status: 400,
    error: 'unauthorized_client',
    says: (app, tenant) =>
      `Application with identifier '${app}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  },
  700024: {
    status: 401,
    error: 'invalid_client',
    says: () =>
      'Client assertion is not within its valid time range. Please review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.',
  },
  700027: {
    status: 401,
    error: 'invalid_client',
    says: (app) =>
      `The certificate with identifier used to sign the client assertion is not registered on application. Client app ID: ${app}.`,
  },
  700211: {
    status: 401,
    error: 'invalid_client',
    says: (issuer) =>
      `No matching federated identity record found for presented assertion issuer '${issuer}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  },
  700212: {
    status: 401,
    error: 'invalid_client',
    says: (audience) =>
      `No matching federated identity record found for presented assertion audience '${audience}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  },
  700213: {
    status: 401,
    error: 'invalid_client',
    says: (subject) =>
      `No matching federated identity record found for presented assertion subject '${subject}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  },
  900144: {
    status: 400,
    error: 'invalid_request',
    says: (name) => `The request body must contain the following parameter: '${name}'.`,
  },
  900561: {
    status: 400,
    error: 'invalid_request',
    says: () => 'The endpoint only accepts POST requests. Received a GET request.',
  },
  7000112: {
    status: 400,
    error: 'unauthorized_client',
    says: (app, name) => `Application '${app}'(${name}) is disabled.`,
  },
  7000215: {
    status: 401,
    error: 'invalid_client',
    says: (app) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`,
  },
  7000218: {
    status: 401,
    error: 'invalid_client',
    says: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    status: 401,
    error: 'invalid_client',
    says: (app) =>
      `The provided client secret keys for app '${app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  },
  7002138: {
    status: 401,
    error: 'invalid_client',
    says: (subject) =>
      `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches a federated identity credential only without case. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
  },
};

/** An answer of the token endpoint that refuses, by AADSTS number. */
export const authorityError = (code: number, now: Date, words: readonly string[]): Reply => {
  const failure = FAILURES[code];
  if (failure === undefined) throw new Error(`no such sign-in failure: ${code}`);
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trace_id = randomUUID();
  const correlation_id = randomUUID();
  return {
    status: failure.status,
    body: {
      error: failure.error,
      error_description: `AADSTS${code}: ${failure.says(...words)}\r\nTrace ID: ${trace_id}\r\nCorrelation ID: ${correlation_id}\r\nTimestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id,
      correlation_id,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
};

import type { ApiRequest, Reply } from './api-request.ts';
import { makeArmAccess } from './arm-access.ts';
import { putAccessPolicies } from './arm-access-policies.ts';
import { answerAuthorization } from './arm-authorization.ts';
import type { ArmCall } from './arm-call.ts';
import { type ArmOperations, changeResource, readOperation } from './arm-changes.ts';
import { ArmFailure, armErrorOfStatus, armErrorReply, armHeaders } from './arm-failure.ts';
import { tickResources } from './arm-lag.ts';
import { readResource } from './arm-resources.ts';
import type { ArmStore } from './arm-store.ts';
import { type Directory, groupIdsOf } from './directory.ts';
import type { Api } from './http.ts';
import { answerResourceGraph } from './resource-graph.ts';
import type { Bucket } from './throttle.ts';
import { readClaims, type TokenClaims, type TokenSigner } from './tokens.ts';

/** What the Azure Resource Manager server needs of the tenant. */
export interface ArmContext {
  readonly url: string;
  readonly store: ArmStore;
  readonly directory: Directory;
  readonly signer: TokenSigner;
  readonly now: () => Date;
  readonly pageSize: number | null;
  readonly lag: number;
  /** Reads by caller and subscription. */
  readonly reads: Bucket;
  /** Resource Graph queries by caller. */
  readonly queries: Bucket;
}

const HOSTS = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://management.usgovcloudapi.net',
  'https://management.core.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
  'https://management.core.chinacloudapi.cn',
];

const bearer = (request: ApiRequest): string =>
  /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';

const americanDate = (date: Date): string => date.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '');

const authenticate = (context: ArmContext, request: ApiRequest): TokenClaims => {
  const challenge = {
    'www-authenticate': `Bearer authorization_uri="https://login.windows.net/${context.store.tenantId}", error="invalid_token"`,
  };
  const refuse = (code: string, message: string): ArmFailure => new ArmFailure(401, code, message, challenge);
  const token = bearer(request);
  if (token === '')
    throw refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  const raw = context.signer.verify(token);
  if (raw === null) throw refuse('InvalidAuthenticationToken', 'The access token is invalid.');
  const claims = readClaims(raw);
  const audience = claims.audience.replace(/\/$/, '');
  if (audience !== context.url && !HOSTS.includes(audience)) {
    throw refuse(
      'InvalidAuthenticationTokenAudience',
      `The access token has been obtained for wrong audience or resource '${claims.audience}'. It should exactly match with one of the allowed audiences '${HOSTS.join("/','")}/'.`,
    );
  }
  if (claims.expires * 1000 <= context.now().getTime()) {
    throw refuse(
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${americanDate(new Date(claims.expires * 1000))}' is earlier than current UTC time '${americanDate(context.now())}'.`,
    );
  }
  return claims;
};

const checkVersion = (request: ApiRequest): void => {
  const version = request.query.get('api-version');
  if (version === null || version === '') {
    throw new ArmFailure(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(-(preview|alpha|beta|privatepreview))?$/i.test(version)) {
    throw new ArmFailure(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are written as dates.`,
    );
  }
};

const AUTHORIZATION = /^(.*?)\/providers\/microsoft\.authorization\/([^/]+)(?:\/([^/]+))?$/i;

const dispatch = (call: ArmCall, operations: ArmOperations): Reply | null => {
  const path = decodeURIComponent(call.request.path).replace(/(.)\/$/, '$1');
  if (path.toLowerCase() === '/providers/microsoft.resourcegraph/resources') return answerResourceGraph(call);
  const at = path.toLowerCase().lastIndexOf('/providers/microsoft.authorization/');
  const match = at === -1 ? null : AUTHORIZATION.exec(path.slice(at));
  if (match?.[2] !== undefined) {
    const reply = answerAuthorization(call, path.slice(0, at) || '/', match[2], match[3] ?? null);
    if (reply !== null) return reply;
  }
  const polled = readOperation(operations, path);
  if (polled !== null) return polled;
  if (call.request.method === 'GET') return readResource(call, path);
  return putAccessPolicies(call, path) ?? changeResource(call, operations, path);
};

const isQuery = (request: ApiRequest): boolean =>
  /\/providers\/microsoft\.resourcegraph\/resources$/i.test(request.path);

/** Headers that tell the quota that is left. Stops with 429 where none is. */
const takeQuota = (context: ArmContext, request: ApiRequest, caller: TokenClaims): Record<string, string> => {
  if (isQuery(request)) {
    const { left, wait } = context.queries(caller.appId, 1, context.now());
    const headers = { 'x-ms-user-quota-remaining': String(left), 'x-ms-user-quota-resets-after': '00:00:05' };
    if (wait === null) return { ...headers, 'x-ms-ratelimit-remaining-tenant-resource-requests': String(left) };
    const message =
      'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed.';
    throw new ArmFailure(429, 'RateLimiting', message, { ...headers, 'retry-after': String(wait) }, [
      { code: 'RateLimiting', message },
    ]);
  }
  if (request.method !== 'GET') return { 'x-ms-ratelimit-remaining-subscription-writes': '199' };
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(request.path)?.[1] ?? 'tenant';
  const { left, wait } = context.reads(`${caller.appId}/${subscription}`.toLowerCase(), 1, context.now());
  if (wait === null) return { 'x-ms-ratelimit-remaining-subscription-reads': String(left) };
  const message = `Number of 'read' requests for subscription '${subscription}' actor '${caller.objectId}' exceeded. Please try again after '${wait}' seconds.`;
  throw new ArmFailure(429, 'SubscriptionRequestsThrottled', message, { 'retry-after': String(wait) });
};

const answer = (context: ArmContext, operations: ArmOperations, request: ApiRequest): Reply => {
  const caller = authenticate(context, request);
  checkVersion(request);
  const quota = takeQuota(context, request, caller);
  const { store, directory, url, now, pageSize, lag } = context;
  if (request.method === 'GET' || isQuery(request)) {
    store.roleAssignments.tick();
    tickResources(store);
  }
  const access = makeArmAccess(store, (id) => groupIdsOf(directory, id));
  const reply = dispatch({ request, url, store, directory, access, caller, now, pageSize, lag }, operations);
  if (reply === null)
    throw new ArmFailure(404, 'InvalidResourceNamespace', `The path '${request.path}' names no resource.`);
  return { ...reply, headers: { ...armHeaders(now()), ...quota, ...reply.headers } };
};

/** Azure Resource Manager, Resource Graph included. */
export const makeArm = (context: ArmContext): Api => {
  const operations: ArmOperations = new Map();
  return {
    handle: (request) => {
      try {
        return answer(context, operations, request);
      } catch (error) {
        if (error instanceof URIError)
          return armErrorReply(new ArmFailure(400, 'BadRequest', 'The path is not well encoded.'), context.now());
        if (error instanceof ArmFailure) return armErrorReply(error, context.now());
        throw error;
      }
    },
    callerOf: (request) => {
      const claims = context.signer.verify(bearer(request));
      return claims === null ? null : readClaims(claims).appId;
    },
    errorBody: (status) => armErrorOfStatus(status),
    emptyPage: (link) => ({
      value: [],
      nextLink: link,
      totalRecords: 1,
      count: 0,
      data: [],
      resultTruncated: 'false',
      $skipToken: 'again',
    }),
    addressOf: (target) => `${context.url}${target}`,
  };
};

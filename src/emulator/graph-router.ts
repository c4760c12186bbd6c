import { randomUUID } from 'node:crypto';
import type { ApiRequest, Reply } from './api-request.ts';
import { type Directory, tickDirectory } from './directory.ts';
import { mayCall } from './graph-access.ts';
import { answerBatch, type InnerRun } from './graph-batch.ts';
import type { GraphCall, GraphRoute } from './graph-call.ts';
import { CREDENTIAL_ROUTES } from './graph-credentials.ts';
import { DIRECTORY_ROUTES } from './graph-directory.ts';
import { denied, GraphFailure, graphErrorOfStatus, graphErrorReply, noSegment, wrongMethod } from './graph-failure.ts';
import { GRANT_ROUTES } from './graph-grants.ts';
import { MEMBERSHIP_ROUTES } from './graph-memberships.ts';
import { POLICY_ROUTES } from './graph-policies.ts';
import { REPORT_ROUTES } from './graph-reports.ts';
import { ROLE_WRITE_ROUTES } from './graph-role-writes.ts';
import { ROLE_ROUTES } from './graph-roles.ts';
import { SETTING_ROUTES } from './graph-settings.ts';
import { SITE_ROUTES, withSiteAddress } from './graph-sites.ts';
import type { Api } from './http.ts';
import type { Bucket } from './throttle.ts';
import { readClaims, type TokenClaims, type TokenSigner } from './tokens.ts';

/** What the Graph server needs of the tenant. */
export interface GraphContext {
  readonly url: string;
  readonly directory: Directory;
  readonly signer: TokenSigner;
  readonly now: () => Date;
  readonly pageSize: number | null;
  readonly lag: number;
  /** Resource units by application. */
  readonly units: Bucket;
  /** Runs, faults and logs one request of a batch. */
  readonly inner: InnerRun;
}

const ROUTES: readonly GraphRoute[] = [
  ...DIRECTORY_ROUTES,
  ...MEMBERSHIP_ROUTES,
  ...ROLE_ROUTES,
  ...SETTING_ROUTES,
  ...POLICY_ROUTES,
  ...SITE_ROUTES,
  ...REPORT_ROUTES,
  ...GRANT_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...ROLE_WRITE_ROUTES,
];
const PARTS: readonly (readonly [readonly string[], GraphRoute])[] = ROUTES.map((route) => [
  route.path.split('/'),
  route,
]);
const HOSTS = new Set([
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
]);

/** Segments of a path, decoded, with `name(key)` taken apart as `name/key`. */
const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .flatMap((segment) => {
      const text = decodeURIComponent(segment);
      const match = /^([A-Za-z]+)\((.+)\)$/.exec(text);
      if (match?.[1] === undefined || match[2] === undefined) return [text];
      return [match[1], /^'[^']*'$/.test(match[2]) ? match[2].slice(1, -1) : match[2]];
    });

const fits = (parts: readonly string[], segments: readonly string[]): boolean =>
  parts.length === segments.length &&
  parts.every((part, index) => part === '{}' || part === segments[index]?.toLowerCase());

const routesFor = (segments: readonly string[]): readonly GraphRoute[] => {
  const found = PARTS.filter(([parts]) => fits(parts, segments));
  // A fixed segment beats a key: `sites/getAllSites` isn't the site of that name.
  const fixed = (parts: readonly string[]): number => parts.filter((part) => part !== '{}').length;
  const best = Math.max(0, ...found.map(([parts]) => fixed(parts)));
  return found.filter(([parts]) => fixed(parts) === best).map(([, route]) => route);
};

const unknownSegment = (segments: readonly string[]): string => {
  const known = (size: number): boolean =>
    PARTS.some(([parts]) => parts.length >= size && fits(parts.slice(0, size), segments.slice(0, size)));
  let size = 1;
  while (size < segments.length && known(size)) size += 1;
  return segments[size - 1] ?? '';
};

const unauthenticated = (message: string): GraphFailure =>
  new GraphFailure(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });

const bearer = (request: ApiRequest): string =>
  /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';

const authenticate = (context: GraphContext, request: ApiRequest): TokenClaims => {
  const token = bearer(request);
  if (token === '') throw unauthenticated('Access token is empty.');
  const raw = context.signer.verify(token);
  if (raw === null) throw unauthenticated('CompactToken parsing failed with error code: 80049217');
  const claims = readClaims(raw);
  const audience = claims.audience.replace(/\/$/, '');
  if (audience !== context.url && !HOSTS.has(audience) && audience !== '00000003-0000-0000-c000-000000000000') {
    throw unauthenticated('Access token validation failure. Invalid audience.');
  }
  if (claims.expires * 1000 <= context.now().getTime()) {
    throw unauthenticated('Lifetime validation failed, the token is expired.');
  }
  return claims;
};

/** Resource units of a request (source: Microsoft's page on throttling limits of identity and access). */
const costOf = (route: GraphRoute, request: ApiRequest): number => {
  const { query } = request;
  const small = Number(query.get('$top') ?? 100) < 20 ? 1 : 0;
  const cost = (route.cost ?? 1) - (query.has('$select') ? 1 : 0) + (query.has('$expand') ? 1 : 0) - small;
  return Math.max(1, cost);
};

const throttled = (caller: TokenClaims, wait: number, write: boolean): GraphFailure =>
  new GraphFailure(429, 'TooManyRequests', `Your request is throttled temporarily. Please try after ${wait} seconds.`, {
    'retry-after': String(wait),
    'x-ms-throttle-scope': `Tenant_Application/${write ? 'ReadWrite' : 'Read'}/${caller.appId}/${caller.tenantId}`,
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  });

const answer = (context: GraphContext, request: ApiRequest): Reply => {
  const caller = authenticate(context, request);
  const [version = '', ...rest] = withSiteAddress(segmentsOf(request.path));
  if (version !== 'v1.0' && version !== 'beta')
    throw new GraphFailure(400, 'BadRequest', `Invalid version: ${version}`);
  const segments = rest[0]?.toLowerCase() === 'myorganization' ? rest.slice(1) : rest;
  const routes = routesFor(segments);
  if (routes.length === 0) throw noSegment(unknownSegment(segments));
  const route = routes.find((each) => each.method === request.method);
  if (route === undefined || (route.beta === true && version === 'v1.0')) throw wrongMethod();
  const units = costOf(route, request);
  const { wait } = context.units(caller.appId, units, context.now());
  if (wait !== null) throw throttled(caller, wait, route.method !== 'GET');
  if (!mayCall(route, caller.roles)) throw denied();
  const parts = route.path.split('/');
  const keys = segments.filter((_, index) => parts[index] === '{}');
  if (route.method === 'GET') tickDirectory(context.directory);
  const page = { url: context.url, version, pageSize: context.pageSize };
  const call: GraphCall = {
    request,
    version,
    keys,
    directory: context.directory,
    page,
    caller,
    now: context.now,
    lag: context.lag,
  };
  const reply = route.run(call);
  return { ...reply, headers: { ...reply.headers, 'x-ms-resource-unit': String(units) } };
};

/** Answers one Graph request, never a batch. */
export const answerGraph = (context: GraphContext, request: ApiRequest): Reply => {
  const common = {
    'request-id': randomUUID(),
    'client-request-id': request.headers['client-request-id'] ?? randomUUID(),
  };
  try {
    const reply = answer(context, request);
    const type =
      reply.status === 204 || reply.headers?.['content-type'] !== undefined
        ? {}
        : {
            'content-type':
              'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
          };
    return { ...reply, headers: { ...common, ...type, ...reply.headers } };
  } catch (error) {
    if (error instanceof URIError)
      return graphErrorReply(
        new GraphFailure(400, 'BadRequest', 'The path is not well encoded.'),
        request,
        context.now(),
      );
    if (!(error instanceof GraphFailure)) throw error;
    const reply = graphErrorReply(error, request, context.now());
    return { ...reply, headers: { ...common, ...reply.headers } };
  }
};

const isBatch = (path: string): boolean => /^\/(v1\.0|beta)\/\$batch$/i.test(path.replaceAll('%24', '$'));

/** Microsoft Graph: v1.0 and beta, single requests and batches. */
export const makeGraph = (context: GraphContext): Api => ({
  handle: async (request, id) => {
    if (!isBatch(request.path)) return answerGraph(context, request);
    try {
      if (request.method !== 'POST') throw wrongMethod();
      authenticate(context, request);
      return await answerBatch(request, id, context.inner);
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      return graphErrorReply(error, request, context.now());
    }
  },
  callerOf: (request) => {
    const claims = context.signer.verify(bearer(request));
    return claims === null ? null : readClaims(claims).appId;
  },
  errorBody: (status, request) => graphErrorOfStatus(status, request, context.now()),
  emptyPage: (link) => ({
    '@odata.context': `${context.url}/v1.0/$metadata#empty`,
    '@odata.nextLink': link,
    value: [],
  }),
  addressOf: (target) => `${context.url}${target}`,
});

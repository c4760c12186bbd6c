import type { ApiName, ApiRequest, Reply } from './api-request.ts';
import { isJson } from './json.ts';

/** Which requests a fault hits: all that is given must match. */
export interface FaultMatch {
  /** Position among HTTP requests, or among inner ones with `inner`, from 0. */
  readonly index?: number;
  readonly api?: ApiName;
  readonly method?: string;
  /** Part of the path with query, or a regular expression written `/…/`. */
  readonly path?: string;
  /** Requests inside a `$batch` instead of HTTP requests. */
  readonly inner?: boolean;
  /** How often it strikes: once where not said. */
  readonly times?: number | 'always';
  /** How many matching requests pass before it strikes. */
  readonly after?: number;
}

/** What a request that is hit gets. */
export type FaultAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      /** Seconds, or an HTTP date, of a `Retry-After` header. */
      readonly retryAfter?: number | string;
    }
  /** The connection is destroyed without an answer. */
  | { readonly cut: true }
  /** The request is carried out, then the connection is destroyed: a lost answer. */
  | { readonly lost: true }
  /** Status 200 with a body that is no JSON. */
  | { readonly garbage: true }
  /** An empty page whose next link leads to itself. */
  | { readonly emptyPageWithNext: true }
  /** The normal answer, that many milliseconds late. */
  | { readonly hang: number }
  | { readonly redirect: string }
  /** The normal answer with another next link. */
  | { readonly nextLink: string }
  /** 429 on every matching request. */
  | { readonly throttle: 'forever' };

export interface Fault {
  readonly match: FaultMatch;
  readonly answer: FaultAnswer;
}

export type FaultScript = readonly Fault[];

/** A request as faults see it. */
export interface FaultTarget {
  readonly api: ApiName;
  readonly method: string;
  /** With query, as it was sent. */
  readonly target: string;
  readonly inner: boolean;
  readonly index: number;
}

const matchesPath = (wanted: string, target: string): boolean => {
  let decoded = target;
  try {
    decoded = decodeURIComponent(target.replaceAll('+', ' '));
  } catch {
    // A target that can't be decoded is still matched as it was sent.
  }
  const expression = /^\/(.*)\/$/s.exec(wanted)?.[1];
  const found = expression === undefined ? null : new RegExp(expression, 'i');
  return [target, decoded].some((text) => (found === null ? text.includes(wanted) : found.test(text)));
};

const matches = (match: FaultMatch, request: FaultTarget): boolean =>
  (match.inner ?? false) === request.inner &&
  (match.index === undefined || match.index === request.index) &&
  (match.api === undefined || match.api === request.api) &&
  (match.method === undefined || match.method.toUpperCase() === request.method) &&
  (match.path === undefined || matchesPath(match.path, request.target));

/** Plays a script: asks, per request, for the first fault that strikes it. */
export const makeFaults = (script: FaultScript): ((request: FaultTarget) => FaultAnswer | null) => {
  const seen = script.map(() => 0);
  return (request) => {
    for (const [index, { match, answer }] of script.entries()) {
      if (!matches(match, request)) continue;
      const count = seen[index] ?? 0;
      seen[index] = count + 1;
      const first = match.after ?? 0;
      const times = 'throttle' in answer || match.times === 'always' ? Number.POSITIVE_INFINITY : (match.times ?? 1);
      if (count >= first && count < first + times) return answer;
    }
    return null;
  };
};

/** What a fault needs of the API that it strikes. */
export interface FaultSurface {
  /** The API's own error body for a status. */
  readonly errorBody: (status: number, request: ApiRequest) => unknown;
  /** The API's own empty page with this next link. */
  readonly emptyPage: (link: string) => unknown;
  /** The absolute address of a request. */
  readonly addressOf: (target: string) => string;
}

/** An answer with its next link bent elsewhere: in its body, or beside a bare list, as GitHub has it. */
export const bendNextLink = (reply: Reply, link: string): Reply => {
  if (Array.isArray(reply.body)) return { ...reply, headers: { ...reply.headers, link: `<${link}>; rel="next"` } };
  if (!isJson(reply.body)) return reply;
  const key = 'value' in reply.body && '@odata.context' in reply.body ? '@odata.nextLink' : 'nextLink';
  return { ...reply, body: { ...reply.body, [key]: link } };
};

/** The answer of a fault that needs no real one first; `null` where it does. */
export const faultReply = (
  answer: FaultAnswer,
  request: ApiRequest,
  target: string,
  api: FaultSurface,
): Reply | null => {
  if ('garbage' in answer)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '<html>gateway</html' };
  if ('redirect' in answer) return { status: 302, headers: { location: answer.redirect } };
  if ('emptyPageWithNext' in answer) {
    const address = api.addressOf(target);
    const page = { status: 200, body: api.emptyPage(address) };
    return Array.isArray(page.body) ? bendNextLink(page, address) : page;
  }
  if ('throttle' in answer) {
    return { status: 429, headers: { 'retry-after': '1' }, body: api.errorBody(429, request) };
  }
  if (!('status' in answer)) return null;
  const retry = answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) };
  const body = answer.body === undefined ? api.errorBody(answer.status, request) : answer.body;
  return { status: answer.status, headers: { ...retry, ...answer.headers }, body };
};

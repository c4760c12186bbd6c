import { getOctokit } from '@actions/github';
import { defaults } from '@actions/github/lib/utils';
import type { Told } from '../core/github.ts';
import { err, ok } from '../core/result.ts';
import { MalformedAnswer } from '../core/wire.ts';
import { failureOfAnswer, type GitHubAnswer, headerOf, tellGitHub } from './github-failure.ts';
import { pauseAfter } from './github-pause.ts';
import { type WaitBudget, waitBudget } from './wait-budget.ts';

/** Where the repository is, and by which token one speaks to it. */
export interface GitHubAccess {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** `GITHUB_API_URL`: github.com, GitHub Enterprise Server and data residency differ by this alone. */
  readonly apiUrl: string;
  readonly budget?: WaitBudget;
  /** Milliseconds in which an answer must have arrived whole. */
  readonly timeout?: number;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Requests to one repository, `owner` and `repo` filled in. */
export interface GitHubRequests {
  /** `needs` is the permission that the route asks for. A body that `read` finds malformed is a failure. */
  readonly ask: <T>(
    route: string,
    parameters: Parameters,
    needs: string,
    read: (body: unknown) => T,
  ) => Promise<Told<T>>;
  /** The rows of all pages. */
  readonly askAll: <T>(
    route: string,
    parameters: Parameters,
    needs: string,
    read: (row: unknown) => T,
  ) => Promise<Told<readonly T[]>>;
}

/** Milliseconds that a run waits for GitHub in all, and for one answer. */
const patience = 60_000;
const patienceWithOne = 30_000;
/** Tries in all, per request. */
const tries = 3;
/** More pages than any pull request's comments have: beyond it a server is leading us in circles. */
const pagesAtMost = 200;

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** The one way out: to `origin` only, no redirects, an answer whole in time or none. Proxies are the toolkit's part. */
const guardedFetch = (origin: string, timeout: number): Fetch => {
  const send = defaults.request?.fetch as Fetch;
  return async (url, options) => {
    if (new URL(url).origin !== origin)
      throw new Error(`refused to send a request to ${new URL(url).origin}: only ${origin} is this GitHub`);
    const response = await send(url, { ...options, redirect: 'manual', signal: AbortSignal.timeout(timeout) });
    // The client takes a body that breaks off for an empty one.
    const text = await response.text();
    const { status } = response;
    const headers = [...response.headers].filter(([name]) => name !== 'content-encoding');
    return new Response(status === 204 || status === 205 || status === 304 ? null : text, { status, headers });
  };
};

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The answer behind what the client threw; `null` where none came. What isn't the client's is thrown on. */
const answerBehind = (error: unknown): GitHubAnswer | null => {
  if (!(error instanceof Error) || error.name !== 'HttpError') throw error;
  if (!('response' in error) || error.response === undefined) return null;
  const { status, headers, data } = error.response as {
    status: number;
    headers: GitHubAnswer['headers'];
    data: unknown;
  };
  return { status, headers, body: data };
};

const nextLink = (answer: GitHubAnswer): string | null =>
  /<([^<>]+)>\s*;\s*rel="next"/.exec(headerOf(answer, 'link') ?? '')?.[1] ?? null;

/** The GitHub client of `@actions/github` behind our rules: who may be asked, how long to wait, what may be repeated. */
export const createGitHubRequests = (access: GitHubAccess): GitHubRequests => {
  const baseUrl = access.apiUrl.replace(/\/+$/, '');
  const { origin, pathname } = new URL(baseUrl);
  const { owner, repo, budget = waitBudget(patience), timeout = patienceWithOne } = access;
  const fetch = guardedFetch(origin, timeout);
  const octokit = getOctokit(access.token, {
    baseUrl,
    log: silent,
    request: { ...defaults.request, fetch, log: silent },
  });

  const nameOf = (route: string, parameters: Parameters): string => {
    const { method, url } = octokit.request.endpoint(route, parameters);
    const path = new URL(url).pathname.slice(pathname === '/' ? 0 : pathname.length);
    return `${method} ${path.replace(/^\/repos\/[^/]+\/[^/]+/, '/repos/…')}`;
  };
  const send = async (route: string, parameters: Parameters): Promise<GitHubAnswer | Error> => {
    try {
      const { status, headers, data } = await octokit.request(route, parameters);
      return { status, headers, body: data as unknown };
    } catch (error) {
      return answerBehind(error) ?? (error as Error);
    }
  };
  const attempt = async (
    route: string,
    parameters: Parameters,
    request: string,
    needs: string,
  ): Promise<Told<GitHubAnswer>> => {
    const method = route.split(' ')[0] ?? '';
    for (let count = 1; ; count += 1) {
      const answer = await send(route, parameters);
      const came = answer instanceof Error ? null : answer;
      if (came !== null && came.status < 300) return ok(came);
      const pause = count < tries ? pauseAfter(came, method, count, Date.now()) : null;
      if (pause !== null && (await budget.wait(pause))) continue;
      if (!(answer instanceof Error)) return err(failureOfAnswer(answer, request, needs));
      const detail = tellGitHub(answer.message.replaceAll(access.token, '(token)'));
      return err({ reason: 'unreachable', status: null, request, needs, detail });
    }
  };
  const readAs = <T>(read: () => T, status: number, request: string, needs: string): Told<T> => {
    try {
      return ok(read());
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      return err({ reason: 'server-error', status, request, needs, detail: error.message });
    }
  };
  const ask: GitHubRequests['ask'] = async (route, parameters, needs, read) => {
    const whole = { owner, repo, ...parameters };
    const request = nameOf(route, whole);
    const answer = await attempt(route, whole, request, needs);
    return answer.ok ? readAs(() => read(answer.value.body), answer.value.status, request, needs) : answer;
  };
  const askAll: GitHubRequests['askAll'] = async (route, parameters, needs, read) => {
    const whole = { owner, repo, ...parameters, per_page: 100 };
    const request = nameOf(route, whole);
    const rows: unknown[] = [];
    const seen = new Set<string>();
    const malformed = (detail: string): Told<never> =>
      err({ reason: 'server-error', status: 200, request, needs, detail });
    for (let next: string | null = null; ; seen.add(next)) {
      const page = await (next === null
        ? attempt(route, whole, request, needs)
        : attempt('GET {+next}', { next }, request, needs));
      if (!page.ok) return page;
      if (!Array.isArray(page.value.body)) return malformed('the answer is not the list that was asked for');
      for (const row of page.value.body) rows.push(row);
      next = nextLink(page.value);
      if (next === null) return readAs(() => rows.map(read), page.value.status, request, needs);
      if (!URL.canParse(next) || new URL(next).origin !== origin)
        return malformed('the next page lies on another host');
      if (seen.has(next)) return malformed('the next page is one that was read already');
      if (seen.size >= pagesAtMost) return malformed(`there are more than ${pagesAtMost} pages`);
    }
  };
  return { ask, askAll };
};

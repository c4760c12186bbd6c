import {
  createDefaultHttpClient,
  createEmptyPipeline,
  type HttpClient,
  type Pipeline,
  type PipelinePolicy,
  proxyPolicy,
  RestError,
  tlsPolicy,
} from '@azure/core-rest-pipeline';
import type { RequestCounts } from '../core/ports.ts';
import type { Cloud } from './cloud.ts';
import { isTransient, pauseBefore, type WaitBudget } from './wait-budget.ts';

type Api = keyof RequestCounts;

/** The one way out: counts requests, refuses foreign hosts and writes, waits within a budget. */
export interface Http {
  readonly counts: RequestCounts;
  /** Policies for an SDK's pipeline that may only speak to `origin`. */
  readonly policies: (api: Api, origin: string) => readonly PipelinePolicy[];
  /** A whole pipeline of our own with the same policies. */
  readonly pipeline: (api: Api, origin: string) => Pipeline;
  readonly client: HttpClient;
  readonly budget: WaitBudget;
}

/** Tries in all, per request. */
const tries = 4;
const timeout = 60_000;

/** Reads that travel as POST: a batch of GETs, and a Resource Graph query. Nothing else may be posted. */
const postsThatRead = [/^\/v1\.0\/\$batch$/, /^\/beta\/\$batch$/, /^\/providers\/Microsoft\.ResourceGraph\/resources$/];

/** A request that this program must not send: a bug of ours or an answer that leads elsewhere. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
}

export const createHttp = (cloud: Cloud, budget: WaitBudget): Http => {
  const counts = { graph: 0, resourceManager: 0, token: 0 };
  const client = createDefaultHttpClient();

  const guard = (api: Api, origin: string): PipelinePolicy => ({
    name: 'backupAccessGuard',
    sendRequest: async (request, next) => {
      const url = new URL(request.url);
      if (url.origin !== origin)
        throw new RefusedRequest(`refused to send a request to ${url.origin}: only ${origin} is this API`);
      const reads =
        request.method === 'GET' ||
        (request.method === 'POST' && postsThatRead.some((path) => path.test(url.pathname)));
      if (api !== 'token' && !reads)
        throw new RefusedRequest(`refused to send ${request.method} ${url.pathname}: this run only reads`);
      if (request.timeout === 0) request.timeout = timeout;
      counts[api] += 1;
      return next(request);
    },
  });

  const retry: PipelinePolicy = {
    name: 'backupAccessGuardRetry',
    sendRequest: async (request, next) => {
      for (let attempt = 1; ; attempt += 1) {
        const response = await next(request).catch((error: unknown) => {
          if (error instanceof RestError && attempt < tries) return error;
          throw error;
        });
        const last = attempt >= tries;
        if (response instanceof RestError) {
          if (last || !(await budget.wait(pauseBefore(attempt, null, Date.now())))) throw response;
        } else {
          if (last || !isTransient(response.status)) return response;
          const pause = pauseBefore(attempt, response.headers.get('retry-after'), Date.now());
          if (!(await budget.wait(pause))) return response;
        }
      }
    },
  };

  const policies = (api: Api, origin: string) => [retry, guard(api, origin)];
  return {
    counts,
    client,
    budget,
    policies,
    pipeline: (api, origin) => {
      const pipeline = createEmptyPipeline();
      if (cloud.ca !== null) pipeline.addPolicy(tlsPolicy({ ca: cloud.ca }));
      pipeline.addPolicy(proxyPolicy());
      for (const policy of policies(api, origin)) pipeline.addPolicy(policy);
      return pipeline;
    },
  };
};

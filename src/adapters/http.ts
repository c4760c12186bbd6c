import {
  createDefaultHttpClient,
  createEmptyPipeline,
  type HttpClient,
  isRestError,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  proxyPolicy,
  tlsPolicy,
} from '@azure/core-rest-pipeline';
import type { RequestCounts } from '../core/ports.ts';
import type { Cloud } from './cloud.ts';
import { isTransient, pauseBefore, type WaitBudget } from './wait-budget.ts';

type Api = keyof RequestCounts;

/** The one way out: counts requests, refuses foreign hosts and writes, waits within a budget. */
export interface Http {
  readonly counts: RequestCounts;
  /** Counts a request that doesn't go through these policies. */
  readonly count: (api: Api) => void;
  /** Policies for an SDK's pipeline that may only speak to `origin`. */
  readonly policies: (api: Api, origin: string) => readonly PipelinePolicy[];
  /** A whole pipeline of our own with the same policies. */
  readonly pipeline: (api: Api, origin: string) => Pipeline;
  readonly client: HttpClient;
  readonly budget: WaitBudget;
}

/** Tries in all, per request. */
const tries = 4;
/** Milliseconds in which an answer must have arrived whole. */
const patienceWithOne = 60_000;

/** Reads that travel as POST: a batch of GETs, and a Resource Graph query. Nothing else may be posted. */
const batchPaths = ['/v1.0/$batch', '/beta/$batch'];
const queryPath = '/providers/Microsoft.ResourceGraph/resources';

const isRead = ({ method, body }: PipelineRequest, path: string): boolean => {
  if (method === 'GET') return true;
  if (method !== 'POST') return false;
  return path === queryPath || (batchPaths.includes(path) && typeof body === 'string' && holdsGetsOnly(body));
};

const holdsGetsOnly = (body: string): boolean => {
  const { requests } = JSON.parse(body) as { requests: readonly { method: string }[] };
  return requests.every(({ method }) => method === 'GET');
};

/** A pipeline that trusts and goes through what the cloud says, and does nothing else. */
export const plainPipeline = ({ ca }: Pick<Cloud, 'ca'>): Pipeline => {
  const pipeline = createEmptyPipeline();
  if (ca !== null) pipeline.addPolicy(tlsPolicy({ ca }));
  pipeline.addPolicy(proxyPolicy());
  return pipeline;
};

/** A request that this program must not send: a bug of ours or an answer that leads elsewhere. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
}

/** An answer that didn't come, or came in part, in all the time that one gets: not asked for again. */
class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

export const createHttp = (cloud: Cloud, budget: WaitBudget, timeout: number = patienceWithOne): Http => {
  const counts = { graph: 0, resourceManager: 0, token: 0 };
  const client = createDefaultHttpClient();

  const guard = (api: Api, origin: string): PipelinePolicy => ({
    name: 'backupAccessGuard',
    sendRequest: async (request, next) => {
      const url = new URL(request.url);
      if (url.origin !== origin)
        throw new RefusedRequest(`refused to send a request to ${url.origin}: only ${origin} is this API`);
      if (api !== 'token' && !isRead(request, url.pathname))
        throw new RefusedRequest(`refused to send ${request.method} ${url.pathname}: this run only reads`);
      // The pipeline's own timeout ends with the headers: a body that never ends would be waited for.
      const late = AbortSignal.timeout(timeout);
      request.abortSignal = late;
      counts[api] += 1;
      return next(request).catch((error: unknown) => {
        throw late.aborted ? new TimedOut(`no whole answer within ${timeout / 1000} seconds`) : error;
      });
    },
  });

  const retry: PipelinePolicy = {
    name: 'backupAccessGuardRetry',
    sendRequest: async (request, next) => {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await next(request).catch((error: unknown) => {
          if (isRestError(error)) return error;
          throw error;
        });
        // ARM's client throws an answer that it doesn't like: that is an answer all the same.
        const answer = isRestError(outcome) ? outcome.response : outcome;
        const mayPass = answer === undefined || isTransient(answer.status);
        const pause = pauseBefore(attempt, answer?.headers.get('retry-after'), Date.now());
        if (mayPass && attempt < tries && (await budget.wait(pause))) continue;
        if (isRestError(outcome)) throw outcome;
        return outcome;
      }
    },
  };

  const policies = (api: Api, origin: string) => [retry, guard(api, origin)];
  return {
    counts,
    count: (api) => {
      counts[api] += 1;
    },
    client,
    budget,
    policies,
    pipeline: (api, origin) => {
      const pipeline = plainPipeline(cloud);
      for (const policy of policies(api, origin)) pipeline.addPolicy(policy);
      return pipeline;
    },
  };
};

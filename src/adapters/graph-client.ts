import { createHttpHeaders, createPipelineRequest, type PipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { AuthenticationHandler, Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import type { Cloud } from './cloud.ts';
import type { Http } from './http.ts';
import { SignInFailed } from './sign-in-failed.ts';
import type { Tokens } from './tokens.ts';

/** Statuses with which a `Response` takes no body (source: Fetch standard, null body status). */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** Ends the SDK's chain of handlers: sends through our pipeline, so that guard, retry and trust are the same everywhere. */
const sendHandler = (cloud: Cloud, http: Http): Middleware => {
  const pipeline = http.pipeline('graph', cloud.graph);
  return {
    execute: async (context: Context) => {
      const response = await pipeline.sendRequest(http.client, toPipelineRequest(context));
      const headers = Object.fromEntries(Object.entries(response.headers.toJSON()));
      const { status } = response;
      if (status < 200 || status > 599) throw new RestError(`HTTP ${status} is no answer`);
      context.response = new Response(withoutBody.has(status) ? null : (response.bodyAsText ?? ''), {
        status,
        headers,
      });
    },
  };
};

const toPipelineRequest = ({ request, options }: Context): PipelineRequest => {
  const url = typeof request === 'string' ? request : request.url;
  const headers = new Headers(options?.headers as Record<string, string> | undefined);
  const body = options?.body;
  return createPipelineRequest({
    url,
    method: (options?.method ?? 'GET') as PipelineRequest['method'],
    headers: createHttpHeaders(Object.fromEntries(headers)),
    ...(typeof body === 'string' ? { body } : {}),
  });
};

/**
 * Microsoft's Graph client on our own sender. It sends no token to a host that isn't Graph's unless that host is in
 * `customHosts`, without a word (measured with 3.0.7).
 */
export const createGraphClient = (cloud: Cloud, http: Http, tokens: Tokens): Client => {
  const authentication = new AuthenticationHandler({
    getAccessToken: async () => {
      const token = await tokens.get(cloud.graphScope);
      if (!token.ok) throw new SignInFailed(token.error);
      return token.value;
    },
  });
  authentication.setNext(sendHandler(cloud, http));
  return Client.initWithMiddleware({
    middleware: authentication,
    baseUrl: `${cloud.graph}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(cloud.graph).hostname]),
  });
};

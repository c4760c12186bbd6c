import type { Readable } from 'node:stream';
import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { WriteAnswer, WritePort, WriteRequest } from '../core/write.ts';
import type { Cloud } from './cloud.ts';
import { hideTokens } from './hide-tokens.ts';
import { type Http, plainPipeline, RefusedRequest } from './http.ts';
import { type RawAnswer, readAnswer } from './sender-answer.ts';
import { shapeOf } from './sender-shapes.ts';
import type { Tokens } from './tokens.ts';

/** Milliseconds in which an answer must have arrived whole. */
const patienceWithOne = 60_000;
/** Bytes of an answer that are read: errors and assignments are small. */
const bytesAtMost = 1_048_576;

const lost = (detail: string): WriteAnswer => ({ came: false, detail });
const wordsOf = (error: unknown): string =>
  hideTokens(error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** The address of a request; it says the same before and after it is taken apart, else the request doesn't leave. */
const addressOf = (origin: string, { method, path }: WriteRequest): string => {
  const url = new URL(`${origin}${path}`);
  if (url.origin !== origin || url.hash !== '' || decodeURIComponent(`${url.pathname}${url.search}`) !== path)
    throw new RefusedRequest(`refused to send ${method} ${path}: it would arrive as another request`);
  return url.href;
};

/** The body of an answer, `null` where it breaks off or doesn't end. */
const bodyOf = async (stream: NodeJS.ReadableStream | undefined): Promise<string | null> => {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of (stream ?? []) as Readable) {
      parts.push(part as Buffer);
      size += (part as Buffer).length;
      if (size > bytesAtMost) return null;
    }
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString('utf8');
};

const rawOf = async ({ status, headers, readableStreamBody }: PipelineResponse): Promise<RawAnswer> => ({
  status,
  header: (name) => headers.get(name),
  body: await bodyOf(readableStreamBody),
});

/**
 * Sends writes of the known forms, each as exactly one request: no SDK, no retry, no redirect is in its way. Throws
 * `RefusedRequest` before anything leaves where a request has another form.
 */
export const createSender = (
  cloud: Cloud,
  { client, count }: Pick<Http, 'client' | 'count'>,
  tokens: Pick<Tokens, 'get'>,
  timeout: number = patienceWithOne,
): WritePort => {
  const apis = {
    graph: { origin: cloud.graph, scope: cloud.graphScope },
    resourceManager: { origin: cloud.resourceManager, scope: cloud.resourceManagerScope },
  };
  const pipeline = plainPipeline(cloud);
  return {
    send: async (request) => {
      const { api, method, path, body } = request;
      if (shapeOf(request) === null)
        throw new RefusedRequest(
          `refused to send ${method} ${path}: no such request is among those that may change a tenant`,
        );
      const { origin, scope } = apis[api];
      const url = addressOf(origin, request);
      const token = await tokens.get(scope);
      if (!token.ok) return lost(`nothing was sent, as sign-in failed: ${token.error.detail}`);
      const late = AbortSignal.timeout(timeout);
      count(api);
      try {
        const response = await pipeline.sendRequest(
          client,
          createPipelineRequest({
            url,
            method,
            headers: createHttpHeaders({
              accept: 'application/json',
              authorization: `Bearer ${token.value}`,
              ...(body === null ? {} : { 'content-type': 'application/json' }),
            }),
            ...(body === null ? {} : { body: JSON.stringify(body) }),
            abortSignal: late,
            // A body that never ends is given up, and so is one that is too long; the status is known by then.
            streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
          }),
        );
        return readAnswer(await rawOf(response), Date.now());
      } catch (error) {
        return lost(late.aborted ? `no answer within ${timeout / 1000} seconds` : `no answer: ${wordsOf(error)}`);
      }
    },
  };
};

import type { Client } from '@microsoft/microsoft-graph-client';
import { chunk } from '../core/chunk.ts';
import type { Answer } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';
import { listOf, objectOf } from '../core/wire.ts';
import { describeBody, failureOf, reasonOf } from './read-failure.ts';
import { isTransient, pauseBefore, type WaitBudget } from './wait-budget.ts';

interface Call {
  readonly path: string;
  readonly answer: (answer: Answer<unknown>) => void;
  /** A bug of ours came up: it must not be swallowed by a timer. */
  readonly fail: (error: unknown) => void;
}

/** Versions of Microsoft Graph, as its addresses have them. */
export type GraphVersion = 'v1.0' | 'beta';

interface Sender {
  readonly client: Client;
  readonly version: GraphVersion;
  readonly budget: WaitBudget;
}

interface Inner {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

/** Microsoft Graph takes at most 20 requests in a batch (source: JSON batching, Microsoft Graph). */
const callsPerBatch = 20;
const batchesInFlight = 8;
const tries = 4;

/** Sends GETs in batches: all that are asked for in one turn of the event loop travel together. */
export const createBatcher = (client: Client, version: GraphVersion, budget: WaitBudget) => {
  let waiting: Call[] = [];

  const flush = async (): Promise<void> => {
    const batches = chunk(waiting, callsPerBatch);
    waiting = [];
    const worker = async (): Promise<void> => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
        await sendBatch({ client, version, budget }, batch).catch(failAll(batch));
    };
    await Promise.all(Array.from({ length: batchesInFlight }, worker));
  };

  return (path: string): Promise<Answer<unknown>> =>
    new Promise((answer, fail) => {
      waiting.push({ path, answer, fail });
      if (waiting.length === 1) setImmediate(() => void flush());
    });
};

const failAll =
  (batch: readonly Call[]) =>
  (error: unknown): void => {
    for (const { fail } of batch) fail(error);
  };

/** Sends one batch, and again what in it was throttled or failed for the moment: the SDK retries no inner request. */
const sendBatch = async (sender: Sender, batch: readonly Call[]): Promise<void> => {
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const inner = await postBatch(sender, left);
    const again: { call: Call; pause: number }[] = [];
    left.forEach((call, index) => {
      const result = inner instanceof Map ? inner.get(String(index + 1)) : inner;
      if (
        result !== undefined &&
        'status' in result &&
        isInner(result) &&
        isTransient(result.status) &&
        attempt < tries
      )
        again.push({ call, pause: pauseBefore(attempt, result.retryAfter, Date.now()) });
      else call.answer(toAnswer(call.path, result));
    });
    if (again.length > 0 && !(await sender.budget.wait(Math.max(...again.map(({ pause }) => pause))))) {
      for (const { call } of again)
        call.answer(toAnswer(call.path, inner instanceof Map ? innerOf(inner, left, call) : undefined));
      return;
    }
    left = again.map(({ call }) => call);
  }
};

const innerOf = (inner: ReadonlyMap<string, Inner>, calls: readonly Call[], call: Call): Inner | undefined =>
  inner.get(String(calls.indexOf(call) + 1));

type Outcome = ReadonlyMap<string, Inner> | { readonly thrown: unknown };

const isInner = (result: Inner | { readonly thrown: unknown }): result is Inner => 'status' in result;

/** Inner answers by id: their order is not that of the requests, and one may be missing. */
const postBatch = async ({ client, version }: Sender, calls: readonly Call[]): Promise<Outcome> => {
  const requests = calls.map(({ path }, index) => ({ id: String(index + 1), method: 'GET', url: path }));
  try {
    const body: unknown = await client.api('/$batch').version(version).post({ requests });
    const answers = listOf(objectOf(body, 'the batch answer'), 'responses').map((response) => {
      const wire = objectOf(response, 'an inner answer');
      const headers = Object.entries(
        typeof wire['headers'] === 'object' && wire['headers'] !== null ? wire['headers'] : {},
      );
      const retryAfter = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
      const status = typeof wire['status'] === 'number' ? wire['status'] : Number(wire['status']);
      return [
        String(wire['id']),
        { status, body: wire['body'], retryAfter: retryAfter === undefined ? null : String(retryAfter) },
      ] as const;
    });
    return new Map(answers);
  } catch (error) {
    return { thrown: error };
  }
};

const toAnswer = (path: string, result: Inner | { readonly thrown: unknown } | undefined): Answer<unknown> => {
  const request = `GET ${path}`;
  if (result === undefined)
    return err({
      reason: 'malformed',
      status: null,
      request,
      detail: 'the batch came back without an answer to this request',
    });
  if (!isInner(result)) return err(failureOf(result.thrown, request));
  if (result.status === 200) return ok(result.body);
  return err({
    reason: reasonOf(result.status),
    status: result.status,
    request,
    detail: describeBody(result.status, result.body),
  });
};

import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiName, type ApiRequest, type Reply, splitTarget } from './api-request.ts';
import type { Certificates } from './certificates.ts';
import { bendNextLink, type FaultAnswer, type FaultSurface, type FaultTarget, faultReply } from './faults.ts';
import { isWrite, type RequestLogLine } from './request-log.ts';

/** An API behind a listener: how it answers, and what faults need to know of it. */
export interface Api extends FaultSurface {
  /** `id` is the number of the HTTP request, which inner requests carry on. */
  readonly handle: (request: ApiRequest, id: number) => Promise<Reply> | Reply;
  /** App id of the caller, for the log. */
  readonly callerOf: (request: ApiRequest) => string | null;
}

/** One HTTP request, as somebody sees it who stands at the door of the tenant. */
export interface ServedCall {
  readonly api: ApiName;
  readonly method: string;
  /** With query, as it was sent. */
  readonly target: string;
  readonly body: string;
}

/** Stands at the door: for tests of programs that die, or whose answers are lost, at any of these moments. */
export interface Onlooker {
  /** A request has come, and nothing is done yet. `false`: it is dropped there. */
  readonly comes: (call: ServedCall) => Promise<boolean>;
  /** It was carried out, or refused, by the API itself. */
  readonly isDone: (call: ServedCall, reply: Reply) => void;
  /** The answer that is about to leave, to be handed on or replaced; `null`: the connection is cut. */
  readonly leaves: (call: ServedCall, reply: Reply | null) => Promise<Reply | null>;
}

/** What all listeners share. */
export interface Surroundings {
  /** `null`: plain HTTP. */
  readonly certificates: Certificates | null;
  readonly fault: (target: FaultTarget) => FaultAnswer | null;
  /** `reply` is `null` where the connection was cut. */
  readonly log: (line: RequestLogLine, request: ApiRequest, reply: Reply | null) => void;
  readonly now: () => Date;
  /** The number of the next HTTP request. */
  readonly nextIndex: () => number;
  readonly onlooker?: Onlooker;
}

/** No request body of these APIs comes near this. */
const MOST_BYTES = 16 * 1024 * 1024;

const readBody = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const headersOf = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

const send = (response: ServerResponse, reply: Reply): void => {
  const text = reply.body === undefined ? '' : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  const type = typeof reply.body === 'object' ? { 'content-type': 'application/json; charset=utf-8' } : {};
  const headers = { 'cache-control': 'no-cache', ...type, ...reply.headers };
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  response.writeHead(reply.status, { ...headers, ...length });
  response.end(text);
};

/** The reply of a request under a fault; `null` where the connection is to be cut. */
export const answerUnderFault = async (
  answer: FaultAnswer | null,
  request: ApiRequest,
  target: string,
  api: FaultSurface,
  run: () => Promise<Reply> | Reply,
): Promise<Reply | null> => {
  if (answer === null) return run();
  if ('cut' in answer) return null;
  if ('lost' in answer) {
    await run();
    return null;
  }
  const instead = faultReply(answer, request, target, api);
  if (instead !== null) return instead;
  if ('hang' in answer) await wait(answer.hang, undefined, { ref: false });
  const reply = await run();
  return 'nextLink' in answer ? bendNextLink(reply, answer.nextLink) : reply;
};

const serve = async (
  name: ApiName,
  api: Api,
  around: Surroundings,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const index = around.nextIndex();
  const method = incoming.method ?? 'GET';
  const target = incoming.url ?? '/';
  const request: ApiRequest = {
    method,
    ...splitTarget(target),
    headers: headersOf(incoming),
    body: await readBody(incoming),
  };
  const { onlooker } = around;
  const call = { api: name, method, target, body: request.body };
  if (onlooker !== undefined && !(await onlooker.comes(call))) {
    incoming.socket.destroy();
    return;
  }
  const answer = around.fault({ api: name, method, target, inner: false, index });
  const own = await answerUnderFault(answer, request, target, api, async () => {
    const done = await api.handle(request, index);
    onlooker?.isDone(call, done);
    return done;
  });
  const reply = onlooker === undefined ? own : await onlooker.leaves(call, own);
  const at = around.now().toISOString();
  const line = { at, api: name, method, path: target, batch: null, index, write: isWrite(name, method, target) };
  around.log({ ...line, status: reply?.status ?? 0, caller: api.callerOf(request) }, request, reply);
  if (reply === null) incoming.socket.destroy();
  else send(response, reply);
};

/** A server that listens, its address, and how to stop it. */
export interface Listener {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Server = ReturnType<typeof createPlainServer> | ReturnType<typeof createServer>;

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });

/** Serves an API on a free port of the loopback address. `makeApi` gets the address, which links need. */
export const listen = async (name: ApiName, makeApi: (url: string) => Api, around: Surroundings): Promise<Listener> => {
  const { certificates } = around;
  const server =
    certificates === null
      ? createPlainServer()
      : createServer({ cert: certificates.certificate, key: certificates.key });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `${certificates === null ? 'http' : 'https'}://localhost:${port}`;
  const api = makeApi(url);
  server.on('request', (incoming, response) => {
    serve(name, api, around, incoming, response).catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent)
        send(response, { status: 500, body: { error: { code: 'EmbeddedTenantFailure', message } } });
    });
  });
  return { url, close: () => closeServer(server) };
};

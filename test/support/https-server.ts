import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Cloud } from '../../src/adapters/cloud.ts';
import { createHttp } from '../../src/adapters/http.ts';
import { createTokens, type Tokens } from '../../src/adapters/tokens.ts';
import { type WaitBudget, waitBudget } from '../../src/adapters/wait-budget.ts';
import { makeCertificates } from '../../src/emulator/certificates.ts';

export interface Seen {
  readonly method: string;
  /** Path with query, decoded. */
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string;
}

/** What to answer; `null` cuts the connection, `'hang'` says nothing, `'half'` sends half a body and stops. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly text?: string;
    }
  | null
  | 'hang'
  | 'half';

export interface Server {
  readonly origin: string;
  readonly ca: string;
  readonly seen: readonly Seen[];
  readonly close: () => Promise<void>;
}

/** One authority for all servers of a test file. */
export const certificates = await makeCertificates(new Date());

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** An HTTPS server on the loopback address that answers as told and remembers what it received. */
export const startServer = async (answer: (request: Seen, index: number) => Reply): Promise<Server> => {
  const seen: Seen[] = [];
  const server = createServer({ cert: certificates.certificate, key: certificates.key }, (incoming, response) => {
    void bodyOf(incoming).then((body) => {
      const request = {
        method: incoming.method ?? '',
        path: decodeURIComponent(incoming.url ?? ''),
        authorization: incoming.headers.authorization ?? null,
        body,
      };
      seen.push(request);
      const reply = answer(request, seen.length - 1);
      if (reply === null) incoming.socket.destroy();
      else if (reply === 'half') response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":');
      else if (reply !== 'hang') {
        response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
        response.end(reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    ca: certificates.ca,
    seen,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

/** A cloud whose APIs are all behind one server. */
export const cloudOf = (server: Server, ca: string | null = server.ca): Cloud => ({
  name: 'test',
  authority: server.origin,
  graph: server.origin,
  resourceManager: server.origin,
  graphScope: `${server.origin}/.default`,
  resourceManagerScope: `${server.origin}/.default`,
  audience: 'api://AzureADTokenExchange',
  ca,
});

/** The token that no foreign server and no output may ever see. */
export const canary = 'canary-access-token';

const canaryTokens = (budget: WaitBudget): Tokens =>
  createTokens({ getToken: async () => ({ token: canary, expiresOnTimestamp: Date.now() + 3_600_000 }) }, budget);

/** Waits that take no time, of which `total` milliseconds are to be had; `waits` tells what was asked for. */
export const quickBudget = (total = 600_000): WaitBudget & { readonly waits: number[] } => {
  const waits: number[] = [];
  const budget = waitBudget(total, async (milliseconds) => void waits.push(milliseconds));
  return { wait: budget.wait, waits };
};

/** What an adapter needs to speak to a server. */
export const dial = (
  server: Server,
  { total = 600_000, timeout = 2_000 }: { total?: number; timeout?: number } = {},
) => {
  const budget = quickBudget(total);
  const cloud = cloudOf(server);
  const http = createHttp(cloud, budget, timeout);
  return { cloud, http, budget, tokens: canaryTokens(budget) };
};

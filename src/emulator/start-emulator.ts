import { randomBytes } from 'node:crypto';
import type { Reply } from './api-request.ts';
import { makeArm } from './arm-router.ts';
import { makeAuthority } from './authority.ts';
import { makeCertificates } from './certificates.ts';
import { type FaultScript, makeFaults } from './faults.ts';
import { GITHUB_ISSUER, type GitHubOptions, makeGitHub } from './github-oidc.ts';
import type { InnerRun } from './graph-batch.ts';
import { answerGraph, type GraphContext, makeGraph } from './graph-router.ts';
import { type Api, answerUnderFault, listen, type Onlooker, type Surroundings } from './http.ts';
import { textOf } from './json.ts';
import { makeArmStore } from './make-arm-store.ts';
import { makeDirectory } from './make-directory.ts';
import { isWrite, makeRequestLog, type RequestLogLine } from './request-log.ts';
import type { ApiState, AzureRoleState, TenantState } from './tenant-state.ts';
import { type BucketOptions, makeBucket } from './throttle.ts';
import { makeTokenSigner } from './tokens.ts';

/** How to serve a tenant. Only the state is needed. */
export interface EmulatorOptions {
  readonly tenant: TenantState;
  /** Permissions that APIs offer beside those of the state. */
  readonly knownApis?: readonly ApiState[];
  /** Azure roles beside those of the state. */
  readonly knownAzureRoles?: readonly AzureRoleState[];
  readonly log?: (line: RequestLogLine) => void;
  readonly faults?: FaultScript;
  /** The most rows of a page, below Microsoft's own sizes. */
  readonly pageSize?: number;
  /** How many reads still see the old state after a write. */
  readonly replicationLag?: number;
  /** Microsoft's limits, or tighter ones: resource units of Graph, reads of ARM, Resource Graph queries. None where not said. */
  readonly throttle?: {
    readonly graph?: BucketOptions;
    readonly arm?: BucketOptions;
    readonly queries?: BucketOptions;
  };
  readonly github?: GitHubOptions;
  /** The tenant's clock. */
  readonly now?: () => Date;
  readonly onlooker?: Onlooker;
}

/** What `--cloud FILE` holds, with the certificate authority beside it. */
interface EmbeddedCloud {
  readonly name: 'embedded';
  readonly authority: string;
  readonly graph: string;
  readonly resourceManager: string;
  readonly audience: string;
}

export interface Emulator {
  readonly cloud: EmbeddedCloud;
  readonly caPem: string;
  readonly github: { readonly oidcUrl: string; readonly requestToken: string };
  /** All requests so far. */
  readonly requests: () => readonly RequestLogLine[];
  readonly close: () => Promise<void>;
}

const counter = (): (() => number) => {
  let next = 0;
  return () => next++;
};

/** Runs one request of a batch: with its own faults, status and log line. */
const makeInner = (around: Surroundings, api: () => Api, context: () => GraphContext): InnerRun => {
  const nextInner = counter();
  return async (request, target, batch) => {
    const index = nextInner();
    const answer = around.fault({ api: 'graph', method: request.method, target, inner: true, index });
    const reply = await answerUnderFault(answer, request, target, api(), () => answerGraph(context(), request));
    // A connection can't be cut inside a batch: the request fails as if the service behind had gone.
    const sent: Reply = reply ?? { status: 500, body: api().errorBody(500, request) };
    const at = around.now().toISOString();
    const line = { at, api: 'graph' as const, method: request.method, path: target, batch, index };
    const caller = api().callerOf(request);
    around.log(
      { ...line, status: sent.status, caller, write: isWrite('graph', request.method, target) },
      request,
      reply,
    );
    return sent;
  };
};

/** Starts the embedded tenant on four ports of the loopback address. Throws `TenantFileError` for a state that contradicts itself. */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator> => {
  const { tenant } = options;
  const now = options.now ?? (() => new Date());
  const since = tenant.asOf ?? now().toISOString();
  const directory = makeDirectory(tenant, options.knownApis ?? [], since);
  const principalOf = (appId: string): string =>
    textOf(directory.servicePrincipals.find('appId', appId)[0] ?? {}, 'id');
  const store = makeArmStore(tenant, options.knownAzureRoles ?? [], principalOf, since);
  const signer = makeTokenSigner();
  const githubSigner = makeTokenSigner();
  const log = makeRequestLog(options.log ?? (() => {}));
  const certificates = await makeCertificates(new Date());
  const around: Surroundings = {
    certificates,
    fault: makeFaults(options.faults ?? []),
    log: log.add,
    now,
    nextIndex: counter(),
    ...(options.onlooker === undefined ? {} : { onlooker: options.onlooker }),
  };
  const paging = { pageSize: options.pageSize ?? null, lag: options.replicationLag ?? 0 };
  const units = makeBucket(options.throttle?.graph, 8000);
  const buckets = { reads: makeBucket(options.throttle?.arm, 249), queries: makeBucket(options.throttle?.queries, 14) };
  const github: Required<GitHubOptions> = {
    subject: options.github?.subject ?? 'repo:contoso/backup-access:environment:production',
    issuer: options.github?.issuer ?? GITHUB_ISSUER,
    requestToken: options.github?.requestToken ?? randomBytes(24).toString('base64url'),
  };
  const resources = new Map<string, string>();
  const graph = await listen(
    'graph',
    (url) => {
      const inner = makeInner(
        around,
        () => api,
        () => context,
      );
      const context: GraphContext = { url, directory, signer, now, units, inner, ...paging };
      const api: Api = makeGraph(context);
      return api;
    },
    around,
  );
  const arm = await listen(
    'resourceManager',
    (url) => makeArm({ url, store, directory, signer, now, ...buckets, ...paging }),
    around,
  );
  const oidc = await listen('github', (url) => makeGitHub(url, github, githubSigner, now), around);
  resources.set(graph.url, '00000003-0000-0000-c000-000000000000');
  resources.set(arm.url, '797f4846-ba00-4fd7-ba43-dac1f8f63013');
  const authority = await listen(
    'authority',
    (url) =>
      makeAuthority({ url, directory, state: tenant, signer, github: githubSigner, now, resources: () => resources }),
    around,
  );
  const listeners = [authority, graph, arm, oidc];
  return {
    cloud: {
      name: 'embedded',
      authority: authority.url,
      graph: graph.url,
      resourceManager: arm.url,
      audience: 'api://AzureADTokenExchange',
    },
    caPem: certificates.ca,
    github: { oidcUrl: `${oidc.url}/idtoken?api-version=2.0`, requestToken: github.requestToken },
    requests: log.lines,
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
};

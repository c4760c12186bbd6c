import type { RequestCounts, TenantPorts } from '../core/ports.ts';
import type { WritePort } from '../core/write.ts';
import type { Cloud } from './cloud.ts';
import { createHttp } from './http.ts';
import { createCredential, type SignIn } from './sign-in.ts';
import { createTokens } from './tokens.ts';
import { waitBudget } from './wait-budget.ts';

/** A tenant that can be read, and nothing else unless that was asked for. */
export interface Connection {
  readonly ports: TenantPorts;
  /** Counts so far. */
  readonly requests: RequestCounts;
  /** The tenant that sign-in led to; `null` where it failed or doesn't say, which reads will tell of. */
  readonly tenantId: string | null;
  /** Object id of whoever signed in; `null` where the token doesn't say. */
  readonly principal: string | null;
  /** Sends writes; absent where nobody asked for it. Only apply and remediate do. */
  readonly write?: WritePort;
}

/** Milliseconds that a run may wait for throttling in all. */
const patience = 120_000;

/** Signs in, and loads the SDKs while the answer is on its way. */
export const connect = async (
  signIn: SignIn,
  cloud: Cloud,
  wait: number = patience,
  { write = false }: { readonly write?: boolean } = {},
): Promise<Connection> => {
  const http = createHttp(cloud, waitBudget(wait));
  const tokens = createTokens(await createCredential(signIn, cloud, http), http.budget);
  const signedIn = tokens.claims(cloud.graphScope);
  const [{ createGraph }, { createArm }] = await Promise.all([import('./graph.ts'), import('./arm.ts')]);
  const sender = write ? (await import('./sender.ts')).createSender(cloud, http, tokens) : null;
  const claims = await signedIn;
  return {
    ports: { graph: createGraph(cloud, http, tokens), arm: createArm(cloud, http, tokens) },
    requests: http.counts,
    tenantId: claims.ok ? claims.value.tenant : null,
    principal: claims.ok ? claims.value.principal : null,
    ...(sender === null ? {} : { write: sender }),
  };
};

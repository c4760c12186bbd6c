import type { RequestCounts, TenantPorts } from '../core/ports.ts';
import type { Cloud } from './cloud.ts';
import { createHttp } from './http.ts';
import { createCredential, type SignIn } from './sign-in.ts';
import { createTokens } from './tokens.ts';
import { waitBudget } from './wait-budget.ts';

/** A tenant that can be read, and nothing else. */
export interface Connection {
  readonly ports: TenantPorts;
  /** Counts so far. */
  readonly requests: RequestCounts;
  /** The tenant that sign-in led to; `null` where it failed or doesn't say, which reads will tell of. */
  readonly tenantId: string | null;
}

/** Milliseconds that a run may wait for throttling in all. */
const patience = 120_000;

/** Signs in, and loads the SDKs while the answer is on its way. */
export const connect = async (signIn: SignIn, cloud: Cloud, wait: number = patience): Promise<Connection> => {
  const http = createHttp(cloud, waitBudget(wait));
  const tokens = createTokens(await createCredential(signIn, cloud, http), http.budget);
  const signedIn = tokens.claims(cloud.graphScope);
  const [{ createGraph }, { createArm }] = await Promise.all([import('./graph.ts'), import('./arm.ts')]);
  const claims = await signedIn;
  return {
    ports: { graph: createGraph(cloud, http, tokens), arm: createArm(cloud, http, tokens) },
    requests: http.counts,
    tenantId: claims.ok ? claims.value.tenant : null,
  };
};

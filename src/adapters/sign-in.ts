import { readFile } from 'node:fs/promises';
import type { TokenCredential } from '@azure/identity';
import { CallError } from '../core/call-error.ts';
import { type Cloud, isMicrosoftCloud } from './cloud.ts';
import type { Http } from './http.ts';
import { describeSignIn } from './tokens.ts';

/** How the program signs in: to which tenant, as whom. */
export interface SignIn {
  readonly tenantId: string;
  readonly clientId: string;
  readonly by:
    | { readonly type: 'secret'; readonly secret: string }
    | { readonly type: 'certificate'; readonly path: string }
    | { readonly type: 'federated'; readonly assertion: () => Promise<string> }
    | { readonly type: 'federated-file'; readonly path: string }
    | { readonly type: 'azure-cli' };
}

/** GitHub's assertions live some five minutes; one is kept for less than four (measured). */
const assertionLife = 3.5 * 60_000;

/** One assertion per few minutes: the SDK asks for two per token, also when it has one (measured with 4.14.1). */
export const memoiseAssertion = (
  fetch: () => Promise<string>,
  now: () => number = Date.now,
): (() => Promise<string>) => {
  let kept: { at: number; assertion: Promise<string> } | null = null;
  return () => {
    if (kept === null || now() - kept.at > assertionLife) {
      const assertion = fetch();
      kept = { at: now(), assertion };
      assertion.catch(() => {
        kept = null;
      });
    }
    return kept.assertion;
  };
};

/** The credential of `@azure/identity` for a way of signing in; loaded when it is known which. */
export const createCredential = async (
  { tenantId, clientId, by }: SignIn,
  cloud: Cloud,
  http: Http,
): Promise<TokenCredential> => {
  if (by.type === 'azure-cli') {
    const { AzureCliCredential } = await import('@azure/identity');
    return new AzureCliCredential(tenantId === '' ? {} : { tenantId });
  }
  const options = {
    authorityHost: cloud.authority,
    disableInstanceDiscovery: !isMicrosoftCloud(cloud),
    additionalPolicies: http
      .policies('token', cloud.authority)
      .map((policy) => ({ policy, position: 'perCall' as const })),
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    ...(cloud.ca === null ? {} : { tlsOptions: { ca: cloud.ca } }),
  };
  const { ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential } = await import(
    '@azure/identity'
  );
  try {
    if (by.type === 'secret') return new ClientSecretCredential(tenantId, clientId, by.secret, options);
    if (by.type === 'certificate') return new ClientCertificateCredential(tenantId, clientId, by.path, options);
    const fetch = by.type === 'federated' ? by.assertion : async () => (await readFile(by.path, 'utf8')).trim();
    return new ClientAssertionCredential(tenantId, clientId, memoiseAssertion(fetch), options);
  } catch (error) {
    // The SDK looks at tenant and client id before it asks anybody.
    throw new CallError(
      `sign-in as \`${clientId}\` in tenant \`${tenantId}\` is not possible: ${describeSignIn(error)}`,
    );
  }
};

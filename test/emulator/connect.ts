import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import tls from 'node:tls';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { type AccessToken, ClientSecretCredential, type TokenCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/start-emulator.ts';
import { READER, SECRET, SUBSCRIPTION, state, TENANT } from './tenant.ts';

/** Starts a tenant whose certificate authority this process trusts. */
export const start = async (options: Partial<EmulatorOptions> = {}): Promise<Emulator> => {
  const emulator = await startEmulator({ tenant: state(), ...options });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), emulator.caPem]);
  return emulator;
};

export const credential = (emulator: Emulator, clientId = READER, secret = SECRET): ClientSecretCredential =>
  new ClientSecretCredential(TENANT, clientId, secret, {
    authorityHost: emulator.cloud.authority,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });

export const tokenFor = async (
  emulator: Emulator,
  api: 'graph' | 'resourceManager',
  clientId = READER,
  secret = SECRET,
): Promise<string> => {
  const scope = `${emulator.cloud[api]}/.default`;
  const got: AccessToken = await credential(emulator, clientId, secret).getToken(scope);
  return got.token;
};

export const graphClient = (emulator: Emulator, from: TokenCredential = credential(emulator)): Client =>
  Client.initWithMiddleware({
    baseUrl: `${emulator.cloud.graph}/`,
    customHosts: new Set(['localhost']),
    authProvider: {
      getAccessToken: async () => (await from.getToken('https://graph.microsoft.com/.default'))?.token ?? '',
    },
  });

export const armClient = (
  emulator: Emulator,
  from: TokenCredential = credential(emulator),
): AuthorizationManagementClient =>
  new AuthorizationManagementClient(from, SUBSCRIPTION, {
    endpoint: emulator.cloud.resourceManager,
    retryOptions: { maxRetries: 0 },
  });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into bodies of many shapes
  readonly body: any;
}

/** Sends one request as it is. */
export const send = async (url: string, token: string | null, init: RequestInit = {}): Promise<Answer> => {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    redirect: 'manual',
    ...init,
    headers: { ...authorization, 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};

/** Asks Graph with a plain request. */
export const askGraph = async (
  emulator: Emulator,
  path: string,
  init?: RequestInit,
  as: readonly [string, string] = [READER, SECRET],
): Promise<Answer> => send(`${emulator.cloud.graph}/v1.0${path}`, await tokenFor(emulator, 'graph', ...as), init);

/** Asks ARM with a plain request. */
export const askArm = async (
  emulator: Emulator,
  path: string,
  init?: RequestInit,
  as: readonly [string, string] = [READER, SECRET],
): Promise<Answer> =>
  send(`${emulator.cloud.resourceManager}${path}`, await tokenFor(emulator, 'resourceManager', ...as), init);

const SHARED = resolve(import.meta.dirname, '../../../shared');
/** A path in the folder of shared reference material, `null` where it isn't there. */
export const sharedPath = (path: string): string | null =>
  existsSync(resolve(SHARED, path)) ? resolve(SHARED, path) : null;

import { randomUUID } from 'node:crypto';
import { type ApiRequest, json, type Reply } from './api-request.ts';
import type { Api } from './http.ts';
import type { TokenSigner } from './tokens.ts';

/** What the embedded GitHub says of the workflow run that asks for an id token. */
export interface GitHubOptions {
  /** `repo:contoso/backup-access:environment:prod` and the like. */
  readonly subject?: string;
  readonly issuer?: string;
  /** The bearer token that a run must show, as in `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly requestToken?: string;
}

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
/** Seconds that an id token lives (source: recorded claims). */
const LIFETIME = 300;

/** The endpoint behind `ACTIONS_ID_TOKEN_REQUEST_URL`. */
export const makeGitHub = (
  url: string,
  options: Required<GitHubOptions>,
  signer: TokenSigner,
  now: () => Date,
): Api => {
  const idToken = (request: ApiRequest): Reply => {
    if (request.headers['authorization'] !== `Bearer ${options.requestToken}`) {
      return json({ message: 'Unauthorized' }, 401);
    }
    const issued = Math.floor(now().getTime() / 1000);
    const repository = /^repo:([^:]+)/.exec(options.subject)?.[1] ?? '';
    const value = signer.sign({
      jti: randomUUID(),
      sub: options.subject,
      aud: request.query.get('audience') ?? `https://github.com/${repository.split('/')[0]}`,
      iss: options.issuer,
      repository,
      nbf: issued - 600,
      exp: issued + LIFETIME,
      iat: issued,
    });
    return json({ count: 1, value });
  };
  return {
    handle: (request) => {
      if (request.path === '/.well-known/jwks') return json(signer.jwks);
      if (request.path !== '/idtoken') return json({ message: 'Not Found' }, 404);
      return request.method === 'GET' ? idToken(request) : json({ message: 'Method Not Allowed' }, 405);
    },
    callerOf: () => null,
    errorBody: () => ({ message: 'the id token service is unavailable' }),
    emptyPage: () => ({ count: 0 }),
    addressOf: (target) => `${url}${target}`,
  };
};

import type { AccessToken, TokenCredential } from '@azure/identity';
import type { Answer } from '../core/ports.ts';
import { err, ok } from '../core/result.ts';
import { hideTokens } from './hide-tokens.ts';
import { pauseBefore, type WaitBudget } from './wait-budget.ts';

/** What of a token is read, without verifying it: it only says which of the tenant's answers are about ourselves. */
export interface Claims {
  /** Object id, `null` where the token doesn't say. */
  readonly principal: string | null;
  readonly tenant: string | null;
  /** Application permissions; empty where the token doesn't say, or speaks for a person. */
  readonly roles: readonly string[];
}

/** Access tokens, one request per API and run. */
export interface Tokens {
  readonly get: (scope: string) => Promise<Answer<string>>;
  /** Whom a token speaks for. */
  readonly claims: (scope: string) => Promise<Answer<Claims>>;
  /** The same as a credential, for SDKs that ask by themselves. */
  readonly credential: TokenCredential;
}

/** A federated credential takes minutes to be known everywhere: worth another try. */
const propagation = new Set(['70021', '700213']);
const tries = 3;
const renewBefore = 5 * 60_000;

/** Why sign-in failed, in Entra's own code and first line; never the token, the secret or the assertion. */
export const describeSignIn = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  const code = signInCode(text);
  const line = text.split(/\r?\n/).find((part) => part.trim() !== '') ?? 'no reason given';
  const words = hideTokens(line.replace(/\s*Trace ID:.*$/i, '')).slice(0, 300);
  return code === null || words.includes(`AADSTS${code}`) ? words : `AADSTS${code}: ${words}`;
};

const signInCode = (text: string): string | null =>
  /AADSTS(\d+)/.exec(text)?.[1] ?? /Error\(s\): (\d+)/.exec(text)?.[1] ?? null;

export const createTokens = (credential: TokenCredential, budget: WaitBudget): Tokens => {
  const cache = new Map<string, Promise<AccessToken>>();
  let before: Promise<unknown> = Promise.resolve();

  const fetchToken = async (scope: string): Promise<AccessToken> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const token = await credential.getToken(scope);
        if (token === null) throw new Error('no token was given');
        return token;
      } catch (error) {
        const code = signInCode(error instanceof Error ? error.message : '');
        const again = code !== null && propagation.has(code) && attempt < tries;
        if (!again || !(await budget.wait(pauseBefore(attempt + 2, null, Date.now())))) throw error;
      }
    }
  };

  /** Calls in the same moment share one request; a failed one isn't kept. */
  const token = async (scope: string): Promise<AccessToken> => {
    const known = cache.get(scope);
    if (known !== undefined) {
      const value = await known;
      const newer = cache.get(scope);
      // Others waited for the same one: the first of them asks again, for all.
      if (newer !== undefined && newer !== known) return newer;
      if (value.expiresOnTimestamp - renewBefore > Date.now()) return value;
    }
    // One after the other: the second then knows the authority's addresses and needn't ask for them again.
    const asked = before.then(() => fetchToken(scope));
    before = asked.catch(() => undefined);
    cache.set(scope, asked);
    asked.catch(() => {
      if (cache.get(scope) === asked) cache.delete(scope);
    });
    return asked;
  };

  const get = async (scope: string): Promise<Answer<string>> => {
    try {
      return ok((await token(scope)).token);
    } catch (error) {
      return err({
        reason: 'unauthenticated',
        status: null,
        request: `sign in for ${scope}`,
        detail: describeSignIn(error),
      });
    }
  };

  return {
    get,
    claims: async (scope) => {
      const answer = await get(scope);
      return answer.ok ? ok(claimsIn(answer.value)) : answer;
    },
    credential: { getToken: (scopes) => token([scopes].flat()[0] ?? '') },
  };
};

/** A token is opaque to its bearer: one that can't be looked into says nothing. */
const parseClaims = (payload: string): Record<string, unknown> => {
  try {
    const claims: unknown = JSON.parse(payload);
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const claimsIn = (token: string): Claims => {
  const parts = token.split('.');
  const claims = parts.length === 3 ? parseClaims(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) : {};
  const claim = (name: string): string | null => {
    const value = claims[name];
    return typeof value === 'string' ? value.toLowerCase() : null;
  };
  const roles = Array.isArray(claims['roles']) ? claims['roles'].filter((role) => typeof role === 'string') : [];
  return { principal: claim('oid'), tenant: claim('tid'), roles };
};

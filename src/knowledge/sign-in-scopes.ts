import type { DelegatedGrantFact } from '../core/fact.ts';
import { microsoftGraph } from './apis.ts';

/** Scopes that show who signs in and nothing else (source: learn.microsoft.com/entra/identity-platform/scopes-oidc). */
const signInScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'user.read']);

/** Does this scope only let a person sign in and show their own profile? */
export const isSignInScope = (fact: DelegatedGrantFact): boolean =>
  fact.api === microsoftGraph && signInScopes.has(fact.subject.toLowerCase());

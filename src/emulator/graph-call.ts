import type { ApiRequest, Reply } from './api-request.ts';
import type { Directory } from './directory.ts';
import type { EntityType } from './graph-entity-type.ts';
import { badRequest, notFound } from './graph-failure.ts';
import { APPLICATION, GROUP, SERVICE_PRINCIPAL, USER } from './graph-objects.ts';
import type { PageContext } from './graph-page.ts';
import { isJson, type Json, parseJson } from './json.ts';
import type { TokenClaims } from './tokens.ts';

/** One Graph request on its way to an answer. */
export interface GraphCall {
  readonly request: ApiRequest;
  readonly version: 'v1.0' | 'beta';
  /** What stands in the path where the route has `{}`, decoded. */
  readonly keys: readonly string[];
  readonly directory: Directory;
  readonly page: PageContext;
  readonly caller: TokenClaims;
  readonly now: () => Date;
  /** Reads that still see the old state after a write. */
  readonly lag: number;
}

/** A row of Graph's surface: what it answers to, who may call it, and the answer. */
export interface GraphRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Lower case, `{}` for a key: `serviceprincipals/{}/owners`. */
  readonly path: string;
  /** Permissions that suffice, `|` between alternatives, `+` between those needed together; empty for none. */
  readonly needs: string;
  readonly beta?: true;
  /** Resource units before `$select` and the like; 1 where not said. */
  readonly cost?: number;
  readonly run: (call: GraphCall) => Reply;
}

export const keyOf = (call: GraphCall, index = 0): string => call.keys[index] ?? '';

/** An application or service principal by object id, or by `appId='…'`. Throws Graph's 404. */
export const objectAt = (call: GraphCall, sort: 'applications' | 'servicePrincipals'): Json => {
  const key = keyOf(call);
  const appId = /^appId='([^']*)'$/i.exec(key)?.[1];
  const rows = call.directory[sort];
  const found = appId === undefined ? rows.get(key) : rows.find('appId', appId)[0];
  if (found === undefined) throw notFound(appId ?? key);
  return found;
};

/** A directory object of any type, `null` where the id names none. */
export const anyObject = (
  directory: Directory,
  id: string,
): { readonly type: EntityType; readonly row: Json } | null => {
  const sorts: readonly (readonly [EntityType, { readonly get: (id: string) => Json | undefined }])[] = [
    [SERVICE_PRINCIPAL, directory.servicePrincipals],
    [USER, directory.users],
    [GROUP, directory.groups],
    [APPLICATION, directory.applications],
  ];
  for (const [type, rows] of sorts) {
    const row = rows.get(id);
    if (row !== undefined) return { type, row };
  }
  return null;
};

/** The body of a request as an object. Throws Graph's refusal where it is none. */
export const bodyOf = (call: GraphCall): Json => {
  const body = parseJson(call.request.body);
  if (isJson(body)) return body;
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
};

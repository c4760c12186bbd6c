import type { ApiRequest, Reply } from './api-request.ts';
import { json } from './api-request.ts';
import type { ArmAccess } from './arm-access.ts';
import { ArmFailure, notAuthorized } from './arm-failure.ts';
import type { ArmStore } from './arm-store.ts';
import type { Directory } from './directory.ts';
import { isJson, type Json, parseJson } from './json.ts';
import type { TokenClaims } from './tokens.ts';

/** One request to Azure Resource Manager on its way to an answer. */
export interface ArmCall {
  readonly request: ApiRequest;
  /** `https://localhost:41003` */
  readonly url: string;
  readonly store: ArmStore;
  readonly directory: Directory;
  readonly access: ArmAccess;
  readonly caller: TokenClaims;
  readonly now: () => Date;
  /** Rows of a page, `null` for all in one. */
  readonly pageSize: number | null;
  readonly lag: number;
}

/** Stops with ARM's 403 where the caller may not do the action. */
export const need = (call: ArmCall, action: string, scope: string): void => {
  if (!call.access(call.caller.objectId, action, scope)) throw notAuthorized(call.caller, action, scope);
};

/** The body of a request as an object. Throws ARM's refusal where it is none. */
export const armBody = (call: ArmCall): Json => {
  const body = parseJson(call.request.body);
  if (isJson(body)) return body;
  throw new ArmFailure(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
};

/** Answers rows, in pages where the tenant is set to. */
export const answerRows = (call: ArmCall, rows: readonly Json[]): Reply => {
  const size = call.pageSize ?? rows.length;
  const { query, path } = call.request;
  const token = query.get('$skipToken') ?? query.get('$skiptoken');
  const offset = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(offset) || offset < 0)
    throw new ArmFailure(400, 'InvalidSkipToken', 'The skip token is not valid.');
  const end = offset + size;
  if (end >= rows.length) return json({ value: rows.slice(offset) });
  const next = new URLSearchParams(query);
  next.delete('$skiptoken');
  next.set('$skipToken', Buffer.from(String(end)).toString('base64url'));
  return json({
    value: rows.slice(offset, end),
    nextLink: `${call.url}${path}?${next.toString().replaceAll('%24', '$').replaceAll('+', '%20')}`,
  });
};

/** Is `inner` the scope or inside it, by path alone? Both canonical. */
export const isWithin = (inner: string, outer: string): boolean =>
  outer === '/' || inner === outer || inner.startsWith(`${outer}/`);

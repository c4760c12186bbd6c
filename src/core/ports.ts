import type { Result } from './result.ts';
import type { GapReason } from './snapshot.ts';

/** A read that did not succeed, in words that a gap can carry. Never holds a token or a body. */
export interface ReadFailure {
  readonly reason: GapReason;
  /** HTTP status, `null` where no answer came. */
  readonly status: number | null;
  /** `GET /servicePrincipals/…` */
  readonly request: string;
  /** One line: the API's error code and message, or what was wrong with the answer. */
  readonly detail: string;
}

export type Answer<T> = Result<T, ReadFailure>;

/** Reads Microsoft Graph. Calls made in the same turn travel together in `$batch` requests of 20. It cannot write. */
export interface GraphPort {
  /** One object; `path` is relative to the version, as `/servicePrincipals(appId='…')`. 404 is the failure `not-found`. */
  readonly get: (path: string) => Promise<Answer<unknown>>;
  /** A whole collection, every page of it, or a failure: never a part. */
  readonly list: (path: string) => Promise<Answer<readonly unknown[]>>;
}

/** Microsoft Graph, whose versions don't offer the same. */
export interface GraphPorts extends GraphPort {
  /** The version that Microsoft may change at any time: only for what v1.0 doesn't tell. */
  readonly beta: GraphPort;
  /** Application permissions in the program's own token; empty where the token doesn't say. */
  readonly held: () => Promise<ReadonlySet<string>>;
}

/** Reads Azure Resource Manager. It cannot write. */
export interface ArmPort {
  /** Object id that the program itself is signed in as, lower case; `null` where the token doesn't say. */
  readonly principal: () => Promise<Answer<string | null>>;
  /** One resource by id. */
  readonly get: (id: string, apiVersion: string) => Promise<Answer<unknown>>;
  /** A whole collection under a resource, every page of it, or a failure; `filter` as in `$filter`. */
  readonly list: (path: string, apiVersion: string, filter?: string) => Promise<Answer<readonly unknown[]>>;
  /** The role assignments seen from a scope (at, above and below), of one principal where `principal` is given. */
  readonly listRoleAssignments: (scope: string, principal: string | null) => Promise<Answer<readonly unknown[]>>;
  /** All rows of an Azure Resource Graph query, inherited scopes included. The query must project and order by `id`. */
  readonly query: (query: string) => Promise<Answer<readonly unknown[]>>;
}

export interface TenantPorts {
  readonly graph: GraphPorts;
  readonly arm: ArmPort;
}

/** Counts of HTTP requests that left, by API. */
export interface RequestCounts {
  readonly graph: number;
  readonly resourceManager: number;
  readonly token: number;
}

/** SHA-256 of a text, lower-case hex: pure layers have no crypto of their own. */
export type Hash = (text: string) => string;

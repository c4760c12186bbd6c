/** One request that changes a tenant: data, until the one loop in `app/run-steps.ts` hands it to whoever can send it. */
export interface WriteRequest {
  readonly api: 'graph' | 'resourceManager';
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the API's address: `/v1.0/servicePrincipals/…`, `/subscriptions/…?api-version=2022-04-01`. */
  readonly path: string;
  /** JSON; `null`: none. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** What became of one request. Nothing here was repeated. */
export type WriteAnswer =
  | {
      readonly came: true;
      readonly status: number;
      /** The API's error code and message; empty where it succeeded. */
      readonly code: string;
      readonly message: string;
      /** Milliseconds that `Retry-After` asks to wait; `null` where it isn't said. */
      readonly retryAfter: number | null;
      /** Microsoft's id of the request, for their support; `null` where the answer has none. */
      readonly requestId: string | null;
    }
  /** No answer, or none that makes sense: whether it was done is not known. */
  | { readonly came: false; readonly detail: string };

/** Sends writes, each exactly once. Only apply and remediate have one. */
export interface WritePort {
  readonly send: (request: WriteRequest) => Promise<WriteAnswer>;
}

/** Where a write's object stands. */
export type Assessment =
  /** It is as the step wants it. */
  | { readonly state: 'done' }
  /** It is as the plan says it was: this request would change it. */
  | { readonly state: 'ready'; readonly request: WriteRequest }
  /** Something else stands there than the plan says: nobody approved what a write would do now. */
  | { readonly state: 'surprise'; readonly why: string };

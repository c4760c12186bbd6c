/** The four servers of the embedded tenant. */
export type ApiName = 'authority' | 'graph' | 'resourceManager' | 'github';

/** One request as a handler sees it: an HTTP request, or one of those inside a Graph `$batch`. */
export interface ApiRequest {
  readonly method: string;
  /** Percent-encoded, without query, without doubled slashes. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a handler answers; an object body is sent as JSON, a text as it is. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  body,
});

/** Splits a request target, without turning a leading `//` into a host as `URL` would. */
export const splitTarget = (target: string): { readonly path: string; readonly query: URLSearchParams } => {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
  return { path: path.replaceAll(/\/{2,}/g, '/'), query };
};
